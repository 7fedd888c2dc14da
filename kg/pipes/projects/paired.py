"""Works that bear two places that help one another, by their first characters or with a dash between them.

历保劳务协作工作站 of 历城 and 保靖, 石家庄—望都劳务协作工作站.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.names.context import Context

REACH = 300  # characters back in which both places are named


@cache
def paired_pattern() -> re.Pattern[str]:
    """Two characters and what the two places have built between them."""
    return re.compile(table("projects")["paired"]["pattern"])


def paired(context: Context, start: int, end: int) -> Iterator[Mention]:
    """Such works in characters start..end, both places being named not long before."""
    for m in paired_pattern().finditer(context.text, start, end):
        if not context.borders.opens(m.start()) or m.start() in context.places:
            continue
        one, other = (_named(context, m.start(), letter) for letter in (m["one"], m["other"]))
        known = gazetteer()
        apart = any(a != b and not known.inside(a, b) and not known.inside(b, a) for a in one for b in other)
        if apart:
            yield Mention(m.start(), m.end(), "project", f"project:{m[0]}", m[0], "projects.tied", 0.8,
                          attrs={"kind": "park"})


@cache
def joint_pattern() -> re.Pattern[str]:
    """What may stand behind two places with a dash between them."""
    return re.compile(table("projects")["paired"]["joint"])


def joint(context: Context, start: int, end: int) -> Iterator[Mention]:
    """The works in characters start..end that bear two places with a dash between them."""
    lists = table("projects")["paired"]
    for place, region in context.places.items():
        if not start <= place < end or context.text[region.end : region.end + 1] not in tuple(lists["dashes"]):
            continue
        other = context.places.get(region.end + 1)
        if other is None or gazetteer().inside(other.key, region.key):
            continue
        m = joint_pattern().match(context.text, other.end, end)
        if m is None or any(word in m[0] for word in lists["joint_not_in"]):
            continue
        name = context.text[place : m.end()]
        yield Mention(place, m.end(), "project", f"project:{name}", name, "projects.tied", 0.8,
                      attrs={"kind": "park"})


def _named(context: Context, place: int, letter: str) -> set[str]:
    """The regions named before *place* whose short names begin with a character."""
    return {r.key for r in context.places.values() if place - REACH < r.start and r.end <= place
            and gazetteer().short(r.key).startswith(letter)}
