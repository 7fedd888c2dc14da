"""Where names of regions may stand: the candidates of a sentence, overlaps settled from the left, longest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.gazetteer_names import Entry, names, town_endings
from kg.lexicon.names import names as people
from kg.pipes.names.generic import common

LONGEST_TOWN: Final = 9


@dataclass(slots=True)  # nothing changes it, but to freeze it takes longer than to fill it
class Candidate:
    """A name in the text and what it may stand for; `strong` names hold their ground against short ones."""

    start: int
    end: int
    name: str
    entries: tuple[Entry, ...]
    strong: bool


def scan(text: str, start: int, end: int) -> list[Candidate]:
    """The candidates of text[start:end] without overlap, in order.

    >>> [c.name for c in scan("赴阜平县王林口镇调研", 0, 10)]
    ['阜平县', '王林口镇']
    >>> [(c.name, c.strong) for c in scan("衡水和县城", 0, 5)]
    [('衡水', True), ('和县', False)]
    """
    seen = [*_divisions(text, start, end), *_towns(text, start, end)]
    if not seen:
        return []
    found = _anchored(seen)
    fuller = {c.start: c.end for c in found if not c.strong and c.entries[0].form == "full"}
    chosen = _settle([c for c in found if c.strong and not (
        c.entries[0].form == "short" and fuller.get(c.start, 0) > c.end)])  # 塔城|市
    weak = _settle([c for c in found if not c.strong])
    taken = bytearray(end - start)
    for c in chosen:
        for place in range(c.start - start, c.end - start):
            taken[place] = 1
    chosen.extend(c for c in weak if not any(taken[c.start - start : c.end - start]))
    chosen.sort(key=lambda c: c.start)
    return [c for c in chosen if c.entries[0].form != "passed"]


def _divisions(text: str, start: int, end: int) -> list[Candidate]:
    found = []
    for first, last in names().places.words(text, start, end):
        name = text[first:last]
        short, strong = _strength(name)
        if short and (text.startswith(_follow(), last) or _river(text, last) or _across(text, first, last)
                      or in_title(text, first)):
            continue
        found.append(Candidate(first, last, name, names().entries[name], strong))
    return found


@cache
def _follow() -> tuple[str, ...]:
    """What stands behind a short name that is none."""
    return tuple(table("regions")["follow"]["drop"])


def _river(text: str, last: int) -> bool:
    """Whether a river bears the name: 石桥河 is no place 石桥, but 石桥河北岸 and 石桥、河北 hold one."""
    lists = table("regions")["follow"]
    return text.startswith(lists["river"], last) and not text.startswith(tuple(lists["river_not"]), last)


@cache
def _strength(name: str) -> tuple[bool, bool]:
    """Whether a name of the gazetteer can only be short for one, and whether it is a strong one."""
    _, entries, weak, doubtful, *_ = names()
    divisions, meant = gazetteer().divisions, entries[name]
    short = all(e.form == "short" for e in meant)
    above = any(e.form == "short" and divisions[e.key.removeprefix(PREFIX)].level != "county" for e in meant)
    return short, name not in weak and (not short or (above and name not in doubtful))


def _across(text: str, first: int, last: int) -> bool:
    """Whether a common word ends with the first character of a name and another begins with its last: 幸福|清单."""
    words = common()
    return text[last - 1 : last + 1] in words and first > 0 and text[first - 1 : first + 1] in words


def in_title(text: str, first: int) -> bool:
    """Whether a name of a region begins in the last character of a title, before a person: 县县长|沙马日古.

    >>> in_title("喜德县县长沙马日古、", 4), in_title("湖南省长沙马路", 3), in_title("副市长江敦涛说", 2)
    (True, False, True)
    """
    words = table("regions")["titled"]
    if not text.startswith(words["chief"], first) or not text.endswith(tuple(words["levels"]), 0, first):
        return False
    return people().stands(text, first + 1)


def _towns(text: str, start: int, end: int) -> list[Candidate]:
    known = gazetteer().towns.printed_codes
    offices = tuple(table("regions")["tails"]["office"])
    street = table("regions")["tails"]["street_full"]
    found = []
    for ending in town_endings().finditer(text, start, end):
        last = ending.end()
        tail = next((o for o in offices if text.endswith(o, start, last)), "")
        plain = last - len(tail)
        for size in range(min(LONGEST_TOWN, plain - start), 1, -1):
            name = text[plain - size : plain] + (street if ending[0] == tail else "")
            if name in known:
                meant = tuple(Entry(PREFIX + code, "town") for code in gazetteer().towns.printed(name))
                found.append(Candidate(plain - size, last, name, meant, size > 2))
    return found + _streets(text, start, end)


def _streets(text: str, start: int, end: int) -> list[Candidate]:
    """Towns called 街 for 街道, where a village or office of theirs follows: 军山街某某社区."""
    known, tails = gazetteer().towns.printed_codes, table("regions")["tails"]
    found = []
    place = text.find(tails["street"], start, end)
    while place >= 0:
        for size in (3, 2):
            name = text[max(start, place - size) : place] + tails["street_full"]
            whole = len(name) == size + len(tails["street_full"])
            if whole and name in known and _street_behind().match(text, place + 1, end):
                meant = tuple(Entry(PREFIX + code, "town") for code in gazetteer().towns.printed(name))
                found.append(Candidate(place - size, place + 1, name, meant, True))
                break
        place = text.find(tails["street"], place + 1, end)
    return found


@cache
def _street_behind() -> re.Pattern[str]:
    return re.compile(table("regions")["tails"]["street_behind"])


def _anchored(found: list[Candidate]) -> list[Candidate]:
    """A short name right behind its own province or city stands as surely as that: 上海|嘉定|西门 holds no 定西.

    >>> [c.name for c in scan("在上海嘉定西门外", 0, 8)]
    ['上海', '嘉定']
    """
    gaz = gazetteer()
    above = {c.end: c for c in found if c.strong}
    return [
        replace(c, strong=True) if not c.strong and (holder := above.get(c.start)) is not None
        and any(gaz.inside(e.key, h.key) for e in c.entries for h in holder.entries) else c
        for c in found
    ]


def _settle(found: list[Candidate]) -> list[Candidate]:
    found.sort(key=lambda c: (c.start, -c.end))
    chosen: list[Candidate] = []
    for c in found:
        if not chosen or c.start >= chosen[-1].end:
            chosen.append(c)
    return chosen
