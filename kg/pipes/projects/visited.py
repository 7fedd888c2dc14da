"""Places of work that an itinerary lists: 先后来到青石镇共富工坊、唐县云谷、水舞桥, whatever their names end with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.bodies.find import own
from kg.pipes.names.context import Context
from kg.pipes.names.generic import rare

LONGEST = 9


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = table("projects")["visited"]
    return re.compile(lists["pattern"]), re.compile(lists["mark"])


def itinerary() -> re.Pattern[str]:
    """The words of an itinerary with its list."""
    return _patterns()[0]


def visited(context: Context, start: int, end: int, taken: list[Mention]) -> Iterator[Mention]:
    """The items of itineraries in characters start..end that no mention in *taken* touches."""
    pattern, mark = _patterns()
    for m in pattern.finditer(context.text, start, end):
        place = m.start("list")
        said = context.text[place : m.end("list") + LONGEST]
        private = any(word in said for word in table("projects")["visited"]["not_list"])
        if private or not _anchored(context, place, m.end("list"), taken):
            continue
        kin = _kin(place, m.end("list"), taken)
        for item in mark.split(m["list"]):
            if item and not mark.fullmatch(item) and _fits(context, place, item, taken, kin):
                yield Mention(place, place + len(item), "project", f"project:{item}", item, "projects.visited", 0.55,
                              attrs={"kind": "facility"})
            place += len(item)


def _anchored(context: Context, start: int, end: int, taken: list[Mention]) -> bool:
    """Whether the list names something that is known for a place: a region, a body, a project."""
    return any(start <= t.start < end for t in taken) or any(start <= r < end for r in context.places)


def _kin(start: int, end: int, taken: list[Mention]) -> tuple[str, ...]:
    """The endings (项目, 工程) that known projects of the list share with what may stand beside them."""
    known = [t.name for t in taken if t.category == "project" and start <= t.start < end]
    return tuple(word for word in table("projects")["visited"]["kin"] if any(name.endswith(word) for name in known))


def _fits(context: Context, place: int, item: str, taken: list[Mention], kin: tuple[str, ...]) -> bool:
    lists = table("projects")["visited"]
    end = place + len(item)
    if any(t.start < end and place < t.end for t in taken):
        return False
    if kin and item.endswith(kin) and rare(item) > 1:
        return not any(word in item for word in lists["not_in"]) and not context.borders.crosses(place, end)
    if item.endswith(tuple(lists["not_end"])):
        return False
    if any(word in item for word in lists["not_in"]):
        return False
    if context.borders.crosses(place, end):
        return False
    chain = context.chain(place)
    rest = item[chain[-1].end - place :] if chain else item
    if any(place < r < end and r not in {c.start for c in chain} for r in context.places):
        return False
    return len(rest) > 1 if chain else len(rest) < LONGEST and own(rest) and rare(rest) > 1
