"""Works that are named by their two ends: 唐县至阜平段改扩建工程, 云岭至石桥±800千伏特高压直流输电工程."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.context import Context

SHORTEST, LONGEST = 2, 6  # characters of the first end
GAP = 3  # characters between a region and the link: 唐县城关至…


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = table("projects")["stretch"]
    link = f"(?P<link>{lists['link']})(?P<to>{lists['ends']}{{2,7}}?)(?P<rest>{lists['rest']})"
    return re.compile(link), re.compile(f"{lists['ends']}+")


def stretch_pattern() -> re.Pattern[str]:
    """The link between two ends and what follows it."""
    return _patterns()[0]


def stretches(context: Context, start: int, end: int) -> Iterator[Mention]:
    """The works in characters start..end, the first of those that cross."""
    link, letters = _patterns()
    never = tuple(table("projects")["stretch"]["not_in"])
    place = start
    for m in link.finditer(context.text, start, end):
        first = _begin(context, place, m.start())
        if first < 0 or letters.fullmatch(context.text, first, m.start()) is None:
            continue
        name = context.text[first : m.end()]
        if any(word in name for word in never):
            continue
        place = m.end()
        yield Mention(first, m.end(), "project", f"project:{name}", name, "projects.stretch", 0.8,
                      attrs={"kind": "facility"})


def _begin(context: Context, floor: int, link: int) -> int:
    """Where the first end begins: with a region, or after a border; -1 where neither shows."""
    near = [r for r in context.places.values() if floor <= r.start and link - GAP <= r.end <= link]
    if near:
        first = min(near, key=lambda r: (-r.end, r.start)).start
        while above := next((r for r in context.places.values() if r.end == first and floor <= r.start), None):
            first = above.start
        return first
    for size in range(SHORTEST, LONGEST):
        if link - size >= floor and (link - size == floor or context.borders.opens(link - size)):
            return link - size
    return -1
