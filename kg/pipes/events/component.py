"""Component kg_events: visits, meetings, signings, donations, ceremonies that an article reports as having happened."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon.gazetteer import gazetteer
from kg.model import Claim, Mention
from kg.pipes.annotations import Sentence, add_claims, mentions, sentences, set_mentions, text_of
from kg.pipes.dates.calendar import is_aside
from kg.pipes.dates.component import date_of, governing
from kg.pipes.events.attendance import Attendance
from kg.pipes.events.glimpses import RITES, Glimpses
from kg.pipes.events.model import JOURNEY, TELLING, Glimpse, Happening
from kg.pipes.events.places import VISITOR, Whereabouts, small, telling
from kg.pipes.events.rules import kind_of, matches, narration, people, rules, silence, speaks_on
from kg.pipes.events.telling import HOST, SPEAKER, emit
from kg.pipes.events.worth import Worth
from kg.pipes.regions.home import home_region
from kg.pipes.slots import Encoded, encode_all, without_asides
from kg.pipes.speech.modality import scopes, status_at

READ = ("dates", "regions", "bodies", "projects", "people", "references")
LISTED = 2          # so many people who took part make an event of which nothing else is told
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
        self.mentions = [m for m in mentions(doc, *READ) if m.category in ("region", "date", "official", "person")
                         or not gathered.search(text[m.start : m.end])]
        where = Whereabouts(doc, self.mentions, next((key for level in LEVELS if (key := home_region(doc, level))), ""))
        self.glimpses = Glimpses(doc, self.mentions, where)
        self.worth = Worth(doc, self.mentions, where)
        self.found: list[Happening] = []
        self.later: list[Glimpse] = []          # what makes an event only where the article tells no other

    def happenings(self) -> list[Happening]:
        lines: list[tuple[Sentence, Encoded]] = []
        told, text = sentences(self.doc), text_of(self.doc)
        for sentence, whole in zip(told, encode_all(text, told, self.mentions, gazetteer().inside), strict=True):
            line = without_asides(narration(whole, sentence.text))
            same = bool(lines) and "\n" not in text[lines[-1][0].end : sentence.start]
            if same and speaks_on(lines[-1][1].text, line.text):
                line = silence(line)
            lines.append((sentence, line))
        head = "".join(line.text for _, line in lines[:2])
        if rules().weigh["never"].search(head) and not rules().weigh["although"].search(head):
            return []
        rules().every.prepare([line.text for _, line in lines])
        for glimpse in (g for sentence, line in lines for g in self.glimpses.of(sentence, line)):
            self._place(glimpse)
        if not self.found:
            for glimpse in self.later:
                if glimpse.date[0]:
                    self.found = self.found or [Happening(glimpse.kind)]
                    self.found[0].add(glimpse)
        if not self.found:
            self._gathering(lines)
        for happening in self.found:
            happening.narrow()
        if not self.found:
            return []
        self._rites(lines)
        attendance = Attendance(self.doc, self.found)
        attendance.read(lines)
        self._absorb()
        self._companions()
        kept = [h for h in self.found if self.worth.real(h, self.found[0])]
        for happening, speaker, where in attendance.stated:
            happening.join(speaker, SPEAKER, where)
        for happening in kept:
            happening.away = happening.kind == JOURNEY and self._strangers(happening)
        return kept

    # ---- which event it belongs to

    def _place(self, glimpse: Glimpse) -> None:
        if (glimpse.rule.exact and not glimpse.day) or glimpse.date[0] > self.worth.latest:
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

    def _absorb(self) -> None:
        """Make the talks that somebody has where he calls (慰问, 检查) part of the call."""
        calls = [h for h in self.found if h.kind == JOURNEY and rules().weigh["home"].search(_words(h))
                 and not rules().weigh["guests"].search(_words(h))]
        for talks in [h for h in self.found if h.kind != JOURNEY and len(h.name) <= TELLING
                      and all(g.rule.course for g in h.glimpses)]:
            call = next((h for h in calls if h.on(talks.date[0]) or talks.on(h.date[0])), None)
            if call is not None:
                for mention, role, sentence in talks.people.values():
                    call.join(mention, HOST if role == VISITOR else role, sentence)
                self.found.remove(talks)

    def _rites(self, lines: list[tuple[Sentence, Encoded]]) -> None:
        """Where people took part in a rite (参加捐赠仪式), what was told of it without a day is an event."""
        for glimpse in self.later:
            if glimpse.kind not in RITES or not glimpse.date[0] or any(h.kind == glimpse.kind for h in self.found):
                continue
            behind = [line for sentence, line in lines if sentence.end > glimpse.start
                      and people(m for slot in line.slots for m in slot.mentions)]
            if any(kind_of(match.text("what")) == glimpse.kind
                   for line in behind for rule, match in matches("presence", line) if rule.founds):
                self.found.append(Happening(glimpse.kind))
                self.found[-1].add(glimpse)

    def _strangers(self, journey: Happening) -> bool:
        """Whether those who travelled hold their posts neither where they went nor above or below it."""
        inside, posts = gazetteer().inside, [
            m.key for key, (_, role, _) in journey.people.items() if role == VISITOR
            for m in self.worth.where.posts.get(key, ())]
        return bool(posts and journey.places) and not any(
            a == b or inside(a, b) or inside(b, a) for a in posts for b in journey.places)

    def _companions(self) -> None:
        """Those who hold their posts where the visitors do are no hosts: 松江区领导 on a tour of 普陀区."""
        posts = self.worth.where.posts
        for happening in self.found:
            home = {m.key for key, (_, role, _) in happening.people.items() if role == VISITOR
                    for m in posts.get(key, ())} - set(happening.places)
            for key, (mention, role, sentence) in happening.people.items():
                if happening.places and role == HOST and any(m.key in home for m in posts.get(key, ())):
                    happening.people[key] = (mention, "", sentence)

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
            for rule, match in matches("presence", line):
                if not rule.founds:
                    continue
                slots = [*line.within(0, match.raw.start()), *match.slots("names")]
                who = people(m for slot in slots for m in slot.mentions)
                kind = kind_of(match.text("what") or match.text("with"))
                planned = status_at(scopes(line.text), match.raw.start()) != "fact"
                past = rules().weigh["once"].search(line.text) or rules().weigh["coming"].search(
                    line.text, 0, match.raw.start())
                if planned or past or len(who) < (1 if kind else LISTED) or is_aside(line.text):
                    continue
                start, end = match.span()
                lead = "".join(text.text for _, text in lines[:2])
                kind = kind or kind_of(lead) or "ceremony"
                mention, _ = governing(self.doc, start, end, days=True)
                when = date_of(self.doc, start, end, days=True), str(mention.attrs["end"]) if mention else ""
                self.found.append(Happening(kind))
                self.found[0].add(Glimpse(kind, rule, start, end, (sentence.start, sentence.end), date=when))
                return


def _words(happening: Happening) -> str:
    return "".join(glimpse.words for glimpse in happening.glimpses)
