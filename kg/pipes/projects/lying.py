"""Works without a name of their own, told by where they lie: 石桥镇的藜麦烘干厂, 在石桥镇建成藜麦烘干厂一座.

What they make must be told by words that are not common ones, so that not any base of the place is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.bodies.works import generic_work
from kg.pipes.names.borders import opens_with
from kg.pipes.names.context import Context
from kg.pipes.names.generic import rare
from kg.pipes.projects.sited import SMALL, SURE

LEVELS = ("county", *SMALL)
FIELD = 6  # characters before a place that tell that something is built there
REACH = 44  # characters behind a place in which a verb may tell what is built there
SHORT = 2  # letters of a region's name that may be part of a longer one
LEAST = 2  # letters of no common word that tell what a work makes


@cache
def lying_pattern() -> re.Pattern[str]:
    """The words for a work with what it makes before them."""
    lists = table("projects")["lying"]
    return re.compile(f"{lists['what']}{lists['kind']}{lists['after']}")


@cache
def _between(key: str) -> re.Pattern[str]:
    return re.compile(table("projects")["lying"][key])


def lying(context: Context, start: int, end: int, taken: list[Mention]) -> Iterator[Mention]:
    """The works in characters start..end that a place right before them, a verb of building or a list tells apart.

    *taken* are the projects that were found before: what stands beside one of them in a list is built as well.
    """
    for place, region in sorted(context.places.items()):
        if not start <= place < end or gazetteer().level(region.key) not in LEVELS:
            continue
        if (of := _between("of").match(context.text, region.end, end)) and not _said(context, place, start):
            yield from _works(context, of.end(), end)
        if gazetteer().level(region.key) in SMALL:
            yield from _work(context, region.end, end, place)
        before = context.text[max(start, place - FIELD) : place]
        if _between("there").search(before) or not before:
            yield from _built(context, region.end, end)
    for told in _between("deictic").finditer(context.text, start, end):
        yield from _built(context, told.end(), end)
    for m in taken:
        if start <= m.start and m.end < end and m.attrs.get("kind") in ("facility", "park", "base", "workshop"):
            yield from _beside(context, m.end, end)


def _built(context: Context, first: int, end: int) -> Iterator[Mention]:
    """The works that the words behind a place tell to be built there."""
    reach = min(end, first + REACH)
    stop = _between("stops").search(context.text, first, reach)
    for built in _between("built").finditer(context.text, first, stop.start() if stop else reach):
        yield from _works(context, built.end(), end)


def _works(context: Context, first: int, end: int) -> Iterator[Mention]:
    """A work and those beside it in a list."""
    for m in _work(context, first, end):
        yield m
        yield from _beside(context, m.end, end)


def _beside(context: Context, last: int, end: int) -> Iterator[Mention]:
    if context.text.startswith(tuple(table("projects")["lying"]["beside"]), last):
        yield from _works(context, last + 1, end)


def _said(context: Context, place: int, start: int) -> bool:
    """Whether something is said to be or become what follows: 已成为唐县的果园."""
    return context.text.endswith(tuple(table("projects")["lying"]["not_before"]), start, place)


def _work(context: Context, first: int, end: int, opens: int = -1) -> Iterator[Mention]:
    """The work whose words begin at *first*; where a small place opens its name, *opens* is where that begins."""
    lists, least = table("projects")["lying"], LEAST if opens < 0 else 1
    m = lying_pattern().match(context.text, first, end)
    if m is None or len(m["what"]) < SHORT or generic_work(m["what"]) or rare(m["what"]) < least or any(
            word in m["what"] for word in lists["not_in"]):
        return
    if opens_with(context.text, table("projects")["verbs"]["words"], first) or context.borders.crosses(
            first, m.start("kind")) or any(_full(context, r) for r in range(first, m.start("kind"))):
        return
    begin = first if opens < 0 else opens
    name = context.text[begin : m.end()]
    yield Mention(begin, m.end(), "project", f"project:{name}", name, "projects.lying", SURE,
                  attrs={"kind": "facility"})


def _full(context: Context, place: int) -> bool:
    """Whether a region begins here that is more than two letters of a name: 临江坪柑橘加工厂 is in no 临江."""
    region = context.places.get(place)
    return region is not None and region.end - region.start > SHORT
