"""Decisions outrank the machine, survive new articles, and say where they contradict; their order is nothing."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import CASES, apply, articles, decisions

from kg.decide.kept import keep, kept, taken
from kg.decide.sheet import Said
from kg.export.graphml import write_graphml
from kg.model import Decision, Thing
from kg.resolve import resolve


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_becomes_of_decisions(case: dict[str, Any], tmp_path: Path) -> None:
    extractions, members = articles(case["articles"])
    given_ = decisions(case["rows"], tmp_path)
    result, graph = apply(extractions, given_)
    of = result.resolution.of
    parts: dict[str, list[int]] = {}
    for number, member in enumerate(members):
        parts.setdefault(of.get(member, f"gone {number}"), []).append(number)
    assert sorted(parts.values()) == case["parts"]
    outcomes = {outcome.decision: outcome for outcome in result.outcomes}
    assert [outcomes[d].state for d in given_] == case["states"]
    if "told" in case:
        assert [outcomes[d].why for d in given_] == case["told"]
    assert all(outcomes[d].why for d in given_ if outcomes[d].state != "done")
    for number, (label, category) in case.get("nodes", {}).items():
        data = graph.nodes[of[members[int(number)]]]
        assert (data["label"], data["category"]) == (label, category)
    for number, alias in case.get("aliases", {}).items():
        assert alias in graph.nodes[of[members[int(number)]]]["aliases"].split("|")
    for number in case.get("gone", []):
        assert members[number] not in of
    for number, relations in case.get("edges", {}).items():
        assert sorted(d["relation"] for *_, d in graph.out_edges(of[members[int(number)]], data=True)) == relations
    done = [d for d in given_ if outcomes[d].state == "done"]
    if done and not any(d.action == "drop" for d in done):
        assert any(data.get("decided") for _, data in graph.nodes(data=True)) or any(
            data.get("decided") for *_, data in graph.edges(data=True))


PAIRS = [c for c in CASES if c["states"] == ["done"] and c["rows"][0]["action"] in ("同一", "不同", "same")]


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["why"])
def test_without_the_decisions_the_machine_says_otherwise(case: dict[str, Any]) -> None:
    """The cases of pairs that are done change something: they could fail."""
    extractions, members = articles(case["articles"])
    of = resolve(extractions).of
    parts: dict[str, list[int]] = {}
    for number, member in enumerate(members):
        parts.setdefault(of[member], []).append(number)
    assert sorted(parts.values()) != case["parts"]


PEOPLE = [{"kind": "person", "name": "王伟", "date": f"2019-0{n + 1}-20", "posts": [post]} for n, post in enumerate(
    ("130627 县长", "130627 县长", "522701 副市长", "350403 区长"))]
BODIES = [{"kind": "organization", "name": "县教育局", "at": [code]} for code in ("130627", "130624")]


@st.composite
def some_decisions(draw: st.DrawFn) -> list[Decision]:
    def person() -> Thing:
        return Thing("王伟", draw(st.sampled_from(["", "official"])), "", (f"d0{draw(st.integers(0, 4))}",))

    def body() -> Thing:
        return Thing(draw(st.sampled_from(["县教育局", "唐县教育局"])), "", "", (f"d0{draw(st.integers(4, 5))}",))

    found = []
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["same", "different", "rename", "retype", "alias", "drop", "keep", "edge"]))
        if kind in ("same", "different"):
            found.append(Decision(kind, person(), person()))  # type: ignore[arg-type]
        elif kind == "edge":
            action = draw(st.sampled_from(["drop", "keep"]))
            found.append(Decision(action, person(), Thing("", "", "130627"), "holds_post"))  # type: ignore[arg-type]
        elif kind in ("drop", "keep"):
            found.append(Decision(kind, body()))  # type: ignore[arg-type]
        else:
            values = ["enterprise", "project"] if kind == "retype" else ["唐县教育局", "教体局"]
            found.append(Decision(kind, body(), value=draw(st.sampled_from(values))))  # type: ignore[arg-type]
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=some_decisions(), seed=st.integers(0, 99))
def test_the_order_of_decisions_says_nothing(said: list[Decision], seed: int, tmp_path: Path) -> None:
    extractions, _ = articles(PEOPLE + BODIES)
    turned = [Decision(d.action, d.other, d.subject) if d.kind == "pair" else d for d in said]
    random.Random(seed).shuffle(turned)
    written = []
    for number, order in enumerate((said, turned, [*said, *turned])):
        result, graph = apply(extractions, order)
        write_graphml(graph, tmp_path / f"{number}.graphml")
        written.append(((tmp_path / f"{number}.graphml").read_bytes(), result.outcomes))
    assert written[0] == written[1] == written[2]
    assert {outcome.decision for outcome in written[0][1]} == {d.ordered() for d in said}


def test_a_decision_is_kept_as_it_is() -> None:
    thing = Thing("周立山", "official", "", ("a", "b"))
    every = [Decision("same", thing, Thing("周立山", "official", "", ("c",)), note="问过本人"),
             Decision("rename", thing, value="周立珊"), Decision("alias", thing, value="周主任"),
             Decision("retype", thing, value="person"), Decision("drop", thing),
             Decision("keep", thing, Thing("唐县", "region", "130627"), "visited")]
    assert kept(map(keep, every)) == sorted(every)
    assert len({keep(d)[:3] for d in every}) == len(every)
    assert kept([("pair", "person:甲", "person:乙", "same", ""), ("x", "[]", "[]", "nonsense", "")]) == []


def test_a_later_sheet_takes_the_place_of_what_it_contradicts() -> None:
    a, b = Thing("周立山", "official", "", ("a",)), Thing("周立山", "official", "", ("b",))
    more = Thing("周立山", "official", "", ("b", "c"))
    same, different = Decision("same", a, b), Decision("different", a, more)
    change = taken([same], [Said(different, 2)])
    assert (change.new, change.gone) == ((different,), (same,))
    assert taken([same], [Said(same, 2)]) == ((), (same,), ())
    assert taken([same], [Said(Decision("different", a, Thing("周立水")), 2)]).gone == ()
    assert taken([same], [Said(Decision("same", more, a), 2, True)]).gone == (same,)
    drop, rename = Decision("drop", a, Thing("唐县"), "visited"), Decision("rename", a, value="周立珊")
    assert taken([drop, rename, same], [Said(drop, 2, True)]).gone == (drop,)
    assert taken([drop, rename, same], [Said(Decision("drop", a), 2, True)]).gone == (rename,)
