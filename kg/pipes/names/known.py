"""Names that the user's own lexicon says: found wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.borders import alternation

SCORE = 1.0


@cache
def _names(category: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """The pattern of all surface forms of a category, and the full name behind each."""
    names: dict[str, str] = table("own")["known"].get(category, {})
    return (alternation(names) if names else None), names


@cache
def owned(*categories: str) -> tuple[str, ...]:
    """Those of *categories* of which the user's own lexicon holds names: mostly none."""
    return tuple(category for category in categories if _names(category)[0] is not None)


def known(text: str, category: str, start: int, end: int) -> Iterator[Mention]:
    """The names of *category* in characters start..end that the user's own lexicon holds, the longest at each place."""
    pattern, names = _names(category)
    if pattern is None:
        return
    for m in pattern.finditer(text, start, end):
        name = names[m[0]]
        kind = {"project": "project", "official": "person", "person": "person"}.get(category, "body")
        yield Mention(m.start(), m.end(), category, f"{kind}:{name}", name, f"own.{category}", SCORE)


@cache
def banned() -> frozenset[str]:
    """Names that the user's own lexicon forbids."""
    return frozenset(table("own")["never"]["names"])
