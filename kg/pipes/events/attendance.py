"""Who was there: people whom sentences tell to have taken part, presided or spoken, and at which event."""

from __future__ import annotations

from functools import partial
from typing import Final

from spacy.tokens import Doc

from kg.model import Mention
from kg.pipes.annotations import Sentence
from kg.pipes.dates.component import governing
from kg.pipes.events.glimpses import RITES
from kg.pipes.events.model import JOURNEY, Happening
from kg.pipes.events.places import MEETING
from kg.pipes.events.rules import Rule, behind, kind_of, last_list, list_begin, matches, people, rules
from kg.pipes.slots import Encoded, Match
from kg.pipes.speech.modality import scopes, status_at

YEAR: Final = len("2019")
MONTH: Final = len("2019-05")


class Attendance:
    """One pass over an article whose events are known."""

    def __init__(self, doc: Doc, found: list[Happening]) -> None:
        self.doc, self.found = doc, found
        self.current = found[0]
        self.stated: list[tuple[Happening, Mention, tuple[int, int]]] = []  # who spoke there, if it was an event at all
        self.asked: set[str] = set()  # whom reporters have asked: what nothing ties to an event is said to them

    def read(self, lines: list[tuple[Sentence, Encoded]]) -> None:
        """Join to the events the people whom the sentences tell to have been there."""
        self.asked = {m.key for _, line in lines for raw in rules().weigh["interviewed"].finditer(line.text)
                      for slot in Match(raw, line).slots("who") for m in slot.mentions}
        for sentence, line in lines:
            here = [h for h in self.found if any(g.sentence[0] == sentence.start for g in h.glimpses)]
            if here and not self._within(here[-1], line):
                self.current = self.current if self._past(here[-1]) else here[-1]
            elif here and self.current.kind != JOURNEY:
                self._share(here[-1], sentence)
            elif rules().weigh["context_meeting"].search(line.text):
                self.current = next((h for h in self.found if h.kind != JOURNEY), self.current)
            elif rules().weigh["context_journey"].search(line.text):
                self.current = next((h for h in self.found if h.kind == JOURNEY), self.current)
            self._present(sentence, line)
            self._speak(sentence, line)

    def _past(self, event: Happening) -> bool:
        """Whether an event was in a month before the first one: background, where nobody who speaks next speaks."""
        return "" < event.date[0][:MONTH] < self.found[0].date[0][:MONTH]

    def _share(self, part: Happening, sentence: Sentence) -> None:
        """Who takes a part in the course of an event (仪式上,王强与学生签约) is there himself."""
        for glimpse in part.glimpses:
            if glimpse.sentence[0] == sentence.start and self.current.on(glimpse.date[0]):
                for mention, role in glimpse.people:
                    self.current.join(mention, role, glimpse.sentence)

    def _within(self, event: Happening, line: Encoded) -> bool:
        """Whether a sentence brings up an event as a part of another (仪式上,双方举行了签约): whoever speaks next
        speaks at the whole."""
        course = rules().weigh["within"].match(line.text)
        return event is not self.found[0] and course is not None and (
            event.glimpses[0].start >= line.offsets[course.end()] and event.glimpses[0].start >= line.start)

    def _present(self, sentence: Sentence, line: Encoded) -> None:
        verbs = sorted(((m.raw.start(), m.raw.end(), r, m) for r, m in matches("presence", line)),
                       key=lambda v: v[:2])
        place = 0
        unsure = scopes(line.text) if verbs else []
        for first, last, rule, match in verbs:
            coming = rules().weigh["coming"].search(line.text, 0, first)
            if first < place or coming or status_at(unsure, first) != "fact":
                continue
            begin = max(place, list_begin(line.text, first))
            told = [m.end() for m in rules().weigh["reported"].finditer(line.text, begin, first)]
            slots = line.within(max([begin, *told]), first)
            who = people(m for slot in (last_list(line.text, slots) if rule.nearest else slots) for m in slot.mentions)
            after = match.text("what") or match.text("with")
            also = people([*behind(match, "what"), *behind(match, "names")])
            who += [p for p in also if p.key not in {w.key for w in who}]
            event = self._meant(after, sentence.end)
            regular = rules().weigh["regular"].match(line.text, first)
            if regular and not event.called(regular["name"]):
                place = last
                continue  # 主持召开县委常委会会议, where the article has told of another meeting
            day = self._day(*match.span())
            for joined in self._all(event, match.raw[0]):
                for mention in who if joined.on(day) else ():
                    joined.join(mention, rule.role, (sentence.start, sentence.end))
            place = last

    def _all(self, event: Happening, words: str) -> list[Happening]:
        """The event and, where people took part in all that was told (参加上述活动), those of the same day."""
        if not rules().weigh["above"].search(words):
            return [event]
        return [h for h in self.found if h is event or (len(h.date[0]) > MONTH and h.date == event.date)]

    def _meant(self, words: str, end: int) -> Happening:
        """The event that the object of 参加 names; the latest before character *end* where there is no object."""
        if not words:
            return max((h for h in self.found if h.glimpses[0].start < end), key=partial(_told, end=end),
                       default=self.current)
        main, kind = self.found[0], kind_of(words)
        if main.kind == JOURNEY and rules().weigh["rite"].match(words):      # the rite told last, in a journey's course
            main = max((h for h in self.found if h.kind in RITES and h.glimpses[0].start < end),
                       key=_begin, default=main)
        if kind == MEETING and main.call():        # 主持会议 is said of the meeting that followed a reception
            main = max((h for h in self.found if h.kind == MEETING and h.glimpses[0].start < end and not h.call()),
                       key=_begin, default=main)
        if rules().weigh["generic"].search(words) and (main.kind != JOURNEY or kind != MEETING):
            return main
        return next((h for h in self.found if h.kind == kind), self.current if kind == MEETING else main)

    def _speak(self, sentence: Sentence, line: Encoded) -> None:
        kind = self.current.kind
        for rule, match in matches("speaker", line):
            apart = (rule.loose or rule.plain) and self._elsewhere(rule, sentence)
            if apart and not (rule.formal and self._begun(sentence)):
                continue
            if rules().weigh["earlier"].search(line.text[: match.raw.start()]) or (
                    not self._press() and rules().weigh["press"].search(line.text[: match.raw.end()])):
                continue        # 大会10日召开,11日的发布会上甲某介绍情况: he was at the other one
            trip = kind == JOURNEY and not rule.kind
            if (trip and not rule.formal) or rule.kind not in ("", kind):
                continue
            if not self.current.on(self._day(*match.span())):
                continue
            loose = rule.loose and not self._press() and not self._tied(sentence)
            if loose and self.asked:
                continue
            for mention in people(behind(match, "speaker") or behind(match, "speaker_")):
                if loose and rules().weigh["spokesman"].search(sentence.text, 0, mention.start - sentence.start):
                    continue
                if apart or trip:
                    if mention.category == "official":
                        self.stated.append((self.current, mention, (sentence.start, sentence.end)))
                    continue
                if not rule.officials or mention.category == "official" or rules().weigh["ours"].search(sentence.text):
                    self.current.join(mention, "speaker", (sentence.start, sentence.end))

    def _elsewhere(self, rule: Rule, sentence: Sentence) -> bool:
        """Whether words may be said to a reporter anywhere: nothing in their sentence ties them to the event, of which
        the article has not told yet, or which is none where people speak (a park opens, a show goes on for days)."""
        told = self.current.glimpses
        if self._tied(sentence) or self._press():
            return False
        talks = all(rules().weigh["talks"].match(g.name) for g in told)
        return rule.plain or talks or sentence.end <= told[0].sentence[0] or all(g.rule.mute for g in told)

    def _begun(self, sentence: Sentence) -> bool:
        """Whether the article has told of an event that is no talk of two sides: who holds an office and states his
        view (表示, 指出) thereafter states it there."""
        told = self.current.glimpses
        return sentence.end > told[0].sentence[0] and not all(rules().weigh["talks"].match(g.name) for g in told)

    def _tied(self, sentence: Sentence) -> bool:
        """Whether words of a sentence tie what is said in it to an event."""
        return any(rules().weigh[ties].search(sentence.text) for ties in ("there", "ours", "speech"))

    def _press(self) -> bool:
        """Whether the press is met at the event."""
        return any(rules().weigh["press"].search(g.name or g.words) for g in self.current.glimpses)

    def _day(self, start: int, end: int) -> str:
        """The day that a sentence itself tells for what stands there, "" where it tells none."""
        mention, here = governing(self.doc, start, end, days=True)
        if here and mention and mention.attrs["precision"] == "day":
            return str(mention.attrs["start"])
        mention, here = governing(self.doc, start, end)
        return str(mention.attrs["start"])[:YEAR] if here and mention and mention.start < start else ""


def _begin(happening: Happening) -> int:
    return happening.glimpses[0].start


def _told(happening: Happening, end: int) -> int:
    """Where an event was last told before character *end*."""
    return max(g.start for g in happening.glimpses if g.start < end)
