"""Fuller forms of a project's name around the words that are marked: with its region, edition, kind or stretch.

唐县第三届“云谷夜读”公益活动 is printed where “云谷夜读” was found, and 青石铁路甲村至乙村段 where 青石铁路 was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.context import Context

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
        first, last = _left(context, start, inside.start), _right(context.text, end, inside.end, m)
        for a, b in ((start, end), (first, end), (start, last), (first, last)):
            free = not any(a < y and x < b and key != m.key for x, y, key in taken)
            if (a, b) != (m.start, m.end) and free:
                yield m.key, a, b


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


def _right(text: str, end: int, limit: int, m: Mention) -> int:
    """Where the words end that tell the kind of a quoted name, or the stretch or phase of works."""
    quoted = text[end - 1 : end] in table("projects")["wider"]["close"]
    after = _compiled("kind" if quoted else "stretch").match(text, end, limit)
    if after is None or any(word in after[0] for word in table("projects")["wider"]["not_in"]):
        return end
    return after.end()
