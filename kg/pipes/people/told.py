"""Posts that the text tells behind a name: 甲某任县委书记, 任命乙某为局长, 丙某，男，现任某局局长, 丁某（县长）."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.pipes.people.excluded import credited
from kg.pipes.people.names import ALONE, Name, NameFinder
from kg.pipes.people.passage import Passage
from kg.pipes.people.person import Found
from kg.pipes.people.posts import Chain

NAMED: Final = 3.0  # least log odds of a name whose post is told
UNUSUAL: Final = -6.0  # of one behind which the text tells whether it is a man's
SURE: Final = 0.0  # of a name that is called a comrade, or whose post is said to end
FAR: Final = 30  # characters before a title in which the verb and a body that nobody marked stand
LIST: Final = "、"
COMMAS: Final = ("，", ",")
STOPS: Final = ("，", ",", "。", "；")
LENGTHS: Final = (2, 3, 4)  # characters of a name that a sentence begins with
YEARS: Final = 30  # characters before a name in which the years of a post stand
REACH: Final = 14  # characters before a title in which the word that tells it stands


@dataclass(frozen=True, slots=True)
class Telling:
    """The words that tell a post, compiled."""

    verbs: re.Pattern[str]
    weak: re.Pattern[str]
    planned: re.Pattern[str]
    appointing: re.Pattern[str]
    opening: re.Pattern[str]
    resume: re.Pattern[str]
    resumed: re.Pattern[str]
    aside: re.Pattern[str]
    removed: re.Pattern[str]
    ended: re.Pattern[str]
    until: re.Pattern[str]
    unmarked: re.Pattern[str]
    bodies: tuple[str, ...]
    by: re.Pattern[str]
    taken: tuple[str, ...]
    formerly: re.Pattern[str]
    years: re.Pattern[str]
    decided: re.Pattern[str]


@cache
def telling() -> Telling:
    """Read once from the lexicon."""
    words = table("posts")["told"]
    return Telling(
        verbs=re.compile(f"(?:{words['between']})*(?:{words['verbs']})(?:{words['behind']})*$"),
        weak=re.compile(f"(?:{words['weak']})$"),
        planned=re.compile(words["planned"]),
        appointing=re.compile(words["appointing"]),
        opening=re.compile(f"(?:{words['opening']})$"),
        resume=re.compile(words["resume"]),
        resumed=re.compile(words["resumed"]),
        aside=re.compile(f"{words['aside']}$"),
        removed=re.compile(f"{words['removed']}$"),
        ended=re.compile(f"{words['ended']}$"),
        until=re.compile(words["until"]),
        unmarked=re.compile(f"{words['unmarked']}$"),
        bodies=tuple(table("posts")["shown"]["ends"]),
        by=re.compile(words["by"]),
        taken=tuple(words["taken"]),
        formerly=re.compile(words["formerly"]),
        decided=re.compile(words["decided"]),
        years=re.compile(f"(?:{words['years']})$"),
    )


def told(passage: Passage, found: Sequence[Found]) -> list[Found]:
    """The persons of whom titles are told that no name of *found* stands behind."""
    return [Found(name, "told", chain, former=former) for name, chain, former in _told(passage, found)
            if not credited(passage.text, passage.start, name.start)]


def _told(passage: Passage, found: Sequence[Found]) -> Iterator[tuple[Name, Chain, bool]]:
    """Names with the chain of titles that is told of them and whether it has ended."""
    text, finder, words = passage.text, passage.finder, telling()
    used = {f.chain.start for f in found if f.chain is not None}
    ends = {f.name.end: f.name for f in found}  # 副校长甲某|任某某大学校长
    subjects: list[Name] | None = None
    for chain in passage.chains:
        if chain.start in used:
            continue
        first = max(passage.start, chain.start - REACH)
        head = text[first : chain.start]
        if chain.units[0].former:
            for word in table("posts")["words"]["former"]:
                head = head if not text.startswith(word, chain.start) else head + word
        begun = max(passage.start, chain.start - FAR)
        left, removed = words.ended.search(head), words.removed.search(text, begun, chain.start)
        if left is not None or removed is not None:
            last = _before(passage, first + left.start(), SURE) if left is not None and removed is None else None
            for former in _removed(finder, removed) if removed else _row(passage, last, (LIST,)):
                yield former, chain, True
            continue
        if words.planned.search(head):
            continue
        if (by := words.by.match(text, chain.end)) is not None:  # 市委书记由|甲某|担任
            name = finder.behind(by.end(), passage.end, least=NAMED)
            if name is not None and text.startswith(words.taken, name.end):
                yield name, chain, False
                continue
        subjects = _resumes(passage) if subjects is None else subjects
        subject = next((name for name in reversed(subjects) if name.end < chain.start), None)
        if subject is not None and words.resumed.search(head):
            yield subject, chain, over(text, chain.end)
            continue
        if (name := _apposed(passage, chain)) is not None:
            yield name, chain, False
            continue
        place = _verb(passage, chain, head, first)
        if place < 0:
            continue
        place -= text.startswith(finder.lists.halves, place - 1)  # 王强曾|担任
        once = (text.startswith(finder.lists.halves, place) or over(text, chain.end)
                or words.formerly.search(text, place, chain.start) is not None)
        sure = text.startswith(words_same(), place) or (
            chain.units[0].mention is not None and words.decided.search(text, passage.start, place) is not None)
        named = ends.get(place) or _before(passage, place, SURE if sure else NAMED)
        for bearer in _row(passage, named, table("posts")["words"]["joiners"]):
            dated = words.years.search(text, max(0, bearer.start - YEARS), bearer.start) is not None
            yield bearer, chain, once or dated


def _apposed(passage: Passage, chain: Chain) -> Name | None:
    """The name that a sentence begins with, before titles of a body between commas: 甲某，|某某局局长|，2019年…."""
    text, comma = passage.text, chain.start - 1
    if chain.units[0].mention is None or not text.startswith(COMMAS, comma) or not text.startswith(STOPS, chain.end):
        return None
    name = _before(passage, comma, ALONE) if comma - passage.start in LENGTHS else None
    return name if name is not None and name.start == passage.start else None


def _verb(passage: Passage, chain: Chain, head: str, first: int) -> int:
    """Where the verb begins that tells a chain of titles behind the words *head*, which begin at *first*, or -1."""
    words = telling()
    verb = words.verbs.search(head) or words.aside.search(head)
    own = chain.units[0].mention is not None or bool(chain.units[0].lead)
    if verb is None and (own or words.appointing.search(head)):
        verb = words.weak.search(head)
    if verb is not None and verb.end() > verb.start():
        return first + verb.start()
    return -1 if own else _behind_body(passage, chain)


def over(text: str, end: int) -> bool:
    """Whether the text says right behind titles that end at *end* when they were lost.

    >>> over("任县长，2020年7月被查", 3), over("任县长，2020年7月获奖", 3)
    (True, False)
    """
    return bool(telling().until.match(text, end))


def words_same() -> str:
    """The word that follows nothing but a name (同志)."""
    word: str = table("posts")["told"]["comrade"]
    return word


def _removed(finder: NameFinder, removed: re.Match[str]) -> list[Name]:
    """Whose posts have been taken from them: 免去|甲某、乙某|的局长职务."""
    found: list[Name] = []
    place = removed.start("names")
    for name in removed["names"].split(LIST):
        odds = finder.model.score(name)
        found += [Name(place, place + len(name), name, odds)] if odds >= SURE else []
        place += len(name) + len(LIST)
    return found


def _row(passage: Passage, last: Name | None, joiners: Collection[str]) -> Iterator[Name]:
    """The names of a list from its *last* to its first: 接受|甲某、乙某|辞去县人大代表职务."""
    while last is not None:
        yield last
        joined = passage.text[last.start - 1 : last.start] in joiners
        last = _before(passage, last.start - 1) if joined else None


def _behind_body(passage: Passage, chain: Chain) -> int:
    """Where the verb begins that tells a post in a body that nobody marked (甲某同志任某某大学|校长), or -1."""
    found = telling().unmarked.search(passage.text, max(passage.start, chain.start - FAR), chain.start)
    return found.start() if found is not None and found["body"].endswith(telling().bodies) else -1


def _before(passage: Passage, end: int, least: float = NAMED) -> Name | None:
    """The name that ends at *end* and begins where a clause or a word like 任命 leaves off."""
    text, start, finder = passage.text, passage.start, passage.finder
    best: Name | None = None
    for length in (3, 2, 4):
        place = end - length
        if place < start or not (place == start or telling().opening.search(text, start, place)):
            continue
        odds = finder.model.score(text[place:end])
        if odds >= least and not finder.covered(place, end) and (best is None or odds > best.odds):
            best = Name(place, end, text[place:end], odds)
    return best


def _resumes(passage: Passage) -> list[Name]:
    """The persons whose lives a sentence tells: 甲某，男，汉族，…"""
    found = []
    for match in telling().resume.finditer(passage.text, passage.start, passage.end):
        name, odds = match["name"], passage.finder.model.score(match["name"])
        if odds >= (UNUSUAL if match["sure"] else NAMED):  # 何某，|女，|…
            found.append(Name(match.start("name"), match.end("name"), name, odds))
    return found
