"""Component kg_events: visits, meetings, signings, donations, ceremonies that an article reports as having happened."""

from __future__ import annotations

from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon.gazetteer import gazetteer
from kg.model import Claim, Mention
from kg.pipes.annotations import Sentence, add_claims, mentions, sentences, set_mentions, text_of
from kg.pipes.dates.calendar import is_aside
from kg.pipes.dates.component import anchor, date_of, governing
from kg.pipes.events.model import JOURNEY, TELLING, Glimpse, Happening
from kg.pipes.events.places import Whereabouts, apart, small, telling, widest
from kg.pipes.events.rules import (
    BLOT,
    Rule,
    behind,
    clause_begin,
    kind_of,
    kinds_of,
    last_list,
    list_begin,
    matches,
    narration,
    people,
    regions,
    rules,
    silence,
    speaks_on,
    unparted,
)
from kg.pipes.events.telling import emit
from kg.pipes.regions.home import home_region
from kg.pipes.slots import Encoded, Match, encode, without_asides
from kg.pipes.speech.modality import scopes, status_at
from kg.pipes.tagger.vote import RULE

READ = ("dates", "regions", "bodies", "projects", "people", "references")
MEETING, RITES = "meeting", ("signing", "donation", "ceremony")
ROLES = {"visitor": "visitor", "who": "host", "guest": "visitor", "signer": "signer", "speaker": "speaker"}
RECENTLY, DAY = "recently", len("2019-05-21")
LISTED = 2          # so many people who took part make an event of which nothing else is told
AFTER = 20          # characters behind a match that still tell what kind of journey it was
HEADLINE = 3        # sentences in which the date of an event that the headline tells is to be found
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
            marks, claims = emit(f"event:{number}", happening, text_of(doc))
            found.extend(marks)
            new.extend(claims)
        set_mentions(doc, "events", found)
        add_claims(doc, new)
        return doc


class Reading:
    """One pass over an article: sentences in, happenings out."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        gathered, text = rules().weigh["gathered"], text_of(doc)
        people = ("official", "person")  # none takes part in an event whom only the tagger sees
        self.mentions = [m for m in mentions(doc, *READ) if not (m.category in people and m.rule.startswith(RULE))
                         and (m.category in ("region", "date", *people)
                              or not gathered.search(text[m.start : m.end]))]
        self.home = self._home()
        self.where = Whereabouts(doc, self.mentions, self.home)
        self.found: list[Happening] = []
        self.later: list[Glimpse] = []          # what makes an event only where the article tells no other
        self.current: Happening | None = None
        self.latest = self._latest()            # no event lies after it

    def happenings(self) -> list[Happening]:
        lines: list[tuple[Sentence, Encoded]] = []
        inside, text = gazetteer().inside, text_of(self.doc)
        for sentence in sentences(self.doc):
            whole = encode(text, sentence.start, sentence.end, self.mentions, inside)
            line = without_asides(narration(whole, sentence.text))
            same = bool(lines) and "\n" not in text[lines[-1][0].end : sentence.start]
            if same and speaks_on(lines[-1][1].text, line.text):
                line = silence(line)
            lines.append((sentence, line))
        head = "".join(line.text for _, line in lines[:2])
        if rules().weigh["never"].search(head) and not rules().weigh["although"].search(head):
            return []
        for sentence, line in lines:
            for glimpse in self._glimpses(sentence, line):
                self._place(glimpse)
        if not self.found:
            for glimpse in self.later:
                if glimpse.date[0]:
                    self.found = self.found or [Happening(glimpse.kind)]
                    self.found[0].add(glimpse)
        if not self.found:
            self._gathering(lines)
        self._attend(lines)
        return [h for h in self.found if self._real(h)]

    # ---- what a sentence says

    def _glimpses(self, sentence: Sentence, line: Encoded) -> list[Glimpse]:
        found: list[Glimpse] = []
        taken: list[tuple[int, int, str, tuple[int, int]]] = []
        for rule, match in matches(rules().triggers, line):
            first, last = match.raw.span()
            if status_at(scopes(_unnamed(match, line.text)), last - 1) != "fact":
                continue
            if rule.dated and is_aside(line.text[:first]):
                continue
            if rules().weigh["ahead"].search(match.text("name")):
                continue
            if rules().weigh["again"].search(line.text[clause_begin(line.text, first) : last]):
                continue
            kind = kind_of(match.text("name")) or "ceremony" if rule.kind == "rite" else rule.kind
            name = match.raw.span("name") if match.text("name") else (first, first)
            over = [k for a, b, k, _ in taken if a < last and first < b]
            rites = rule.dated or {kind, *over[:1]} <= set(RITES)
            renamed = any(a < name[1] and name[0] < b for *_, (a, b) in taken)
            if over and not rule.onward and (kind in over or rites or renamed):
                continue
            taken.append((first, last, kind, name))
            found.append(self._glimpse(rule, kind, match, sentence, line))
        return sorted(found, key=lambda g: (g.rule.weak, g.start, g.end))

    def _glimpse(self, rule: Rule, kind: str, match: Match, sentence: Sentence, line: Encoded) -> Glimpse:
        start, end = match.span()
        who = [(m, role) for group, role in ROLES.items() for m in people(_list(match, group))]
        places = regions(behind(match, "place"))
        places = [m for m in places if m.surface] or places     # 在唐县,双方召开...
        behind_them = match.raw.end("visitor") if match.text("visitor") else match.raw.start()
        rest = line.within(behind_them, match.raw.end()) if rule.kind == JOURNEY else []
        if not places:
            places = self.where.lodged(match.slots("place"))
        if not places:
            places = regions(m for slot in rest for m in slot.mentions) or self.where.lodged(rest)
        places = apart(places)
        at = rules().weigh["at"].search(line.text)
        around = regions(m for slot in line.within(*at.span("place")) for m in slot.mentions if m.surface) if at else []
        if match.text("home"):
            places = [m for m in self.mentions if m.key == self.home][:1]
        hosts = self._hosts(match, line) if kind in (MEETING, "ceremony") and not (places or around) else []
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
                       kinds_of(name) & set(RITES), bool(hosts), widest(around),
                       len(name) > TELLING and rules().weigh["acts"].search(line.text[: match.raw.end()]) is not None)

    def _hosts(self, match: Match, line: Encoded) -> list[Mention]:
        """The small regions that hold a meeting, named right before the verb (唐县、阜平县联合举办)."""
        first = clause_begin(line.text, match.raw.start())
        held = rules().weigh["seat"].search(line.text, max(first - 1, 0), match.raw.end())
        found = regions(m for slot in line.within(*held.span("place")) for m in slot.mentions) if held else []
        return found if all(map(small, found)) else []

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
        if (glimpse.rule.exact and not glimpse.day) or glimpse.date[0] > self.latest:
            return
        if glimpse.rule.onward and not self._stayed():
            return
        for happening in self.found:
            if happening.fits(glimpse):
                if happening.kind == JOURNEY and any(map(telling, glimpse.places)) and not any(
                        small(place) for place, _ in happening.places.values()):
                    happening.places.clear()
                happening.add(glimpse, self._onward(happening, glimpse))
                return
        if glimpse.rule.weak and not (self._stayed() if glimpse.kind != JOURNEY else not self.found):
            if not self.found:
                self.later.append(glimpse)
            return
        if glimpse.rule.peopled and (self.found or is_aside(glimpse.words)):
            return
        if glimpse.rule.dated and not glimpse.fresh:
            if not any(m.category == "date" and glimpse.sentence[0] <= m.start < glimpse.start for m in self.mentions):
                self.later.append(glimpse)
            return
        fresh = Happening(glimpse.kind)
        fresh.add(glimpse)
        self.found.append(fresh)

    def _onward(self, journey: Happening, glimpse: Glimpse) -> bool:
        """Whether travellers go on to a place that neither holds nor lies in one that they have reached."""
        inside, there = gazetteer().inside, [p.key for p in glimpse.places]
        return glimpse.rule.onward and any(m.key in journey.people for m, _ in glimpse.people) and not any(
            a == b or inside(a, b) or inside(b, a) for a in there for b in journey.places)

    def _stayed(self) -> bool:
        """Whether the article tells of a journey, in whose course talks may be held."""
        return any(h.kind == JOURNEY for h in self.found)

    def _gathering(self, lines: list[tuple[Sentence, Encoded]]) -> None:
        """Where no rule told an event but a sentence lists officials who took part, there was one."""
        for sentence, line in lines:
            for rule, match in matches(rules().presences, line):
                if not rule.founds:
                    continue
                who = people(m for slot in line.within(0, match.raw.start()) for m in slot.mentions)
                kind = kind_of(match.text("what") or match.text("with"))
                if len(who) < (1 if kind else LISTED) or is_aside(line.text):
                    continue
                start, end = match.span()
                lead = "".join(text.text for _, text in lines[:2])
                kind = kind or kind_of(lead) or "ceremony"
                mention, _ = governing(self.doc, start, end, days=True)
                when = date_of(self.doc, start, end, days=True), str(mention.attrs["end"]) if mention else ""
                self.found.append(Happening(kind))
                self.found[0].add(Glimpse(kind, rule, start, end, (sentence.start, sentence.end), date=when))
                return

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
        verbs = sorted(((m.raw.start(), m.raw.end(), r, m) for r, m in matches(rules().presences, line)),
                       key=lambda v: v[:2])
        place = 0
        for first, last, rule, match in verbs:
            if first < place:
                continue
            begin = max(place, list_begin(line.text, first))
            slots = line.within(begin, first)
            who = people(m for slot in (last_list(line.text, slots) if rule.nearest else slots) for m in slot.mentions)
            after = match.text("what") or match.text("with")
            who += [p for p in people(behind(match, "what")) if p.key not in {w.key for w in who}]
            event = self._meant(after, sentence.end)
            for mention in who if event.on(self._day(*match.span())) else ():
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
        kind = self.current.kind
        for rule, match in matches(rules().speakers, line):
            if (rule.kind != kind and (rule.kind or kind == JOURNEY)) or not self.current.on(self._day(*match.span())):
                continue
            for mention in people(behind(match, "speaker") or behind(match, "speaker_")):
                if not rule.officials or mention.category == "official":
                    self.current.join(mention, "speaker", (sentence.start, sentence.end))

    def _day(self, start: int, end: int) -> str:
        """The day that a sentence itself tells for what stands there, "" where it tells none."""
        mention, here = governing(self.doc, start, end, days=True)
        return str(mention.attrs["start"]) if here and mention and mention.attrs["precision"] == "day" else ""

    # ---- what is worth keeping

    def _home(self) -> str:
        return next((key for level in LEVELS if (key := home_region(self.doc, level))), "")

    def _real(self, happening: Happening) -> bool:
        """Fill in what the article leaves to the reader, and drop what cannot be an event of the graph."""
        main = self.found[0]
        if happening is main and not happening.date[0]:
            happening.date = self._soon(happening)
        if happening is main and not happening.date[0] and happening.people:
            start = anchor(self.doc)
            happening.date = (f"{start.year}-{start.month:02d}" if start.month else f"{start.year or ''}", "")
        named = self.where.named_within(happening) if happening.places else None
        if happening.kind == MEETING and any(g.hosted for g in happening.glimpses):
            named = None
        if named is not None and all(gazetteer().inside(named.key, key) for key in happening.places):
            happening.places = {named.key: (named, happening.glimpses[0].sentence)}
        if not happening.places:
            same = main.kind == JOURNEY or (happening.date == main.date and happening.kind != JOURNEY)
            if happening is not main and same and main.places:
                happening.places = dict(main.places)
            else:
                guessed = self.where.guess(happening)
                if guessed is not None:
                    happening.places = {guessed.key: (guessed, happening.glimpses[0].sentence)}
        if happening is not main and not happening.dated and (main.date[1] or not happening.date[0]):
            happening.date = (main.date[0][:7], "")
        seen = happening.date[0] or any(g.fresh for g in happening.glimpses)
        if not happening.people and not (happening.places and seen):
            return False
        gives = bool(happening.places) and happening.kind in (JOURNEY, "donation")
        told = any(g.day and (g.places or g.near or g.acted or (gives and g.name)) and not g.rule.weak
                   for g in happening.glimpses)
        if not happening.people and not told and (
                happening.kind == JOURNEY or all(g.rule.peopled for g in happening.glimpses)):
            return False
        early = happening.glimpses[0].sentence[0] in [s.start for s in sentences(self.doc)[:HEADLINE]]
        sure = early or any(g.fresh for g in happening.glimpses) or (
            len(happening.date[0]) == DAY and (len(happening.name) > TELLING or happening is not main))
        if not happening.people and (not sure or (happening.kind == JOURNEY and not early)):
            return False
        return self._recent(happening.date[0])

    def _soon(self, happening: Happening) -> tuple[str, str]:
        """The date that the sentences behind a headline tell."""
        first = happening.glimpses[0].sentence
        near = [s for s in sentences(self.doc) if s.start >= first[0]][:HEADLINE]
        told = [m for m in self.mentions if m.category == "date" and near and m.start < near[-1].end
                and first[0] <= m.start and m.attrs["mode"] == "point"
                and (m.attrs["precision"] == "day" or m.rule == RECENTLY)]
        return (str(told[0].attrs["start"]), str(told[0].attrs["end"])) if told else ("", "")

    def _recent(self, iso: str) -> bool:
        start = anchor(self.doc)
        if not iso:
            return True
        if not start.year:
            days = [m for m in self.mentions if m.category == "date" and m.attrs["mode"] == "point"]
            return iso[:4] >= max((str(m.attrs["start"])[:4] for m in days), default="")
        if not start.day:
            return True
        oldest = (date(start.year, start.month, start.day) - timedelta(days=rules().limits["past"])).isoformat()
        return oldest[: len(iso)] <= iso <= self.latest

    def _latest(self) -> str:
        start = anchor(self.doc)
        if not start.day:
            return "9999"
        limit = (date(start.year, start.month, start.day) + timedelta(days=rules().limits["ahead"])).isoformat()
        return max([limit, *(str(m.attrs["start"]) for m in self.mentions if m.category == "date"
                             and m.attrs["mode"] == "dateline" and m.attrs["precision"] == "day")])


def _list(match: Match, group: str) -> list[Mention]:
    """The mentions behind a group, with those that stand before it in the same list (书记甲,县长乙分路走访...)."""
    slots = match.slots(group)
    if group in ("visitor", "who", "signer") and slots:
        slots = unparted(match.sentence.text, slots)
        until = [s for s in match.sentence.slots if s.position <= slots[0].position and s.letter == slots[0].letter]
        slots = [*last_list(match.sentence.text, until)[:-1], *slots]
    return [m for slot in slots for m in slot.mentions]


def _begin(happening: Happening) -> int:
    return happening.glimpses[0].start


def _unnamed(match: Match, text: str) -> str:
    """The sentence without the printed name of the event, whose words (拟建, 计划) say nothing about the fact."""
    first, last = match.raw.span("name") if match.text("name") else (0, 0)
    return text[:first] + BLOT * (last - first) + text[last:]
