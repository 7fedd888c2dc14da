"""The vote between rules and tagger, and what no proposal can be, on invented sentences."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.tokens import Doc

from kg.language import COMPONENTS, load
from kg.lexicon import table
from kg.model import Mention
from kg.pipes.annotations import memory, set_sentences
from kg.pipes.bodies.assured import assured
from kg.pipes.bodies.voted import fitted, is_name, named
from kg.pipes.names.context import Context
from kg.pipes.projects.assured import assured as assured_project
from kg.pipes.projects.houses import likely
from kg.pipes.projects.voted import voted_projects
from kg.pipes.tagger.decode import BEGIN, END, FULL, INSIDE, Proposal, column, proposals
from kg.pipes.tagger.vote import FEATURES, Ballot, voted
from tests.pipes.test_tagger import language, odds, read, shown


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
