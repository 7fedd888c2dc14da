"""Component kg_references: words that stand for something named elsewhere (代表团, 两地, 该公司, 当地, 他)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.annotations import memory, mentions, sentences, set_mentions, text_of
from kg.pipes.slots import Encoded, compile_pattern, encode

NAMED = ("regions", "bodies", "projects", "people")
_PEOPLE = frozenset({"official", "person"})
_BODIES = frozenset({"enterprise", "organization"})
_BREAKS = frozenset("，,。；;：:！？\n")
_NEAR = 160  # characters back in which a bare 公司 or 该项目 looks for its name


@Language.factory("kg_references", assigns=["doc.spans"])
def make_references(nlp: Language, name: str) -> References:
    return References()


@cache
def _words() -> tuple[tuple[re.Pattern[str], dict[str, Any]], ...]:
    return tuple((re.compile(entry["pattern"]), entry) for entry in table("references")["reference"])


def inside(found: list[Mention]) -> Callable[[str, str], bool]:
    """Whether one region key lies in another: by the gazetteer, or where one full name begins with the other."""
    names = {m.key: m.name for m in found if m.category == "region"}
    known = gazetteer()

    def test(child: str, parent: str) -> bool:
        if child == parent:
            return False
        one, other = names.get(child, ""), names.get(parent, "")
        return known.inside(child, parent) or (bool(other) and len(one) > len(other) and one.startswith(other))

    return test


def encoded(doc: Doc, *groups: str) -> list[Encoded]:
    """Every sentence of the document with the mentions of these groups (all but events) as slots."""
    found = mentions(doc, *(groups or (*NAMED, "dates", "references")))
    test = inside(found)
    return [encode(text_of(doc), s.start, s.end, [m for m in found if s.start <= m.start and m.end <= s.end], test)
            for s in sentences(doc)]


def leaders(doc: Doc) -> list[tuple[int, tuple[str, ...]]]:
    """Who leads the visiting party, and from which place of the text on; the first entry also holds before it."""
    return [(place, tuple(keys)) for place, keys in memory(doc).get("leaders", [])]


def leader_at(doc: Doc, place: int) -> tuple[str, ...]:
    """The keys of those who lead the party at a place of the text; () where nobody does."""
    known = leaders(doc)
    before = [keys for start, keys in known if start <= place]
    return before[-1] if before else known[0][1] if known else ()


def pair_of(doc: Doc) -> tuple[str, ...]:
    """The keys of the two regions that the article speaks of as a pair (两地); () where it does not."""
    return tuple(memory(doc).get("pair", ()))


class References:
    """Finds the leaders and the pair of the document, then resolves every deictic word that can be resolved."""

    def __call__(self, doc: Doc) -> Doc:
        named = mentions(doc, *NAMED)
        coded = encoded(doc, *NAMED, "dates")
        found_leaders = _leaders(coded)
        memory(doc)["leaders"] = [[place, list(keys)] for place, keys in found_leaders]
        pair = _pair(coded, named)
        memory(doc)["pair"] = list(pair)
        one_of_key: dict[str, Mention] = {}
        for m in named:
            one_of_key.setdefault(m.key, m)
        taken = [(m.start, m.end) for m in named]
        made: list[Mention] = []
        for sentence in sentences(doc):
            for start, end, entry in _places(sentence.text, sentence.start):
                if any(a < end and start < b for a, b in taken):
                    continue
                here = [m for m in named if m.end <= start]
                keys = self._resolve(doc, entry, start, here, pair)
                for key in keys:
                    source = one_of_key[key]
                    made.append(Mention(start, end, source.category, key, source.name, f"reference/{entry['id']}",
                                        entry["score"], False))
                if keys:
                    taken.append((start, end))
        set_mentions(doc, "references", made)
        return doc

    def _resolve(self, doc: Doc, entry: dict[str, Any], start: int, before: list[Mention],
                 pair: tuple[str, ...]) -> tuple[str, ...]:
        kind = entry["resolves"]
        if kind == "leader":
            if before and before[-1].end == start and before[-1].category in _PEOPLE:
                return ()
            return leader_at(doc, start)
        if kind == "pair":
            return () if before and before[-1].end == start and before[-1].category == "region" else pair
        if kind == "person":
            people = [m for m in before if m.category in _PEOPLE and start - m.end < _NEAR]
            keys = {m.key for m in people}
            return (people[-1].key,) if len(keys) == 1 else ()
        if kind == "region":
            clause = start - next((i for i, c in enumerate(reversed(text_of(doc)[:start])) if c in _BREAKS), start)
            regions = [m for m in before if m.category == "region" and m.end <= clause and start - m.end < _NEAR]
            objects = [m for m in regions if m.start and text_of(doc)[m.start - 1] not in _BREAKS]
            return ((objects or regions)[-1].key,) if regions else ()
        wanted = {"enterprise": _BODIES, "organization": _BODIES, "project": frozenset({"project"})}[kind]
        near = [m for m in before if m.category in wanted and start - m.end < _NEAR
                and (m.category == kind or m.name.endswith(tuple(entry["suffixes"])))]
        return (near[-1].key,) if near else ()


def _places(text: str, offset: int) -> Iterator[tuple[int, int, dict[str, Any]]]:
    for pattern, entry in _words():
        for match in pattern.finditer(text):
            yield offset + match.start(), offset + match.end(), entry


def _leaders(coded: list[Encoded]) -> list[tuple[int, tuple[str, ...]]]:
    """Entries of the strongest rule that matches anywhere; the others only fill in when it does not."""
    for entry in table("references")["leader"]:
        found: list[tuple[int, tuple[str, ...]]] = []
        pattern = compile_pattern(entry["pattern"])
        for sentence in coded:
            for raw in pattern.finditer(sentence.text):
                slots = sentence.within(*raw.span("leader"))
                keys = tuple(dict.fromkeys(m.key for slot in slots for m in slot.mentions if m.category in _PEOPLE))
                if keys and (not found or found[-1][1] != keys):
                    found.append((slots[0].start, keys))
        if found:
            return found
    return []


def _pair(coded: list[Encoded], named: list[Mention]) -> tuple[str, ...]:
    """The two regions that the article speaks of as a pair, or ()."""
    votes: Counter[tuple[str, str]] = Counter()
    for weight, entry in enumerate(reversed(table("references")["pair"]), start=1):
        pattern = compile_pattern(entry["pattern"])
        for sentence in coded:
            for raw in pattern.finditer(sentence.text):
                one = sentence.within(*raw.span("one"))[0].mentions[0].key
                other = sentence.within(*raw.span("other"))[0].mentions[0].key
                if one != other:
                    votes[(one, other) if (other, one) not in votes else (other, one)] += weight
    test = inside(named)
    good = [(count, pair) for pair, count in votes.items() if not test(*pair) and not test(*reversed(pair))]
    if not good:
        return ()
    return max(good, key=lambda item: (item[0], item[1]))[1]
