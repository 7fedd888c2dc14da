"""What the event component gathers while it reads: happenings that grow sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.model import Mention
from kg.pipes.events.rules import Rule

JOURNEY: Final = "journey"
TELLING: Final = 5          # characters from which on a printed name says what it was (座谈会 does not)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One sentence that speaks of an event: its kind, where it says so, and whom, where and when it names."""

    kind: str
    rule: Rule
    start: int
    end: int
    sentence: tuple[int, int]
    name: str = ""
    name_span: tuple[int, int] = (0, 0)
    people: tuple[tuple[Mention, str], ...] = ()
    places: tuple[Mention, ...] = ()
    date: tuple[str, str] = ("", "")
    dated: bool = False             # the date stands in the sentence itself
    day: bool = False               # and names a day
    fresh: bool = False             # and names a day or says 近日
    words: str = ""                 # the words around it, for weighing
    kinds: frozenset[str] = frozenset()
    near: tuple[Mention, ...] = ()  # regions that the sentence names with 在, for an event without a place


@dataclass(slots=True)
class Happening:
    """An event in the making: `people` maps a key to (mention, role, sentence), `places` to (mention, sentence)."""

    kind: str
    glimpses: list[Glimpse] = field(default_factory=list)
    people: dict[str, tuple[Mention, str, tuple[int, int]]] = field(default_factory=dict)
    places: dict[str, tuple[Mention, tuple[int, int]]] = field(default_factory=dict)
    date: tuple[str, str] = ("", "")
    dated: bool = False
    name: str = ""
    kinds: frozenset[str] = frozenset()     # all that its printed name tells (签约暨揭牌仪式)

    def add(self, glimpse: Glimpse, onward: bool = False) -> None:
        """Take in one more sentence about the same event; *onward* where it goes on to another place."""
        first = not self.glimpses
        self.glimpses.append(glimpse)
        for mention, role in glimpse.people:
            self.join(mention, role, glimpse.sentence)
        if first or not self.places or onward:
            for mention in glimpse.places or (glimpse.near if first and self.kind != JOURNEY else ()):
                self.places.setdefault(mention.key, (mention, glimpse.sentence))
        better = glimpse.dated and not self.dated and len(glimpse.date[0]) >= len(self.date[0])
        if glimpse.date[0] and (not self.date[0] or better):
            self.date, self.dated = glimpse.date, glimpse.dated
        if len(self.name) < TELLING < len(glimpse.name) or len(self.name) < len(glimpse.name) < TELLING:
            self.name = glimpse.name
        self.kinds |= glimpse.kinds

    def join(self, mention: Mention, role: str, sentence: tuple[int, int]) -> None:
        """Somebody was there; the first role told stands."""
        self.people.setdefault(mention.key, (mention, role, sentence))

    def fits(self, glimpse: Glimpse) -> bool:
        """Whether a sentence may speak of this event: the same kind, and days that do not contradict each other."""
        if glimpse.kind not in (self.kind, *self.kinds):
            return False
        if not (self.dated and glimpse.dated):
            return True
        return within(glimpse.date, self.date) or within(self.date, glimpse.date)


def within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    """Whether one stretch of time lies in another, as far as both are known.

    >>> within(("2019-05-22", ""), ("2019-05-21", "2019-05-23")), within(("2019-05-22", ""), ("2019-05", ""))
    (True, True)
    >>> within(("2019-05-22", ""), ("2019-05-21", ""))
    False
    """
    first, last = outer[0], outer[1] or outer[0]
    return first <= inner[0][: len(first)] and (inner[1] or inner[0])[: len(last)] <= last
