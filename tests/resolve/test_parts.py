"""Comparisons done in parts, elsewhere and in any order of work, give what is found where all is done at once."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_clusters import BODIES, SIDES, world

from kg.model import Resolution, Verdict
from kg.resolve import parts, resolve
from kg.resolve.parts import Batch, comparing, over

EVENTS = st.fixed_dictionaries({
    "kind": st.sampled_from(["visit", "meeting"]),
    "date": st.sampled_from(["2019-05-21", "2019-05", ""]),
    "at": st.lists(st.sampled_from(["130627", "130624", "130600"]), max_size=1),
    "with": st.lists(st.sampled_from(["王灏", "周立山"]), max_size=2),
    "name": st.sampled_from(["访问", "座谈会", "青石岭产业合作座谈会"]),
})
WORLDS = st.one_of(*(st.tuples(st.just(kind), st.lists(sides, min_size=2, max_size=8))
                     for kind, sides in (("person", SIDES), ("enterprise", BODIES), ("event", EVENTS))))
VERDICTS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from(["same", "different"])), max_size=4)


def elsewhere(batches: Iterable[Batch]) -> Iterator[list[Any]]:
    """Another machine, of which only bytes are known."""
    work = comparing(None)
    sent = [pickle.dumps(batch) for batch in batches]
    return (pickle.loads(pickle.dumps(work(pickle.loads(batch)))) for batch in sent)


def told(resolution: Resolution) -> tuple[Any, ...]:
    return (resolution.entities, sorted(resolution.of.items()), resolution.merges, resolution.groups,
            resolution.unsure, resolution.conflicts)


@pytest.fixture(autouse=True, params=[1, 3])
def _weight(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "WEIGHT", request.param)


@settings(max_examples=80, deadline=None)
@given(WORLDS, VERDICTS)
def test_parts_done_elsewhere_give_what_is_found_at_once(
    drawn: tuple[str, list[dict[str, Any]]], verdicts: list[tuple[int, int, Verdict]]
) -> None:
    articles, members = world(*drawn[:1], *drawn[1])
    judged = {(members[a], members[b]): verdict for a, b, verdict in verdicts if a < len(members) and b < len(members)}
    assert told(resolve(articles, judged, spread=over(elsewhere))) == told(resolve(articles, judged))


def test_what_shares_no_key_goes_in_parts_of_its_own() -> None:
    sides = [{"name": name} for name in ("青石能源", "青石能源有限公司", "云岭食品", "云岭食品有限公司")]
    articles, _ = world("enterprise", *sides)
    sent: list[int] = []

    def counted(batches: Iterable[Batch]) -> Iterator[list[Any]]:
        several = list(batches)
        sent.extend(len(part.joins.leaders) for batch in several for part in batch)
        return elsewhere(several)

    resolve(articles, spread=over(counted))
    assert sent == [2, 2]
