"""Committees of the parties and of the youth league: 民盟天津市委, 农工党四川省委, 团区委."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.likely import Words, either
from kg.model import Mention
from kg.pipes.names.borders import alternation
from kg.pipes.names.context import Context


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    party = table("organisations")["party"]
    return alternation(party["names"]), alternation(party["committees"])


@cache
def _league() -> dict[str, str]:
    found: dict[str, str] = table("organisations")["party"]["league"]
    return found


def _short(name: str) -> str:
    """The short name of a party: 民盟 for 中国民主同盟."""
    shorts: dict[str, str] = table("organisations")["party"]["short"]
    return shorts.get(name, name)


def _plain() -> list[str]:
    """The ends of names of the committee itself, which is one body however it is written."""
    ends: list[str] = table("organisations")["party"]["plain"]
    return ends


def committee_words() -> Words:
    """The words one of which names a committee."""
    youth = re.compile(re.escape(table("organisations")["party"]["youth"]))
    return either(_named()[0], youth, *map(re.compile, _league()))


def committees(context: Context, start: int, end: int, home: Callable[[str, int], str]) -> Iterator[Mention]:
    """The party committees in characters start..end."""
    names, ends = _named()
    for m in names.finditer(context.text, start, end):
        chain = context.chain(m.end())
        last = chain[-1].end if chain else m.end()
        tail = ends.match(context.text, last, end)
        if tail is None and chain:
            tail = ends.match(context.text, last - 1, end)
        if tail:
            name = context.text[m.start() : tail.end()]
            key = f"body:{_short(m[0])}{chain[-1].name}" if chain and tail[0] in _plain() else f"body:{name}"
            yield Mention(m.start(), tail.end(), "organization", key, name, "bodies.party", 0.95,
                          attrs={"kind": "association"})
    yield from _youth(context, start, end)
    for word, level in _league().items():
        for m in re.finditer(word, context.text[start:end]):
            key = home(level, start + m.start())
            if key:
                name = table("organisations")["party"]["full"].format(region=gazetteer().name(key))
                yield Mention(start + m.start(), start + m.end(), "organization", f"body:{name}", name, "bodies.league",
                              0.9, attrs={"kind": "association"})


def _youth(context: Context, start: int, end: int) -> Iterator[Mention]:
    """Committees of the youth league that are called by its last character: 团唐县县委, 团唐县委."""
    party = table("organisations")["party"]
    ends = _named()[1]
    for place, region in context.places.items():
        first = place - len(party["youth"])
        if not (start <= first and region.end <= end and context.text.startswith(party["youth"], first)
                and (first == start or context.borders.opens(first))):
            continue
        last = context.chain(place)[-1]
        tail = ends.match(context.text, last.end, end) or ends.match(context.text, last.end - 1, end)
        if tail:
            name = context.text[first : tail.end()]
            key = f"body:{party['league_name']}{last.name}"
            yield Mention(first, tail.end(), "organization", key, name, "bodies.party", 0.95,
                          attrs={"kind": "association"})
