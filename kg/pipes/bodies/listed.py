"""Companies that a list or a title tells: A、B、C等企业, and the name directly before 董事长 or CEO."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.lexicon.likely import Words, either
from kg.model import Mention
from kg.pipes.names.borders import alternation
from kg.pipes.names.context import Context
from kg.pipes.names.generic import generic, own, rare

SHORTEST, LONGEST = 2, 12


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = table("enterprises")["listed"]
    return re.compile(lists["pattern"]), re.compile(lists["title"]), re.compile(lists["mark"])


def listed(context: Context, start: int, end: int) -> Iterator[Mention]:
    """Companies in lists and before executives' titles, in characters start..end."""
    several, title, mark = _patterns()
    lists = any(sign in context.text[start:end] for sign in table("enterprises")["listed"]["signs"])
    for m in several.finditer(context.text, start, end) if lists else ():
        items = [item for item in mark.split(m["list"]) if item and not mark.fullmatch(item)]
        if not _kind(m["kind"]) or (m["count"] and _number(m["count"]) != len(items)):
            continue
        place = m.start("list")
        for item in mark.split(m["list"]):
            if item and not mark.fullmatch(item):
                first = context.begin(place, place + len(item)) if place == m.start("list") else place
                yield from _company(context, first, place + len(item), "bodies.listed")
            place += len(item)
    for m in title.finditer(context.text, start, end):
        first = context.begin(start, m.start())
        yield from _company(context, first, _last(context.text, first, m.start()), "bodies.titled")


def finders() -> list[tuple[str, Words]]:
    """What finds companies here, each with the words that it needs."""
    several, title, _ = _patterns()
    return [("listed", either(several, title)), ("foreign", either(_foreign())), ("stocks", either(_stock()))]


def _number(words: str) -> int:
    """The number of companies that a list gives (两家, 14家)."""
    numbers: dict[str, int] = table("enterprises")["listed"]["numbers"]
    return int(words) if words.isdigit() else numbers[words]


def _kind(words: str) -> bool:
    """Whether the words before 企业 only say what kind of companies the list holds."""
    return generic(words) or all(generic(part) for part in _kinds().split(words))


@cache
def _kinds() -> re.Pattern[str]:
    return alternation(table("enterprises")["listed"]["kinds"])


@cache
def _forms() -> re.Pattern[str]:
    return alternation(table("enterprises")["legal"]["words"])


def _last(text: str, start: int, end: int) -> int:
    """Where the company ends if a person's name stands between it and the title (青石公司李四海董事长)."""
    return next((m.end() for m in _forms().finditer(text, start + SHORTEST, end)), end)


@cache
def _stock() -> re.Pattern[str]:
    return re.compile(table("enterprises")["stock"]["pattern"])


def stocks(context: Context, start: int, end: int) -> Iterator[Mention]:
    """Companies that the number of their share shows: 望山股份（002999）."""
    for m in _stock().finditer(context.text, start, end):
        last = m.end("name")
        first = max(m.start("name"), context.begin(m.start("name"), last, True))
        name = context.text[first:last]
        odd = generic(name) or any(word in name for word in table("enterprises")["stock"]["not_in"])
        if len(name) > 1 and not odd and rare(name):
            yield Mention(first, last, "enterprise", f"body:{name}", name, "bodies.stock", 0.75)


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(table("enterprises")["foreign"]["pattern"])


def foreign(context: Context, start: int, end: int) -> Iterator[Mention]:
    """Companies under their Latin names (Northern Stone Oy)."""
    for m in _foreign().finditer(context.text, start, end):
        yield Mention(m.start(), m.end(), "enterprise", f"body:{m[0]}", m[0], "bodies.foreign", 0.8)


@cache
def _known() -> tuple[str, ...]:
    return tuple(table("enterprises")["known"]["words"])


def _company(context: Context, start: int, end: int, rule: str) -> Iterator[Mention]:
    lists = table("enterprises")["listed"]
    if context.text.endswith(_known(), start + 1, end):
        return
    chain = context.chain(start)
    place = chain[-1].end if chain else start
    name, rest = context.text[start:end], context.text[place:end]
    if not SHORTEST <= len(rest) <= LONGEST or name.endswith(tuple(lists["not_end"])) or not own(rest):
        return
    if any(word in name for word in lists["not_in"]) or rare(rest) < 2:
        return
    if any(start < place < end for place in context.places):
        return
    yield Mention(start, end, "enterprise", f"body:{name}", name, rule, 0.6)
