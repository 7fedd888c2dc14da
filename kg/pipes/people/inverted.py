"""Names at the head of a clause right before their body and title: ；甲某|青石县人民医院院长."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.pipes.people.excluded import credited
from kg.pipes.people.names import ALONE, Name
from kg.pipes.people.passage import Passage
from kg.pipes.people.person import Found, characters
from kg.pipes.people.posts import Chain

LENGTHS: Final = (3, 2)


@cache
def _opening() -> re.Pattern[str]:
    """What stands before a clause."""
    return re.compile(table("posts")["words"]["opening"])


def inverted(passage: Passage, found: Sequence[Found]) -> list[Found]:
    """Such persons, with titles that nobody in *found* holds."""
    taken = characters(found)
    held = {f.chain.start for f in found if f.chain is not None}
    chains = [chain for chain in passage.chains if chain.start not in held and _whole(passage, chain)]
    return [Found(name, "after", chain) for chain in chains if (name := _before(passage, chain.start, taken))]


def _whole(passage: Passage, chain: Chain) -> bool:
    """Whether titles begin with the body that they are of and fill the rest of their clause."""
    first = chain.units[0]
    placed = first.mention is not None and chain.start == first.mention.start
    return placed and not first.weak and passage.closes(chain.end)


def _before(passage: Passage, end: int, taken: set[int]) -> Name | None:
    """The name from the head of a clause to *end*."""
    text, finder = passage.text, passage.finder
    for length in LENGTHS:
        start = end - length
        if start < passage.start or not taken.isdisjoint(range(start, end)):
            continue
        opened = start == passage.start or _opening().match(text, start - 1)
        if not opened or credited(text, passage.start, start):
            continue
        odds = finder.model.score(text[start:end])
        if odds >= ALONE and not finder.covered(start, end):
            return Name(start, end, text[start:end], odds)
    return None
