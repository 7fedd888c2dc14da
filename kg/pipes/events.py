"""Component kg_events: visits, meetings, signings, donations, ceremonies that an article reports as having happened."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon.gazetteer import gazetteer
from kg.model import Claim, Mention, Value
from kg.pipes.annotations import Sentence, add_claims, mentions, sentences, set_mentions, text_of
from kg.pipes.calendar import is_aside
from kg.pipes.dates import anchor, date_of, governing
from kg.pipes.events_model import JOURNEY, Glimpse, Happening
from kg.pipes.events_rules import (
    Rule,
    behind,
    kind_of,
    kinds_of,
    matches,
    narration,
    people,
    regions,
    rules,
    silence,
    speaks_on,
)
from kg.pipes.home import home_region
from kg.pipes.modality import scopes, status_at
from kg.pipes.slots import Encoded, Match, encode

READ = ("dates", "regions", "bodies", "projects", "people", "references")
MEETING, RITES = "meeting", ("signing", "donation", "ceremony")
ROLES = {"visitor": "visitor", "who": "host", "guest": "visitor", "signer": "signer", "speaker": "speaker"}
BLOT = "\ue0fe"
AFTER = 20          # characters behind a match that still tell what kind of journey it was
LEVELS = ("county", "prefecture", "province")


@Language.factory("kg_events")
def make_events(nlp: Language, name: str) -> Events:
    return Events()


class Events:
    """Finds events (group `events`), who attended them and where they took place."""

    def __call__(self, doc: Doc) -> Doc:
        reading = Reading(doc)
        happenings = reading.happenings()
        found: list[Mention] = []
        new: list[Claim] = []
        for number, happening in enumerate(happenings, start=1):
            marks, claims = _emit(doc, f"event:{number}", happening, reading.home)
            found.extend(marks)
            new.extend(claims)
        set_mentions(doc, "events", found)
        add_claims(doc, new)
        return doc


class Reading:
    """One pass over an article: sentences in, happenings out."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.mentions = mentions(doc, *READ)
        self.home = self._home()
        self.found: list[Happening] = []
        self.later: list[Glimpse] = []          # what makes an event only where the article tells no other
        self.current: Happening | None = None

    def happenings(self) -> list[Happening]:
        lines: list[tuple[Sentence, Encoded]] = []
        inside, text = gazetteer().inside, text_of(self.doc)
        for sentence in sentences(self.doc):
            whole = encode(text, sentence.start, sentence.end, self.mentions, inside)
            line = narration(whole, sentence.text)
            same = bool(lines) and "\n" not in text[lines[-1][0].end : sentence.start]
            if same and speaks_on(lines[-1][1].text, line.text):
                line = silence(line)
            lines.append((sentence, line))
        if any(rules().weigh["never"].search(line.text) for _, line in lines[:2]):
            return []
        for sentence, line in lines:
            for glimpse in self._glimpses(sentence, line):
                self._place(glimpse)
        if not self.found:
            for glimpse in self.later:
                if glimpse.date[0]:
                    self.found = self.found or [Happening(glimpse.kind)]
                    self.found[0].add(glimpse)
        self._attend(lines)
        return [h for h in self.found if self._real(h)]

    # ---- what a sentence says

    def _glimpses(self, sentence: Sentence, line: Encoded) -> list[Glimpse]:
        found: list[Glimpse] = []
        taken: list[tuple[int, int, str]] = []
        for rule in rules().triggers:
            for match in matches(rule, line):
                first, last = match.raw.span()
                if status_at(scopes(_unnamed(match, line.text)), last - 1) != "fact":
                    continue
                if rules().weigh["again"].search(line.text[_clause(line.text, first) : last]):
                    continue
                kind = kind_of(match.text("name")) or "ceremony" if rule.kind == "rite" else rule.kind
                if any(a < last and first < b and (kind == k or {kind, k} <= set(RITES)) for a, b, k in taken):
                    continue
                taken.append((first, last, kind))
                found.append(self._glimpse(rule, kind, match, sentence, line))
        return sorted(found, key=lambda g: (g.rule.weak, g.start, g.end))

    def _glimpse(self, rule: Rule, kind: str, match: Match, sentence: Sentence, line: Encoded) -> Glimpse:
        start, end = match.span()
        who = [(m, role) for group, role in ROLES.items() for m in people(behind(match, group))]
        places = regions(behind(match, "place"))
        if kind == JOURNEY and not places:
            places = regions(m for slot in line.within(*match.raw.span()) for m in slot.mentions)
        if match.text("home"):
            places = [m for m in self.mentions if m.key == self.home][:1]
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
        words = text_of(self.doc)[start : min(end + AFTER, sentence.end)]
        return Glimpse(kind, rule, start, end, (sentence.start, sentence.end), name, span, tuple(who),
                       _widest(places), when, near is not None, near is not None and near.attrs["precision"] == "day",
                       words, kinds_of(name) & set(RITES))

    def _name(self, start: int, end: int) -> tuple[str, tuple[int, int]]:
        """The printed name of an event without what leads up to it."""
        text = text_of(self.doc)[start:end]
        cut = rules().weigh["strip"].match(text)
        while cut and cut.end() and cut.end() < len(text):
            start, text = start + cut.end(), text[cut.end():]
            cut = rules().weigh["strip"].match(text)
        return text, (start, end)

    # ---- which event it belongs to

    def _place(self, glimpse: Glimpse) -> None:
        if glimpse.rule.exact and not glimpse.day:
            return
        for happening in self.found:
            if happening.fits(glimpse):
                happening.add(glimpse)
                return
        if glimpse.rule.weak and (glimpse.kind == JOURNEY) == bool(self.found):
            if not self.found:
                self.later.append(glimpse)
            return
        if glimpse.rule.peopled and (self.found or is_aside(glimpse.words)):
            return
        if glimpse.rule.dated and not glimpse.dated:
            self.later.append(glimpse)
            return
        fresh = Happening(glimpse.kind)
        fresh.add(glimpse)
        self.found.append(fresh)

    # ---- who was there

    def _attend(self, lines: list[tuple[Sentence, Encoded]]) -> None:
        if not self.found:
            return
        self.current = self.found[0]
        for sentence, line in lines:
            here = [h for h in self.found if any(g.sentence[0] == sentence.start for g in h.glimpses)]
            if here:
                self.current = here[-1]
            elif rules().weigh["context_meeting"].search(line.text):
                self.current = next((h for h in self.found if h.kind != JOURNEY), self.current)
            elif rules().weigh["context_journey"].search(line.text):
                self.current = next((h for h in self.found if h.kind == JOURNEY), self.current)
            self._present(sentence, line)
            self._speak(sentence, line)

    def _present(self, sentence: Sentence, line: Encoded) -> None:
        verbs = sorted(((m.raw.start(), m.raw.end(), r, m) for r in rules().presences for m in matches(r, line)),
                       key=lambda v: v[:2])
        place = 0
        for first, last, rule, match in verbs:
            if first < place:
                continue
            begin = max(place, line.text.rfind("。", 0, first) + 1, line.text.rfind("；", 0, first) + 1)
            who = people(m for slot in line.within(begin, first) for m in slot.mentions)
            after = match.text("what") or match.text("with")
            who += [p for p in people(behind(match, "what")) if p.key not in {w.key for w in who}]
            event = self._meant(after, sentence.end)
            for mention in who:
                event.join(mention, rule.role, (sentence.start, sentence.end))
            place = last

    def _meant(self, words: str, end: int) -> Happening:
        """The event that the object of 参加 names; the latest before character *end* where there is no object."""
        assert self.current is not None
        if not words:
            return max((h for h in self.found if h.glimpses[0].start < end), key=_begin, default=self.current)
        main, kind = self.found[0], kind_of(words)
        if rules().weigh["generic"].search(words) and (main.kind != JOURNEY or kind != MEETING):
            return main
        return next((h for h in self.found if h.kind == kind), self.current if kind == MEETING else main)

    def _speak(self, sentence: Sentence, line: Encoded) -> None:
        assert self.current is not None
        if self.current.kind == JOURNEY:
            return
        for rule in rules().speakers:
            if rule.kind and rule.kind != self.current.kind:
                continue
            for match in matches(rule, line):
                for mention in people(behind(match, "speaker")):
                    self.current.join(mention, "speaker", (sentence.start, sentence.end))

    # ---- what is worth keeping

    def _home(self) -> str:
        return next((key for level in LEVELS if (key := home_region(self.doc, level))), "")

    def _real(self, happening: Happening) -> bool:
        """Fill in what the article leaves to the reader, and drop what cannot be an event of the graph."""
        main = self.found[0]
        if happening is main and not happening.date[0] and happening.people:
            start = anchor(self.doc)
            happening.date = (f"{start.year}-{start.month:02d}" if start.month else f"{start.year or ''}", "")
        if not happening.places:
            if happening is not main and main.kind == JOURNEY and main.places:
                happening.places = dict(main.places)
            else:
                first = happening.glimpses[0].sentence
                here = next((m for m in self.mentions if m.key == self.home), None) or next(
                    (m for m in self.mentions if m.category == "region" and first[0] <= m.start < first[1]), None)
                if here is not None:
                    happening.places = {here.key: (here, first)}
        if happening is not main and not happening.dated and (main.date[1] or not happening.date[0]):
            happening.date = (main.date[0][:7], "")
        if not happening.people and not happening.places:
            return False
        if not happening.people and (happening.kind == JOURNEY or all(g.rule.peopled for g in happening.glimpses)):
            return False
        return self._recent(happening.date[0])

    def _recent(self, iso: str) -> bool:
        start = anchor(self.doc)
        if not iso or not start.day:
            return True
        published = date(start.year, start.month, start.day)
        oldest = (published - timedelta(days=rules().limits["past"])).isoformat()
        return oldest[: len(iso)] <= iso <= (published + timedelta(days=1)).isoformat()


def _emit(doc: Doc, key: str, happening: Happening, home: str) -> tuple[list[Mention], list[Claim]]:
    kind = _kind(happening, home)
    attrs: dict[str, Value] = {"kind": kind}
    if happening.date[0]:
        attrs["start_date"] = happening.date[0]
        if happening.date[1]:
            attrs["end_date"] = happening.date[1]
    title = _title(happening, kind)
    marks: dict[tuple[int, int], Mention] = {}
    for glimpse in happening.glimpses:
        named = glimpse.name_span[1] - glimpse.name_span[0] > 3
        span = glimpse.name_span if named else (glimpse.start, glimpse.end)
        marks.setdefault(span, Mention(*span, "event", key, title, glimpse.rule.id, surface=named, attrs=attrs))
    first = happening.glimpses[0]
    claims = [
        Claim("attended", person.key, key, *sentence, first.rule.id, date=happening.date[0],
              head_span=_span(person, sentence), attrs={"role": role})
        for person, role, sentence in happening.people.values()]
    claims += [
        Claim("located_in", key, place.key, *sentence, first.rule.id, date=happening.date[0],
              tail_span=_span(place, sentence))
        for place, sentence in happening.places.values()]
    return list(marks.values()), claims


def _span(mention: Mention, sentence: tuple[int, int]) -> tuple[int, int]:
    return (mention.start, mention.end) if sentence[0] <= mention.start < sentence[1] else (0, 0)


def _clause(text: str, place: int) -> int:
    """Where the clause begins that holds a character."""
    return max(text.rfind(stop, 0, place) for stop in "，,。；;") + 1


def _begin(happening: Happening) -> int:
    return happening.glimpses[0].start


def _unnamed(match: Match, text: str) -> str:
    """The sentence without the printed name of the event, whose words (拟建, 计划) say nothing about the fact."""
    first, last = match.raw.span("name") if match.text("name") else (0, 0)
    return text[:first] + BLOT * (last - first) + text[last:]


def _widest(places: list[Mention]) -> tuple[Mention, ...]:
    """Places without those that lie in another of them (仁居镇、黄畲村 -> 仁居镇)."""
    inside = gazetteer().inside
    return tuple(p for p in places if not any(inside(p.key, q.key) for q in places))


def _kind(happening: Happening, home: str) -> str:
    """A journey is a visit where it goes to another place to meet or exchange, else an inspection where it says so."""
    if happening.kind != JOURNEY:
        return happening.kind
    weigh = rules().weigh
    for words in (happening.glimpses[0].words, "".join(g.words for g in happening.glimpses)):
        if weigh["visit"].search(words):
            return "visit"
        if weigh["inspection"].search(words):
            return "inspection"
    at_home = home and any(key == home or gazetteer().inside(key, home) for key in happening.places)
    return "inspection" if at_home else "visit"


def _title(happening: Happening, kind: str) -> str:
    name = happening.name
    if len(name) <= 3:
        who = [m.name for m, _, _ in happening.people.values()]
        where = [_short(m) for m, _ in happening.places.values()]
        titles = rules().titles
        met = len(who) > 1 and any(g.rule.id == "received" for g in happening.glimpses)
        shape = titles["met" if met else kind]
        name = shape.format(who=who[0] if who else "", other=who[-1] if who else "", place="、".join(where[:2]))
    return f"{happening.date[0]} {name}".strip()


def _short(mention: Mention) -> str:
    """A region's last name: 唐县 of 河北省保定市唐县."""
    parts = re.findall("[^省市州盟]+[省市州盟]?", mention.name)
    return parts[-1] if parts else mention.name
