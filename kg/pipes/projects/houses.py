"""Houses, grounds and works that the words around their names tell: 走进望都县科普馆, 在望都县文体中心举行.

What ends such a name is a word for a thing that stands somewhere. Where somebody goes there, where it is built, where
something is held in it, a region or words of its own make a name of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.pipes.bodies.works import generic_work
from kg.pipes.names.borders import opens_with
from kg.pipes.names.context import Context
from kg.pipes.names.generic import doubled, own, rare
from kg.pipes.projects.quoted import formulaic
from kg.pipes.projects.sited import SMALL, SURE
from kg.pipes.tagger.decode import Proposal
from kg.pipes.tagger.vote import OWN

FIELD = 10  # characters before a name that tell what is done there
BEHIND = 12  # characters behind it
LEAST = 2  # characters before the word for a house in a name that is only suspected
LONGEST = 14  # characters between a region and the word for the house


@cache
def house_ends() -> WordScan:
    """The words for a house that may end its name."""
    return WordScan(table("projects")["house"]["ends"], nested=True)


@cache
def _around(key: str) -> re.Pattern[str]:
    return re.compile(table("projects")["house"][key])


def with_houses(context: Context, start: int, end: int, found: list[Mention]) -> list[Mention]:
    """*found* and the houses in characters start..end; one that was found before is as sure as these."""
    spans = {(m.start, m.end): m for m in houses(context, start, end)}
    kept = [replace(m, score=SURE) if spans.pop((m.start, m.end), None) else m for m in found]
    return [*kept, *spans.values()]


def houses(context: Context, start: int, end: int) -> Iterator[Mention]:
    """The houses in characters start..end that the words around them tell."""
    for head, last in house_ends().longest(context.text, start, end):
        if context.text.startswith(tuple(table("projects")["house"]["not_before"]), last):
            continue
        first = _begin(context, start, head, context.text[head:last])
        name = context.text[first:last] if first is not None else ""
        if first is None or name in table("projects")["house"]["ends"] or doubled(name):
            continue
        if cue := told(context, first, last, start, end) or placed(context, first, context.text[head:last]):
            yield Mention(first, last, "project", f"project:{name}", name, f"projects.house.{cue}", SURE,
                          attrs={"kind": "facility"})


def _begin(context: Context, floor: int, head: int, word: str) -> int | None:
    """Where the name of a house begins, or None where nothing before the word for it makes a name."""
    lists = table("projects")["house"]
    first = context.begin(floor, head)
    chain = context.chain(first, True)
    while chain and chain[-1].end in context.places and chain[-1].end < head:
        first = chain[-1].end  # 济南市|山东国际会展中心
        chain = context.chain(first, True)
    if chain and chain[-1].end > head:
        return None
    after = chain[-1].end if chain else first
    rest = context.text[after:head]
    if any(word in rest for word in lists["not_in"]) or any(r in context.places for r in range(after, head)):
        return None
    if context.borders.crosses(after, head) or opens_with(context.text, table("projects")["verbs"]["words"], after):
        return None
    if not chain:
        some = lists["own"]
        return first if own(rest) and rare(rest) >= some["least"] and len(rest) <= some["most"] else None
    if len(rest) > LONGEST or (not rest and word not in lists["bare"]) or generic_work(rest):
        return None
    return chain[-1].start if gazetteer().level(chain[-1].key) in SMALL else first


def told(context: Context, first: int, last: int, floor: int, limit: int) -> str:
    """What the words around a name tell of it: somebody goes there, it is built, something is held in it."""
    before = context.text[max(floor, first - FIELD) : first]
    for key in ("go", "build"):
        if _around(key).search(before):
            return key
    if _around("in").search(before):
        return "held" if _around("held").match(context.text, last, min(limit, last + BEHIND)) else "in"
    if _around("is").match(context.text, last, min(limit, last + BEHIND)):
        return "is"
    if not before.endswith(table("projects")["house"]["beside"]):
        return ""
    opened = first in context.places or first in context.owners
    return "beside" if opened or rare(context.text[first:last]) >= table("projects")["house"]["own"]["beside"] else ""


def placed(context: Context, first: int, word: str) -> str:
    """Whether a region in front of a house is enough to tell it."""
    return "placed" if first in context.places and word not in table("projects")["house"]["weak"] else ""


def likely(context: Context, p: Proposal, floor: int, limit: int) -> bool:
    """Whether a name that the tagger only suspects is told to be one by its end and by the words around it."""
    lists = table("projects")["house"]
    words = context.text[p.start : p.end]
    if p.odds < lists["suspected"] or words.startswith(tuple(lists["not_start"])) or formulaic(words):
        return False
    if any(mark in words for mark in lists["not_suspected"]) or context.borders.crosses(p.start, p.end):
        return False
    ends = (*lists["ends"], *lists["more"])
    house = max((len(end) for end in ends if words.endswith(end)), default=0)
    if house and len(words) - house >= LEAST:
        return told(context, p.start, p.end, floor, limit) in lists["cues"]
    run = words.endswith(tuple(lists["campaigns"]))
    return run and bool(_around("start").search(context.text, max(floor, p.start - FIELD), p.start))


def turned(context: Context, bodies: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The bodies without those that are houses, and these as projects."""
    lists = table("projects")["house"]
    ends = tuple(lists["turned"])

    def house(m: Mention) -> bool:
        if m.category != "organization" or not context.text.endswith(ends, m.start, m.end):
            return False
        if any(mark in f".{m.rule}" for mark in OWN) or _around("acts").match(context.text, m.end):
            return False
        return not _around("with").search(context.text, max(0, m.start - FIELD), m.start)

    like = {m.key for m in bodies if house(m)} - {m.key for m in bodies if not house(m)}
    houses = [Mention(m.start, m.end, "project", f"project:{context.text[m.start : m.end]}",
                      context.text[m.start : m.end], "projects.house.turned", SURE, attrs={"kind": "facility"})
              for m in bodies if m.key in like]
    return [m for m in bodies if m.key not in like], houses
