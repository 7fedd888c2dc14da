"""From chances of tags to names: the likeliest legal sequence of tags, and how sure the network is of a span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.pipes.tagger.network import PARTS, TYPES

Odds = NDArray[np.uint8]
Costs = NDArray[np.int32]

BEGIN, INSIDE, END, SINGLE = range(PARTS)
FULL = 255
CLEAR = 250  # a character with this chance (of 255) or more of being outside is outside
SHORT = 20  # stretches up to this length are read together, longer ones by themselves
NEVER = 1 << 20
GRAIN = 64  # steps of a cost in one halving of a chance


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name as the network sees it. `odds` is the chance of its weakest character, 0..1, to two decimals."""

    start: int
    end: int
    category: str
    odds: float


def column(category: str, part: int) -> int:
    """The place of a tag among the numbers of a character; 0 is O."""
    return 1 + PARTS * TYPES.index(category) + part


def chance(odds: Odds, start: int, end: int, category: str) -> float:
    """How sure the network is that start..end is exactly one name of *category*: its weakest character.

    >>> odds = np.zeros((2, 29), dtype=np.uint8)
    >>> odds[0, column("project", BEGIN)], odds[1, column("project", END)] = 255, 102
    >>> chance(odds, 0, 2, "project")
    0.4
    """
    first = column(category, BEGIN)
    if end - start == 1:
        least = int(odds[start, first + SINGLE])
    else:
        least = min(int(odds[start, first + BEGIN]), int(odds[end - 1, first + END]))
        if end - start > 2:
            least = min(least, int(odds[start + 1 : end - 1, first + INSIDE].min()))
    return round(least / FULL, 2)


def proposals(odds: Odds, spans: Sequence[tuple[int, int]]) -> list[Proposal]:
    """The names of a text, read sentence by sentence; where the network is sure that there is none nothing is read."""
    inside = odds[:, 0] < CLEAR
    stretches = [(start + a, start + b) for start, end in spans for a, b in _runs(inside[start:end])]
    found: list[tuple[int, int, str]] = []
    short = [s for s in stretches if s[1] - s[0] <= SHORT]
    if short:
        found += _read(odds, short)
    for stretch in stretches:
        if stretch[1] - stretch[0] > SHORT:
            found += _read(odds, [stretch])
    return [Proposal(a, b, kind, chance(odds, a, b, kind)) for a, b, kind in sorted(found)]


def _runs(inside: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """The runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


@cache
def _prices() -> Costs:
    """What a chance costs: whole numbers, so that sums compare alike everywhere."""
    shares = np.maximum(np.arange(FULL + 1), 0.5) / FULL
    prices: Costs = np.rint(-GRAIN * np.log2(shares)).astype(np.int32)
    return prices


def _read(odds: Odds, stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """The cheapest way through each stretch: all of them take a step together."""
    longest = max(b - a for a, b in stretches)
    costs = np.full((longest, len(stretches), odds.shape[1]), NEVER, dtype=np.int32)
    costs[:, :, 0] = 0
    for i, (a, b) in enumerate(stretches):
        costs[: b - a, i] = _prices()[odds[a:b]]
    closed = np.zeros((len(stretches), 1), dtype=np.int32)  # least cost with no name open
    opened = np.full((len(stretches), len(TYPES)), NEVER, dtype=np.int32)  # with a name of each type open
    choices, stays = [], []
    for step in costs:
        begin, inside, end, single = (step[:, 1 + part :: PARTS] for part in range(PARTS))
        ways = np.concatenate([closed + step[:, :1], closed + single, opened + end], axis=1)
        choice = ways.argmin(axis=1)
        start, stay = closed + begin, opened + inside
        stays.append(stay < start)
        opened = np.minimum(np.minimum(stay, start), NEVER)
        closed = ways[np.arange(len(stretches)), choice][:, None]
        choices.append(choice)
    ways_taken, held = np.array(choices).T.tolist(), np.array(stays)
    for i, (a, b) in enumerate(stretches):
        place = b - a - 1
        while place >= 0:
            way, last = ways_taken[i][place], place
            if way > len(TYPES):
                kind = way - 1 - len(TYPES)
                place -= 1
                while held[place, i, kind]:
                    place -= 1
            if way:
                yield a + place, a + last + 1, TYPES[(way - 1) % len(TYPES)]
            place -= 1
