"""Places that somebody goes to: what an itinerary lists, whatever it ends with, and one stop whose kind ends its name.

先后来到青石镇共富工坊、唐县云谷、水舞桥; 副局长王强来到柳岭人家小区.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.context import Context
from kg.pipes.names.generic import own, rare

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


@cache
def stop(part: str = "pattern") -> re.Pattern[str]:
    """The words of one stop, with its name, or those of the `leader` who goes there."""
    return re.compile(table("projects")["stop"][part])


def stops(context: Context, start: int, end: int, taken: list[Mention]) -> Iterator[Mention]:
    """Where somebody who holds a post is told to go, in characters start..end, touching no mention in *taken*."""
    ends = table("projects")["stop"]["ends"]
    for m in stop().finditer(context.text, start, end):
        place, last, name = m.start("name"), m.end("name"), m["name"]
        kind = max((e for e in ends if name.endswith(e)), key=len)
        chain = context.chain(place)
        own_part = name[(chain[-1].end - place if chain else 0) : len(name) - len(kind)]
        known = chain and not own_part
        if not known and (len(own_part) < 2 or not own(own_part) or rare(own_part) < 1):
            continue
        if any(t.start < last and place < t.end for t in taken):
            continue
        if not stop("leader").search(context.text, start, place):
            continue
        if any(word in name for word in table("projects")["visited"]["not_in"]) or context.borders.crosses(place, last):
            continue
        yield Mention(place, last, "project", f"project:{name}", name, "projects.stop", 0.55,
                      attrs={"kind": "facility"})


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
