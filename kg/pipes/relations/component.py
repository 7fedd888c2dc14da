"""Component kg_relations: runs the rule tables of kg/lexicon/data/relations over every sentence and writes claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.likely import Likely
from kg.model import Claim, Mention, Value
from kg.pipes.annotations import claims, mentions, sentences, set_claims, text_of
from kg.pipes.dates.component import shared
from kg.pipes.names.pairs import focus, named_pairs
from kg.pipes.quantities.amounts import given
from kg.pipes.relations.bridged import bridged
from kg.pipes.relations.checked import checked
from kg.pipes.relations.days import day_of
from kg.pipes.relations.doers import doers, visitors
from kg.pipes.relations.meant import meant
from kg.pipes.relations.pairings import direction, lies_in
from kg.pipes.relations.partners import Partners
from kg.pipes.relations.places import places, smallest
from kg.pipes.relations.references import encoded, leader_at, leaders, pair_of, stricken_at
from kg.pipes.relations.rules import Finding, Rule, findings, rules
from kg.pipes.relations.shares import in_list, joint, own_sums, paper, receivers, share
from kg.pipes.relations.subjects import agent, chief, district, in_charge, narrowed, opened_by, shown, went_to
from kg.pipes.slots import LETTERS, Encoded, Match, without_asides
from kg.pipes.speech.modality import scopes, status_at

TABLES: Final = ("visited", "paired_with", "supports", "invests_in", "undertakes", "cooperates_with", "located_in",
                 "partners")
_STOPS: Final = frozenset("。；;！!？?")
_BREAKS: Final = _STOPS | frozenset("，,：:、 ")
_COMMAS: Final = frozenset("，,")
_ACTORS: Final = frozenset(LETTERS[c] for c in ("official", "region", "enterprise", "organization"))
_DATED: Final = frozenset({"visited", "supports", "cooperates_with", "invests_in"})
_MUTUAL: Final = frozenset({"cooperates_with"})
_DOERS: Final = frozenset({"doer", "crew"})
_AIDS: Final = frozenset({"paired_with", "supports"})
_BODIES: Final = frozenset({"enterprise", "organization"})
_TITLES: Final = "》《"  # between the titles of a list of articles
_SUBJECTS: Final = _BODIES | {"region"}
_CROWD: Final = 36  # pairs of a list of partners; a longer one are the members of something, not partners of each other
_LESS: Final = 0.85  # how much less sure the second relation is that a rule implies
_GIVERS: Final = frozenset({"enterprise", "organization", "official", "person"})
_NEAR: Final = 300  # characters back in which a gift without a receiver looks for the receiver of the gift before
_FAR: Final = 500  # characters back in which a sentence without an actor looks for the actor of before
_OPENING: Final = 16  # a body or region that begins within so many characters of its sentence is its subject


@Language.factory("kg_relations")
def make_relations(nlp: Language, name: str) -> Relations:
    return Relations()


@cache
def _all_rules() -> Likely[Rule]:
    return Likely((rule, rule.needs, rule.signs) for name in TABLES for rule in rules(name))


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry["pattern"]), entry["kind"]) for entry in table("relations/supports")["kind"])


class Relations:
    """Matches the rules, carries what is understood from earlier sentences, and adds what follows from the places."""

    def __call__(self, doc: Doc) -> Doc:
        found = mentions(doc)
        by_key: dict[str, Mention] = {}
        for m in found:
            by_key.setdefault(m.key, m)
        reader = _Reader(doc, by_key)
        made: list[Claim] = []
        lines = [without_asides(sentence) for sentence in encoded(doc)]
        _all_rules().prepare([line.text for line in lines])
        for line in lines:
            made.extend(reader.read(line))
        made = list(checked(doc, found, [*made, *named_pairs(text_of(doc), found, sentences(doc))]))
        made.extend(places(found, made, claims(doc), sentences(doc)))
        set_claims(doc, smallest(found, bridged(found, [*claims(doc), *_distinct(made)])))
        return doc


class _Reader:
    """Reads the sentences of one document in order and remembers what the next ones may leave out."""

    def __init__(self, doc: Doc, by_key: dict[str, Mention]) -> None:
        self.doc = doc
        self.by_key = by_key
        self.found = mentions(doc)
        self.last: dict[str, tuple[Mention, ...]] = {}
        self.taker: dict[str, tuple[int, tuple[Mention, ...]]] = {}
        self.subject: tuple[Mention, ...] = ()
        self.told: list[Encoded] = []
        self.gave: tuple[int, tuple[Mention, ...]] = (-_NEAR, ())
        self.projects: list[Mention] = []
        self.chief: tuple[Mention, ...] | None = None
        self.pairs = Partners()

    def read(self, sentence: Encoded) -> Iterator[Claim]:
        unsure: list[tuple[int, int, str]] | None = None
        for finding in findings(sentence, _all_rules()):
            unsure = scopes(sentence.text) if unsure is None else unsure
            yield from self._claims(finding, sentence, unsure)
        self.projects.extend(m for s in sentence.slots for m in s.mentions if m.category == "project")
        first = next((s for s in sentence.slots if s.mentions[0].category in _SUBJECTS), None)
        if first is not None and first.position <= _OPENING:
            self.subject = first.mentions
        self.told.append(sentence)

    def _claims(self, finding: Finding, sentence: Encoded, unsure: list[tuple[int, int, str]]) -> Iterator[Claim]:
        rule, match = finding.rule, finding.match
        heads = finding.heads or self._carried(rule, rule.carry, sentence, match.raw.start(), "")
        tails = finding.tails or self._carried(rule, rule.carry_tail, sentence, match.raw.start(),
                                                match.text("short") or match.text("short_"))
        if finding.heads and rule.carry_tail == "taker" and not finding.tails:
            tails = self.pairs.taker(heads)
        if rule.relation == "visited" or rule.carry in _DOERS:
            tails = tuple(m for m in tails if not self._whole(m))
        if rule.among:
            tails = heads
        if rule.named:
            heads = tuple(m for m in heads if re.search(rule.named, m.name))
        if rule.tail_named:
            tails = tuple(m for m in tails if re.search(rule.tail_named, m.name))
        if rule.party:
            leading = {key for _, keys in leaders(self.doc) for key in keys}
            heads = tuple(m for m in heads if m.key in leading)
        if finding.tails and tails:
            self.taker[rule.relation] = sentence.start, tails
        if finding.heads and rule.relation == "supports":
            before = self.gave[1] if self.gave[0] == sentence.start else ()
            self.gave = sentence.start, (*before, *finding.heads)
        if not heads or not tails or 0 < rule.most < len(tails) or (
                rule.relation in _MUTUAL and len(heads) * len(tails) > _CROWD):
            return
        if finding.heads and rule.relation != "visited":
            self.last[rule.relation] = finding.heads
        trigger = match.verb() if match.verb() >= 0 else match.raw.end() - 1
        status = rule.status or status_at(unsure, trigger)
        deed = _deed(match, sentence)
        attrs = self._attrs(finding, sentence, deed, len(heads), len(tails))
        sums = None if "amount" not in attrs else own_sums(deed, len(heads), len(tails))
        place = sentence.offsets[trigger]
        cited = rule.relation == "visited" and _cited(sentence.text, match.raw.start())
        dated = rule.relation in _DATED and not cited
        date, last = day_of(self.doc, rule, place) if dated else ("", "")
        if rule.relation == "visited" and len(tails) > 1:
            date = shared(date, last)   # some days, a stop on each
        for i, head in enumerate(heads):
            for tail in _partners(match, heads, tails, i, rule.among):
                one, other, score, also = head, tail, rule.score, rule.also
                if rule.direction != "text":
                    turn = direction(head.name, tail.name, rule.direction == "listed")
                    if (turn == 0) == (rule.direction in ("known", "listed")) and rule.direction != "background":
                        continue
                    if turn == 0 and rule.direction == "background":
                        turn = _helps(head, tail)
                        if turn == 0:
                            score, also = round(score * 0.75, 3), ""
                    if turn < 0 and rule.relation not in _MUTUAL:
                        one, other = tail, head
                if one.key == other.key or (rule.outsider and _at_home(one, other, rule.local)) or (
                        rule.relation in _AIDS and lies_in(one, other)) or (
                        rule.relation == "paired_with" and lies_in(other, one)):
                    continue
                if rule.relation == "paired_with" and status == "fact":
                    self.pairs.add(one, other, min(m.end - m.start for m in (one, other)) > 1, place)
                own = attrs if sums is None else share(attrs, sums, i if len(heads) > 1 else tails.index(tail))
                claim = Claim(rule.relation, one.key, other.key, sentence.start, sentence.end, rule.id, score, status,
                              date, _span(one, sentence), _span(other, sentence), dict(own), place)
                yield claim
                if also:
                    known = {k: v for k, v in own.items() if k in ("amount", "aid_kind")}
                    yield replace(claim, relation=also, score=round(score * _LESS, 3), attrs=known)

    def _carried(self, rule: Rule, what: str, sentence: Encoded, place: int, text: str) -> tuple[Mention, ...]:
        if what == "leader":
            return tuple(self.by_key[key] for key in leader_at(self.doc, sentence.start) if key in self.by_key)
        if what == "visitor":
            return visitors(sentence, place)
        if what in _DOERS:
            who = doers(sentence, place, rule.heads, crew=what == "crew")
            if who is not None or what == "doer":
                return who or ()
        if what in ("agent", "crew"):
            actors = (who for one in self._before(sentence, _FAR) if (who := opened_by(one)) is not None)
            who = agent(sentence, place, rule.heads, narrowed(sentence, place, next(actors, ())))
            if not who and self.chief is None:
                self.chief = chief(map(without_asides, encoded(self.doc)))
            return who or in_charge(sentence, place, self.chief or (), self.told)
        if what == "last":
            return self.last.get(rule.relation, ())
        if what == "subject":
            slots = [s for s in sentence.slots if s.position < place and s.mentions[0].category in rule.heads
                     and (s.position == 0 or sentence.text[s.position - 1] in _BREAKS)]
            near = [s for s in slots if not _STOPS.intersection(sentence.text[s.position : place])]
            return near[-1].mentions if near else ()
        if what == "focus":
            return tuple(m for m in self.subject if m.category in _BODIES)
        if what in ("giver", "taker"):
            pair = self.pairs.last()
            return () if pair is None else pair[1] if what == "taker" else pair[:1]
        if what == "same":
            own = receivers(sentence, place)
            place, tails = self.taker.get(rule.relation, (-_NEAR, ()))
            if own:
                return own
            return tails if sentence.start - place < _NEAR else self._stricken(sentence)
        if what == "gave":
            others = self.gave[0] != sentence.start and _acts(sentence, place)
            return self.gave[1] if sentence.start - self.gave[0] < _NEAR and not others else ()
        if what == "stricken":
            return self._stricken(sentence)
        if what == "topic":
            return self._topic(sentence, place)
        if what == "shown":
            return shown(self.told[-1:])
        if what == "district":
            return district(sentence, place, reversed(self.told))
        if what == "project":
            key = meant(text, sentence.start, self.projects, text_of(self.doc))
            return (self.by_key[key],) if key else ()
        if what == "short":
            taker = focus(table("relations/paired_with")["shorts"].get(text, ""), self.found)
            return (taker,) if taker else ()
        if what == "other":
            return tuple(self.by_key[key] for key in pair_of(self.doc) if key in self.by_key)
        return ()

    def _whole(self, mention: Mention) -> bool:
        """Whether a region is only meant as a whole (察看全市电网), which is no place to go to."""
        words = table("relations/words")["lists"]["whole"]
        return mention.category == "region" and bool(re.match(words, text_of(self.doc)[mention.start : mention.end]))

    def _stricken(self, sentence: Encoded) -> tuple[Mention, ...]:
        return tuple(self.by_key[key] for key in stricken_at(self.doc, sentence.start) if key in self.by_key)

    def _before(self, sentence: Encoded, far: int) -> Iterator[Encoded]:
        """The sentences before *sentence* that begin less than *far* characters before it, the last first."""
        return takewhile(lambda one: sentence.start - one.start < far, reversed(self.told))

    def _topic(self, sentence: Encoded, place: int) -> tuple[Mention, ...]:
        """The region that help goes to where nobody names it: where somebody went, or a disaster struck."""
        before = (there for one in self._before(sentence, _NEAR) if (there := went_to(one, len(one.text))) is not None)
        known = went_to(sentence, place) or next(before, None)
        return known[1] if known else self._stricken(sentence)

    def _attrs(self, finding: Finding, sentence: Encoded, clause: str, givers: int, takers: int) -> dict[str, Value]:
        rule, match = finding.rule, finding.match
        attrs: dict[str, Value] = dict(rule.attrs)
        start = match.verb() if match.verb() >= 0 else match.raw.start()
        end = start + len(clause)
        if rule.amount and not joint(match, clause, givers, takers):
            inside = [*given(sentence.text[match.raw.start() : start])]
            for amount in (*inside[-1:], *given(clause)):
                attrs["amount"] = amount.value
                break
        if rule.kinds:
            comma = next((i for i in range(match.raw.end(), end) if sentence.text[i] in _BREAKS), end)
            kind = _kind(sentence.text[start:comma]) or _kind(clause)
            kind = "funds" if kind == "staff" and "amount" in attrs else kind  # 派出干部14名,投入资金1亿元
            if kind:
                attrs["aid_kind"] = kind
        since = [str(m.attrs.get("start", "")) or m.name for slot in match.slots("since") for m in slot.mentions]
        if since:
            attrs["since"] = since[0]
        if match.text("agreement"):
            first, last = match.span("agreement")[0], _end(match, "agreement")
            text = paper(text_of(self.doc)[first:last])
            if text:
                attrs["agreement"] = text
        return attrs


def _deed(match: Match, sentence: Encoded) -> str:
    """What is told of a deed, from its verb to the end of the sentence or to where another begins to give."""
    start = match.verb() if match.verb() >= 0 else match.raw.start()
    last = match.raw.end()
    stops = (sentence.text.find(stop, last) for stop in (*_STOPS, _TITLES))
    end = min((stop for stop in stops if stop >= 0), default=len(sentence.text))
    end = next((i for i in range(match.raw.end(), end - 1)
                if sentence.text[i] in _COMMAS and sentence.text[i + 1] in _ACTORS), end)
    return sentence.text[start:end]


def _kind(text: str) -> str:
    """The kind of help that a stretch of text tells, "" where it tells none."""
    return next((kind for pattern, kind in _kinds() if pattern.search(text)), "")


def _cited(text: str, start: int) -> bool:
    """Whether a visit is only named to cite what was said then (考察时的重要讲话精神): it was on another day."""
    return bool(re.match(table("relations/words")["lists"]["cited"], text[start:]))


def _end(match: Match, group: str) -> int:
    """Where the last character of a group stands in the document; an aside in brackets behind it is no part of it."""
    place = match.raw.end(group) - 1
    inside = match.sentence.within(place, place + 1)
    return inside[0].end if inside else match.sentence.offsets[place] + 1


def _partners(match: Match, heads: tuple[Mention, ...], tails: tuple[Mention, ...], i: int,
              among: bool) -> tuple[Mention, ...]:
    """The tails of head number *i*: all of them, the later ones of one list, or with 分别 the one at the same place.

    Those of one party (代表团一行) do together what is told with 分别. Of a list nobody marked the place is not known.
    """
    if among:
        return tails[i + 1 :]
    lists = table("relations/words")["lists"]
    one = len(match.slots("head")) == 1
    several = in_list(match, "head") if one else len(heads) > 1
    if several and match.text("tail") and lists["respectively"] in match.raw[0]:
        if len(tails) == len(heads) and not one:
            return tails[i : i + 1]
        behind = match.raw.end("tail")
        listed = match.sentence.text[behind : behind + 1] in set(lists["joiners"])
        return () if len(tails) > 1 or listed else tails
    return tails


def _at_home(one: Mention, other: Mention, local: bool = False) -> bool:
    """Whether a body bears the name of the region it works in, or of one around it that is no mere province.

    What it does there is its office and no help from outside; nor is what it does for a body of its own region. With
    *local* only the region itself counts: a bureau of the city that sends men to a county helps it.

    >>> team = Mention(0, 8, "organization", "body:涿州市蓝天救援队", "涿州市蓝天救援队", "test")
    >>> town = Mention(9, 12, "region", "region:130681", "河北省保定市涿州市", "test")
    >>> _at_home(team, town), _at_home(team, Mention(9, 11, "region", "region:130627", "河北省保定市唐县", "test"))
    (True, False)
    >>> bureau = Mention(0, 6, "organization", "body:保定市水务局", "保定市水务局", "test")
    >>> _at_home(bureau, town), _at_home(bureau, town, local=True)
    (True, False)
    """
    if one.category == "region":
        return False
    if other.category != "region":
        return one.name[:2] == other.name[:2]
    known = gazetteer()
    wider = () if local else known.ancestors(other.key)
    around = [key for key in (other.key, *wider) if known.level(key) != "province" or _city(key)]
    return any(known.short(key) in one.name for key in around)


@cache
def _city(province: str) -> bool:
    """Whether a province is a city: its bodies are at home in all of its districts."""
    known = gazetteer()
    return all(known.level(key) == "county" for key in known.children(province))


def _helps(one: Mention, other: Mention) -> int:
    """1 where a body is tied to a region, -1 where the region is named first, else 0: it is the body that helps.

    >>> bureau = Mention(0, 4, "organization", "body:县林业局", "县林业局", "test")
    >>> _helps(Mention(5, 8, "region", "region:石桥村", "石桥村", "test"), bureau), _helps(bureau, bureau)
    (-1, 0)
    """
    return (other.category == "region") - (one.category == "region")


def _span(mention: Mention, sentence: Encoded) -> tuple[int, int]:
    inside = sentence.start <= mention.start and mention.end <= sentence.end
    return (mention.start, mention.end) if inside else (0, 0)


def _distinct(made: list[Claim]) -> list[Claim]:
    """One claim per sentence and edge: the surest, which takes over what only the others know."""
    best: dict[tuple[str, str, str, int], Claim] = {}
    for claim in made:
        key = (claim.relation, claim.head, claim.tail, claim.start)
        old = best.get(key)
        if old is None:
            best[key] = claim
            continue
        better = (claim.status == "fact", claim.score) > (old.status == "fact", old.score)
        first, second = (claim, old) if better else (old, claim)
        for name, value in second.attrs.items():
            first.attrs.setdefault(name, value)
        best[key] = first
    return list(best.values())


def _acts(sentence: Encoded, place: int) -> bool:
    """Whether somebody begins a clause of *sentence* before *place*: what is given there is his."""
    return any(slot.position < place and slot.mentions[0].category in _GIVERS
               and (slot.position == 0 or sentence.text[slot.position - 1] in _BREAKS) for slot in sentence.slots)
