"""Component kg_relations: runs the rule tables of kg/lexicon/data/relations over every sentence and writes claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.likely import Likely
from kg.model import Claim, Mention
from kg.pipes.annotations import claims, mentions, sentences, set_claims, text_of
from kg.pipes.dates.component import shared
from kg.pipes.names.pairs import named_pairs
from kg.pipes.relations.antecedents import ANTECEDENTS, Gap
from kg.pipes.relations.attributes import attributes, deed
from kg.pipes.relations.bridged import bridged
from kg.pipes.relations.checked import checked
from kg.pipes.relations.days import day_of
from kg.pipes.relations.discourse import Discourse, Mentions
from kg.pipes.relations.orientation import MUTUAL, oriented, related
from kg.pipes.relations.places import places, smallest
from kg.pipes.relations.references import encoded, leaders
from kg.pipes.relations.rules import Finding, Rule, findings, rules
from kg.pipes.relations.shares import in_list, own_sums, share
from kg.pipes.slots import Encoded, Match, without_asides
from kg.pipes.speech.modality import scopes, status_at

TABLES: Final = ("visited", "paired_with", "supports", "invests_in", "undertakes", "cooperates_with", "located_in",
                 "partners")
_DATED: Final = frozenset({"visited", "supports", "cooperates_with", "invests_in"})
_DOERS: Final = frozenset({"doer", "crew"})
_CROWD: Final = 36  # pairs of a list of partners; a longer one are the members of something, not partners of each other
_LESS: Final = 0.85  # how much less sure the second relation is that a rule implies


@Language.factory("kg_relations")
def make_relations(nlp: Language, name: str) -> Relations:
    return Relations()


@cache
def _all_rules() -> Likely[Rule]:
    return Likely((rule, rule.needs, rule.signs) for name in TABLES for rule in rules(name))


class Relations:
    """Matches the rules, carries what is understood from earlier sentences, and adds what follows from the places."""

    def __call__(self, doc: Doc) -> Doc:
        found = mentions(doc)
        lines = [without_asides(sentence) for sentence in encoded(doc)]
        _all_rules().prepare([line.text for line in lines])
        reader = _Reader(doc, found, lines)
        made = [claim for line in lines for claim in reader.read(line)]
        made = list(checked(doc, found, [*made, *named_pairs(text_of(doc), found, sentences(doc))]))
        made.extend(places(found, made, claims(doc), sentences(doc)))
        set_claims(doc, smallest(found, bridged(found, [*claims(doc), *_distinct(made)])))
        return doc


class _Reader:
    """Reads the sentences of one document in order and remembers what the next ones may leave out."""

    def __init__(self, doc: Doc, found: list[Mention], lines: Sequence[Encoded]) -> None:
        self.doc = doc
        self.told = Discourse(doc, found, lines)

    def read(self, sentence: Encoded) -> Iterator[Claim]:
        unsure: list[tuple[int, int, str]] | None = None
        for finding in findings(sentence, _all_rules()):
            unsure = scopes(sentence.text) if unsure is None else unsure
            yield from self._claims(finding, sentence, unsure)
        self.told.end(sentence)

    def _claims(self, finding: Finding, sentence: Encoded, unsure: list[tuple[int, int, str]]) -> Iterator[Claim]:
        rule, match = finding.rule, finding.match
        heads, tails = self._allowed(rule, *self._ends(finding, sentence))
        if finding.tails and tails:
            self.told.received(rule.relation, sentence, tails)
        if finding.heads and rule.relation == "supports":
            self.told.gave(sentence, finding.heads)
        if not heads or not tails or 0 < rule.most < len(tails) or (
                rule.relation in MUTUAL and len(heads) * len(tails) > _CROWD):
            return
        if finding.heads and rule.relation != "visited":
            self.told.acted(rule.relation, finding.heads)
        trigger = match.verb() if match.verb() >= 0 else match.raw.end() - 1
        status, place = rule.status or status_at(unsure, trigger), sentence.offsets[trigger]
        date = self._date(rule, match, place, len(tails))
        clause = deed(match)
        attrs = attributes(finding, clause, len(heads), len(tails), text_of(self.doc))
        sums = None if "amount" not in attrs else own_sums(clause, len(heads), len(tails))
        for i, head in enumerate(heads):
            for tail in _partners(match, heads, tails, i, rule.among):
                turned = oriented(rule, head, tail)
                if turned is None or not related(rule, *turned[:2]):
                    continue
                one, other, score, also = turned
                if rule.relation == "paired_with" and status == "fact":
                    self.told.pairs.add(one, other, min(m.end - m.start for m in (one, other)) > 1, place)
                own = attrs if sums is None else share(attrs, sums, i if len(heads) > 1 else tails.index(tail))
                claim = Claim(rule.relation, one.key, other.key, sentence.start, sentence.end, rule.id, score, status,
                              date, _span(one, sentence), _span(other, sentence), dict(own), place)
                yield claim
                if also:
                    known = {k: v for k, v in own.items() if k in ("amount", "aid_kind")}
                    yield replace(claim, relation=also, score=round(score * _LESS, 3), attrs=known)

    def _ends(self, finding: Finding, sentence: Encoded) -> tuple[Mentions, Mentions]:
        """The heads and tails of a finding; what its match leaves out is what the rule says that it means."""
        rule, match = finding.rule, finding.match
        heads, tails, start = finding.heads, finding.tails, match.raw.start()
        if not heads and rule.carry:
            heads = ANTECEDENTS[rule.carry](Gap(rule.relation, rule.heads, sentence, start, tails), self.told)
        if rule.among:
            return heads, heads
        if not tails and rule.carry_tail:
            words = match.text("short") or match.text("short_")
            gap = Gap(rule.relation, rule.tails, sentence, start, finding.heads, words)
            tails = ANTECEDENTS[rule.carry_tail](gap, self.told)
        return heads, tails

    def _allowed(self, rule: Rule, heads: Mentions, tails: Mentions) -> tuple[Mentions, Mentions]:
        """Those of two ends whose names and parts in the article are such as the rule asks for."""
        if not rule.among and (rule.relation == "visited" or rule.carry in _DOERS):
            tails = tuple(m for m in tails if not self._whole(m))
        if rule.named:
            heads = tuple(m for m in heads if re.search(rule.named, m.name))
        if rule.tail_named:
            tails = tuple(m for m in tails if re.search(rule.tail_named, m.name))
        if rule.party:
            leading = {key for _, keys in leaders(self.doc) for key in keys}
            heads = tuple(m for m in heads if m.key in leading)
        return heads, tails

    def _date(self, rule: Rule, match: Match, place: int, tails: int) -> str:
        """The day of what a rule found at *place* of the document, "" where it has none."""
        visit = rule.relation == "visited"
        if rule.relation not in _DATED or (visit and _cited(match.sentence.text, match.raw.start())):
            date, last = "", ""
        else:
            date, last = day_of(self.doc, rule, place)
        return shared(date, last) if visit and tails > 1 else date  # some days, a stop on each

    def _whole(self, mention: Mention) -> bool:
        """Whether a region is only meant as a whole (察看全市电网), which is no place to go to."""
        words = table("relations/words")["lists"]["whole"]
        return mention.category == "region" and bool(re.match(words, text_of(self.doc)[mention.start : mention.end]))


def _cited(text: str, start: int) -> bool:
    """Whether a visit is only named to cite what was said then (考察时的重要讲话精神): it was on another day."""
    return bool(re.match(table("relations/words")["lists"]["cited"], text[start:]))


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
