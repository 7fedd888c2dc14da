"""The last room that knows spaCy: a cleaned document goes in, entities and statements with evidence come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.lexicon.divisions import PREFIX
from kg.model import Claim, Document, Evidence, Extraction, LocalEntity, Mention, Statement
from kg.model.schema import ENDS, SEPARATOR
from kg.pipes.annotations import claims, memory, mentions, meta, sentences, set_sentences
from kg.pipes.dates.component import anchor
from kg.pipes.names.known import banned
from kg.pipes.regions.home import LEVELS, home_region, published_by
from kg.pipes.relations.witness import witnessed
from kg.text.sentences import split

READ = ("title", "body")


class _Letters:
    """The numbers of characters in a vocabulary, by their code points: one look at an array for all of a text."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._numbers = np.zeros(1 << 16, dtype=object)

    def of(self, text: str) -> list[int]:
        points = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
        if len(points) != len(text):  # characters beyond the first plane
            return [self._vocab[char].orth for char in text]
        found: list[int] = self._numbers[points].tolist()
        if 0 in found:
            for char in set(text):
                self._numbers[ord(char)] = self._vocab[char].orth
            found = self._numbers[points].tolist()
        return found


@lru_cache(maxsize=2)
def _letters(vocab: Vocab) -> _Letters:
    return _Letters(vocab)


def to_doc(nlp: Language, document: Document) -> Doc:
    """A Doc over the clean text, with the metadata and the sentences that the components need."""
    letters: list[Any] = _letters(nlp.vocab).of(document.text)
    doc = Doc(nlp.vocab, words=letters, spaces=[False] * len(letters))  # what the tokenizer gives, twenty times as fast
    memory(doc)["text"] = document.text
    meta(doc).update(
        id=document.id,
        title=document.title,
        published=document.published,
        publisher=document.publisher,
        home=document.home,
        reporters=list(document.reporters),
    )
    set_sentences(
        doc,
        [
            (a, b, line.kind)
            for line in document.lines
            if line.kind in READ
            for a, b in split(document.text, line.start, line.end)
        ],
    )
    return doc


def extract(doc: Doc, document: Document) -> Extraction:
    """Collect what the components found, with every span mapped back to the original text.

    A claim whose ends are unknown or of categories that its relation does not allow is dropped.
    """
    by_key: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions(doc):
        if mention.category != "date":
            by_key[mention.key].append(mention)
    wider: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, start, end in memory(doc).get("wider", []):
        wider[key].append((start, end))
    entities = {key: _entity(document, key, found, wider[key]) for key, found in by_key.items()}
    if banned():
        entities = {key: e for key, e in entities.items() if not banned() & {e.name, *e.names}}
    statements: dict[str, Statement] = {}
    for claim in witnessed(mentions(doc), claims(doc), sentences(doc)):
        statement = _statement(document, claim, entities)
        if statement is not None:
            statements.setdefault(statement.id, statement)
    counted = _counted(doc, entities)
    told = anchor(doc)
    homes = [key for key in (published_by(doc), *(home_region(doc, level) for level in reversed(LEVELS))) if key]
    bound = _bound(by_key, document.text) - _used(by_key, statements.values())
    statements = {k: s for k, s in statements.items() if s.head not in bound and s.tail not in bound}
    ends = {key for s in statements.values() for key in (s.head, s.tail)}
    bound |= {key for key, found in by_key.items() if found[0].category == "event" and key not in ends}
    return Extraction(
        document=document.id,
        path=document.path,
        title=document.title,
        published=document.published,
        publisher=document.publisher,
        entities=tuple(counted[key] for key in sorted(entities) if key not in bound),
        statements=tuple(sorted(statements.values(), key=lambda s: (s.evidence, s.relation, s.head, s.tail, s.id))),
        characters=len(document.text),
        inferred_year=told.year if told.inferred else 0,
        home=homes[0].removeprefix(PREFIX) if homes else "",
        conflicts=tuple(_conflict(document, *told) for told in memory(doc).get("conflicts", [])),
    )


def _counted(doc: Doc, entities: dict[str, LocalEntity]) -> dict[str, LocalEntity]:
    """The entities with what the text counts and measures of them."""
    lines: dict[str, dict[str, None]] = defaultdict(dict)
    for key, line, _, _ in memory(doc).get("quantities", []):
        lines[key].setdefault(line)
    counted = dict(entities)
    for key, told in lines.items():
        if key in entities:
            attrs = (*entities[key].attrs, ("quantities", SEPARATOR.join(told)))
            counted[key] = entities[key]._replace(attrs=tuple(sorted(attrs)))
    return counted


def _conflict(document: Document, quantity: str, sums: str, start: int, end: int) -> tuple[str, str, str]:
    first, last = document.original_span(start, end)
    return quantity, sums, document.original[first:last]


def _used(by_key: dict[str, list[Mention]], statements: Iterable[Statement]) -> set[str]:
    """Keys that a statement needs; that a body lies in the region of its own name (located_in) is not enough."""
    meant = {key for key, found in by_key.items() if not any(m.surface for m in found)}
    return {key for s in statements for key in (s.head, s.tail) if s.relation != "located_in" or key in meant}


def _bound(by_key: dict[str, list[Mention]], text: str) -> set[str]:
    """Regions that never stand free: named only inside another entity's name (北京朝阳医院) or only meant (我省).

    At the head of an organization's or project's name a region counts as named if it is a county or below or stands
    there in full (唐县人民医院, 围场肉羊项目, but not 徐州 in 徐州技术研究院).
    """
    found = [m for group in by_key.values() for m in group]
    longer = [m for m in found if m.category not in ("region", "event")]
    regions = sorted((m for m in found if m.category == "region" and m.surface), key=lambda m: (m.start, m.end))
    free = set()
    for m in regions:
        around = [o for o in longer if o.start <= m.start and m.end <= o.end and o.end - o.start > m.end - m.start]
        if not around or all(o.category != "enterprise" and _heads(m, o, regions, text) for o in around):
            free.add(m.key)
    return {m.key for m in found if m.category == "region"} - free


def _heads(region: Mention, body: Mention, regions: list[Mention], text: str) -> bool:
    """Whether *region* belongs to a chain of regions at the start of *body*, one of them with its full name."""
    place, chain = body.start, []
    for m in regions:
        if m.start == place and m.end < body.end:
            chain.append(m)
            place = m.end
    return region in chain and (body.attrs.get("kind") == "zone" or any(
        m.name.endswith(text[m.start : m.end]) or m.attrs.get("level") not in ("province", "prefecture") for m in chain
    ))


def _evidence(document: Document, span: tuple[int, int]) -> Evidence | None:
    if span[0] >= span[1]:
        return None
    start, end = document.original_span(*span)
    return Evidence(document.id, start, end, document.original[start:end])


def _entity(document: Document, key: str, found: list[Mention], wider: list[tuple[int, int]]) -> LocalEntity:
    """The entity of a key; *wider*: where fuller forms of its name stand."""
    names: dict[str, None] = {}
    spans = []
    attrs: dict[str, str | int | float | bool] = {}
    several = len(found) > 1
    for m in sorted(found, key=lambda m: (m.start - m.end, m.start)) if several else found:
        if m.surface:
            clean = document.text[m.start : m.end]
            names.setdefault(clean)
            printed = document.printed(m.start, m.end)
            if printed != clean and not any(c.isascii() for c in printed):
                names.setdefault(printed)
        for name, value in m.attrs.items():
            attrs.setdefault(name, value)
    for start, end in wider:
        names.setdefault(document.text[start:end])
    for m in sorted(found, key=lambda m: (m.start, m.end)) if several else found:
        evidence = _evidence(document, (m.start, m.end))
        if evidence is not None:
            spans.append(evidence)
    best = max(found, key=lambda m: (m.surface, m.score, len(m.name), m.name)) if several else found[0]
    ordered = tuple(sorted(attrs.items()))
    return LocalEntity(document.id, key, best.category, best.name, tuple(names), tuple(spans), ordered)


def _statement(document: Document, claim: Claim, entities: dict[str, LocalEntity]) -> Statement | None:
    head, tail = entities.get(claim.head), entities.get(claim.tail)
    if head is None or tail is None or claim.head == claim.tail:
        return None
    heads, tails = ENDS[claim.relation]
    if head.category not in heads or tail.category not in tails:
        return None
    evidence = _evidence(document, (claim.start, claim.end))
    if evidence is None:
        return None
    return Statement(
        document=document.id,
        relation=claim.relation,
        head=claim.head,
        tail=claim.tail,
        evidence=evidence,
        rule=claim.rule,
        confidence=round(claim.score, 3),
        status=claim.status,
        date=claim.date,
        head_evidence=_evidence(document, claim.head_span),
        tail_evidence=_evidence(document, claim.tail_span),
        attrs=tuple(sorted(claim.attrs.items())),
    )
