"""Who is no holder of the title before the name: reporters, nominees, officials of other states, persons of history."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.pipes.people.names import ALONE, Name
from kg.pipes.people.passage import Passage
from kg.pipes.people.posts import Chain

FOREIGN: Final = 20  # characters before a title in which the name of another state makes it one of that state
CREDIT: Final = 12  # characters before a list of names in which a word of credit makes it a list of reporters
NOMINATION: Final = 6  # characters before a title in which a word says that somebody is only to have it
CLAUSE: Final = "，。；！？、：“"
CREDITED: Final = "。，；？！”）)"  # signs of a sentence, which words of credit don't reach across


@dataclass(frozen=True, slots=True)
class Words:
    """The words that keep a title from a name, compiled."""

    foreign: re.Pattern[str]
    abroad: tuple[str, ...]
    dead: tuple[str, ...]
    nominee: tuple[str, ...]
    credits: re.Pattern[str]
    credit_ends: re.Pattern[str]


@cache
def words() -> Words:
    """Read once from the lexicon."""
    small = table("posts")["words"]
    return Words(
        foreign=re.compile("|".join(small["foreign"])),
        abroad=tuple(small["own_abroad"]),
        dead=tuple(small["dead"]),
        nominee=tuple(small["nominee"]),
        credits=re.compile("|".join(small["credits"])),
        credit_ends=re.compile(small["credit_ends"]),
    )


def credited(text: str, start: int, place: int) -> bool:
    """Whether a word of credit (记者, 责编) stands before *place* without a sign of a sentence between.

    >>> credited("本报记者甲某", 0, 4), credited("记者获悉，甲某", 0, 5)
    (True, False)
    """
    before = text[max(start, place - CREDIT) : place]
    cut = max(before.rfind(c) for c in CREDITED)
    cut = max(cut, *(m.end() - 1 for m in words().credit_ends.finditer(before)), -1)
    return bool(words().credits.search(before[cut + 1 :]))


def excluded(passage: Passage, chain: Chain, name: Name) -> bool:
    """Whether the titles right before a name are none that its bearer holds or has held."""
    return (_nominated(passage, chain) or _owned(passage, chain, name) or _foreign(passage, chain, name)
            or passage.text.startswith(words().dead, name.end))


def shown(passage: Passage, name: Name) -> Chain | None:
    """The titles right before a name that only the tagger saw."""
    for chain in passage.chains:
        if name.start in (chain.end, passage.past_aside(chain.end)) and not _nominated(passage, chain):
            kept_out = credited(passage.text, passage.start, chain.start) or _foreign(passage, chain, name)
            return None if kept_out else chain
    return None


def _nominated(passage: Passage, chain: Chain) -> bool:
    before = passage.text[max(passage.start, chain.start - NOMINATION) : chain.start]
    return any(word in before for word in words().nominee)


def _foreign(passage: Passage, chain: Chain, name: Name) -> bool:
    """Whether the title is one of another state (澳大利亚国库部长), or of an unknown place with an unsure name."""
    unit = chain.units[0]
    if unit.mention is not None and unit.mention.category == "region":
        return False
    head = passage.text[max(passage.start, unit.start - FOREIGN) : unit.start]
    clause = head[max(head.rfind(c) for c in CLAUSE) + 1 :]
    if words().foreign.search(clause) and not any(word in clause for word in words().abroad):
        return True
    bare = unit.level and not unit.lead and clause and "\u4e00" <= clause[-1] <= "\u9fff"
    return bool(bare) and passage.finder.model.boundary(passage.text, name.end) <= 0


def _owned(passage: Passage, chain: Chain, name: Name) -> bool:
    """Whether the title belongs to the name before it, which the text has elsewhere too (甲某某院长曾…)."""
    unit, text, model = chain.units[0], passage.text, passage.finder.model
    if unit.lead or unit.mention or unit.level or model.boundary(text, name.end) > 0:
        return False
    leads = (text[max(0, unit.start - length) : unit.start] for length in (2, 3))
    return any(model.score(before) > ALONE - 2 and text.count(before) > 1 for before in leads)
