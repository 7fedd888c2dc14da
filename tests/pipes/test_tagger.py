"""The tagger of the package on invented sentences, its decoder, and the vote."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import COMPONENTS, load
from kg.lexicon import table
from kg.model import Mention
from kg.pipes.annotations import memory, mentions, set_sentences
from kg.pipes.bodies.assured import assured
from kg.pipes.bodies.voted import fitted, is_name, named
from kg.pipes.names.context import Context
from kg.pipes.projects.assured import assured as assured_project
from kg.pipes.projects.houses import likely
from kg.pipes.projects.voted import voted_projects
from kg.pipes.tagger.decode import BEGIN, END, FULL, INSIDE, SINGLE, Proposal, column, proposals
from kg.pipes.tagger.encode import pairs, points, regions, rows
from kg.pipes.tagger.network import BLOCK, ROOM, STRETCH, TOP, TYPES, VOID, Network, _alone, _libraries, network
from kg.pipes.tagger.vote import FEATURES, RULE, Ballot, voted

CASES = tomllib.loads((Path(__file__).parent / "data" / "tagger.toml").read_text("utf-8"))["case"]
READ = ("bodies", "projects", "people")


@cache
def language(model: bool = True) -> Language:
    return load(exclude=("kg_references", "kg_relations", "kg_events", *(() if model else ("kg_tagger",))))


def read(text: str, model: bool = True) -> Doc:
    doc = language(model).make_doc(text)
    set_sentences(doc, [(0, len(text), "body")])
    for _, component in language(model).pipeline:
        doc = component(doc)
    return doc


def shown(doc: Doc) -> set[str]:
    return {f"{m.category} {doc.text[m.start : m.end]}" for m in mentions(doc, *READ)}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:16])
def test_sentence(case: dict[str, Any]) -> None:
    doc = read(case["text"])
    said = {f"{kind} {doc.text[a:b]}" for a, b, kind, _ in memory(doc)["tagger"]["names"] if kind != "region"}
    assert set(case.get("has", [])) <= said
    assert not (case.get("none") and said)
    assert set(case.get("adds", [])) <= shown(doc) - shown(read(case["text"], model=False))


def test_what_only_the_tagger_sees_names_it_and_its_weight() -> None:
    doc = read("由江海慈善会发起的“暖冬计划”在平山县启动。")
    new = next(m for m in mentions(doc, "bodies") if doc.text[m.start : m.end] == "江海慈善会")
    assert new.rule == RULE + "organization"
    assert 0.5 <= new.score <= 1


def test_without_the_tagger_rules_alone_read() -> None:
    assert "kg_tagger" in COMPONENTS
    doc = read("青石科技公司与唐县签约。", model=False)
    assert "tagger" not in memory(doc)
    assert not any(m.rule.startswith(RULE) for m in mentions(doc, *READ))


def test_weights_are_small_and_whole() -> None:
    raw = (files("kg.pipes.tagger") / "weights.npz").read_bytes()
    assert len(raw) < 30_000_000
    with np.load(BytesIO(raw)) as arrays:
        rounded = {name for name in arrays if arrays[name].dtype.kind in "iu"}
        assert {name for name in arrays if name not in rounded and not name.startswith("scale")} == {"unit"}


def test_sums_stay_where_floats_hold_halves() -> None:
    for layer in network().layers:
        products = np.abs(layer.kernels).sum(axis=1) * 2 * TOP
        bias = np.abs(layer.bias[: layer.kernels.shape[2]])
        assert (np.maximum(products[0], products[3]) + products[1] + products[2] + bias).max() < 2**23
    first = network().first
    spelled, width = first.spelled, TOP + 1  # tables hold whole numbers from -128
    tables = np.abs(spelled._kernels).sum(axis=1) * width + np.abs(spelled._always[:, 0])
    tables = tables + np.abs(first.regions).max(axis=1)
    assert (tables.sum(axis=0) + np.abs(first.kernel).sum(axis=0) * width).max() < 2**23


def as_trained(text: str, marks: np.ndarray) -> np.ndarray:
    """Logits from three products a character, as the network was trained."""
    raw = (files("kg.pipes.tagger") / "weights.npz").read_bytes()
    with np.load(BytesIO(raw)) as arrays:
        characters = rows(arrays["known"])[points(text)]
        numbers = zip(("characters", "pairs", "regions"), (characters, pairs(characters), marks), strict=True)
        x = np.concatenate([np.pad(arrays[n], ((0, 0), (0, 0)))[np.pad(row, VOID)] for n, row in numbers], axis=1)
        for i, reach in enumerate(arrays["reach"].tolist()):
            wide = np.pad(x.astype(np.float32), ((reach, reach), (0, 0)))
            seen = np.concatenate([wide[: -2 * reach], wide[reach:-reach], wide[2 * reach :]], axis=1)
            kernel, bias = (arrays[f"{name}{i}"].astype(np.float32) for name in ("kernel", "bias"))
            y = np.floor((seen @ kernel + bias) * arrays[f"scale{i}"])
            x = np.clip(np.maximum(y, 0) + (x if i else 0), 0, TOP)
        wanted: np.ndarray = x[VOID:-VOID] @ arrays["out"].astype(np.float32) + arrays["out_bias"]
        return wanted


def invented(length: int) -> tuple[str, np.ndarray]:
    """A text of that many characters with marks of regions: the sentences of the cases, again and again."""
    cases = "".join(case["text"] for case in CASES)
    text = (cases * (length // len(cases) + 1))[-length:]
    found = [(3, 6, "county"), (length - 2, length, "village"), (0, 1, "province"), (1020, 1031, "township")]
    return text, regions(length, [(start, end, level) for start, end, level in found if end <= length])


@pytest.mark.parametrize("length", [1, 2, 7, 16, 17, 33, 600, STRETCH, STRETCH + 1, 2 * STRETCH + 40])
def test_the_network_computes_its_convolutions(length: int) -> None:
    """In phases, in pairs and in stretches: the same as character by character, at the ends of all of them."""
    text, marks = invented(length)
    assert np.array_equal(network().logits(text, marks), as_trained(text, marks))


def test_more_characters_than_are_kept() -> None:
    """All that training knew, then the first ones once more: what was forgotten is made again."""
    raw = (files("kg.pipes.tagger") / "weights.npz").read_bytes()
    with np.load(BytesIO(raw)) as arrays:
        known = "".join(map(chr, arrays["known"].tolist()))
    text = known + known[:700]
    assert len(set(text)) > ROOM > STRETCH + 2 * BLOCK
    marks = regions(len(text), [(90, 93, "county")])
    assert np.array_equal(network().logits(text, marks), as_trained(text, marks))


def test_chances_are_computed_wherever_they_are_no_certainty() -> None:
    text, marks = invented(1500)
    logits = network().logits(text, marks).astype(np.float64) * network().unit
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    raised = raised / raised.sum(axis=1, keepdims=True) * FULL
    assert np.abs(network().odds(text, marks) - raised).max() < 0.5001


def test_what_was_held_to_one_processor_is_let_go() -> None:
    before = [library.num_threads for library in _libraries()]
    for library in _libraries():
        library.set_num_threads(2)
    held = [library.num_threads for library in _libraries()]  # one where the machine has but one
    with _alone():
        assert {library.num_threads for library in _libraries()} <= {1}
    assert [library.num_threads for library in _libraries()] == held
    for library, number in zip(_libraries(), before, strict=True):
        library.set_num_threads(number)


def test_a_network_of_other_layers_is_refused() -> None:
    raw = (files("kg.pipes.tagger") / "weights.npz").read_bytes()
    with np.load(BytesIO(raw)) as arrays, pytest.raises(ValueError, match="twice as far"):
        Network.of({**arrays, "reach": np.array([1, 2, 4, 4])})


def test_logits_are_whole_numbers_wherever_a_text_stands() -> None:
    text = CASES[0]["text"]
    alone = network().logits(text, np.zeros(len(text), dtype=np.int32))
    assert np.array_equal(alone, np.rint(alone))
    again = network().logits(text, np.zeros(len(text), dtype=np.int32))
    assert np.array_equal(alone, again)


def test_characters_that_training_did_not_know_are_read() -> None:
    assert points("a\ud800😀").shape == (3,)
    assert pairs(np.array([1], dtype=np.int32)).shape == (1,)
    assert read("𠮷𠮷𠮷。").text == "𠮷𠮷𠮷。"


def test_an_empty_text_has_no_ballot() -> None:
    assert "tagger" not in memory(read(""))


def odds(*tags: tuple[str, int, int]) -> np.ndarray:
    """Chances of a text in which each character has one tag: category, part, and how sure; an empty category is O."""
    made = np.zeros((len(tags), 1 + 4 * len(TYPES)), dtype=np.uint8)
    for place, (category, part, sure) in enumerate(tags):
        made[place, column(category, part) if category else 0] = sure
    return made


def test_the_decoder_keeps_to_legal_sequences() -> None:
    made = odds(("project", BEGIN, FULL), ("project", INSIDE, 200), ("project", END, FULL), ("", 0, FULL),
                ("region", SINGLE, 240))
    assert proposals(made, [(0, 5)]) == [Proposal(0, 3, "project", 0.78), Proposal(4, 5, "region", 0.94)]
    broken = odds(("project", INSIDE, 250), ("", 0, FULL))
    broken[0, column("project", SINGLE)] = 5
    assert [(p.start, p.end) for p in proposals(broken, [(0, 2)])] == [(0, 1)]


def test_the_cheapest_legal_way_where_chances_are_spread() -> None:
    made = odds(("project", BEGIN, 120), ("project", INSIDE, 100), ("project", END, 90), ("", 0, FULL))
    made[0, column("person", BEGIN)], made[2, column("person", END)] = 110, 200
    assert [(p.start, p.end, p.category) for p in proposals(made, [(0, 4)])] == [(0, 3, "project")]
    made[1, column("person", INSIDE)] = 99
    assert [(p.start, p.end, p.category) for p in proposals(made, [(0, 4)])] == [(0, 3, "person")]
    assert proposals(made, [(0, 1), (3, 4)]) == []


def test_types_are_read_where_one_is_likelier_than_none() -> None:
    """A stretch that has no legal sequence of likeliest tags, with names of two types."""
    made = odds(("project", BEGIN, 200), ("project", END, 120), ("", 0, 240), ("person", BEGIN, 120),
                ("person", END, 200))
    made[1, column("person", SINGLE)] = 110
    made[3, 0] = 100
    assert [(p.start, p.end, p.category) for p in proposals(made, [(0, 5)])] == [(0, 2, "project"), (3, 5, "person")]
    rather = odds(("", 0, 240), ("", 0, 130), ("", 0, 129))
    assert proposals(rather, [(0, 3)]) == []


def test_a_long_stretch_and_a_short_one() -> None:
    long = [("official", BEGIN, FULL), *[("official", INSIDE, FULL)] * 30, ("official", END, FULL), ("", 0, FULL)]
    made = odds(*long, ("person", BEGIN, FULL), ("person", END, FULL))
    found = [(p.start, p.end, p.category) for p in proposals(made, [(0, 35)])]
    assert found == [(0, 32, "official"), (33, 35, "person")]


def ballot(text: str, made: np.ndarray) -> Doc:
    doc = language().make_doc(text)
    set_sentences(doc, [(0, len(text), "body")])
    names = [[p.start, p.end, p.category, p.odds] for p in proposals(made, [(0, len(text))])]
    memory(doc)["tagger"] = {"odds": made.tobytes(), "names": names}
    return doc


def test_the_vote_moves_a_border_and_keeps_what_the_user_named() -> None:
    text = "货箱云谷智造"
    sure = odds(("", 0, FULL), ("", 0, FULL), ("enterprise", BEGIN, FULL), ("enterprise", INSIDE, FULL),
                ("enterprise", INSIDE, FULL), ("enterprise", END, FULL))
    wrong = Mention(0, 6, "enterprise", "body:x", "x", "bodies.titled", 0.6)
    stand, joining = voted(ballot(text, sure), [wrong], ("enterprise",))
    assert stand == []
    assert [(p.start, p.end) for p in joining] == [(2, 6)]
    own = Mention(0, 6, "enterprise", "body:x", "x", "own.enterprise", 1.0)
    assert voted(ballot(text, sure), [own], ("enterprise",)) == ([own], [])


def test_a_doc_without_a_ballot_is_left_as_it_is() -> None:
    doc = language(False).make_doc("云谷智造")
    m = Mention(0, 4, "enterprise", "body:x", "x", "bodies.titled", 0.1)
    assert voted(doc, [m], ("enterprise",)) == ([m], [])


@pytest.mark.parametrize(("key", "wanted"), [("examples", False), ("counter", True)])
def test_words_that_no_name_is(key: str, wanted: bool) -> None:
    for text in table("tagger")["never"][key]:
        context = Context.of(read(text, model=False))
        assert is_name(context, Proposal(0, len(text), "organization", 1.0)) is wanted


def test_words_around_private_persons() -> None:
    people = table("tagger")["people"]
    around = [(w, True) for w in people["examples"]] + [(w, False) for w in people["counter"]]
    for text, private in around:
        assert private == any(w in text for w in (*people["before"], *people["behind"]))


def test_weights_of_the_vote_name_what_is_weighed() -> None:
    for entry in table("tagger")["vote"].values():
        assert {*entry["model"], *entry["rule"]} <= set(FEATURES)
        assert 0 <= entry["drop"] < entry["add"] < 1


def test_words_that_are_a_person_at_another_place_join_nowhere() -> None:
    text = "云帆到场，云帆说。"
    made = odds(*[("", 0, FULL)] * len(text))
    here = Proposal(0, 2, "enterprise", 0.9)
    assert not Ballot(text, made.tobytes(), (here,)).elsewhere(here)
    for place, part in ((5, BEGIN), (6, END)):
        made[place, 0], made[place, column("private", part)] = 100, 155
    assert Ballot(text, made.tobytes(), (here,)).elsewhere(here)
    person = Proposal(0, 2, "person", 0.9)
    assert not Ballot(text, made.tobytes(), (person,)).elsewhere(person)
    assert Ballot(text, made.tobytes(), (person, Proposal(5, 7, "private", 0.6))).elsewhere(person)


def test_a_name_of_a_person_is_no_enterprise() -> None:
    text = "沈岳川与云谷智造"
    context = Context.of(read(text, model=False))
    assert not is_name(context, Proposal(0, 3, "enterprise", 0.9))
    assert is_name(context, Proposal(4, 8, "enterprise", 0.9))


@pytest.mark.parametrize(("text", "name"), [("（云谷智造）到场", "云谷智造"), ("（云谷）智造到场", "（云谷）智造")])
def test_brackets_around_a_whole_name_are_no_part_of_it(text: str, name: str) -> None:
    context = Context.of(read(text, model=False))
    found = fitted(context, Proposal(0, text.index("到场"), "enterprise", 0.9))
    assert found is not None
    assert text[found.start : found.end] == name


@pytest.mark.parametrize(("text", "words", "name"), [
    ("到（云谷智造）到场", "（云谷智造", "云谷智造"),
    ("到（云谷）智造（石桥）", "（云谷）智造（石桥", "（云谷）智造（石桥）"),
])
def test_half_a_pair_of_brackets_around_a_name_is_no_part_of_it(text: str, words: str, name: str) -> None:
    start = text.index(words)
    found = fitted(Context.of(read(text, model=False)), Proposal(start, start + len(words), "enterprise", 0.9))
    assert found is not None
    assert text[found.start : found.end] == name


def test_a_part_of_what_stands_in_marks_is_no_name_of_its_own() -> None:
    text = "“石桥镇、云谷基地”揭牌"
    sure = odds(*[("", 0, FULL)] * 5, ("project", BEGIN, FULL), ("project", INSIDE, FULL), ("project", INSIDE, FULL),
                ("project", END, FULL), *[("", 0, FULL)] * 3)
    whole = Mention(1, 9, "project", "project:x", "x", "projects.quotation", 0.6)
    assert text[1:9] == "石桥镇、云谷基地"
    assert voted(ballot(text, sure), [whole], ("project",)) == ([whole], [])
    bare = text.replace("“", "在").replace("”", "里")
    assert [(p.start, p.end) for p in voted(ballot(bare, sure), [whole], ("project",))[1]] == [(5, 9)]


@pytest.mark.parametrize(("text", "words", "wanted"), [
    ("他来到青石湾村。", "青石湾村", False),
    ("他来到青石湾度假村。", "青石湾度假村", True),
    ("打造“一站式”云谷服务基地。", "“一站式”云谷服务基地", False),
    ("打造“石小匠”云谷服务基地。", "“石小匠”云谷服务基地", True),
])
def test_villages_and_manners_are_no_projects(text: str, words: str, wanted: bool) -> None:
    made = odds(*[("", 0, FULL)] * len(text))
    start = text.index(words)
    for place in range(start, start + len(words)):
        part = BEGIN if place == start else END if place == start + len(words) - 1 else INSIDE
        made[place, 0], made[place, column("project", part)] = 0, FULL
    doc = ballot(text, made)
    found = voted_projects(doc, Context.of(doc), [], [])
    assert [text[m.start : m.end] for m in found] == [words] * wanted


@pytest.mark.parametrize(("text", "words", "category", "name"), [
    ("来到第三届SWEP（云谷）智造论坛", "（云谷）智造论坛", "project", "第三届SWEP（云谷）智造论坛"),
    ("到场，（云谷）智造论坛", "（云谷）智造论坛", "project", "（云谷）智造论坛"),
    ("参观石桥学院(云谷校区)", "云谷校区)", "organization", "石桥学院(云谷校区)"),
    ("来到“暖蜂计划”石桥执行团队", "石桥执行团队", "organization", "“暖蜂计划”石桥执行团队"),
    ("“到场了。”石桥执行团队", "石桥执行团队", "organization", "石桥执行团队"),
    ("来到“暖蜂计划”石桥学院", "石桥学院", "organization", "石桥学院"),
])
def test_a_name_begins_before_its_bracket_and_a_team_before_its_quotation(text: str, words: str, category: str,
                                                                          name: str) -> None:
    context = Context.of(read(text, model=False))
    start = text.index(words)
    found = fitted(context, Proposal(start, start + len(words), category, 0.9))
    assert found is not None
    assert text[found.start : found.end] == name


def proposal(text: str, words: str, category: str) -> tuple[Context, Proposal]:
    doc = Doc(load(exclude=tuple(COMPONENTS)).vocab, words=list(text), spaces=[False] * len(text))
    set_sentences(doc, [(0, len(text), "body")])
    start = text.index(words)
    return Context.of(doc), Proposal(start, start + len(words), category, 0.9)


@pytest.mark.parametrize(("text", "words", "category", "wanted"), [
    ("Robert Hillock宣布离职", "Hillock", "enterprise", False),
    ("与Hillock签约", "Hillock", "enterprise", True),
    ("演员Hillock宣布", "Hillock", "enterprise", False),
    ("云岭北部局地有雨", "云岭北部局", "organization", False),
    ("中医药志愿服务队介绍", "中医药志愿服务队", "organization", False),
    ("青石岭志愿服务队介绍", "青石岭志愿服务队", "organization", True),
    ("中国银行业发展", "中国银行", "enterprise", False),
    ("青石馆青石博物馆青石博物馆开放", "青石博物馆青石博物馆", "organization", False),
])
def test_what_around_a_name_denies_it(text: str, words: str, category: str, wanted: bool) -> None:
    assert is_name(*proposal(text, words, category)) is wanted


def test_a_name_of_the_rules_keeps_its_first_word() -> None:
    assert "organization 暨南大学" in shown(read("暨南大学和以岭云峄医院的专家到会。"))
    assert "organization 华西云峄医院" in shown(read("建院至今华西云峄医院救人无数。"))


def test_sure_rules_need_no_vote() -> None:
    assert "organization 西安市气象台" in shown(read("西安市气象台说，明天有雨。"))


@pytest.mark.parametrize(("text", "words", "key"), table("tagger")["assured"]["cases"])
def test_names_that_the_network_is_sure_of(text: str, words: str, key: str) -> None:
    context = Context.of(read(text, model=False))
    p = Proposal(text.index(words), text.index(words) + len(words), "organization", 0.9)
    m = (named(context, p, "body", "organisations") if is_name(context, p) else
         assured(context, p, lambda level, _: "region:130627" if level == "county" else "", "a"))
    assert (m.key if m else "") == key
    faint = Proposal(p.start, p.end, p.category, 0.3)
    assert assured(context, faint, lambda level, _: "", "a") is None


@pytest.mark.parametrize(("text", "words", "wanted"), [
    (*case, wanted) for kind, wanted in (("examples", True), ("counter", False))
    for case in table("projects")["assured"][kind]])
def test_projects_that_the_network_is_sure_of(text: str, words: str, wanted: bool) -> None:
    context = Context.of(read(text, model=False))
    start = text.index(words)
    p = Proposal(start, start + len(words), "project", 0.8)
    assert assured_project(context, p) is wanted
    assert not assured_project(context, Proposal(p.start, p.end, "project", 0.55))


@pytest.mark.parametrize(("text", "words"), table("projects")["assured"]["sure_examples"])
def test_projects_that_the_network_is_surest_of(text: str, words: str) -> None:
    context = Context.of(read(text, model=False))
    start = text.index(words)
    assert assured_project(context, Proposal(start, start + len(words), "project", 0.9))
    assert not assured_project(context, Proposal(start, start + len(words), "project", 0.8))


@pytest.mark.parametrize(("text", "words", "wanted"), table("projects")["house"]["suspected_examples"])
def test_projects_that_the_network_suspects_and_the_words_around_them_tell(text: str, words: str, wanted: bool) -> None:
    context = Context.of(read(text, model=False))
    start = text.index(words)
    p = Proposal(start, start + len(words), "project", 0.3)
    assert likely(context, p, 0, len(text)) is wanted
    assert not likely(context, Proposal(p.start, p.end, "project", 0.05), 0, len(text))
