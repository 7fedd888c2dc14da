"""Telling names from common nouns: 农业科技公司 is any company, 青石岭科技公司 is one.

Words of running text (`common_words.csv`, counted) and generic words (`organisations.toml`) are laid over what stands
before the head. What they cover altogether names nothing.
"""

from __future__ import annotations

from functools import cache

from kg.lexicon import table
from kg.pipes.names.borders import column

LONGEST = 5


@cache
def common() -> frozenset[str]:
    """Words that name nothing by themselves."""
    return frozenset(column("common_words")) | frozenset(table("organisations")["generic"]["words"])


@cache
def generic(text: str) -> bool:
    """Whether common words cover all of *text* (the empty text included).

    >>> generic("现代农业科技"), generic("青石岭农业科技")
    (True, False)
    """
    words = common()
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = any(
            reached[start] and text[start:end] in words for start in range(max(0, end - LONGEST), end)
        )
    return reached[-1]


@cache
def rare(text: str) -> int:
    """How many characters of *text* no common word covers, at best.

    >>> rare("现代农业"), rare("青石岭农业") > 1
    (0, True)
    """
    words = common()
    least = [0] + [len(text)] * len(text)
    for end in range(1, len(text) + 1):
        least[end] = least[end - 1] + 1
        for start in range(max(0, end - LONGEST), end):
            if text[start:end] in words:
                least[end] = min(least[end], least[start])
    return least[-1]
