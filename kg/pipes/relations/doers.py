"""Who does what a clause tells without naming him beside its verb: a reading by clauses, not by patterns."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.relations.rules import may_act
from kg.pipes.relations.subjects import clauses, opens
from kg.pipes.slots import LETTERS, Encoded, Slot, compile_pattern

_PERSON: Final = LETTERS["official"]
_ACTORS: Final = frozenset(LETTERS[c] for c in ("official", "region", "enterprise", "organization"))
_REGION: Final = LETTERS["region"]
_OFFICER: Final = 12  # characters of a title between a body and the person who does its deed
_TITLES: Final = 34  # characters of titles before the first of the people who open a clause
_NEAR_END: Final = 4  # characters behind the last of them where a comma only parts him from the next


@cache
def _part(name: str) -> re.Pattern[str]:
    return compile_pattern(table("doers")[name]["pattern"])


def visitors(sentence: Encoded, place: int) -> tuple[Mention, ...]:
    """Who goes or looks at *place* of a sentence, () where nobody does or somebody else opens the clause.

    The clauses are asked from the last to the first; the first one that people open tells, a list of them with their
    titles is one party, and those of the clause before belong to it where only a comma parts them.

    >>> from kg.pipes.slots import encode
    >>> one = Mention(4, 7, "official", "person:周立平", "周立平", "test")
    >>> other = Mention(10, 12, "official", "person:王海", "王海", "test")
    >>> text = "县委书记周立平,县长王海顶着烈日,分别到县武警中队慰问"
    >>> sentence = encode(text, 0, len(text), [one, other])
    >>> [m.name for m in visitors(sentence, sentence.text.index("到"))]
    ['周立平', '王海']
    >>> text = "据书记周立平介绍,村民到县医院看病"
    >>> sentence = encode(text, 0, len(text), [Mention(3, 6, "official", "person:周立平", "周立平", "test")])
    >>> visitors(sentence, sentence.text.index("到"))
    ()
    """
    told = clauses(sentence.text, place)
    for number in range(len(told) - 1, -1, -1):
        start, end = told[number]
        people = _people(sentence, start, end)
        party = _opening(sentence, start, people, last=number == len(told) - 1)
        if party is None:
            return ()
        if party:
            gap = sentence.text[party[-1].position + 1 : place]
            if any(_part(name).search(gap) for name in ("says", "host", "unreal")):
                return ()
            return _mentions([*_before(sentence, told[:number]), *party])
        if opens(sentence, start, end):
            return ()
    return ()


def doers(sentence: Encoded, place: int, categories: frozenset[str], crew: bool = False) -> tuple[Mention, ...] | None:
    """Those of *categories* who do what stands at *place* of a sentence, () where nobody clearly does.

    None where nobody at all opens a clause before it: the sentences before may tell. The clauses are asked from the
    last to the first; the first one that somebody opens tells. Where an officer stands behind his body or region
    (甲公司董事长乙), the body does it; with *crew* also where its people do (甲医院医生).

    >>> from kg.pipes.slots import encode
    >>> firm = Mention(3, 7, "enterprise", "body:绿野银行", "绿野银行", "test")
    >>> text = "近日,绿野银行闻汛而动,组建志愿队,慰问石桥镇群众"
    >>> sentence = encode(text, 0, len(text), [firm, Mention(21, 24, "region", "region:石桥镇", "石桥镇", "test")])
    >>> [m.name for m in doers(sentence, sentence.text.index("慰问"), frozenset({"enterprise"})) or ()]
    ['绿野银行']
    >>> text = "感谢绿野银行慰问群众"
    >>> sentence = encode(text, 0, len(text), [Mention(2, 6, "enterprise", "body:绿野银行", "绿野银行", "test")])
    >>> doers(sentence, sentence.text.index("慰问"), frozenset({"enterprise"}))
    ()
    >>> text = "绿野银行的志愿者到石桥镇义诊"
    >>> sentence = encode(text, 0, len(text), [Mention(0, 4, "enterprise", "body:绿野银行", "绿野银行", "test")])
    >>> [bool(doers(sentence, sentence.text.index("到"), frozenset({"enterprise"}), crew)) for crew in (False, True)]
    [False, True]
    """
    attribute = _part("stranger" if crew else "attribute")
    told = clauses(sentence.text, place)
    for number in range(len(told) - 1, -1, -1):
        start, end = told[number]
        actors = [slot for slot in sentence.within(start, end) if slot.letter in _ACTORS]
        if not actors:
            if opens(sentence, start, end):
                return ()
            continue
        if not _part("opening").fullmatch(sentence.text, start, actors[0].position):
            if number == len(told) - 1:
                return ()
            continue
        party = _joined(sentence, actors)
        last = _officer(sentence, party, actors)
        behind = party[-1].position + 1
        gap = sentence.text[last.position + 1 : place]
        undone = _part("undone").search(gap) or (crew and _part("idle").search(gap))
        if undone or attribute.match(sentence.text, behind):
            return ()
        if any(slot.letter == _REGION and not may_act(sentence.text, slot.position + 1) and not (
                crew and _part("people").match(sentence.text, slot.position + 1)) for slot in party):
            return ()
        return tuple(m for m in _mentions(party) if m.category in categories)
    return None


def _joined(sentence: Encoded, actors: list[Slot]) -> list[Slot]:
    """The first of the actors of a clause and those whom it names beside him."""
    party = actors[:1]
    for slot in actors[1:]:
        if not _part("together").fullmatch(sentence.text, party[-1].position + 1, slot.position):
            break
        party.append(slot)
    return party


def _officer(sentence: Encoded, party: list[Slot], actors: list[Slot]) -> Slot:
    """The person with a title right behind the last of a *party*, or that last one himself."""
    behind = actors[len(party) : len(party) + 1]
    if behind and behind[0].letter == _PERSON and behind[0].position - party[-1].position <= _OFFICER:
        return behind[0]
    return party[-1]


def _people(sentence: Encoded, start: int, end: int) -> list[Slot]:
    return [slot for slot in sentence.within(start, end) if slot.letter == _PERSON]


def _opening(sentence: Encoded, start: int, people: list[Slot], last: bool) -> list[Slot] | None:
    """Those of the *people* of a clause who are its subject; none where it has no people, None where they are not.

    In the *last* clause, the one of the verb, nobody else may stand between them and what they do.
    """
    if not people:
        return []
    before = sentence.text[start : people[0].position]
    if len(before) > _TITLES or _part("object").search(before):
        return None
    party = people[:1]
    for slot in people[1:]:
        if not _part("list").fullmatch(sentence.text, party[-1].position + 1, slot.position):
            between = sentence.text[party[-1].position + 1 : slot.position]
            return None if last and not _part("joined").search(between) else party
        party.append(slot)
    return party


def _before(sentence: Encoded, told: list[tuple[int, int]]) -> list[Slot]:
    """The people of the clauses before, where each clause ends with them: 书记甲,县长乙到…"""
    found: list[Slot] = []
    for start, end in reversed(told):
        people = _people(sentence, start, end)
        before = sentence.text[start : people[0].position] if people else ""
        if not people or people[-1].position < end - _NEAR_END or len(before) > table("doers")["clause"][
                "limit"] or _part("object").search(before):
            break
        found = [*people, *found]
    return found


def _mentions(slots: list[Slot]) -> tuple[Mention, ...]:
    return tuple(m for slot in slots for m in slot.mentions)
