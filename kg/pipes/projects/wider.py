"""Fuller forms of a project's name around the words that are marked: with its region, edition, kind or stretch.

唐县第三届“云谷夜读”公益活动 is printed where “云谷夜读” was found, and 青石铁路甲村至乙村段 where 青石铁路 was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.names.context import Context
from kg.pipes.names.generic import rare

NEAR = ("prefecture", "county", "village")
SMALL = ("township", "village")
OWN = 4  # characters of a name that stands without its region
LEAD = 16  # characters of common words before a name in marks
STEPS = 4  # parts that may stand before a name


@cache
def _compiled(key: str) -> re.Pattern[str]:
    return re.compile(table("projects")["wider"][key])


def wider(context: Context, found: Sequence[Mention]) -> Iterator[tuple[str, int, int]]:
    """Key and span of the fuller forms of *found*, none of them across a sentence or into another name."""
    taken = [(m.start, m.end, m.key) for m in found]
    for m in found:
        inside = next((s for s in context.sentences if s.start <= m.start and m.end <= s.end), None)
        if inside is None:
            continue
        start, end = _marks(context.text, m.start, m.end)
        last = _right(context.text, end, inside.end, m)
        lefts = sorted({_left(context, start, inside.start), _lead(context, start, inside.start), start}, reverse=True)
        for a, b in ((first, right) for first in lefts for right in (end, last)):
            free = not any(a < y and x < b and key != m.key for x, y, key in taken)
            if (a, b) != (m.start, m.end) and free:
                yield m.key, a, b


def nearer(context: Context, found: Sequence[Mention]) -> Iterator[tuple[str, int, int]]:
    """Key and span of the names of *found* without the regions around them: 河北|唐县一中, 石桥镇李庄村|青石文化礼堂.

    What stands behind a town or a village is a name by itself where it has something of its own.
    """
    levels = gazetteer().level
    for m in found:
        chain = context.chain(m.start) if m.surface else []
        if not chain or chain[-1].end >= m.end:
            continue
        last, rest = chain[-1], context.text[chain[-1].end : m.end]
        own = len(rest) >= OWN and (levels(last.key) in SMALL or m.category == "project") and rare(rest) > 1
        above = len(chain) > 1 and gazetteer().inside(chain[-2].key, last.key)  # 保定市|河北国际会展中心
        if len(chain) > 1 and (levels(last.key) in NEAR or own or above):
            yield m.key, last.start, m.end
        if own:
            yield m.key, last.end, m.end


def _marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the quotation marks around it."""
    lists = table("projects")["wider"]
    opening, closing = text[start - 1 : start], text[end : end + 1]
    at = lists["open"].find(opening) if opening else -1
    return (start - 1, end + 1) if at >= 0 and closing == lists["close"][at] else (start, end)


def _left(context: Context, start: int, floor: int) -> int:
    """Where the regions, the edition and words like 新建 begin that stand right before a name."""
    for _ in range(STEPS):
        place = next((r.start for r in context.places.values() if r.end == start and r.start >= floor), start)
        if place == start and (before := _compiled("before").search(context.text, max(floor, start - 12), start)):
            place = before.start()
        if place == start:
            break
        start = place
    return start


def _lead(context: Context, start: int, floor: int) -> int:
    """Where common words begin that stand between a border and a name in marks: 启动|茶叶集群“青石”工程."""
    if context.text[start : start + 1] not in table("projects")["wider"]["open"]:
        return start
    lead = _compiled("lead").search(context.text, max(floor, start - LEAD), start)
    if lead is None:
        return start
    if lead[0][0] in table("projects")["wider"]["open"]:
        return lead.start() if context.borders.opens(lead.start()) else start
    if context.borders.opens(start):  # 开展|“云谷夜读”
        return start
    first = next((r for r in range(start - 1, lead.start() - 1, -1) if context.borders.opens(r)), start)
    said = context.text[first:start]
    return start if len(said) < 2 or any(word in said for word in table("projects")["wider"]["lead_not"]) else first


def _right(text: str, end: int, limit: int, m: Mention) -> int:
    """Where the words end that tell the kind of a quoted name, or the stretch or phase of works."""
    quoted = text[end - 1 : end] in table("projects")["wider"]["close"]
    after = _compiled("kind" if quoted else "stretch").match(text, end, limit)
    if after is None or any(word in after[0] for word in table("projects")["wider"]["not_in"]):
        return end
    return after.end()
