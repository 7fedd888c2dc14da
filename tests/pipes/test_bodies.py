"""Names of bodies and projects in invented sentences, and the examples that the lexicon gives for each head."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import load
from kg.lexicon import table
from kg.model import Mention
from kg.pipes.annotations import claims, memory, mentions, set_claims
from kg.pipes.bodies.spoken import spoken
from kg.pipes.names.context import Context
from kg.pipes.names.places import locate

DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))["case"])


@cache
def language() -> Language:
    return load(exclude=("kg_tagger", "kg_people", "kg_references", "kg_relations", "kg_events"))


def found(doc: Doc) -> list[Mention]:
    return mentions(doc, "bodies", "projects")


@pytest.mark.parametrize("case", [*cases("bodies"), *cases("projects")], ids=lambda c: c["text"][:16])
def test_sentence(case: dict[str, Any]) -> None:
    doc = language()(case["text"])
    by_words = {doc.text[m.start : m.end]: m for m in found(doc)}
    shown = [f"{m.category} {words}" for words, m in by_words.items()]
    for wanted in case.get("has", []):
        assert wanted in shown
    for unwanted in case.get("not", []):
        assert unwanted not in by_words
    if case.get("none"):
        assert not shown
    for a, b in case.get("same", []):
        assert by_words[a].key == by_words[b].key
    for a, b in case.get("apart", []):
        assert by_words[a].key != by_words[b].key
    for words, name in case.get("names", {}).items():
        assert by_words[words].name == name
    places = {(c.head, c.tail) for c in claims(doc) if c.relation == "located_in"}
    for words, code in case.get("located", []):
        assert (by_words[words].key, f"region:{code}") in places


def spoken_examples() -> list[tuple[str, str, str, bool]]:
    return [(entry["category"], *pair, same) for entry in table("organisations")["spoken"]
            for key, same in (("same", True), ("apart", False)) for pair in entry[key]]


@pytest.mark.parametrize(("category", "one", "other", "same"), spoken_examples())
def test_bodies_as_the_news_speaks_of_them(category: str, one: str, other: str, same: bool) -> None:
    doc = language()(f"{one}，{other}。")
    bodies = [Mention(start, start + len(name), category, f"body:{name}", name, "")
              for start, name in ((0, one), (len(one) + 1, other))]
    groups = spoken(Context.of(doc), bodies, {})
    assert ({m.key for m in bodies} in groups) is same


def head_examples() -> list[tuple[str, str, str, bool]]:
    return [
        (file, name, text, fires)
        for file in ("organisations", "projects")
        for name, entry in table(file)["head"].items()
        for texts, fires in ((entry.get("examples", []), True), (entry.get("counter", []), False))
        for text in texts
    ]


@pytest.mark.parametrize(("file", "head", "text", "fires"), head_examples())
def test_every_head_has_examples_that_fire_and_counters_that_do_not(
    file: str, head: str, text: str, fires: bool
) -> None:
    doc = language()(text + "。")
    rules = {m.rule.partition(".")[2] for m in found(doc)}
    assert (head in rules) is fires if fires else head not in rules


def told_examples() -> list[tuple[str, str, bool]]:
    """Sentences of the tables whose names need no head of their own: the rule that has to find something, or not."""
    leveled = [("leveled", entry) for entry in table("leveled")["head"].values()]
    brands = [(name, table("brands")[key]) for name, key in (("brand", "known"), ("group", "group"))]
    offices = [("department", table("departments")[key]) for key in ("composite", "alone")]
    firms = [(name, table("enterprises")[name]) for name in ("stock", "named_after")]
    teams = [("aiding", table("organisations")["aiding"])]
    return [(rule, text, fires) for rule, entry in [*leveled, *brands, *offices, *firms, *teams]
            for texts, fires in ((entry.get("examples", []), True), (entry.get("counter", []), False))
            for text in texts]


@pytest.mark.parametrize(("rule", "text", "fires"), told_examples())
def test_every_example_of_a_table_fires_and_no_counter_does(rule: str, text: str, fires: bool) -> None:
    rules = {m.rule.partition(".")[2] for m in found(language()("唐县发展快。" + text + "。"))}
    assert (rule in rules) is fires


def test_mentions_keep_within_sentences_and_agree_with_the_text() -> None:
    doc = language()("唐县教育局和青石岭生物科技有限公司签约。\n青石岭捐赠“春泥”公益项目。")
    for m in found(doc):
        assert 0 <= m.start < m.end <= len(doc.text)
        assert "\n" not in doc.text[m.start : m.end]


def test_a_department_of_an_unknown_region_meets_no_other() -> None:
    first, second = (language()(text) for text in ("市公安局通报。", "市公安局介绍。"))
    first.user_data["kg"]["meta"]["id"], second.user_data["kg"]["meta"]["id"] = "a", "b"
    keys = []
    for doc in (first, second):
        for name in ("kg_bodies",):
            doc = language().get_pipe(name)(doc)
        keys.append({m.key for m in mentions(doc, "bodies")})
    assert keys[0]
    assert not keys[0] & keys[1]


@pytest.mark.parametrize("text", table("projects")["wider"]["examples"])
def test_fuller_forms_of_a_project_stand_beside_its_name(text: str) -> None:
    doc = language()(text + "。")
    keys = {m.key for m in mentions(doc, "projects")}
    wide = [(key, text[start:end]) for key, start, end in memory(doc)["wider"]]
    assert wide
    spans = {doc.text[m.start : m.end] for m in mentions(doc, "projects")}
    assert all(key in keys and words not in spans for key, words in wide)


@pytest.mark.parametrize(("text", "name", "there"), [
    ("河北唐县第一中学开学。", "唐县第一中学", True),
    ("启动茶叶集群“青石阶”工程。", "茶叶集群“青石阶”工程", True),
    ("开展“小青石”牵手“小云谷”共学计划。", "“小青石”牵手“小云谷”共学计划", True),
    ("唐县石桥镇第一小学开学。", "石桥镇第一小学", False),
])
def test_fuller_and_nearer_names(text: str, name: str, there: bool) -> None:
    doc = language()(text)
    assert (name in [text[start:end] for _, start, end in memory(doc)["wider"]]) == there


@pytest.mark.parametrize("text", table("projects")["wider"]["counter"])
def test_verbs_are_no_part_of_a_fuller_form(text: str) -> None:
    doc = language()(text + "。")
    fuller = [text[start:end] for _, start, end in memory(doc)["wider"]]
    before = [words.split("“")[0] for words in fuller]
    assert all("举行" not in words for words in fuller)
    assert not any(word in lead for lead in before for word in table("projects")["wider"]["lead_not"])


def test_what_a_body_is_does_not_open_its_name() -> None:
    names = {m.name for m in found(language()("青石镇邀请美国非政府组织云谷基金会到访。"))}
    assert "云谷基金会" in names


TEAMS: list[str] = table("name_places")["teams"]["ends"]


@pytest.mark.parametrize(("end", "there"), [
    *((end, False) for end in TEAMS), ("中学", True), ("援赞比亚医疗队", False), ("救援医疗队", True)])
def test_who_is_sent_somewhere_is_not_where_his_name_comes_from(end: str, there: bool) -> None:
    name = f"保定市云峄{end}"
    doc = language()(f"{name}到场。")
    set_claims(doc, [])
    locate(doc, Context.of(doc), [Mention(0, len(name), "organization", f"body:{name}", name, "test")])
    assert bool(claims(doc)) is there


@pytest.mark.parametrize(("name", "place"), [
    ("保定市援疆前方指挥部", []), ("保定市对口支援和田地区工作前方指挥部", ["region:653200"])])
def test_a_team_that_helps_lies_where_the_help_goes(name: str, place: list[str]) -> None:
    doc = language()(f"{name}到场。")
    set_claims(doc, [])
    team = Mention(0, len(name), "organization", f"body:{name}", name, "test", attrs={"kind": "team"})
    locate(doc, Context.of(doc), [team])
    assert [c.tail for c in claims(doc)] == place
