"""Component kg_relations: runs the rule tables of kg/lexicon/data/relations over every sentence and writes claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.model import Claim, Mention, Value
from kg.pipes.amounts import amounts
from kg.pipes.annotations import add_claims, mentions
from kg.pipes.modality import scopes, status_at
from kg.pipes.pairings import direction
from kg.pipes.places import places
from kg.pipes.references import encoded, leader_at
from kg.pipes.rules import Finding, Rule, findings, rules
from kg.pipes.slots import Encoded

TABLES: Final = ("visited", "paired_with", "supports", "invests_in", "undertakes", "cooperates_with", "located_in")
_STOPS: Final = frozenset("。；;！!？?")


@Language.factory("kg_relations")
def make_relations(nlp: Language, name: str) -> Relations:
    return Relations()


@cache
def _all_rules() -> tuple[Rule, ...]:
    return tuple(rule for name in TABLES for rule in rules(name))


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
        for sentence in encoded(doc):
            made.extend(reader.read(sentence))
        made.extend(places(found, made))
        add_claims(doc, _distinct(made))
        return doc


class _Reader:
    """Reads the sentences of one document in order and remembers what the next ones may leave out."""

    def __init__(self, doc: Doc, by_key: dict[str, Mention]) -> None:
        self.doc = doc
        self.by_key = by_key
        self.last: dict[str, tuple[Mention, ...]] = {}
        self.date = ""

    def read(self, sentence: Encoded) -> Iterator[Claim]:
        unsure = scopes(sentence.text)
        for slot in sentence.slots:
            for m in slot.mentions:
                if m.category == "date":
                    self.date = str(m.attrs.get("start", m.attrs.get("date", ""))) or self.date
        for finding in findings(sentence, _all_rules()):
            yield from self._claims(finding, sentence, unsure)

    def _claims(self, finding: Finding, sentence: Encoded, unsure: list[tuple[int, int, str]]) -> Iterator[Claim]:
        rule, match = finding.rule, finding.match
        heads = finding.heads or self._carried(rule, rule.carry, sentence, match.raw.start())
        tails = finding.tails or self._carried(rule, rule.carry_tail, sentence, match.raw.start())
        if not heads or not tails:
            return
        if finding.heads and rule.relation != "visited":
            self.last[rule.relation] = finding.heads
        trigger = match.raw.start("verb") if "verb" in match.raw.re.groupindex else match.raw.end() - 1
        status = rule.status or status_at(unsure, trigger)
        attrs = self._attrs(finding, sentence)
        date = self._date(match.slots("date"), sentence) if rule.relation in ("visited", "supports") else ""
        explicit = {m.key for m in heads} | {m.key for m in tails}
        if len(explicit) < 2:
            return
        for head in heads:
            for tail in tails:
                one, other, score = head, tail, rule.score
                if rule.direction == "background":
                    turn = direction(head.name, tail.name)
                    if turn < 0:
                        one, other = tail, head
                    elif turn == 0:
                        score = round(score * 0.75, 3)
                if one.key != other.key:
                    yield Claim(rule.relation, one.key, other.key, sentence.start, sentence.end, rule.id, score, status,
                                date, _span(one, sentence), _span(other, sentence), dict(attrs))

    def _carried(self, rule: Rule, what: str, sentence: Encoded, place: int) -> tuple[Mention, ...]:
        if what == "leader":
            return tuple(self.by_key[key] for key in leader_at(self.doc, sentence.start) if key in self.by_key)
        if what == "last":
            return self.last.get(rule.relation, ())
        return ()

    def _date(self, slots: list[Any], sentence: Encoded) -> str:
        here = [m for slot in sentence.slots for m in slot.mentions if m.category == "date"]
        for m in here:
            value = str(m.attrs.get("start", m.attrs.get("date", "")))
            if value:
                return value
        return self.date

    def _attrs(self, finding: Finding, sentence: Encoded) -> dict[str, Value]:
        rule, match = finding.rule, finding.match
        attrs: dict[str, Value] = dict(rule.attrs)
        start = match.raw.start("verb") if "verb" in match.raw.re.groupindex else match.raw.start()
        end = match.raw.end()
        while end < len(sentence.text) and sentence.text[end] not in _STOPS:
            end += 1
        clause = sentence.text[start:end]
        if rule.amount:
            for amount in amounts(clause):
                attrs["amount"] = amount.value
                break
        if rule.kinds:
            for pattern, kind in _kinds():
                if pattern.search(clause):
                    attrs["aid_kind"] = kind
                    break
        for name in ("agreement", "since"):
            if match.text(name):
                first, last = match.span(name)
                text = self.doc.text[first:last].strip("《》“”的了和 ")
                if text:
                    attrs[name] = text
        return attrs


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
