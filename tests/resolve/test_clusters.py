"""Clusters: what links, what contradicts, what persons judged, and that the order of the articles changes nothing."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paired import article

from kg.graph import build_graph
from kg.model import Extraction, Member, Resolution
from kg.resolve import bodies, resolve
from kg.resolve.fold import fold
from kg.resolve.gather import gather
from kg.resolve.join import united
from kg.resolve.scale import limits


def world(kind: str, *sides: dict[str, Any]) -> tuple[list[Extraction], list[Member]]:
    """One article for each side, and the members that they are about."""
    made = [article(f"d{number:02}", kind, side) for number, side in enumerate(sides)]
    return [extraction for extraction, _ in made], [(e.document, key) for e, key in made]


def parts(resolution: Resolution, members: list[Member]) -> list[list[int]]:
    """The members of each entity, by their numbers."""
    found: dict[str, list[int]] = {}
    for number, member in enumerate(members):
        found.setdefault(resolution.of[member], []).append(number)
    return sorted(found.values())


HOME = {"name": "沈墨林", "date": "2019-05-20", "posts": ["110105 发改委副主任"]}
AWAY = {"name": "沈墨林", "date": "2019-09-20", "posts": ["130627 县委常委、副县长"]}
BOTH = {"name": "沈墨林", "date": "2019-07-20", "posts": ["110105 发改委副主任", "130627 县委常委、副县长"]}


def test_an_article_with_both_places_links_the_articles_with_one() -> None:
    articles, members = world("person", HOME, AWAY)
    assert parts(resolve(articles), members) == [[0], [1]]
    articles, members = world("person", HOME, AWAY, BOTH)
    assert parts(resolve(articles), members) == [[0, 1, 2]]


def test_a_person_without_post_who_fits_two_joins_neither() -> None:
    first = {"name": "周立山", "date": "2019-05-20", "posts": ["130627 县长"]}
    second = {"name": "周立山", "date": "2019-05-20", "posts": ["130624 县长"]}
    bare = {"name": "周立山", "date": "2019-05-21", "home": "130600", "others": ["韩承远"]}
    articles, members = world("person", first, second, bare)
    result = resolve(articles)
    assert [2] in parts(result, members)


def test_a_short_name_that_fits_two_bodies_joins_neither_and_is_left_open() -> None:
    articles, members = world("enterprise", {"name": "陕西青石能源有限公司"}, {"name": "山西青石能源有限公司"},
                              {"name": "青石能源"})
    result = resolve(articles)
    assert parts(result, members) == [[0], [1], [2]]
    pairs = {frozenset((j.first, j.second)) for j in result.unsure}
    assert frozenset((members[0], members[2])) in pairs
    assert frozenset((members[1], members[2])) in pairs
    assert any(reason.feature == "any.rivals" for j in result.unsure for reason in j.reasons)


def test_mother_and_daughter_are_not_joined_through_the_brand() -> None:
    mother, daughter = {"name": "云岭控股集团有限公司"}, {"name": "云岭股份有限公司"}
    articles, members = world("enterprise", mother, daughter, {"name": "云岭"})
    groups = parts(resolve(articles), members)
    assert not any({0, 1} <= {*group} for group in groups)


def test_bodies_of_one_key_in_two_counties_stay_two_nodes() -> None:
    here, there = {"name": "中医院", "at": ["130627"]}, {"name": "中医院", "at": ["130624"]}
    articles, members = world("organization", here, there, here)
    result = resolve(articles)
    assert parts(result, members) == [[0, 2], [1]]
    assert len({e.id for e in result.entities}) == len(result.entities)


def test_what_one_article_calls_two_is_one_only_by_the_name_itself() -> None:
    both = article("a", "enterprise", {"name": "人保财险"})[0]
    other = article("a", "enterprise", {"name": "中国人民财产保险股份有限公司"})[0]
    third = article("a", "enterprise", {"name": "青石岭食品有限公司", "names": ["青石岭食品有限公司", "青石岭"]})[0]
    fourth = article("a", "enterprise", {"name": "青石岭"})[0]
    entities = tuple(e for x in (both, other, third, fourth) for e in x.entities)
    result = resolve([Extraction("a", "a.txt", "", "", "", entities, ())])
    assert result.of["a", "body:青石岭食品有限公司"] != result.of["a", "body:青石岭"]


# --- judgements of persons
SAME_NAME = [{"name": "王伟", "date": "2019-05-20", "posts": ["130627 县长"]},
             {"name": "王伟", "date": "2019-06-20", "posts": ["130627 县长"]},
             {"name": "王伟", "date": "2019-06-20", "posts": ["522701 副市长"]}]


def test_a_person_parts_what_the_machine_joins() -> None:
    articles, m = world("person", *SAME_NAME)
    assert parts(resolve(articles), m) == [[0, 1], [2]]
    assert parts(resolve(articles, {(m[1], m[0]): "different"}), m) == [[0], [1], [2]]


def test_a_person_joins_what_the_machine_parts_and_the_reason_says_so() -> None:
    articles, m = world("person", *SAME_NAME)
    result = resolve(articles, {(m[2], m[0]): "same"})
    assert [n for n in (0, 2) if result.of[m[n]] == result.of[m[0]]] == [0, 2]
    (judgement,) = [j for j in result.why(m[0], m[2]) if j.source == "person"]
    assert judgement.verdict == "same"


def test_a_person_joins_two_names() -> None:
    articles, m = world("person", SAME_NAME[0], {"name": "王韦", "date": "2019-06-20", "posts": ["130627 县长"]})
    assert parts(resolve(articles), m) == [[0], [1]]
    assert parts(resolve(articles, {(m[0], m[1]): "same"}), m) == [[0, 1]]


@pytest.mark.parametrize(
    ("kind", "side"),
    [
        ("region", {"name": "110105"}),
        ("organization", {"name": "唐县教育局"}),
        ("project", {"name": "中法葡萄产业园区", "at": ["130627"]}),
        ("event", {"kind": "visit", "date": "2019-05-21", "at": ["130627"], "with": ["王灏"], "name": "访问"}),
    ],
)
def test_a_person_parts_any_kind(kind: str, side: dict[str, Any]) -> None:
    articles, m = world(kind, side, side, side)
    assert parts(resolve(articles), m) == [[0, 1, 2]]
    groups = parts(resolve(articles, {(m[0], m[1]): "different"}), m)
    assert not any({0, 1} <= {*group} for group in groups)


def test_judgements_that_contradict_are_reported_and_different_holds() -> None:
    articles, m = world("person", *SAME_NAME)
    result = resolve(articles, {(m[0], m[1]): "same", (m[1], m[2]): "same", (m[0], m[2]): "different"})
    assert result.of[m[0]] != result.of[m[2]]
    (conflict,) = result.conflicts
    assert {conflict.ignored.first, conflict.ignored.second} == {m[1], m[2]}
    assert "d00" in conflict.why
    both = resolve(articles, {(m[0], m[1]): "same", (m[1], m[0]): "different"})
    assert both.of[m[0]] != both.of[m[1]]
    assert len(both.conflicts) == 1


def test_a_judgement_on_what_is_not_in_the_run_is_passed_over() -> None:
    articles, m = world("person", *SAME_NAME)
    away = ("elsewhere", "person:王伟")
    assert resolve(articles, {(m[0], away): "same"}) == resolve(articles)


# --- reasons
def test_every_merge_is_explained_between_any_two_members() -> None:
    articles, members = world("person", HOME, AWAY, BOTH, HOME)
    result = resolve(articles)
    for a, b in itertools.permutations(members, 2):
        path = result.why(a, b)
        assert path
        assert {a, b} <= {m for j in path for m in (j.first, j.second)}
    assert result.why(members[0], ("x", "person:沈墨林")) == ()


def test_scores_are_the_sums_of_their_reasons() -> None:
    articles, _ = world("person", HOME, AWAY, BOTH)
    result = resolve(articles)
    for judgement in [j for found in result.merges.values() for j in found] + list(result.unsure):
        assert judgement.score == pytest.approx(sum(reason.weight for reason in judgement.reasons))
        assert all(reason.says for reason in judgement.reasons)


def test_the_graph_carries_the_judgements() -> None:
    articles, members = world("person", HOME, AWAY, BOTH)
    result = resolve(articles)
    graph = build_graph(articles, result)
    node = result.of[members[0]]
    assert [j.verdict for j in graph.graph["judgements"][node]] == ["same", "same"]
    assert graph.graph["unsure"] == list(result.unsure)


# --- order and contradictions, on worlds drawn by chance
TITLES = ("县长", "副书记")
COMPANIES = [
    "青石能源", "陕西青石能源有限公司", "山西青石能源有限公司", "青石能源集团", "青石能源股份有限公司",
    "中医院", "唐县中医院", "北汽集团", "北京汽车集团有限公司",
]
NAMES = ["王伟", "王灏", "王灝", "王浩", "周立山", "郗砚秋"]
CODES = ["130627", "130624", "130600", "110105", "522701", "130000"]
SIDES = st.fixed_dictionaries({
    "name": st.sampled_from(NAMES),
    "date": st.sampled_from(["2010-03-01", "2019-05-20", "2020-06-01", ""]),
    "posts": st.lists(st.sampled_from([f"{code} {title}" for code in CODES for title in TITLES]), max_size=2),
    "home": st.sampled_from([*CODES, ""]),
})
BODIES = st.fixed_dictionaries({
    "name": st.sampled_from(COMPANIES),
    "names": st.sampled_from([None, ["青石"], ["青石能源"], ["北汽"]]),
    "at": st.lists(st.sampled_from(CODES), max_size=1),
})


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.tuples(st.just("person"), st.lists(SIDES, min_size=2, max_size=7)),
                 st.tuples(st.just("enterprise"), st.lists(BODIES, min_size=2, max_size=7))),
       st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(drawn: tuple[str, list[dict[str, Any]]], chance: random.Random) -> None:
    articles, _ = world(drawn[0], *drawn[1])
    first = repr(resolve(articles))
    chance.shuffle(articles)
    assert repr(resolve(articles)) == first


@settings(max_examples=60, deadline=None)
@given(st.lists(SIDES, min_size=3, max_size=8), st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7),
                                                                   st.sampled_from(["same", "different"])), max_size=5))
def test_no_cluster_holds_two_that_a_person_parted_or_two_names(
    sides: list[dict[str, Any]], verdicts: list[tuple[int, int, str]]
) -> None:
    articles, members = world("person", *sides)
    told = {(members[a], members[b]): verdict for a, b, verdict in verdicts if a < len(members) and b < len(members)}
    result = resolve(articles, told)  # type: ignore[arg-type]
    ignored = {frozenset((c.ignored.first, c.ignored.second)) for c in result.conflicts}
    joined = False
    for (a, b), verdict in told.items():
        if a != b and verdict == "different":
            assert result.of[a] != result.of[b]
        elif a != b and frozenset((a, b)) not in ignored:
            assert result.of[a] == result.of[b]
            joined = True
    if not joined:
        for entity in result.entities:
            if entity.category == "official":
                assert len({fold(key.partition(":")[2]) for _, key in entity.members}) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(BODIES, min_size=3, max_size=8))
def test_no_cluster_holds_bodies_of_two_provinces(sides: list[dict[str, Any]]) -> None:
    articles, members = world("enterprise", *sides)
    for group in parts(resolve(articles), members):
        named = {sides[number]["name"][:2] for number in group}
        assert not {"陕西", "山西"} <= named


def test_a_cluster_keeps_its_contradictions_when_it_is_compared_as_a_whole() -> None:
    articles, _ = world("organization", {"name": "南京医科大学"}, {"name": "医科大学"}, {"name": "安徽医科大学"})
    _, joins, _ = bodies.joiner(gather(articles), frozenset())
    by_name = {body.name: body for body in joins.profiles.values()}
    cluster = united(by_name["南京医科大学"], by_name["医科大学"])
    assert bodies.compare(by_name["医科大学"], by_name["安徽医科大学"]).score > limits().different
    assert bodies.compare(cluster, by_name["安徽医科大学"]).verdict == "different"


def test_events_do_not_depend_on_the_order_of_articles() -> None:
    side = {"kind": "visit", "date": "2019-05-21", "at": ["130627"], "with": ["王灏"], "name": "访问"}
    both, other = side | {"with": ["王灏", "周立山"]}, side | {"with": ["周立山"]}
    articles, _ = world("event", side, both, other, side | {"at": []})
    assert len({repr(resolve(order)) for order in itertools.permutations(articles)}) == 1


def test_of_many_unsure_pairs_the_likeliest_of_each_cluster_are_kept() -> None:
    articles, members = world("person", *[{"name": "王伟", "date": "2019-05-20", "home": "130627"}] * 12)
    assert 0 < len(resolve(articles).unsure) <= limits().keep * len(members) < 12 * 11 // 2


def test_a_thousand_namesakes_take_no_more_than_the_blocks_allow() -> None:
    sides = [{"name": "王伟", "date": "2019-05-20", "posts": [f"body:第{number}研究所 所长"]} for number in range(600)]
    articles, members = world("person", *sides)
    result = resolve(articles)
    assert len(parts(result, members)) == len(members)
    assert len(result.unsure) <= limits().keep * len(members)
