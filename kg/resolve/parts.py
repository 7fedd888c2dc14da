"""The comparisons of a run as parts that have nothing to do with one another, so that any machine may do any of them.

Groups that share a key are compared in pairs; what hangs together by pairs is one part. Parts done elsewhere and laid
together again give what is found where all is done at once: it is the same function (`Joiner.run`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from kg.lexicon import use
from kg.model import Judgement
from kg.resolve.join import Joined, Joiner

P = TypeVar("P")

WEIGHT: Final = 500  # groups that travel together: some hundredths of a second of work


@dataclass(frozen=True, slots=True)
class Part(Generic[P]):
    """Groups, the pairs of their numbers that are worth comparing, and what persons judged of them."""

    joins: Joiner[P]
    pairs: Collection[tuple[int, int]]
    together: list[tuple[int, int, Judgement]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)

    def run(self) -> Joined[P]:
        """Join what is one."""
        return self.joins.run(self.pairs, self.together, self.apart)


Spread = Callable[[Iterable[Part[Any]]], Iterator[Joined[Any]]]
Batch = list[Part[Any]]
Send = Callable[[Iterable[Batch]], Iterable[list[Joined[Any]]]]


def here(several: Iterable[Part[Any]]) -> Iterator[Joined[Any]]:
    """What becomes of each of *several*, in this process, one after the other."""
    return (one.run() for one in several)


def over(send: Send) -> Spread:
    """The same with parts handed to *send*, which answers each batch, in their order, wherever it works."""
    return lambda several: _spread(list(several), send)


def comparing(lexicon: Path | None) -> Callable[[Batch], list[Joined[Any]]]:
    """What a machine does with a batch, given the user's own *lexicon*."""
    use(lexicon)
    return lambda batch: list(here(batch))


def _spread(several: list[Part[Any]], send: Send) -> Iterator[Joined[Any]]:
    split = [_apart(one) for one in several]
    done = chain.from_iterable(send(_batches(part for parts in split for _, part in parts)))
    for one, parts in zip(several, split, strict=True):
        yield _laid(one, [(numbers, next(done)) for numbers, _ in parts])


def _batches(parts: Iterable[Part[Any]]) -> Iterator[Batch]:
    batch: Batch = []
    weight = 0
    for part in parts:
        batch.append(part)
        weight += len(part.joins.leaders)
        if weight >= WEIGHT:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _apart(one: Part[P]) -> list[tuple[list[int], Part[P]]]:
    """What hangs together in it by pairs, each with its numbers; what hangs together with nothing is left out.

    >>> from operator import attrgetter
    >>> made = Joiner(["a", "b", "c", "d"], [(n, n) for n in "abcd"], max, max, str)
    >>> [(numbers, part.pairs) for numbers, part in _apart(Part(made, [(0, 2), (3, 2)]))]
    [([0, 2, 3], [(0, 1), (2, 1)])]
    """
    leads = list(range(len(one.joins.leaders)))

    def top(number: int) -> int:
        while leads[number] != number:
            leads[number] = number = leads[leads[number]]
        return number

    for a, b in (*one.pairs, *((a, b) for a, b, _ in one.together)):
        first, second = sorted((top(a), top(b)))
        leads[second] = first
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(leads)):
        members[top(number)].append(number)
    within: dict[int, tuple[list[Any], list[Any], list[Any]]] = {number: ([], [], []) for number in members}
    place = {number: at for numbers in members.values() for at, number in enumerate(numbers)}
    for a, b in one.pairs:
        within[top(a)][0].append((place[a], place[b]))
    for a, b, judgement in one.together:
        within[top(a)][1].append((place[a], place[b], judgement))
    for a, b in one.apart:
        if top(a) == top(b):
            within[top(a)][2].append((place[a], place[b]))
    return [(numbers, Part(one.joins.part(numbers), *within[first]))
            for first, numbers in members.items() if len(numbers) > 1]


def _laid(one: Part[P], parts: Iterable[tuple[list[int], Joined[P]]]) -> Joined[P]:
    """The answers of all its parts as one."""
    found: Joined[P] = Joined()
    alone = set(range(len(one.joins.leaders)))
    rows = []
    for numbers, joined in parts:
        alone.difference_update(numbers)
        rows += [([numbers[n] for n in cluster], profile)
                 for cluster, profile in zip(joined.clusters, joined.profiles, strict=True)]
        found.merges += joined.merges
        found.unsure += joined.unsure
    rows += [([number], one.joins.profiles[number]) for number in alone]
    rows.sort(key=lambda row: row[0])
    found.clusters = [cluster for cluster, _ in rows]
    found.profiles = [profile for _, profile in rows]
    found.unsure = sorted(set(found.unsure))
    return found
