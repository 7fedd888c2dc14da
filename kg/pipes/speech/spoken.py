"""Which stretches of a sentence are somebody's words and not the article's own narration."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.lexicon import table
from kg.lexicon.needs import compiled


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], int]:
    data = table("speech")
    return compiled(data["start"]), re.compile(data["quote"]), re.compile(data["stops"]), data["quotation"]


def spoken(text: str) -> list[tuple[int, int]]:
    """The spans of *text*, one sentence, that are speech: what follows 指出 or 表示, and long quotations.

    >>> spoken("座谈会上,王强指出,要抓好协作。")
    [(9, 16)]
    >>> spoken("双方签订了“五年”协议。")
    []
    """
    return list(_spoken(text))


@lru_cache(maxsize=64)
def _spoken(text: str) -> tuple[tuple[int, int], ...]:
    """The same, remembered: who seeks the day of a deed asks for all sentences before it."""
    start, quote, stops, least = _patterns()
    found = [m.span() for m in quote.finditer(text) if m.end() - m.start() >= least or stops.search(m[0])]
    opened = next((m.end() for m in start.finditer(text) if not any(a <= m.start() < b for a, b in found)), None)
    if opened is not None:
        found = [span for span in found if span[1] <= opened] + [(opened, len(text))]
    return tuple(found)
