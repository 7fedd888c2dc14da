"""Titles behind the name: 甲某某组长一行, 荣某书记, 某某局乙某某局长, 某某区委丙某书记."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.people.excluded import credited
from kg.pipes.people.grammar import grammar, level_word
from kg.pipes.people.names import ALONE, Name
from kg.pipes.people.passage import Passage
from kg.pipes.people.person import Found, characters
from kg.pipes.people.posts import Chain, Unit, find_units, within

BEFORE_TITLE: Final = 2.5  # least log odds of a name before a title
BEHIND_BODY: Final = 1.0  # of one between a body and a title
OPEN: Final = "，。、；：“（ 　,\n"  # signs before a name
LEAD: Final = 6  # characters that the words of a leading body take at most


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the posts table for titles behind names, compiled."""

    titles: re.Pattern[str]
    openers: tuple[str, ...]
    closers: tuple[str, ...]
    joined: tuple[str, ...]
    bodies: tuple[str, ...]
    free: tuple[str, ...]


@cache
def words() -> Words:
    """Read once from the lexicon."""
    posts = table("posts")
    plain = posts["after"]["words"]
    every = {*plain, *(posts["after"]["lead"] + word for word in plain)}  # an optional lead would be tried everywhere
    longest = sorted(every, key=lambda w: (-len(w), w))
    return Words(
        titles=re.compile("|".join(longest)),
        openers=tuple(posts["after"]["openers"]),
        closers=tuple(posts["after"]["closers"]),
        joined=tuple(posts["after"]["joined"]),
        bodies=tuple(posts["shown"]["ends"]),
        free=tuple(posts["after"]["free"]),
    )


def after(passage: Passage, found: Sequence[Found]) -> Iterator[Found]:
    """The persons before such titles, where no name of *found* stands."""
    text, here = passage.text, passage.marked
    matches = list(words().titles.finditer(text, passage.start, passage.end))
    if not matches:
        return
    ends = {m.end: m for m in here}
    taken = characters(found)
    for match in matches:
        name = _named(passage, match, taken, ends)
        if name is None or any(m.start <= name.start < m.end for m in here):
            continue
        unit = find_units(text, match.start(), match.end(), ())
        if unit and not credited(text, passage.start, name.start):
            yield Found(name, "after", Chain((_owned(text, match, unit[0], name, ends, here),)))


def _named(passage: Passage, match: re.Match[str], taken: set[int], ends: dict[int, Mention]) -> Name | None:
    """The likeliest name right before a title; none over characters that are *taken*. *ends*: bodies by their ends."""
    lexicon, text, finder, here = words(), passage.text, passage.finder, passage.marked
    free = text.endswith(lexicon.free, passage.start, match.start())
    closed = free or match.end() >= len(text) or text.startswith(lexicon.closers, match.end())
    best: Name | None = None
    for length in (3, 2, 4):
        start = match.start() - length
        if start < passage.start or not taken.isdisjoint(range(start, match.start())):
            continue
        owned = start in ends or within(text, start, here) is not None
        if not closed and not (owned and not text.startswith(lexicon.joined, match.end())):
            continue
        odds = finder.model.score(text[start : match.start()])
        body = owned or (odds >= ALONE and (text.endswith(lexicon.bodies, 0, start) or _lead(text, start)))
        if not (free or start == passage.start or body or text[start - 1] in OPEN
                or text.endswith(lexicon.openers, passage.start, start)):
            continue
        least = 0.0 if free else BEHIND_BODY if owned and closed else ALONE if owned else BEFORE_TITLE
        if odds >= least and (best is None or odds > best.odds):
            best = Name(start, match.start(), text[start : match.start()], odds)
    return best


def _lead(text: str, place: int) -> str:
    """The words of a leading body that end at *place* (江宁|区委|甲某书记), if they say whose it is."""
    for start in range(max(0, place - LEAD), place - 1):
        here = text[start:place]
        if level_word(here[:2]) and any(form.fullmatch(here) for form, _ in grammar().leads):
            return here
    return ""


def _owned(text: str, match: re.Match[str], first: Unit, name: Name, ends: dict[int, Mention],
           here: list[Mention]) -> Unit:
    """The title as one of the body, department or leading body before the name."""
    owner = ends.get(name.start)
    lead = "" if owner is not None else _lead(text, name.start)
    level, body, front = first.level, first.body, name.start
    if lead:
        level, front = level_word(lead[:2]), name.start - len(lead)
        body = next((b for form, b in grammar().leads if form.fullmatch(lead)), body)
        owner = next((m for m in here if m.category == "region" and front <= m.end <= front + len(level)), None)
    elif owner is None:
        owner = within(text, name.start, here)
        front = owner.start if owner is not None else front
    return Unit(match.start(), match.end(), front, first.category, body, lead, level, first.rank, "", first.weak, False,
                owner, alone=first.alone)
