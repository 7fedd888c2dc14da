"""Candidates share a key, a short name or a place; a comparison weighs them; clusters become the entities of the run.

Careful by design: a wrong merge harms more than a missing one. Regions come first, then bodies, then the persons who
hold posts in them, then projects and events with their parties. docs/identity.md tells how.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TypeVar

from kg.model import Entity, Extraction, Judgement, Member, Notes, Resolution
from kg.resolve import bodies, events, persons, projects, regions
from kg.resolve.entities import entity, usual_key
from kg.resolve.gather import Gathered, gather, groups
from kg.resolve.join import Joined, Joiner
from kg.resolve.judged import Judged, Judgements, sort_out
from kg.resolve.parts import Part, Spread, here
from kg.resolve.scale import APART, Comparison, Scale

P = TypeVar("P")
REGION = "region:"


class Resolver:
    """One run: what was gathered, and the clusters found so far."""

    def __init__(self, gathered: Gathered, judged: Judged, notes: Notes, spread: Spread) -> None:
        self.gathered, self.judged, self.notes, self.spread = gathered, judged, notes, spread
        self.clusters: list[tuple[str, list[Member]]] = []  # with the key that most members bear
        self.merges: list[Judgement] = []
        self.unsure: list[Judgement] = []
        self.heads: dict[Member, Member] = {}
        self.names: dict[Member, str] = {}  # a member to one key for its cluster
        self.places: dict[str, str] = {}  # that key of a body to its code

    def regions(self) -> None:
        """By code."""
        found = self.gathered.of(REGION)
        read, why = regions.canonical(key for _, key in found)
        signature: dict[Member, object] = {m: (m[1], m if m in self.judged.members else "") for m in found}
        several = groups(found, signature)
        by_key: dict[str, list[int]] = defaultdict(list)
        for number, members in enumerate(several):
            by_key[read.get(members[0][1], members[0][1])].append(number)

        def compare(a: frozenset[str], b: frozenset[str]) -> Comparison:
            for x, y in ((x, y) for x in sorted(a) for y in sorted(b)):
                if x == y or read.get(x, x) == read.get(y, y):
                    scale = Scale("region")
                    scale.add(*(("code", x.removeprefix(REGION)) if x == y else why.get(x) or why[y]))
                    return scale.done()
            return APART

        wanted = {(numbers[0], other) for numbers in by_key.values() for other in numbers[1:]}
        wanted |= {(a, b) for numbers in by_key.values() if len(numbers) < len(self.judged.members) + 2
                   for a in numbers for b in numbers if a < b}
        keys = [frozenset({members[0][1]}) for members in several]
        joins = Joiner(keys, [m[0] for m in several], compare, frozenset.union, min)
        self._keep(several, self._part(several, joins, wanted).run(), named=False)
        self.names.update({m: read.get(m[1], m[1]) for m in found})

    def bodies(self) -> None:
        """By name and place."""
        several, joins, wanted = bodies.joiner(self.gathered, self.judged.members, self.notes.page("bodies"))
        (joined,) = self.spread([self._part(several, joins, wanted)])
        for key, body in zip(self._keep(several, joined), joined.profiles, strict=True):
            places = {code for form in body.forms if len(form.places) == 1 for code in form.places} or body.at
            if len(places) == 1:
                self.places[key] = min(places)

    def persons(self) -> None:
        """By name, post, place and time; names that a person has joined are looked at together."""
        blocks = persons.profiles(self.gathered, self.names, self.places, self.judged.members)
        laid = persons.together(blocks, self.judged.same)
        parts = (self._part(several, persons.joiner(several, made), persons.wanted(made)) for several, made in laid)
        for (several, _), joined in zip(laid, self.spread(parts), strict=True):
            self._keep(several, joined)

    def projects(self) -> None:
        """By name, place and parties."""
        notes = self.notes.page("projects")
        several, joins, wanted = projects.joiner(self.gathered, self.names, self.judged.members, notes)
        (joined,) = self.spread([self._part(several, joins, wanted)])
        self._keep(several, joined)

    def events(self) -> None:
        """By kind, day, place and persons."""
        several, joins, wanted = events.joiner(self.gathered)
        (joined,) = self.spread([self._part(several, joins, wanted)])
        self._keep(several, joined)

    def _part(self, several: list[list[Member]], joins: Joiner[P], wanted: set[tuple[int, int]]) -> Part[P]:
        """Groups to compare, with what persons judged of their members."""
        number = {}
        if self.judged.members:
            number = {m: n for n, members in enumerate(several) for m in members if m in self.judged.members}
        same = [(number[j.first], number[j.second], j) for j in self.judged.same if j.first in number]
        apart = [(number[a], number[b]) for a, b in self.judged.different if a in number and b in number]
        return Part(joins, wanted, same, apart)

    def _keep(self, several: list[list[Member]], joined: Joined[P], named: bool = True) -> list[str]:
        """Take over what was found; one key for each cluster."""
        self.merges += joined.merges
        self.unsure += joined.unsure
        keys = []
        taken: Counter[str] = Counter()
        for numbers in joined.clusters:
            members = sorted(member for number in numbers for member in several[number])
            for number in numbers:
                first, *rest = several[number]
                self.heads.update(dict.fromkeys(rest, first))
            key = usual_key(members)
            self.clusters.append((key, members))
            taken[key] += 1
            keys.append(key if taken[key] == 1 else f"{key}#{taken[key]}")
            if named:
                self.names.update(dict.fromkeys(members, keys[-1]))
        return keys

    def result(self) -> Resolution:
        """The entities of all clusters."""
        shared = Counter(key for key, _ in self.clusters)
        found: list[Entity] = []
        of: dict[Member, str] = {}
        seen = self.gathered.seen
        for key, members in self.clusters:
            made = entity(members, [seen[member].entity for member in members], key, shared[key] > 1)
            found.append(made)
            of.update(dict.fromkeys(members, made.id))
        merges: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in self.merges:
            merges[of[judgement.first]].append(judgement)
        unsure = sorted(self.unsure, key=lambda j: (-j.score, j))
        return Resolution(
            tuple(sorted(found, key=lambda e: e.id)),
            of,
            {node: tuple(merges[node]) for node in sorted(merges)},
            self.heads,
            tuple(unsure),
            tuple(self.judged.conflicts),
        )


def resolve(
    extractions: Iterable[Extraction],
    judgements: Judgements | None = None,
    notes: Notes | None = None,
    spread: Spread = here,
) -> Resolution:
    """Join what is the same across documents; the result does not depend on the order of *extractions*.

    *judgements* are verdicts of a person on pairs of (document, key): `same` or `different`. They outrank the machine;
    those that contradict one another are reported in `Resolution.conflicts`. *notes* are those of the last build.
    *spread* says where the comparisons are made (`kg.resolve.parts`); what comes of them is the same.
    """
    gathered = gather(extractions)
    resolver = Resolver(gathered, sort_out(judgements, gathered.seen), notes or Notes(), spread)
    for step in (resolver.regions, resolver.bodies, resolver.persons, resolver.projects, resolver.events):
        step()
    return resolver.result()
