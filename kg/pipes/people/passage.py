"""A sentence as every reading for persons sees it: its titles, its regions and bodies, the ends of its clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.people.grammar import grammar
from kg.pipes.people.names import NameFinder
from kg.pipes.people.posts import Chain, Unit, chains, find_units


@dataclass(frozen=True)
class Passage:
    """Characters `start` to `end` of a text. `marked`: the regions and bodies in them, in order.

    `begins` and `ends` are those of the regions and bodies of the whole text; `minority` tells whether names without a
    Chinese surname are usual in it.
    """

    text: str
    start: int
    end: int
    finder: NameFinder
    minority: bool
    marked: list[Mention]
    begins: frozenset[int]
    ends: frozenset[int]

    @cached_property
    def units(self) -> list[Unit]:
        """The titles."""
        return find_units(self.text, self.start, self.end, self.marked)

    @cached_property
    def chains(self) -> list[Chain]:
        """The titles joined as one person has them."""
        return chains(self.text, self.units)

    @cached_property
    def fronts(self) -> frozenset[int]:
        """Where titles begin, with their body or region and without."""
        return frozenset(place for unit in self.units for place in (unit.front, unit.start))

    def past_aside(self, place: int) -> int:
        """Where the bracket about a title ends that begins at *place* (局长|（兼）|甲某), else *place*."""
        aside = grammar().aside.match(self.text, place)
        return aside.end() if aside is not None else place

    def closes(self, place: int) -> bool:
        """Whether a clause ends at *place*, or a word of address stands there."""
        return place >= len(self.text) or _closed().match(self.text, place) is not None


@cache
def _closed() -> re.Pattern[str]:
    return re.compile(table("posts")["words"]["closed"])
