"""Text as numbers for the network: characters, pairs of characters, regions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]

BITS = 17  # pairs of characters share 2**BITS rows
PLANE = 1 << 16
UNKNOWN = 1
FIRST = 2  # row 0 is the void around a text, row 1 any character that training did not know
LEVELS = ("province", "prefecture", "county", "township", "village")
FOLDED = (("0", "9"), ("a", "z"), ("A", "Z"))


@cache
def _folded() -> NDArray[np.uint32]:
    """Every code point, with all digits as one and all letters of a case as one."""
    points = np.arange(PLANE, dtype=np.uint32)
    for first, last in FOLDED:
        points[ord(first) : ord(last) + 1] = ord(first)
    return points


def points(text: str) -> NDArray[np.uint32]:
    """The folded code points of a text, one for each character.

    >>> [chr(p) for p in points("2023年A区")]
    ['0', '0', '0', '0', '年', 'A', '区']
    """
    raw = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(raw) != len(text):  # characters beyond the first plane
        raw = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), PLANE - 1)
    folded: NDArray[np.uint32] = _folded().take(raw)
    return folded


def rows(known: NDArray[np.uint16]) -> Numbers:
    """Code point to row of the table of characters, for the characters in *known*."""
    table = np.full(PLANE, UNKNOWN, dtype=np.int32)
    table[known.astype(np.int64)] = np.arange(FIRST, len(known) + FIRST, dtype=np.int32)
    return table


def pairs(characters: Numbers) -> Numbers:
    """The row of every pair of a character with the one before it.

    >>> pairs(np.array([5, 6], dtype=np.int32)).tolist() == pairs(np.array([5, 6], dtype=np.int32)).tolist()
    True
    """
    last = characters.astype(np.uint32)
    mixed = last * np.uint32(2246822519)
    mixed[1:] += last[:-1] * np.uint32(2654435761)
    mixed >>= np.uint32(32 - BITS)
    return mixed.astype(np.int32)


def regions(length: int, found: Iterable[tuple[int, int, str]]) -> Numbers:
    """Where a region begins and goes on, by level: spans with their levels, the longer over the shorter.

    >>> regions(5, [(1, 4, "county")]).tolist()
    [0, 5, 6, 6, 0]
    """
    marks = np.zeros(length, dtype=np.int32)
    for start, end, level in sorted(found, key=lambda f: (f[1] - f[0], f[0])):
        kind = 2 * (LEVELS.index(level) if level in LEVELS else len(LEVELS) - 1)
        marks[start] = 1 + kind
        marks[start + 1 : end] = 2 + kind
    return marks
