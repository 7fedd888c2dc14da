"""Posts in an embassy: 中国驻某国|大使甲某 where the text names the embassy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.model import Mention

FAR: Final = 12  # characters before a title in which the land stands where its bearer is sent


@cache
def _land() -> re.Pattern[str]:
    return re.compile(table("posts")["abroad"]["land"])


def embassy(text: str, bodies: Iterable[Mention], start: int, rank: str) -> str:
    """The key of the embassy or consulate before whose head's title *rank*, which begins at *start*, a land stands.

    >>> text = "中国驻青国大使甲某说，中国驻青国大使馆"
    >>> house = Mention(11, 19, "organization", "body:a", "中国驻青国大使馆", "bodies.department", 0.9)
    >>> embassy(text, [house], 5, "大使"), embassy(text, [], 5, "大使"), embassy(text, [house], 5, "总领事")
    ('body:a', '', '')
    """
    words = table("posts")["abroad"]
    houses = next((ends for title, ends in words["houses"].items() if rank.endswith(title)), ())
    found = _land().search(text, max(0, start - FAR), start) if houses else None
    if found is None:
        return ""
    names = tuple(found["land"] + end for end in houses)
    keys = {m.key for m in bodies if m.name.endswith(names) or text[m.start : m.end].endswith(names)}
    return keys.pop() if len(keys) == 1 else ""
