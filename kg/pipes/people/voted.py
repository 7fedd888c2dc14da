"""Persons whom only the tagger sees: named without a title, and shaped like a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.lexicon import table
from kg.pipes.annotations import Sentence
from kg.pipes.people.names import Name, NameFinder
from kg.pipes.tagger.vote import voted

CATEGORIES = ("official", "person")


def voted_people(doc: Doc, sentences: Sequence[Sentence], finder: NameFinder,
                 known: frozenset[str]) -> Iterator[tuple[Sentence, Name, str]]:
    """The persons that join those found by rules, with their categories; *known*: names that are settled already."""
    text = finder.text
    shape = table("tagger")["people"]
    before, behind = tuple(shape["before"]), tuple(shape["behind"])
    for p in voted(doc, [], CATEGORIES)[1]:
        words = text[p.start : p.end]
        if words in known or finder.covered(p.start, p.end) or finder.model.score(words) < shape["least"]:
            continue
        if text.endswith(before, 0, p.start) or text.startswith(behind, p.end):
            continue
        if finder.model.boundary(text, p.end) <= 0:
            continue
        sentence = next((s for s in sentences if s.start <= p.start and p.end <= s.end), None)
        if sentence is not None:
            yield sentence, Name(p.start, p.end, words, p.odds), p.category
