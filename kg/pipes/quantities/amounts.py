"""Sums of money in yuan: 7600余万元, 1.5亿元, 三百万元, with a flag for approximate ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.model.schema import YUAN
from kg.pipes.quantities.find import find

KIND: Final = "money"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in yuan, where it stands, and whether the text calls it approximate."""

    start: int
    end: int
    value: float
    approximate: bool = False


def amounts(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """The sums of money in text[start:end], from left to right; foreign ones are not converted and left out.

    >>> [a.value for a in amounts("捐赠25万元,投资1.5亿元")]
    [250000.0, 150000000.0]
    >>> list(amounts("投入7600余万元"))
    [Amount(start=2, end=9, value=76000000.0, approximate=True)]
    """
    for found in find(text, start, end):
        quantity = found.quantity
        if quantity.kind == KIND and quantity.unit == YUAN:
            yield Amount(found.start, found.end, float(quantity.value), bool(quantity.approximation))


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(table("quantities")["clause"]["foreign"])


def given(text: str) -> Iterator[Amount]:
    """The sums in a stretch of text that a deed opens, without those of something else (人均增收3000元).

    >>> [[a.value for a in given(text)] for text in ("捐赠物资,人均增收3000元", "捐赠25万元")]
    [[], [250000.0]]
    """
    breaks = table("quantities")["clause"]["breaks"]
    for amount in amounts(text):
        clause = max((text.rfind(sign, 0, amount.start) for sign in breaks), default=-1) + 1
        if not _foreign().search(text, clause, amount.start):
            yield amount
