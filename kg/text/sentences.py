"""Sentences of Chinese news: quotations and brackets stay whole, closers stay with their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

ENDERS = frozenset("。！？!?")
OPENERS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "【": "】"}
CLOSERS = frozenset(OPENERS.values()) | {'"'}
SIGNS = ENDERS | CLOSERS | OPENERS.keys() | {"\n"}
LIMIT = 400  # characters after which an open quotation no longer keeps a sentence together


def split(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of *text*, without surrounding white space, none across a line break.

    >>> text = "他说:“要抓实。要抓好。”会后,双方签约。"
    >>> [text[a:b] for a, b in split(text)]
    ['他说:“要抓实。要抓好。”', '会后,双方签约。']
    """
    end = len(text) if end is None else end
    first, depth, passed = start, 0, start
    for sign in _signs().finditer(text, start, end):
        i, char = sign.start(), sign[0]
        if i < passed:
            continue
        if char == "\n":
            yield from _trimmed(text, first, i)
            first, depth = i + 1, 0
        elif char in OPENERS:
            depth += 1
        elif char in CLOSERS:
            depth = max(0, depth - 1)
            if depth == 0 and i > first and text[i - 1] in ENDERS and char in "”’」』":
                yield from _trimmed(text, first, i + 1)
                first = i + 1
        elif char in ENDERS and (depth == 0 or i - first > LIMIT):
            passed = i + 1
            while passed < end and (text[passed] in ENDERS or text[passed] in CLOSERS):
                passed += 1
            yield from _trimmed(text, first, passed)
            first, depth = passed, 0
    yield from _trimmed(text, first, end)


@cache
def _signs() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, sorted(SIGNS))) + "]")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
