"""Persons whom a frame around their names shows: 法定代表人为甲某, 新增甲某、乙某为董事, 甲某、乙某等4名董事退出."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.lexicon.likely import Likely, Words, either
from kg.lexicon.names import PUNCTUATION
from kg.pipes.annotations import Sentence
from kg.pipes.names.borders import SIGNS
from kg.pipes.names.generic import generic
from kg.pipes.people.names import Name, NameFinder

SIZES = (3, 2, 4)
LONG = 5  # characters of a name of unknown make


@dataclass(frozen=True, slots=True)
class Role:
    """A frame: names stand behind `before` (and before `after`), or in the clause before `behind`."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    least: float
    title: str


def _compiled(entry: dict[str, str], key: str) -> re.Pattern[str] | None:
    return re.compile(entry[key]) if key in entry else None


@cache
def roles() -> Likely[Role | None]:
    """Read once from the lexicon, each with the words that it needs; None stands for names in Latin letters."""
    found = [
        Role(_compiled(entry, "before"), _compiled(entry, "after"), _compiled(entry, "behind"),
             _compiled(entry, "needs"), entry["least"], entry.get("title", ""))
        for entry in table("roles")["role"]
    ]
    likely: list[tuple[Role | None, Words]] = [
        (role, either(*(pattern for pattern in (role.before, role.behind) if pattern is not None))) for role in found]
    return Likely([*likely, (None, either(_latin()))])


@cache
def _latin() -> re.Pattern[str]:
    return re.compile(table("roles")["latin"]["pattern"])


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(table("roles")["list"]["opened"])


@cache
def _opened() -> re.Pattern[str]:
    return re.compile(f"{_opening().pattern}$")


def people_in_roles(text: str, sentences: Sequence[Sentence],
                    finder: NameFinder) -> Iterator[tuple[Sentence, Name, str]]:
    """The names in all frames, in the order of the text, each with the title that its frame tells."""
    for sentence in sentences:
        seen: set[int] = set()
        likely = roles().open(text, sentence.start, sentence.end)
        for role in likely:
            if role is None or (role.needs is not None and not role.needs.search(sentence.text)):
                continue
            for name in _in(role, text, sentence, finder):
                if name.start not in seen:
                    seen.add(name.start)
                    yield sentence, name, role.title
        for m in _latin().finditer(text, sentence.start, sentence.end) if None in likely else ():
            yield sentence, Name(m.start("name"), m.end("name"), m["name"], PUNCTUATION), ""


def _in(role: Role, text: str, sentence: Sentence, finder: NameFinder) -> Iterator[Name]:
    if role.before is not None:
        for m in role.before.finditer(text, sentence.start, sentence.end):
            yield from _behind(role, m.end(), sentence.end, finder)
    if role.behind is not None:
        for m in role.behind.finditer(text, sentence.start, sentence.end):
            yield from _clause(role, text, sentence.start, m.start(), finder)


def _behind(role: Role, place: int, limit: int, finder: NameFinder) -> list[Name]:
    """The list of names that begins at *place*, if what must follow it does."""
    found: list[Name] = []
    while True:
        name = _fixed(role, place, limit, finder) or finder.behind(place, limit, least=role.least)
        if name is None or finder.covered(name.start, name.end):
            break
        found.append(name)
        if finder.text[name.end : name.end + 1] not in tuple(table("roles")["list"]["marks"]):
            break
        place = name.end + 1
    if not found:
        return []
    last = found[-1]
    if role.after is not None:
        return found if role.after.match(finder.text, last.end, limit) else []
    return found if finder.model.boundary(finder.text, last.end) > 0 else []


def _fixed(role: Role, place: int, limit: int, finder: NameFinder) -> Name | None:
    """The name between *place* and what must follow it: 免去|甲某某|副总经理职务."""
    if role.after is None:
        return None
    for size in SIZES:
        end = place + size
        words = finder.text[place:end]
        if end <= limit and finder.model.score(words) >= role.least and role.after.match(finder.text, end, limit):
            return Name(place, end, words, finder.model.score(words))
    return None


def _clause(role: Role, text: str, start: int, end: int, finder: NameFinder) -> list[Name]:
    """The names of the list that ends at *end* and fills its clause, or follows a verb that opens a list."""
    lists = table("roles")["list"]
    first = max(start, *(text.rfind(sign, start, end) + 1 for sign in SIGNS))
    first += next((len(word) for word in lists["openers"] if text.startswith(word, first)), 0)
    found: list[Name] = []
    strange = 0
    stop = end
    while stop > first:
        endings = (_ending(role, stop - size, stop, first, lists["marks"], finder) for size in SIZES)
        name = next((n for n in endings if n is not None), None)
        if name is None:
            name = _strange(role, stop, first, lists["marks"], finder)
            strange += 1
        if name is None:
            return []
        found.append(name)
        if name.start == first or _opened().search(text, first, name.start):
            break
        stop = name.start - 1
    sure = len(found) - strange
    return found[::-1] if sure > strange and (sure > 1 or (found and found[0].odds > PUNCTUATION)) else []


def _strange(role: Role, stop: int, first: int, marks: str, finder: NameFinder) -> Name | None:
    """An item of unknown make that ends at *stop*: a name too where most items are."""
    start = max(first, *(finder.text.rfind(mark, first, stop) + 1 for mark in marks))
    opened = _opening().search(finder.text, start, stop)
    start = opened.end() if opened else start
    words = finder.text[start:stop]
    fits = 1 < len(words) <= LONG and words.isalpha() and not generic(words) and not finder.covered(start, stop)
    return Name(start, stop, words, role.least) if fits else None


def _ending(role: Role, start: int, stop: int, first: int, marks: str, finder: NameFinder) -> Name | None:
    """The name at start..stop, if it begins the list, follows a mark of it or the verb that opens it."""
    text = finder.text
    if start < first or not (start == first or text[start - 1] in marks or _opened().search(text, first, start)):
        return None
    odds = finder.model.score(text[start:stop])
    return Name(start, stop, text[start:stop], odds) if odds >= role.least and not finder.covered(start, stop) else None


def lesser(text: str, end: int) -> bool:
    """Whether the words behind a company that ends at *end* tell of another that is under it.

    >>> lesser("青石集团下属企业，法定代表人为甲某", 4), lesser("青石集团成立于3月，法定代表人为甲某", 4)
    (True, False)
    """
    return re.compile(table("roles")["list"]["above"]).match(text, end) is not None
