"""Names in a list of which two or more are known: 甲某、乙某、|丙某等作了发言, 最终选出|丁某、甲某、|戊某、乙某五人."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from kg.lexicon import table
from kg.pipes.annotations import Sentence
from kg.pipes.people.names import ALONE, LISTED, Name, NameFinder

LEAST = 2  # known names from which a list is one of persons


@cache
def _clauses() -> re.Pattern[str]:
    return re.compile(table("posts")["leaders"]["clause"])


def rows(text: str, sentences: Sequence[Sentence], finder: NameFinder,
         known: Mapping[str, str], taken: Collection[int]) -> Iterator[tuple[Sentence, Name, str]]:
    """The other names of such lists, each with the category that most of the known ones have.

    *known*: names and their categories; *taken*: where names stand already.
    """
    if len(known) < LEAST:
        return
    joint = table("posts")["leaders"]["joint"]
    for sentence in sentences:
        for clause in _clauses().finditer(text, sentence.start, sentence.end):
            if joint not in clause[0] or sum(name in clause[0] for name in known) < LEAST:
                continue
            for run in _runs(clause, joint, finder, known):
                kinds = Counter(known[name.text] for name in run if name.text in known)
                if sum(kinds.values()) < LEAST:
                    continue
                kind = max(sorted(kinds), key=lambda k: kinds[k])
                for name in run:
                    if name.text not in known and name.start not in taken:
                        yield sentence, name, kind


def _runs(clause: re.Match[str], joint: str, finder: NameFinder, known: Mapping[str, str]) -> Iterator[list[Name]]:
    """The stretches of a list in which one name follows the other."""
    parts = clause[0].split(joint)
    run: list[Name] = []
    place = clause.start()
    for i, part in enumerate(parts):
        name = _part(part, place, i == 0, i == len(parts) - 1, finder, known)
        if name is None or name.end < place + len(part) or (run and name.start > place):
            if name is not None and name.start == place:
                run.append(name)  # the list ends in this part: 丙某|等参加
            yield run
            run = []
        else:
            run.append(name)
        place += len(part) + len(joint)
    yield run


def _part(part: str, place: int, first: bool, last: bool, finder: NameFinder,
          known: Mapping[str, str]) -> Name | None:
    """The name that is a part of a list, that ends its first part or begins a later one."""
    if part in known:
        return Name(place, place + len(part), part, LISTED)
    ending = next((n for n in sorted(known, key=lambda n: (-len(n), n)) if part.endswith(n)), "")
    if ending:
        return Name(place + len(part) - len(ending), place + len(part), ending, LISTED)
    opening = next((n for n in sorted(known, key=lambda n: (-len(n), n)) if part.startswith(n)), "")
    if opening:
        return Name(place, place + len(opening), opening, LISTED)
    if first:
        return None
    if not last and 1 < len(part) < 5 and not finder.covered(place, place + len(part)):
        odds = finder.model.score(part)
        return Name(place, place + len(part), part, odds) if odds >= LISTED else None
    name = finder.behind(place, place + len(part), least=ALONE)
    return name if name is not None and finder.model.boundary(finder.text, name.end) > 0 else None
