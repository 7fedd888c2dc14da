"""How many people bear a name: shares of surnames and of the characters of given names, as counted."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from io import StringIO
from typing import Final

from kg.lexicon import DATA, table

SMOOTHING: Final = 0.5
SINGLE: Final = 0.15  # the share of given names of one character
OTHER: Final = {1: 1e-4, 2: 1e-4, 3: 3e-6}  # names that are not of this shape (马斯克), by length
RAREST: Final = 1e-8


@cache
def _counts() -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    rows = list(csv.DictReader(StringIO((DATA / "name_chars.csv").read_text("utf-8"))))
    columns = ("surname", "first", "second", "only")
    found = {column: {row["text"]: float(row[column]) for row in rows} for column in columns}
    return found, {column: sum(found[column].values()) for column in columns}


@cache
def _surnames() -> frozenset[str]:
    words = table("names")["surnames"]
    return frozenset("".join(words["single"].split())) | frozenset(words["compound"])


@lru_cache(maxsize=1 << 16)
def share(name: str) -> float:
    """The share of people with this name, as far as its characters tell.

    >>> share("张伟") > 100 * share("周立山") > 100 * share("郗砚秋")
    True
    """
    surnames = table("names")["surnames"]
    head = name[:2] if name[:2] in surnames["compound"] and len(name) > 2 else name[:1]
    given = name[len(head) :]
    if not 1 <= len(given) <= 2 or head not in _surnames():
        return OTHER.get(len(name), RAREST)
    found, total = _counts()

    def part(char: str, column: str) -> float:
        return (found[column].get(char, 0.0) + SMOOTHING) / total[column]

    if len(given) == 1:
        return part(head, "surname") * SINGLE * part(given, "only")
    return part(head, "surname") * (1 - SINGLE) * part(given[0], "first") * part(given[1], "second")
