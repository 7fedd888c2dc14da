"""Fairs, contests and camps that carry the number or the year of their edition: 第六届青石山货展销会."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.context import Context


@cache
def edition_pattern() -> re.Pattern[str]:
    """A name with an edition."""
    return re.compile(table("projects")["edition"]["pattern"])


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(table("projects")["edition"]["quoted"])


def editions(context: Context, start: int, end: int) -> Iterator[Mention]:
    """Names with an edition at their head or inside, in characters start..end; a border inside denies the name."""
    lists = table("projects")["edition"]
    for m in edition_pattern().finditer(context.text, start, end):
        name = m["name"]
        if any(word in name for word in lists["not_in"]) or name.endswith(tuple(lists["not_end"])) or (
                name.count(lists["marks"][0]) < name.count(lists["marks"][1])):
            continue
        first = m.start("body")
        free = {place for quote in _quoted().finditer(context.text, first, m.start("head"))
                for place in range(quote.start(), quote.end())}
        if any(context.borders.closes(place) for place in range(first + 1, m.start("head") + 1) if place not in free):
            continue
        name += m["branch"] or ""
        yield Mention(m.start("name"), m.end(), "project", f"project:{name}", name, "projects.edition", 0.75,
                      attrs={"kind": "programme"})
