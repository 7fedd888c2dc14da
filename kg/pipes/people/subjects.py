"""Bare subjects: names at the head of a clause that only a verb shows to be officials (甲某、乙某分别介绍了情况)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.pipes.people.excluded import credited
from kg.pipes.people.names import ALONE, Name
from kg.pipes.people.passage import Passage
from kg.pipes.people.person import Found

CLAUSE: Final = "。，；！？”\n"
LIST: Final = "、"


@dataclass(frozen=True, slots=True)
class Words:
    """What officials do, alone or several together, and the words of an article about them, compiled."""

    alone: re.Pattern[str]
    together: re.Pattern[str]
    needs: re.Pattern[str]


@cache
def words() -> Words:
    """Read once from the lexicon."""
    verbs = table("posts")["subjects"]
    return Words(*(re.compile(verbs[key]) for key in ("verbs", "lists", "needs")))


def subjects(passage: Passage, found: Sequence[Found]) -> Iterator[Found]:
    """Such persons, but those in *found*."""
    text, finder = passage.text, passage.finder
    taken = {f.name.start for f in found}
    for place in (place for place in _heads(passage) if place not in taken):
        name = finder.behind(place, passage.end, least=ALONE)
        if name is None or credited(text, passage.start, place):
            continue
        row = [name] if words().alone.match(text, name.end) else _row(passage, name)
        yield from (Found(name, "subject") for name in row)


def _row(passage: Passage, first: Name) -> list[Name]:
    """Two or more names that share a verb: 甲某、乙某|分别介绍了情况."""
    row = [first]
    while passage.text.startswith(LIST, row[-1].end):
        name = passage.finder.behind(row[-1].end + len(LIST), passage.end, least=ALONE)
        if name is None:
            return []
        row.append(name)
    return row if len(row) > 1 and words().together.match(passage.text, row[-1].end) else []


def _heads(passage: Passage) -> Iterator[int]:
    """Where clauses begin."""
    yield passage.start
    yield from (i + 1 for i in range(passage.start, passage.end - 1) if passage.text[i] in CLAUSE)
