"""Events: one where kind, day and place agree, or the people who take part."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter

from kg.model import Member
from kg.resolve.fold import fold
from kg.resolve.gather import DAY, EVENT, Gathered, pairs
from kg.resolve.join import Joiner, united
from kg.resolve.places import area, county, nearest
from kg.resolve.scale import Comparison, Scale, limits

FIGURES = "0123456789"
LONG = 10  # characters of a name that hardly two events of a day share
TELLING = 6  # characters that two names share from where on they tell which event is meant


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the articles of a cluster show it."""

    kind: str
    starts: frozenset[str]
    names: frozenset[str]
    at: frozenset[str]
    people: frozenset[str]
    documents: frozenset[str]

    @property
    def name(self) -> str:
        """The fullest name."""
        return max(self.names, key=lambda n: (len(n), n))


def compare(a: Event, b: Event) -> Comparison:
    """How much speaks for one event."""
    scale = Scale("event")
    if a.kind != b.kind or a.documents & b.documents or not a.starts & b.starts:
        return Comparison(-9.0)
    day = min(a.starts & b.starts)
    scale.add("day" if len(day) == DAY else "month", day)
    relation, told = nearest(a.at, b.at)
    shared = sorted(a.people & b.people)
    strange = bool(a.people and b.people and not shared)
    if relation == "same":
        scale.add("place" if any(county(code) for code in a.at & b.at) else "place_broad", told)
    elif relation == "nested":
        scale.add("nested", told)
    elif relation:
        scale.add("apart", told)
    for number, person in enumerate(shared[: limits().companions]):
        scale.add("persons" if number else "person", person)
    if strange:
        scale.add("others")
    name = _alike(a.names, b.names)
    if name:
        scale.add("name", name)
        if len(name) >= LONG and name in a.names & b.names:
            scale.add("long")
    return scale.done()


def _alike(first: frozenset[str], second: frozenset[str]) -> str:
    """A name of the one that stands in a name of the other and is long enough to tell something."""
    found = [min(x, y, key=lambda n: (len(n), n)) for x in first for y in second if x in y or y in x]
    return max((name for name in found if len(name) >= TELLING), key=lambda n: (len(n), n), default="")


def joiner(gathered: Gathered) -> tuple[list[list[Member]], Joiner[Event], set[tuple[int, int]]]:
    """The groups (each event of an article by itself), what joins them, and the pairs worth comparing."""
    members = gathered.of(EVENT)
    made = []
    blocks: dict[str, set[int]] = defaultdict(set)
    for number, member in enumerate(members):
        sighting = gathered.seen[member]
        attrs = dict(sighting.entity.attrs)
        start, kind = str(attrs.get("start_date", "")), str(attrs.get("kind", ""))
        at = frozenset(filter(None, map(area, sighting.at)))
        people = frozenset(fold(gathered.seen[member[0], key].entity.name) for key in sighting.people)
        named = frozenset(fold(name).lstrip(FIGURES) for name in (sighting.entity.name, *sighting.entity.names))
        made.append(Event(kind, frozenset({start}), named, at, people, frozenset({member[0]})))
        if start:
            for code in at:
                blocks[f"{kind} {start} {code[:2]}"].add(number)
            for person in people:
                blocks[f"{kind} {start} {person}"].add(number)
            for name in named:
                if len(name) >= TELLING:
                    blocks[f"{kind} {start} {name}"].add(number)
    joins = Joiner(made, list(members), compare, united, attrgetter("name"))
    return [[member] for member in members], joins, pairs(blocks, limits().block)
