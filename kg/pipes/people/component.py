"""Component kg_people: named officials and persons, and the posts that they hold."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.scan import WordScan
from kg.model import Claim, Mention
from kg.pipes.annotations import Sentence, add_claims, mentions, meta, sentences, set_mentions, text_of
from kg.pipes.names.known import known, owned
from kg.pipes.people.again import again
from kg.pipes.people.bearers import house
from kg.pipes.people.behind import words as behind_names
from kg.pipes.people.careers import Careers
from kg.pipes.people.excluded import credited
from kg.pipes.people.find import Reader
from kg.pipes.people.headings import led
from kg.pipes.people.inside import opened
from kg.pipes.people.left import current, left
from kg.pipes.people.levels import Carried
from kg.pipes.people.names import ALONE, Name, NameFinder
from kg.pipes.people.person import Found, characters
from kg.pipes.people.posts import Unit
from kg.pipes.people.roles import lesser, people_in_roles
from kg.pipes.people.rows import rows
from kg.pipes.people.tails import Tail, Tails, unnamed
from kg.pipes.people.voted import voted_people
from kg.pipes.regions.home import home_region
from kg.pipes.tagger.vote import RULE

Told = tuple[Sentence, Found, list[Tail]]
YEAR: Final = 8  # characters before a name in which a date may stand
OWN: Final = {"own.official": "official", "own.person": "person"}  # rules of the user's own lexicon
SCORES: Final = {
    "titled": 0.95, "listed": 0.9, "after": 0.9, "told": 0.85, "career": 0.8, "leaders": 0.8, "subject": 0.7,
    "known": 0.9, "role": 0.7,
    **dict.fromkeys(OWN, 1.0),
}


@cache
def _calling() -> re.Pattern[str]:
    return re.compile(table("posts")["words"]["callings"])


def _found_by(person: Found, category: str) -> tuple[str, float]:
    """The rule and score of a mention: those of the tagger or of the user's lexicon where only they named it."""
    if person.rule == "model":
        return RULE + category, person.name.odds
    rule = person.rule if person.rule in OWN else f"people.{person.rule}"
    return rule, SCORES[person.rule]


def _place(found: tuple[Found, list[Tail]]) -> int:
    return found[0].chain.start if found[0].chain is not None else found[0].name.start


@Language.factory("kg_people")
def make_people(nlp: Language, name: str) -> People:
    return People()


class People:
    """Finds persons by their titles, then every other place where their names stand."""

    def __call__(self, doc: Doc) -> Doc:
        _Pass(doc).run()
        return doc


class _Pass:
    """One document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.sentences = sentences(doc)
        self.text = text_of(doc)
        self.regions = mentions(doc, "regions")
        marked = [m for m in mentions(doc, "bodies") if m.category in ("organization", "enterprise")]
        self.blocks = [*marked, *mentions(doc, "projects")]
        self.opened = opened(self.text, marked, self.regions)
        self.bodies = [*self.opened.bodies, *again(self.text, self.opened.bodies, self.regions, self.opened.cut)]
        self.tails = Tails(doc, self.regions, self.bodies)
        self.tails.made.found |= {(m.start, m.end): m for m in self.opened.made}
        finder = NameFinder(self.text, self.regions, self.blocks)
        self.reader = Reader(self.text, self.regions, self.bodies, finder, self._minority())
        self.reporters = set(meta(doc).get("reporters", []))
        self.finder = finder

    def _minority(self) -> bool:
        """Whether the article is about provinces where names without a Chinese surname are usual."""
        codes = set(table("names")["minority"]["provinces"])
        home = home_region(self.doc, "province")
        keys = [m.key for m in self.regions] + [home]
        return any(key.removeprefix("region:")[:2] in codes for key in keys)

    def run(self) -> None:
        found: list[tuple[Sentence, Found, list[Tail]]] = []
        for sentence in self.sentences:
            read = self._own(sentence, self.reader.read(sentence))
            if not read:
                continue
            carried = Carried()
            last: list[Tail] = []
            over: set[tuple[str, str]] = set()
            for person in read:
                if person.chain is not None and person.rule != "listed":
                    last = self._tails(person, carried)
                    if person.rule == "told":  # 任命了前青石公司主管|甲某为副总裁: of another company
                        last = [t for t in last if (person.name.text, t.key) not in over or person.former]
                    over |= {(person.name.text, t.key) for t in last if t.former}
                self.tails.hosts.named.add(person.name.end)
                if self._kept(person, last if person.chain else []):
                    found.append((sentence, person, last if person.chain else []))
        careers = self._careers(found)
        found = [*self._passed(found, careers), *careers]
        people = self._merge(found)
        self._model(found, people)
        self._roles(found, people)
        self._beside(found, people)
        self._emit(found, people)

    def _model(self, found: list[tuple[Sentence, Found, list[Tail]]], people: dict[str, str]) -> None:
        """The persons whom only the tagger sees, with the titles right before them."""
        settled = frozenset(people) | self.reporters
        starts = {f.name.start for _, f, _ in found}
        for sentence, name, category in list(voted_people(self.doc, self.sentences, self.finder, settled)):
            if credited(self.text, sentence.start, name.start) or name.start in starts:
                continue
            person = Found(name, "titled", self.reader.shown(sentence, name))
            carried = Carried()
            for _, tails in sorted(((f, t) for s, f, t in found if s.start == sentence.start), key=_place):
                self.tails.carry(tails, carried)
            tails = [t for t in self._tails(person, carried) if t.key]
            found.append((sentence, person if tails else Found(name, "model"), tails))
            held = "official" if any(t.category == "official" for t in tails) else category
            people[name.text] = held if people.get(name.text) != "official" else "official"

    def _roles(self, found: list[tuple[Sentence, Found, list[Tail]]], people: dict[str, str]) -> None:
        """The persons whom only a frame around their names shows."""
        taken = characters(f for _, f, _ in found)
        for sentence, name, title in people_in_roles(self.text, self.sentences, self.finder):
            house = self._house(sentence, name, title)
            if name.text not in self.reporters and (house or not taken & {*range(name.start, name.end)}):
                found.append((sentence, Found(name, "role"), house))
                people.setdefault(name.text, "person")

    def _house(self, sentence: Sentence, name: Name, title: str) -> list[Tail]:
        """The post of a frame in the company that its sentence names last: 青石公司成立于3月，法定代表人为|甲某."""
        ends = tuple(table("roles")["list"]["houses"])
        firms = [m for m in self.bodies
                 if sentence.start <= m.start and m.end <= name.start and self.text.endswith(ends, m.start, m.end)]
        place = self.text.rfind(title, sentence.start, name.start)
        if not title or not firms or place < firms[-1].end or lesser(self.text, firms[-1].end):
            return []
        return [Tail(firms[-1].key, title, "", "person", False, (place, place + len(title)))]

    def _beside(self, found: list[tuple[Sentence, Found, list[Tail]]], people: dict[str, str]) -> None:
        """Names in a list with two that are known."""
        known = {name: kind for name, kind in people.items() if name not in behind_names().free}
        taken = {f.name.start for _, f, _ in found}
        for sentence, name, kind in list(rows(self.text, self.sentences, self.finder, known, taken)):
            if name.text not in self.reporters:
                found.append((sentence, Found(name, "subject"), []))
                people.setdefault(name.text, kind)

    def _careers(self, found: list[tuple[Sentence, Found, list[Tail]]]) -> list[tuple[Sentence, Found, list[Tail]]]:
        """Posts told after the person was named; of those with dates all but the last are over."""
        people = sorted({f.name.text for _, f, _ in found} - {*behind_names().free})
        careers = Careers(self.text, people, self.finder)
        more: list[tuple[Sentence, Found, list[Tail]]] = []
        for sentence in self.sentences:
            chains = self.reader.chains(sentence)
            here = [(f, tails) for s, f, tails in found if s.start == sentence.start]
            told = list(careers.read(sentence, chains, [f for f, _ in here]))
            if not told:
                continue
            carried = Carried()
            for person, tails in sorted([*here, *((f, []) for f in told)], key=_place):
                if person.rule != "career":
                    self.tails.carry(tails, carried)
                elif person.name.text not in self.reporters and person.chain is not None:
                    if (seat := careers.seat(sentence, person.chain, self.bodies)) is not None:
                        carried.bodies.append(seat)
                    if kept := [t for t in self._tails(person, carried) if t.key]:
                        more.append((sentence, person, kept))
        last = {person.name.text: n for n, (_, person, _) in enumerate(more)}
        held = {f.name.text for _, f, tails in found if f.chain and not f.former and current(self.text, f.chain.start)}
        over = [person.dated and (last[person.name.text] > n or person.name.text in held)
                for n, (_, person, _) in enumerate(more)]
        still = {(person.name.text, t.key) for (_, person, tails), past in zip(more, over, strict=True)
                 for t in tails if not past and not t.former and person.chain
                 and current(self.text, person.chain.units[0].front)}
        return [
            (sentence, person, [replace(t, former=t.former or (past and (person.name.text, t.key) not in still))
                                for t in tails])
            for (sentence, person, tails), past in zip(more, over, strict=True)
        ]

    def _passed(self, found: list[Told], careers: list[Told]) -> list[Told]:
        """*found*; a post told with its year is over where the sentence goes on: 2010年,甲某任县长,2013年任…."""
        later = {(s.start, f.name.text) for s, f, _ in careers if f.dated}
        return [
            (s, f, [replace(t, former=True) for t in tails])
            if f.rule == "told" and (s.start, f.name.text) in later and self._dated(s, f) else (s, f, tails)
            for s, f, tails in found
        ]

    def _dated(self, sentence: Sentence, person: Found) -> bool:
        """Whether a date stands right before a name that stands before its title."""
        start = person.name.start
        told = person.chain is not None and start < person.chain.start
        return told and any(c.isdecimal() for c in self.text[max(sentence.start, start - YEAR) : start])

    def _tails(self, person: Found, carried: Carried) -> list[Tail]:
        tails = self.tails.resolve(person.chain, carried) if person.chain is not None else []
        if person.rule == "after" and person.chain is not None and not self._before(person.chain.units[-1]):
            tails = [replace(tail, key="") for tail in tails]  # 甲某老师
        elif person.rule == "after" and person.chain is not None and len(tails) == 1 and not tails[0].key:
            key = house(self.text, self.bodies, person.chain.units[-1], person.name.start)
            tails = [replace(tails[0], key=key)]
        over = person.former or (person.rule in ("titled", "listed") and left(self.text, person.name.end))
        return [replace(tail, former=True) for tail in tails] if over else tails

    @staticmethod
    def _before(unit: Unit) -> bool:
        """Whether a title behind a name is an office, or stands with its body before the name."""
        return not unit.weak or unit.mention is not None

    def _own(self, sentence: Sentence, read: list[Found]) -> list[Found]:
        """*read* and the persons that the user's own lexicon names, where nothing was read at their places."""
        own: list[Found] = []
        if sought := owned(*OWN.values()):
            taken = characters(read)
            named = (m for c in sought for m in known(self.text, c, sentence.start, sentence.end))
            own = [Found(Name(m.start, m.end, m.name, 0.0), m.rule)
                   for m in named if not taken & {*range(m.start, m.end)}]
        return sorted([*read, *own], key=lambda f: f.name.start)

    def _kept(self, person: Found, tails: list[Tail]) -> bool:
        """Weak ranks (队员, 教授), and all that a reporter seems to have, name somebody only with a body or region."""
        if any(t.key for t in tails):
            return True
        if person.rule in OWN:
            return True
        if person.name.text in self.reporters:
            return False
        return person.chain is None or any(self._shows(person, u) for u in person.chain.units)

    def _shows(self, person: Found, unit: Unit) -> bool:
        """Whether a title shows somebody without a body: an office, or a public calling with a sure name.

        A sign or a verb of speech behind it makes a likely name a sure one.
        """
        odds = self.finder.model.score(person.name.text)
        odds += max(0.0, self.finder.model.boundary(self.text, person.name.end)) / 2
        return not unit.weak or (unit.alone and odds >= ALONE)

    def _merge(self, found: list[tuple[Sentence, Found, list[Tail]]]) -> dict[str, str]:
        """Name to category; an office outranks a trade, a titled mention one without, a company's post a career."""
        kinds: dict[str, list[str]] = defaultdict(list)
        titled: dict[str, list[str]] = defaultdict(list)
        for _, person, tails in found:
            shown = person.chain.units if person.chain is not None else ()
            bare = "person" if shown and all(u.category == "person" and u.silent for u in shown) else "none"
            kinds[person.name.text] += [t.category for t in tails] or [OWN.get(person.rule, bare)]
            titled[person.name.text] += [t.category for t in tails if person.rule != "career"]
        merged = {}
        for name in sorted(kinds):
            said = titled[name] if "firm" in titled[name] else kinds[name]
            firm = "firm" in said or ("person" in said and "either" not in said) or "mixed" in said
            merged[name] = "official" if "official" in said or not firm else "person"
        return merged

    def _emit(self, found: list[tuple[Sentence, Found, list[Tail]]], people: dict[str, str]) -> None:
        out: dict[tuple[int, int, str], Mention] = {}
        claims: list[Claim] = []
        shown = {f.name.text for _, f, tails in found if f.rule != "after" and any(t.key for t in tails)}
        for sentence, person, tails in found:
            name = person.name
            if person.rule == "after" and name.text in shown and person.chain is not None:
                tails = [t for t in tails if person.chain.units[0].mention is not None]
            category = people[name.text]
            key = f"person:{name.text}"
            out[name.start, name.end, key] = Mention(
                name.start, name.end, category, key, name.text, *_found_by(person, category))
            for tail in tails if name.text not in behind_names().free else (t for t in tails if t.former and t.body):
                claims += self._claim(sentence, person, unnamed(tail, people), out)
            claims += self._leader(sentence, person, out)
        for mention in self._known(people, {i for s, e, _ in out for i in range(s, e)}):
            out[mention.start, mention.end, mention.key] = mention
        posts = {(c.head, c.tail) for c in claims if c.rule != "people.leaders"}
        claims = [c for c in claims if c.rule != "people.leaders" or (c.head, c.tail) not in posts]
        held = {c.tail for c in claims}
        fronts = {c.tail_span[0] for c in claims}
        self.tails.made.moved |= {span for span in self.opened.cut if span[0] in fronts}
        for branch in (b for b in self.tails.made.found.values() if b.key in held):
            out.setdefault((branch.start, branch.end, branch.key), branch)
        self._free_names(list(out.values()))
        set_mentions(self.doc, "people", out.values())
        add_claims(self.doc, claims)

    def _claim(self, sentence: Sentence, person: Found, tail: Tail,
               out: dict[tuple[int, int, str], Mention]) -> list[Claim]:
        if not tail.key or (tail.key.startswith("region:") and _calling().search(tail.title)):
            return []
        if tail.deictic is not None:
            start, end = tail.deictic
            out.setdefault((start, end, tail.key), self._region(start, end, tail.key))
        attrs: dict[str, str | int | float | bool] = {"title": tail.title}
        if tail.body:
            attrs["body"] = tail.body
        if tail.former:
            attrs["former"] = True
        score = SCORES[person.rule] * (0.9 if tail.deictic else 1.0)
        return [Claim("holds_post", f"person:{person.name.text}", tail.key, sentence.start, sentence.end,
                      _found_by(person, "")[0], score, head_span=(person.name.start, person.name.end),
                      tail_span=tail.span, attrs=attrs)]

    def _leader(self, sentence: Sentence, person: Found, out: dict[tuple[int, int, str], Mention]) -> list[Claim]:
        """省领导甲某: an official of the region, where the heading names one only."""
        if person.rule != "leaders":
            return []
        heading = led(self.text, self.tails, *person.heading)
        if heading is None:
            return []
        start, end = heading.deictic
        if end:
            out.setdefault((start, end, heading.key), self._region(start, end, heading.key))
        return [Claim("holds_post", f"person:{person.name.text}", heading.key, sentence.start, sentence.end,
                      "people.leaders", 0.6, head_span=(person.name.start, person.name.end), tail_span=person.heading,
                      attrs={"title": heading.title})]

    def _region(self, start: int, end: int, key: str) -> Mention:
        """A region that words of level stand for (区委), with the attributes that its own mentions carry."""
        places = gazetteer()
        attrs = next((dict(m.attrs) for m in self.regions if m.key == key and m.attrs), {})
        if not attrs:
            attrs = {"level": places.level(key), "path": places.name(key)}
            if places.adcode(key):
                attrs["adcode"] = places.adcode(key)
            point = places.point(key)
            if point is not None:
                attrs |= {"latitude": point[0], "longitude": point[1]}
        return Mention(start, end, "region", key, places.name(key), "people.deictic", 0.8, False, attrs)

    def _known(self, people: dict[str, str], taken: set[int]) -> list[Mention]:
        """Every other place where a known name stands."""
        if not people:
            return []
        scan = WordScan(people, alone=True)
        covered = {i for m in self.blocks for i in range(m.start, m.end)}
        surnames = self.finder.model.surnames
        found = []
        for sentence in self.sentences:
            for start, end in scan.words(self.text, sentence.start, sentence.end):
                place = range(start, end)
                if taken.intersection(place) or covered.intersection(place):
                    continue
                name = self.text[start:end]
                if len(name) == 2 and name[0] not in surnames:
                    continue
                found.append(Mention(start, end, people[name], f"person:{name}", name, "people.known",
                                     SCORES["known"]))
        return found

    def _free_names(self, persons: list[Mention]) -> None:
        """A region or body that was read inside a name is none (张海宁 holds no 海宁), and none that a post moved."""
        spans = [(m.start, m.end) for m in persons if m.key.startswith("person:")]
        for group in ("regions", "bodies"):
            held = mentions(self.doc, group)
            kept = [m for m in held if (m.start, m.end) not in self.tails.made.moved
                    and not any(a <= m.start and m.end <= b for a, b in spans)]
            if len(kept) < len(held):
                set_mentions(self.doc, group, kept)
