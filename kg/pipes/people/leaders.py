"""Lists of leaders: names behind or before a word that tells no more than that they lead (省领导甲某、乙某等领导)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.pipes.people.listed import words as list_words
from kg.pipes.people.names import LISTED, Name
from kg.pipes.people.passage import Passage
from kg.pipes.people.person import Found
from kg.pipes.people.rare import filled

FIRST: Final = 1.0  # least log odds of the first name behind a heading
FURTHER: Final = 0.0
BARE: Final = 2  # characters of a heading that needs a region before it (领导)
CLAUSE: Final = "。，；：,;"
LIST: Final = "、"


@dataclass(frozen=True, slots=True)
class Words:
    """The headings of such lists, compiled."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    unread: re.Pattern[str]
    between: tuple[str, ...]
    old: tuple[str, ...]


@cache
def words() -> Words:
    """Read once from the lexicon."""
    lists = table("posts")["leaders"]
    return Words(
        before=re.compile(lists["form"]),
        behind=re.compile(lists["behind"]),
        unread=re.compile(lists["unread"]),
        between=tuple(lists["between"]),
        old=tuple(table("posts")["words"]["old"]),
    )


def leaders(passage: Passage, found: Sequence[Found]) -> list[Found]:
    """The persons of all such lists of a passage but those in *found*."""
    more: list[Found] = []
    for match in words().before.finditer(passage.text, passage.start, passage.end):
        if _heads(passage, match):
            names = _behind(passage, match.end(), FURTHER if more else FIRST)
            more += [Found(name, "leaders", None, match.span()) for name in names]
    for match in words().behind.finditer(passage.text, passage.start, passage.end):
        heading = (match.start() + 1, match.end())
        more += [Found(name, "leaders", None, heading) for name in _before(passage, match.start())]
    taken = {f.name.start for f in found}
    return [f for f in more if f.name.start not in taken]


def _heads(passage: Passage, match: re.Match[str]) -> bool:
    """Whether words are a heading: 省领导, but not 老领导, and 领导 only behind a region or body."""
    if passage.text.startswith(words().old, match.start() - 1):
        return False
    return len(match[0]) != BARE or match.start() in passage.ends


def _behind(passage: Passage, place: int, least: float) -> list[Name]:
    """The names of a list that a heading ends before; a rare name among them is read by those beside it."""
    text, finder, joiners = passage.text, passage.finder, list_words().joiners
    titles = {unit.front for unit in passage.units}
    names: list[Name] = []
    gaps: list[tuple[int, int]] = []
    place += next((len(word) for word in words().between if text.startswith(word, place)), 0)
    while place < passage.end and place not in titles and not text.startswith(joiners, place):
        name = finder.behind(place, passage.end, least=FURTHER if names else least, minority=passage.minority)
        if name is None or finder.model.boundary(text, name.end) <= 0:
            unread = words().unread.match(text, place, passage.end)
            if unread is None:
                break
            gaps.append((place, unread.end() - 1))
            place = unread.end()  # a rare name that is not read: 甲某、|阿某某某、|乙某
            continue
        names.append(name)
        if text[name.end : name.end + 1] not in joiners:
            break
        place = name.end + 1
    return names + filled(text, finder, names, gaps)


def _before(passage: Passage, end: int) -> list[Name]:
    """The names of a list that fills its clause up to *end* (甲某、乙某|等领导), if all of it is names."""
    head = passage.text[passage.start : end]
    cut = max(head.rfind(c) for c in CLAUSE) + 1
    names: list[Name] = []
    place = passage.start + cut
    for part in head[cut:].split(LIST):
        name = passage.finder.behind(place, end, least=LISTED)
        if name is None or name.text != part:
            return []
        names.append(name)
        place += len(part) + len(LIST)
    return names
