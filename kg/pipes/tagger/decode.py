"""From chances of tags to names: the likeliest legal sequence of tags, and how sure the network is of a span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from kg.pipes.tagger.network import PARTS, TYPES

Odds = NDArray[np.uint8]

BEGIN, INSIDE, END, SINGLE = range(PARTS)
WIDTH = 1 + PARTS * len(TYPES)  # tags of a character
FULL = 255
CLEAR = 250  # a character with this chance (of 255) or more of being outside is outside
EVEN = 128  # a tag with more than this chance is the likeliest, and no other one costs as little
DOUBT = 255  # in place of a tag
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


def chance(odds: bytes, start: int, end: int, category: str) -> float:
    """How sure the network is that start..end is exactly one name of *category*: its weakest character.

    >>> odds = np.zeros((2, WIDTH), dtype=np.uint8)
    >>> odds[0, column("project", BEGIN)], odds[1, column("project", END)] = 255, 102
    >>> chance(odds.tobytes(), 0, 2, "project")
    0.4
    """
    first = column(category, BEGIN)
    if end - start == 1:
        least = odds[start * WIDTH + first + SINGLE]
    else:
        least = min(odds[start * WIDTH + first + BEGIN], odds[(end - 1) * WIDTH + first + END])
        if end - start > 2:
            least = min(least, *odds[(start + 1) * WIDTH + first + INSIDE : (end - 1) * WIDTH : WIDTH])
    return round(least / FULL, 2)


def proposals(odds: Odds, spans: Sequence[tuple[int, int]]) -> list[Proposal]:
    """The names of a text, read sentence by sentence; where the network is sure that there is none nothing is read.

    That is between characters that are clearly outside, and where all are rather outside than anything else.
    """
    outside, plain = odds[:, 0].tobytes(), odds.tobytes()
    likeliest, types = _leading(odds)
    stretches, legal, names = _patterns()
    found = []
    for start, end in spans:
        for stretch in stretches.finditer(outside, start, end):
            if min(stretch[0]) > EVEN:
                continue
            first, last = stretch.span()
            if legal.fullmatch(likeliest, first, last):
                read = [(*m.span(), _kind(m[0][0])) for m in names.finditer(likeliest, first, last)]
            else:
                read = _read(plain, first, last, _kinds()[reduce(or_, types[first:last])])[::-1]
            found += [Proposal(a, b, TYPES[kind], chance(plain, a, b, TYPES[kind])) for a, b, kind in read]
    return found


def _leading(odds: Odds) -> tuple[bytes, bytes]:
    """For each character the tag that is likelier than all others together, or DOUBT, and the types likelier than none.

    The types are the bits of a byte. A character that is clearly outside has no tag and no type.
    """
    likeliest, types = np.zeros((2, len(odds)), dtype=np.uint8)
    places = np.flatnonzero(odds[:, 0] < CLEAR)
    rows = np.ascontiguousarray(odds.take(places, axis=0).T)  # maxima of few long rows are the faster ones
    likeliest[places] = np.where(rows.max(axis=0) > EVEN, rows.argmax(axis=0), DOUBT)
    likelier = rows[1:].reshape(len(TYPES), PARTS, -1).max(axis=1) > rows[0]
    types[places] = np.packbits(likelier, axis=0, bitorder="little")[0]
    return likeliest.tobytes(), types.tobytes()


@cache
def _patterns() -> tuple[re.Pattern[bytes], re.Pattern[bytes], re.Pattern[bytes]]:
    """Stretches among the chances of being outside; tags in a legal order; among these the tags of a name."""
    clear = re.escape(bytes([CLEAR - 1]))
    tags = [[re.escape(bytes([column(category, part)])) for part in range(PARTS)] for category in TYPES]
    name = b"|".join(b"%b|%b%b*%b" % (single, begin, inside, end) for begin, inside, end, single in tags)
    return re.compile(b"[\x00-%b]+" % clear), re.compile(b"(?:\x00|%b)*" % name), re.compile(name)


def _kind(tag: int) -> int:
    return (tag - 1) // PARTS


@cache
def _kinds() -> tuple[tuple[int, ...], ...]:
    """The types of a byte that has a bit for each."""
    return tuple(tuple(kind for kind in range(len(TYPES)) if seen >> kind & 1) for seen in range(FULL + 1))


@cache
def _prices() -> tuple[int, ...]:
    """What a chance costs: whole numbers, so that sums compare alike everywhere."""
    shares = np.maximum(np.arange(FULL + 1), 0.5) / FULL
    return tuple(np.rint(-GRAIN * np.log2(shares)).astype(int).tolist())


def _read(odds: bytes, start: int, end: int, kinds: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """The names on the cheapest way through a stretch, from the last to the first.

    Of *kinds* alone: where no character has a tag of a type that is likelier than none, no name of it is cheaper.
    """
    prices = _prices()
    closed = 0  # least cost with no name open
    opened = [NEVER] * len(TYPES)  # with a name of each type open
    begun = [start] * len(TYPES)  # where that name begins
    taken: list[tuple[int, int]] = []  # of the cheapest way that is closed behind each character: its name there
    for place in range(start, end):
        row = odds[place * WIDTH : (place + 1) * WIDTH]
        least, name = closed + prices[row[0]], (-1, 0)
        ended, longer = NEVER, name
        for kind in kinds:
            tag = 1 + PARTS * kind
            cost = closed + prices[row[tag + SINGLE]]
            if cost < least:
                least, name = cost, (place, kind)
            cost = opened[kind] + prices[row[tag + END]]
            if cost < ended:
                ended, longer = cost, (begun[kind], kind)
            begin, stay = closed + prices[row[tag + BEGIN]], opened[kind] + prices[row[tag + INSIDE]]
            if stay < begin:
                opened[kind] = stay
            else:
                opened[kind], begun[kind] = begin, place
        if ended < least:
            least, name = ended, longer
        closed = least
        taken.append(name)
    found = []
    place = end - 1
    while place >= start:
        first, kind = taken[place - start]
        if first >= 0:
            found.append((first, place + 1, kind))
            place = first
        place -= 1
    return found
