"""Further names that share the title before the first one: 副区长甲某、|乙某|和|丙某."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.pipes.people.names import ALONE, LISTED, Name
from kg.pipes.people.passage import Passage

LIST: Final = "、"


@dataclass(frozen=True, slots=True)
class Words:
    """The words between the names of a list, compiled."""

    joiners: tuple[str, ...]
    meeting: tuple[str, ...]
    party: re.Pattern[str]
    honours: tuple[str, ...]


@cache
def words() -> Words:
    """Read once from the lexicon."""
    small = table("posts")["words"]
    return Words(
        joiners=tuple(small["joiners"]),
        meeting=tuple(small["meeting"]),
        party=re.compile(small["party"]),
        honours=tuple(small["honours"]),
    )


def listed(passage: Passage, name: Name) -> Iterator[Name]:
    """The names behind *name* in its list, until another title or another party begins."""
    text, finder = passage.text, passage.finder
    place = _next(passage, name)
    while text[place : place + 1] in words().joiners and place < passage.end:
        start = place + 1
        if not passage.fronts.isdisjoint((start, start + 1, start + 2)) or start in passage.begins:
            return
        following = finder.behind(start, passage.end, least=LISTED if text[place] == LIST else ALONE)
        if passage.minority and (following is None or len(following.text) == 2):
            following = finder.syllabic(start, passage.end) or following
        if following is None or finder.model.boundary(text, following.end) <= 0:
            return
        other = text[place] in words().meeting and words().party.match(text, following.end)
        if other or following.end in passage.fronts or _company(passage, following.end):
            return
        yield following
        place = _next(passage, following)


def _next(passage: Passage, name: Name) -> int:
    """Where the sign of the list stands behind a name and its honour or bracket: 董事甲某先生|、乙某先生."""
    text = passage.text
    end = name.end + next((len(w) for w in words().honours if text.startswith(w, name.end)), 0)
    return passage.past_aside(end if text.startswith(LIST, end) else name.end)


def _company(passage: Passage, place: int) -> bool:
    """Whether a bracket with a region follows, as in the name of a company (青石（长沙）律师事务所)."""
    return passage.text[place : place + 1] in ("（", "(") and place + 1 in passage.begins
