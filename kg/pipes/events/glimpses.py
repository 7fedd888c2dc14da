"""What one sentence says about events: glimpses, each with its kind, name, people, places and date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from kg.lexicon.names import names
from kg.model import Mention
from kg.pipes.annotations import Sentence, text_of
from kg.pipes.dates.calendar import is_aside
from kg.pipes.dates.component import anchor, date_of, governing
from kg.pipes.events.model import JOURNEY, TELLING, Glimpse
from kg.pipes.events.places import HOUSES, MEETING, VISITOR, Whereabouts, apart, small, widest
from kg.pipes.events.rules import (
    BLOT,
    Rule,
    clause_begin,
    kind_of,
    kinds_of,
    listed,
    matches,
    people,
    regions,
    rules,
)
from kg.pipes.slots import Encoded, Match
from kg.pipes.speech.modality import scopes, status_at

RITES: Final = ("signing", "donation", "ceremony")
HOST: Final = "host"
ROLES: Final = {"visitor": "visitor", "who": "host", "guest": "visitor", "signer": "signer", "speaker": "speaker"}
RECENTLY: Final = "recently"
CREDIT: Final = 8         # characters before a name in which stands who wrote of it
AFTER: Final = 20          # characters behind a match that still tell what kind of journey it was


class Glimpses:
    """What the sentences of one article say about events."""

    def __init__(self, doc: Doc, found: list[Mention], where: Whereabouts) -> None:
        self.doc, self.mentions, self.where = doc, found, where

    def of(self, sentence: Sentence, line: Encoded) -> list[Glimpse]:
        """The glimpses of a sentence, those of weak rules last, in the order of the text."""
        found: list[Glimpse] = []
        taken: list[tuple[int, int, str, tuple[int, int]]] = []     # by strong rules
        weak: list[tuple[int, int, str, tuple[int, int]]] = []      # by weak ones, which bar each other alone
        for rule, match in matches("trigger", line):
            first, last = match.raw.span()
            if status_at(scopes(_unnamed(match, line.text)), last - 1) != "fact":
                continue
            if rule.dated and is_aside(line.text[:first]):
                continue
            if any(rules().weigh[not_one].search(match.text("name")) for not_one in ("ahead", "series")):
                continue
            if rules().weigh["counted"].match(line.text[last:]):
                continue
            if rules().weigh["again"].search(line.text[clause_begin(line.text, first) : last]):
                continue
            if rules().weigh["habit"].search(line.text[:first]):
                continue
            if self._before(line.text, first):
                continue
            kind = _kind(rule, match, line.text)
            name = match.raw.span("name") if match.text("name") else (first, first)
            known = [*taken, *weak] if rule.weak else taken
            over = [k for a, b, k, _ in known if a < last and first < b]
            rites = rule.dated or {kind, *over[:1]} <= set(RITES)
            renamed = any(a < name[1] and name[0] < b for *_, (a, b) in known)
            if over and not rule.onward and (kind in over or rites or renamed):
                continue
            (weak if rule.weak else taken).append((first, last, kind, name))
            found.append(self._glimpse(rule, kind, match, sentence, line))
        return sorted(map(_turned(found), found), key=lambda g: (g.rule.weak, g.start, g.end)) if found else []

    def _glimpse(self, rule: Rule, kind: str, match: Match, sentence: Sentence, line: Encoded) -> Glimpse:
        start, end = match.span()
        who = [(m, role) for group, role in ROLES.items() for m in people(listed(match, group))]
        places = regions(m for slot in match.slots("place") if not slot.compound for m in slot.mentions)
        places = [m for m in places if m.surface] or places     # 在唐县,双方召开...
        behind_them = match.raw.end("visitor") if match.text("visitor") else match.raw.start(
            "place" if match.text("place") else 0)
        rest = line.within(behind_them, match.raw.end()) if rule.kind == JOURNEY else []
        if not places:
            places = self.where.lodged(match.slots("place"))
        if not places:
            places = regions(m for slot in rest if not slot.compound for m in slot.mentions) or self.where.lodged(rest)
        places = apart(places)
        learn = rules().weigh["learn"].match(line.text, match.raw.end()) or rules().weigh["learn"].search(match.raw[0])
        at = rules().weigh["at"].search(line.text, 0, match.raw.end() if learn else len(line.text))
        around = regions(m for slot in line.within(*at.span("place")) for m in slot.mentions if m.surface) if at else []
        if match.text("home"):
            places = [m for m in self.mentions if m.key == self.where.home][:1]
        housed = any(slot.letter in HOUSES for slot in match.slots("place"))
        told = places or around or housed
        hosts = self._hosts(match, line) if kind in (MEETING, "ceremony") and not told else []
        name = ""
        span = match.span("name") if match.text("name") else (0, 0)
        if span[1] > span[0]:
            name, span = self._name(*span)
        mention, here = governing(self.doc, start, end, days=True)
        when = ("", "")
        if mention is not None:
            first = date_of(self.doc, start, end, days=True)
            when = (first, str(mention.attrs["end"])) if first == mention.attrs["start"] else (first, "")
        near = mention if here else None
        day = near is not None and near.attrs["precision"] == "day"
        fresh = day or (near is not None and near.rule == RECENTLY)
        words = text_of(self.doc)[start : min(end + AFTER, sentence.end)]
        return Glimpse(kind, rule, start, end, (sentence.start, sentence.end), name, span, tuple(who),
                       widest(places or hosts), when, near is not None, day, fresh, words,
                       kinds_of(name) & set(RITES), bool(hosts), widest(around), bool(match.text("place").strip()),
                       len(name) > TELLING and rules().weigh["acts"].search(line.text[: match.raw.end()]) is not None)

    def _before(self, text: str, first: int) -> bool:
        """Whether the last date before place *first* of an encoded sentence is a year long over: 2019年,..."""
        told = list(rules().weigh["before"].finditer(text, 0, first))
        year = anchor(self.doc).year
        return bool(told) and bool(year) and int(told[-1]["year"]) < year - 1

    def _hosts(self, match: Match, line: Encoded) -> list[Mention]:
        """The small regions that hold a meeting, named right before the verb (唐县、阜平县联合举办)."""
        first = clause_begin(line.text, match.raw.start())
        held = rules().weigh["seat"].search(line.text, max(first - 1, 0), match.raw.end())
        found = regions(m for slot in line.within(*held.span("place")) for m in slot.mentions) if held else []
        return found if all(map(small, found)) else []

    def _name(self, start: int, end: int) -> tuple[str, tuple[int, int]]:
        """The printed name of an event without what leads up to it."""
        start = _behind_credit(text_of(self.doc), start, end)
        text = text_of(self.doc)[start:end]
        cut = rules().weigh["strip"].match(text)
        while cut and cut.end() and cut.end() < len(text):
            start, text = start + cut.end(), text[cut.end():]
            cut = rules().weigh["strip"].match(text)
        if two := rules().weigh["several"].match(text):
            start, text = start + two.start("name"), two["name"]
            end = start + len(text)
        if trail := rules().weigh["trail"].search(text):
            text, end = text[: trail.start()], start + trail.start()
        return ("", (start, start)) if rules().weigh["bare"].match(text) else (text, (start, end))


def _behind_credit(text: str, start: int, end: int) -> int:
    """Where the name of an event begins behind the half of a verb (举|办青石展) or the name of who wrote of it.

    >>> text = "(记者 贺云帆青石钢铁协会理事会"
    >>> text[_behind_credit(text, 4, len(text)):]
    '青石钢铁协会理事会'
    >>> _behind_credit("协会举办“青石”展", 3, 9), _behind_credit("记者 云谷青石展览会", 3, 10)
    (4, 3)
    """
    if rules().weigh["halved"].match(text, max(start - 1, 0)):
        return start + 1
    if rules().weigh["credit"].search(text, max(start - CREDIT, 0), start):
        best = next((name for name, odds in names().candidates(text, start) if odds > 0), "")
        if best and end - start - len(best) >= TELLING:
            return start + len(best)
    return start


def _kind(rule: Rule, match: Match, text: str) -> str:
    """The kind of an event that a rule has found in an encoded sentence: its printed name may tell it, or its sentence.

    What a body does where it went (赴唐县开展义诊活动) is a journey, a rite at which something is signed or given
    a signing or a donation.
    """
    weigh, name = rules().weigh, match.text("name")
    told = kind_of(name)
    if rule.kind == MEETING and weigh["festive"].search(name):
        return told if told in RITES else RITES[-1]
    if rule.kind != "rite":
        return rule.kind
    if told == JOURNEY and weigh["sitting"].search(name):
        told = kind_of(name, but=JOURNEY)
    if told not in ("", RITES[-1]):
        return RITES[-1] if told != MEETING and weigh["opens"].search(name) else told
    if weigh["deeds"].search(name) and weigh["went"].search(text[: match.raw.start("name") if name else 0]):
        return JOURNEY
    after = text[match.raw.start() :].partition("。")[0]
    return next((kind for kind, words in (("signing", "signs"), ("donation", "gives")) if weigh[words].search(after)),
                RITES[-1])


def _turned(found: list[Glimpse]) -> Callable[[Glimpse], Glimpse]:
    """What makes visitors of those who talk where the same sentence has let them travel, and hosts of the others.

    李明一行到唐县考察,与县长王强座谈: 李明 is the guest; and so he is in 李明率队到唐县考察,县长王强会见代表团.
    """
    gone = {m.key for g in found if g.kind == JOURNEY for m, role in g.people if role == VISITOR}

    def turn(glimpse: Glimpse) -> Glimpse:
        if not glimpse.rule.received or not any(m.key in gone and role == HOST for m, role in glimpse.people):
            return glimpse
        met = any(role == VISITOR and m.key not in gone for m, role in glimpse.people)
        return replace(glimpse, people=tuple(
            (m, VISITOR if m.key in gone or (met and role == HOST) else HOST) for m, role in glimpse.people))

    return turn


def _unnamed(match: Match, text: str) -> str:
    """The sentence without the printed name of the event, whose words (拟建, 计划) say nothing about the fact."""
    first, last = match.raw.span("name") if match.text("name") else (0, 0)
    return text[:first] + BLOT * (last - first) + text[last:]
