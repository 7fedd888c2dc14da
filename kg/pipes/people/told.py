"""Posts that the text tells behind a name: 甲某任县委书记, 任命乙某为局长, 丙某，男，现任某局局长, 丁某（县长）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.pipes.annotations import Sentence
from kg.pipes.people.names import Name, NameFinder
from kg.pipes.people.posts import Chain

NAMED: Final = 3.0  # least log odds of a name whose post is told
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
        resumed=re.compile(f"(?:{words['resumed']})$"),
        aside=re.compile(f"{words['aside']}$"),
    )


def told(text: str, finder: NameFinder, sentence: Sentence, chains: Sequence[Chain],
         used: set[int]) -> Iterator[tuple[Name, Chain]]:
    """Names with the chain of titles that is told of them; *used*: where chains begin that have a name behind them."""
    words = telling()
    subject = _resume(text, finder, sentence)
    for chain in chains:
        if chain.start in used:
            continue
        first = max(sentence.start, chain.start - REACH)
        head = text[first : chain.start]
        if chain.units[0].former:
            for word in table("posts")["words"]["former"]:
                head = head if not text.startswith(word, chain.start) else head + word
        if words.planned.search(head):
            continue
        if subject is not None and subject.end < chain.start and words.resumed.search(head):
            yield subject, chain
            continue
        verb = words.verbs.search(head) or words.aside.search(head)
        own = chain.units[0].mention is not None or bool(chain.units[0].lead)
        if verb is None and (own or words.appointing.search(head)):
            verb = words.weak.search(head)
        if verb is None or verb.end() == verb.start():
            continue
        name = _before(text, finder, sentence.start, first + verb.start())
        while name is not None:
            yield name, chain
            listed = text[name.start - 1 : name.start] in table("posts")["words"]["joiners"]
            name = _before(text, finder, sentence.start, name.start - 1) if listed else None


def _before(text: str, finder: NameFinder, start: int, end: int) -> Name | None:
    """The name that ends at *end* and begins where a clause or a word like 任命 leaves off."""
    best: Name | None = None
    for length in (3, 2, 4):
        place = end - length
        if place < start or not (place == start or telling().opening.search(text, start, place)):
            continue
        odds = finder.model.score(text[place:end])
        if odds >= NAMED and not finder.covered(place, end) and (best is None or odds > best.odds):
            best = Name(place, end, text[place:end], odds)
    return best


def _resume(text: str, finder: NameFinder, sentence: Sentence) -> Name | None:
    """The person whose life a sentence tells: 甲某，男，汉族，…"""
    found = telling().resume.search(text, sentence.start, sentence.end)
    if found is None:
        return None
    name, odds = found["name"], finder.model.score(found["name"])
    return Name(found.start("name"), found.end("name"), name, odds) if odds >= NAMED else None
