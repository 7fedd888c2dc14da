"""The actor of a clause that leaves it out: whoever opened this clause, or an earlier one of the same sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.relations.rules import may_act
from kg.pipes.slots import Encoded, compile_pattern

_STOPS: Final = frozenset("。；;！!？?")
_COMMAS: Final = frozenset("，,：:")
_REACH: Final = 16  # characters before the deed in a clause that may still lack an actor of its own


@cache
def _part(name: str) -> re.Pattern[str]:
    return compile_pattern(table("subjects")[name]["pattern"])


@cache
def _opened() -> re.Pattern[str]:
    """A clause that an actor opens: what may come first, a list of bodies or regions, then no attribute of another."""
    data = table("subjects")
    return compile_pattern(f"{data['opening']['pattern']}(?P<agent>{{X}}(?:{data['together']['pattern']}{{X}})*)"
                           f"{data['branch']['pattern']}"
                           f"{data['actor']['pattern']}")


def agent(sentence: Encoded, place: int, categories: frozenset[str]) -> tuple[Mention, ...]:
    """Who acts at *place* of a sentence; () where nobody of these categories does or the text leaves it open.

    >>> from kg.pipes.slots import encode
    >>> text = "近日,绿野公司闻讯而动,连夜驰援赤城县"
    >>> body = Mention(3, 7, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> agent_of = agent(encode(text, 0, len(text), [body]), 9, frozenset({"enterprise"}))
    >>> [m.name for m in agent_of]
    ['绿野公司']
    """
    for number, (start, end) in enumerate(reversed(_clauses(sentence.text, place))):
        here = sentence.text[start:end]
        marked = list(_part("by").finditer(here)) if number == 0 else []
        if marked:
            first, last = (start + at for at in marked[-1].span("agent"))
            return _allowed(sentence, first, last, categories)
        match = _opened().match(sentence.text, start)
        if match is not None and match.start("agent") < place:
            last = min(match.end("agent"), place)
            if _part("between").search(sentence.text, last, place) or _others(sentence.text[last:end]):
                return ()
            return _allowed(sentence, match.start("agent"), last, categories)
        if _part("foreign").search(here) or (number == 0 and (_others(here) or len(here) > _REACH)):
            return ()
    return ()


def _others(text: str) -> bool:
    """Whether a stretch of a clause names somebody who might be the actor himself."""
    return bool(_part("body").search(_part("placed").sub("", text)))


def _allowed(sentence: Encoded, start: int, end: int, categories: frozenset[str]) -> tuple[Mention, ...]:
    return tuple(m for slot in sentence.within(start, end) for m in slot.mentions
                 if m.category in categories and (m.category != "region" or may_act(sentence.text, slot.position + 1)))


def _clauses(text: str, place: int) -> list[tuple[int, int]]:
    """The clauses of the part of a sentence that ends at *place*, each as an interval; after a full stop a new part."""
    found: list[tuple[int, int]] = []
    start = 0
    for i in range(place):
        if text[i] in _STOPS:
            found.clear()
            start = i + 1
        elif text[i] in _COMMAS:
            found.append((start, i))
            start = i + 1
    return [*found, (start, place)]
