"""Clusters from compared pairs: the most alike first, never two that contradict one another, whatever the order.

What is joined is compared anew as a whole, so that an article which shows a person in two places links the articles
that show one of them each. Where two rivals that are not one are about equally like a third, it joins neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from heapq import heapify, heappop, heappush
from typing import Any, Generic, TypeVar

from kg.model import Judgement, Member, Verdict
from kg.resolve.scale import APART, Comparison, limits

P = TypeVar("P")


def united(a: P, b: P) -> P:
    """Two profiles of one kind as one: sets and sorted tuples field by field, the rest as the first has it."""
    values = ((getattr(a, f.name), getattr(b, f.name)) for f in fields(a))  # type: ignore[arg-type]
    return type(a)(*(_both(one, other) for one, other in values))


def _both(one: Any, other: Any) -> Any:
    if isinstance(one, frozenset):
        return one | other
    return tuple(sorted({*one, *other})) if isinstance(one, tuple) else one


def unlike(a: object, b: object, verdict: Verdict) -> bool:
    """Whether two that are like a third make it doubtful: all that are not one."""
    return verdict != "same"


@dataclass(slots=True)
class Joined(Generic[P]):
    """What became of the groups: `clusters` as sorted lists of their numbers, with the profile of each."""

    clusters: list[list[int]] = field(default_factory=list)
    profiles: list[P] = field(default_factory=list)
    merges: list[Judgement] = field(default_factory=list)
    unsure: list[Judgement] = field(default_factory=list)


class Joiner(Generic[P]):
    """Groups with a profile each; `pairs` are the numbers of those that are worth comparing.

    `pooled` makes the profile of two clusters, `title` names a profile for a remark. `together` and `apart` are pairs
    that a person has judged. `rivals` says of two profiles and their verdict whether a third that is like both is
    doubtful.
    """

    def __init__(
        self,
        profiles: list[P],
        leaders: list[Member],
        compare: Callable[[P, P], Comparison],
        pooled: Callable[[P, P], P],
        title: Callable[[P], str],
        rivals: Callable[[P, P, Verdict], bool] = unlike,
    ) -> None:
        self.profiles: dict[int, P] = dict(enumerate(profiles))
        self.leaders = leaders
        self.members: dict[int, list[int]] = {i: [i] for i in self.profiles}
        self.near: dict[int, set[int]] = {i: set() for i in self.profiles}
        self.apart: dict[int, set[int]] = {i: set() for i in self.profiles}
        self.blocked: dict[tuple[int, int], Comparison] = {}
        self.compare, self.pooled, self.title, self.rivals = compare, pooled, title, rivals
        self.scores: dict[tuple[int, int], Comparison] = {}
        self.version = [0] * len(profiles)
        self.merges: list[Judgement] = []

    def run(
        self,
        pairs: Iterable[tuple[int, int]],
        together: Iterable[tuple[int, int, Judgement]] = (),
        apart: Iterable[tuple[int, int]] = (),
    ) -> Joined[P]:
        """Join what is one."""
        place = {i: i for i in self.profiles}
        for a, b in apart:
            self.apart[a].add(b)
            self.apart[b].add(a)
        for a, b, judgement in together:
            a, b = self._at(place, a), self._at(place, b)
            if a != b:
                place[max(a, b)] = min(a, b)
                self._join(min(a, b), max(a, b), judgement)
        for a, b in pairs:
            a, b = self._at(place, a), self._at(place, b)
            if a != b and b not in self.apart[a]:
                self.near[a].add(b)
                self.near[b].add(a)
        heap = [self._entry(a, b) for a in sorted(self.near) for b in sorted(self.near[a]) if a < b]
        heap = [entry for entry in heap if -entry[0] >= limits().same]
        heapify(heap)
        while heap:
            minus, _, _, a, b, va, vb = heappop(heap)
            if (self.version[a], self.version[b]) != (va, vb) or a not in self.profiles or b not in self.profiles:
                continue
            if (a, b) in self.blocked or b in self.apart[a] or self._rivals(a, b, -minus):
                continue
            self._join(a, b)
            for c in sorted(self.near[a]):
                if (min(a, c), max(a, c)) not in self.blocked:
                    entry = self._entry(min(a, c), max(a, c))
                    if -entry[0] >= limits().same:
                        heappush(heap, entry)
        return self._result()

    def part(self, numbers: list[int]) -> Joiner[P]:
        """Some of the groups alone, numbered anew in their order."""
        profiles, leaders = [self.profiles[n] for n in numbers], [self.leaders[n] for n in numbers]
        return Joiner(profiles, leaders, self.compare, self.pooled, self.title, self.rivals)

    @staticmethod
    def _at(place: dict[int, int], number: int) -> int:
        while place[number] != number:
            number = place[number]
        return number

    def _entry(self, a: int, b: int) -> tuple[float, Member, Member, int, int, int, int]:
        score = self._score(a, b).score
        return -score, self.leaders[a], self.leaders[b], a, b, self.version[a], self.version[b]

    def _score(self, a: int, b: int) -> Comparison:
        pair = (min(a, b), max(a, b))
        if pair not in self.scores:
            self.scores[pair] = self.compare(self.profiles[pair[0]], self.profiles[pair[1]])
        return self.scores[pair]

    def _rivals(self, a: int, b: int, score: float) -> bool:
        """Whether another is about as like one of the two, and is not one with the other; both pairs are left open."""
        if score >= limits().strong:
            return False
        least = max(limits().same, score - limits().margin)
        for x, y in ((a, b), (b, a)):
            for z in sorted(self.near[x]):
                if z == y or z in self.apart[x]:
                    continue
                rival = self._score(x, z)
                if least <= rival.score < limits().strong:
                    verdict: Verdict = "different" if z in self.apart[y] else self._score(y, z).verdict
                    if self.rivals(self.profiles[y], self.profiles[z], verdict):
                        for one, other, told in ((x, y, z), (x, z, y)):
                            pair = (min(one, other), max(one, other))
                            self.blocked[pair] = self._score(*pair).further(
                                "any", "rivals", self.title(self.profiles[told])
                            )
                        return True
        return False

    def _join(self, a: int, b: int, judgement: Judgement | None = None) -> None:
        if judgement is None:
            seen = self._score(a, b)
            judgement = Judgement(self.leaders[a], self.leaders[b], "same", seen.score, seen.reasons)
        self.merges.append(judgement)
        self.profiles[a] = self.pooled(self.profiles[a], self.profiles.pop(b))
        self.members[a] += self.members.pop(b)
        for kept in (self.near, self.apart):
            for c in kept.pop(b):
                kept[c].discard(b)
                if c != a:
                    kept[a].add(c)
                    kept[c].add(a)
            kept[a].discard(a)
        for c in self.near[a] & self.apart[a]:
            self.near[c].discard(a)
        self.near[a] -= self.apart[a]
        for c in self.near[a]:
            self.scores.pop((min(a, c), max(a, c)), None)
            self.scores.pop((min(b, c), max(b, c)), None)
            if (pair := (min(b, c), max(b, c))) in self.blocked:
                self.blocked[min(a, c), max(a, c)] = self.blocked.pop(pair)
        self.leaders[a] = min(self.leaders[a], self.leaders[b])
        self.version[a] += 1

    def _result(self) -> Joined[P]:
        found: Joined[P] = Joined(merges=self.merges)
        for number in sorted(self.members):
            found.clusters.append(sorted(self.members[number]))
            found.profiles.append(self.profiles[number])
        for a in sorted(self.profiles):
            doubtful = []
            for b in sorted(self.near[a]):
                seen = self.blocked.get((min(a, b), max(a, b))) or self._score(a, b)
                if seen is not APART and seen.score > limits().different:
                    doubtful.append((-seen.score, self.leaders[b], b, seen))
            for _, _, b, seen in sorted(doubtful, key=lambda d: d[:3])[: limits().keep]:
                first, second = sorted((self.leaders[a], self.leaders[b]))
                found.unsure.append(Judgement(first, second, "unsure", seen.score, seen.reasons))
        found.unsure = sorted(set(found.unsure))
        return found
