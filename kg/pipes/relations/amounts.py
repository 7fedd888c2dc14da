"""Sums of money: 7600余万元, 1.5亿元, 三百万元 as numbers of yuan, with a flag for approximate ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table

_PARTS = ("about_before", "number", "scale", "about_after", "scale_after")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in yuan, where it stands, and whether the text calls it approximate."""

    start: int
    end: int
    value: float
    approximate: bool = False


@cache
def _pattern() -> re.Pattern[str]:
    words = table("amounts")["words"]
    return re.compile("".join(words[part] for part in _PARTS) + words["foreign"] + words["unit"] + words["tail"])


def numeral(text: str) -> float:
    """The value of an arabic or Chinese numeral.

    >>> numeral("1,250.5"), numeral("三百二十"), numeral("十五"), numeral("两千")
    (1250.5, 320.0, 15.0, 2000.0)
    """
    if text[0].isascii():
        return float(text.replace(",", ""))
    data = table("amounts")
    total, digit = 0, 0
    for char in text:
        if char in data["small"]:
            total += (digit or 1) * data["small"][char]
            digit = 0
        else:
            digit = data["digits"][char]
    return float(total + digit)


def _scale(text: str) -> float:
    data = table("amounts")
    value = 1.0
    for char in text:
        value *= data["large"].get(char) or data["small"][char]
    return value


def amounts(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """The sums of money in text[start:end], from left to right.

    >>> [a.value for a in amounts("捐赠25万元,投资1.5亿元")]
    [250000.0, 150000000.0]
    >>> list(amounts("投入7600余万元"))
    [Amount(start=2, end=9, value=76000000.0, approximate=True)]
    """
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        value = numeral(match["number"]) * _scale(match["scale"] or "") * _scale(match["scale2"] or "")
        about = bool(match["before"] or match["after"] or match["tail"])
        yield Amount(match.start(), match.end(), round(value, 2), about)
