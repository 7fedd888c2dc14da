"""What the event component gathers while it reads: happenings that grow sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.events.rules import Rule, rules

JOURNEY: Final = "journey"
SHARED: Final = 3           # characters that two names of one thing share
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
    hosted: bool = False            # the places are those of the regions that hold it
    near: tuple[Mention, ...] = ()  # regions that the sentence names with 在, for an event without a place
    placed: bool = False            # and says where it was, be it a hall that is no region
    acted: bool = False             # and a region or a body acts in a sentence that gives its event a name


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
    away: bool = False              # those who travelled hold their posts elsewhere
    kinds: frozenset[str] = frozenset()     # all that its printed name tells (签约暨揭牌仪式)

    def add(self, glimpse: Glimpse, onward: bool = False) -> None:
        """Take in one more sentence about the same event; *onward* where it goes on to another place."""
        first = not self.glimpses
        self.glimpses.append(glimpse)
        for mention, role in glimpse.people:
            self.join(mention, role, glimpse.sentence)
        if self._closer(glimpse):
            self.places.clear()
        passing = glimpse.rule.dated and not first and any(not g.rule.dated and g.name for g in self.glimpses[:-1])
        if first or (not self.places and not passing) or onward:
            for mention in glimpse.places or (
                    glimpse.near if self.kind != JOURNEY and (first or glimpse.rule.received) else ()):
                self.places.setdefault(mention.key, (mention, glimpse.sentence))
        nearer = len(glimpse.date[0]) - len(self.date[0])
        same = not glimpse.name or not self.name or akin(glimpse.name, self.name)
        closer = nearer > 0 and same and within(glimpse.date, self.date)
        better = glimpse.dated and (closer if self.dated else nearer >= 0 and same)
        if glimpse.date[0] and (not self.date[0] or better):
            self.date, self.dated = glimpse.date, glimpse.dated
        brief = self.kind == "ceremony" and rules().weigh["short"].search(glimpse.name)     # 青石山货节
        shortest = TELLING if brief else TELLING + 1
        longer = len(self.name) < len(glimpse.name) < TELLING
        if longer or (len(self.name) < TELLING and shortest <= len(glimpse.name)):
            self.name = glimpse.name
        self.kinds |= glimpse.kinds

    def narrow(self) -> None:
        """Of days in whose course a meeting is told (28日至30日赴唐县考察,召开座谈会) keep that of the meeting."""
        if self.kind == JOURNEY or not self.date[1]:
            return
        told = [g.date for g in self.glimpses if g.dated and g.day and not g.date[1] and within(g.date, self.date)]
        if told:
            self.date = told[0]

    def _closer(self, glimpse: Glimpse) -> bool:
        """Whether a sentence tells more closely where an event was that stays: each place lies in one told before."""
        inside = gazetteer().inside
        return self.kind != JOURNEY and bool(self.places) and bool(glimpse.places) and all(
            any(inside(place.key, known) for known in self.places) for place in glimpse.places)

    def join(self, mention: Mention, role: str, sentence: tuple[int, int]) -> None:
        """Somebody was there; the first role told stands."""
        self.people.setdefault(mention.key, (mention, role, sentence))

    def on(self, day: str) -> bool:
        """Whether it may have been on a day or in a year: "" is any, and so is all where its own day is not known.

        >>> event = Happening("meeting", date=("2019-05-21", "2019-05-22"))
        >>> event.on("2019-05-22"), event.on("2019-05-28"), event.on("2018"), event.on("")
        (True, False, False, True)
        >>> Happening("meeting").on("2019-05-28")
        True
        """
        if len(day) < len(self.date[0]):
            return self.date[0].startswith(day)
        return not day or len(self.date[0]) < len(day) or within((day, ""), self.date)

    def called(self, name: str) -> bool:
        """Whether a sentence of it holds this name."""
        return any(name in g.name + g.words for g in self.glimpses)

    def call(self) -> bool:
        """Whether all that is told of it is that somebody received his guests."""
        return all(g.rule.call for g in self.glimpses)

    def _known(self, glimpse: Glimpse) -> bool:
        """Whether one of those whom a sentence names was there, or either names nobody."""
        return not self.people or not glimpse.people or any(m.key in self.people for m, _ in glimpse.people)

    def fits(self, glimpse: Glimpse) -> bool:
        """Whether a sentence may speak of this event: the same kind, and days that do not contradict each other."""
        named = len(self.name) > TELLING and len(glimpse.name) > TELLING and (
            self.name in glimpse.name or glimpse.name in self.name)
        if glimpse.kind not in (self.kind, *self.kinds) and not (named and self.kind != JOURNEY != glimpse.kind):
            return False
        if self.kind == glimpse.kind and self.kind != JOURNEY and self.call() != glimpse.rule.call and len(
                self.name or glimpse.name) > TELLING and not (self.name and glimpse.name):
            return False        # 市长王强会见代表团 and the meeting that is held afterwards
        if glimpse.rule.call and self.kind == glimpse.kind and not self._known(glimpse):
            return False        # another host receives other guests
        press = rules().weigh["press"].search
        if self.name and press(glimpse.name) and not press(self.name) and not akin(self.name, glimpse.name):
            return False        # a congress and the meeting with the press about it
        regular = rules().weigh["regular"].search(glimpse.words)
        if regular and not self.called(regular["name"]):
            return False        # 主持召开县委常委会会议 is no part of the meeting told before
        if not (self.dated and glimpse.dated):
            return True
        if bool(self.date[0]) != bool(glimpse.date[0]):      # of one the year is not known
            return bool(self.name and glimpse.name and akin(self.name, glimpse.name))
        others = self.people and glimpse.people and not any(m.key in self.people for m, _ in glimpse.people)
        if others and glimpse.date != self.date:
            return False
        return within(glimpse.date, self.date) or within(self.date, glimpse.date)


def akin(one: str, other: str) -> bool:
    """Whether two printed names may mean one thing: they share some characters in a row, or one holds the other.

    >>> akin("采摘节开幕式", "红旗村采摘节"), akin("升旗仪式", "红旗村采摘节")
    (True, False)
    """
    pieces = {one[i : i + SHARED] for i in range(len(one) - SHARED + 1)}
    return one in other or other in one or any(piece in other for piece in pieces)


def within(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    """Whether one stretch of time lies in another, as far as both are known.

    >>> within(("2019-05-22", ""), ("2019-05-21", "2019-05-23")), within(("2019-05-22", ""), ("2019-05", ""))
    (True, True)
    >>> within(("2019-05-22", ""), ("2019-05-21", ""))
    False
    """
    first, last = outer[0], outer[1] or outer[0]
    return first <= inner[0][: len(first)] and (inner[1] or inner[0])[: len(last)] <= last
