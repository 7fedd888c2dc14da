"""Teams named after who sends them and whom they help: 湖北省对口支援西藏工作前方指挥部, 广东省第九批援藏工作队.

The name begins with a region (or the chain of regions that ends there), goes on with a word of the tie and the regions
that are helped, in full or by one character, and ends with the word of a team.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.lexicon.likely import Words, either
from kg.model import Mention
from kg.pipes.names.context import Context

RULE = "bodies.aiding"
SCORE = 0.95


@dataclass(frozen=True)
class Aiding:
    """The parts of such a name as patterns."""

    tie: re.Pattern[str]
    helped: re.Pattern[str]
    team: re.Pattern[str]


@cache
def _aiding() -> Aiding:
    words = table("organisations")["aiding"]
    return Aiding(*(re.compile(words[name]) for name in ("tie", "helped", "team")))


def aiding_words() -> Words:
    """The words one of which stands in every such name."""
    return either(_aiding().tie)


def aiding(context: Context, start: int, end: int) -> Iterator[Mention]:
    """The teams in characters start..end."""
    parts = _aiding()
    for tie in parts.tie.finditer(context.text, start, end):
        sender = _sender(context, start, tie.start())
        place, helped = tie.end(), False
        while True:
            region, word = context.places.get(place), parts.helped.match(context.text, place, end)
            if region is not None and region.end <= end:
                place, helped = region.end, True
            elif word is not None:
                place, helped = word.end(), helped or word.lastgroup == "short"
            else:
                break
        team = parts.team.match(context.text, place, end)
        if sender is not None and helped and team is not None:
            name = context.text[sender : team.end()]
            yield Mention(sender, team.end(), "organization", f"body:{name}", name, RULE, SCORE, True, {"kind": "team"})


def _sender(context: Context, start: int, end: int) -> int | None:
    """Where the region that ends at *end* begins, with the regions right before it (浙江省|湖州市)."""
    begin: int | None = None
    found = [m for m in context.places.values() if start <= m.start and m.end <= end]
    while found and (last := max((m for m in found if m.end == end), key=lambda m: m.end - m.start, default=None)):
        begin = end = last.start
    return begin
