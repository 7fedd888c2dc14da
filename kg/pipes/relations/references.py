"""Component kg_references: words that stand for something named elsewhere (代表团, 两地, 该公司, 当地, 灾区, 他)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.likely import Likely, words
from kg.model import Mention
from kg.pipes.annotations import Sentence, memory, mentions, sentences, set_mentions, text_of
from kg.pipes.dates.component import anchor
from kg.pipes.slots import Encoded, compile_pattern, encode_all, signs_of, spelled

TOLD = ("leader", "stricken", "pair")  # what entries tell of a whole article
NAMED = ("regions", "bodies", "projects", "people")
_PEOPLE = frozenset({"official", "person"})
_BODIES = frozenset({"enterprise", "organization"})
_REGIONS = frozenset({"region"})
_BREAKS = frozenset("，,。；;：:！？\n")
_PLACE = 4  # characters before a name that tell that it only says where
_NEAR = 160  # characters back in which a bare 公司 or 该项目 looks for its name
_FAR = 300  # characters back in which 该院 looks for a name that ends like it


# The sentences encoded last, and with which mentions: most articles have no references and are asked for twice.
_encoded: dict[str, tuple[list[Sentence], list[Mention], list[Encoded]]] = {}


@Language.factory("kg_references", assigns=["doc.spans"])
def make_references(nlp: Language, name: str) -> References:
    return References()


@cache
def _words() -> Likely[tuple[re.Pattern[str], dict[str, Any]]]:
    return Likely(((re.compile(entry["pattern"]), entry), words(entry["pattern"]))
                  for entry in table("references")["reference"])


def _telling(name: str) -> list[str]:
    return [entry["pattern"] for entry in table("references")[name]]


@cache
def _tellers() -> Likely[tuple[str, str]]:
    return Likely(((name, pattern), words(spelled(pattern)), signs_of(pattern)) for name in TOLD
                  for pattern in _telling(name))


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
    """Every sentence of the document with the mentions of these groups (all but events) as slots; to be read only."""
    found, told = mentions(doc, *(groups or (*NAMED, "dates", "references"))), sentences(doc)
    made = _encoded.get("last")
    if made is None or made[0] is not told or made[1] != found:
        made = told, found, encode_all(text_of(doc), told, found, inside(found))
        _encoded["last"] = made
    return made[2]


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


def stricken_at(doc: Doc, place: int) -> tuple[str, ...]:
    """The keys of the regions that a disaster has struck, as the text before *place* tells it, else its first."""
    known = [(start, tuple(keys)) for start, keys in memory(doc).get("stricken", [])]
    before = [keys for start, keys in known if start <= place]
    return before[-1] if before else known[0][1] if known else ()


class References:
    """Finds leaders, pair and stricken regions of the document, then resolves every deictic word that can be."""

    def __call__(self, doc: Doc) -> Doc:
        named = mentions(doc, *NAMED)
        likely = _likely(encoded(doc, *NAMED, "dates"))
        for kept, name, who in (("leaders", "leader", _PEOPLE), ("stricken", "stricken", _REGIONS)):
            told = _told(likely[name], name, who, anchor(doc).year)
            memory(doc)[kept] = [[place, list(keys)] for place, keys in told]
        pairs = _pairs(likely["pair"], named)
        memory(doc)["pair"] = list(pairs[0]) if pairs else []
        one_of_key: dict[str, Mention] = {}
        for m in named:
            one_of_key.setdefault(m.key, m)
        taken = [(m.start, m.end) for m in named]
        named_at = {m.start for m in named if m.category == "region"}
        made: list[Mention] = []
        text = text_of(doc)
        for sentence in sentences(doc):
            for start, end, entry in _places(text, sentence):
                if any(a < end and start < b for a, b in taken):
                    continue
                here = [m for m in named if m.end <= start]
                if entry["resolves"] == "stricken" and end in named_at:       # 灾区赤城县: the name follows
                    continue
                keys = _of_speaker(text, entry, (start, end), named)
                keys = keys or self._resolve(doc, entry, (start, end), here, pairs)
                for key in keys:
                    source = one_of_key[key]
                    made.append(Mention(start, end, source.category, key, source.name, f"reference/{entry['id']}",
                                        entry["score"], False))
                if keys:
                    taken.append((start, end))
        set_mentions(doc, "references", made)
        return doc

    def _resolve(self, doc: Doc, entry: dict[str, Any], place: tuple[int, int], before: list[Mention],
                 pairs: list[tuple[str, str]]) -> tuple[str, ...]:
        kind, start, word = entry["resolves"], place[0], text_of(doc)[slice(*place)]
        if kind == "leader":
            if before and before[-1].end == start and before[-1].category in _PEOPLE:
                return ()
            return leader_at(doc, start)
        if kind == "stricken":
            named = bool(before) and re.fullmatch(entry["attached"], text_of(doc)[before[-1].end : start])
            return () if named else stricken_at(doc, start)
        if kind == "pair":
            beside = before and before[-1].end == start and before[-1].category == "region"
            names = {m.key: m.name for m in before}
            return () if beside else _of_level(pairs, entry["levels"].get(word[:2], ()), names)
        if kind == "person":
            people = [m for m in before if m.category in _PEOPLE and start - m.end < _NEAR]
            keys = {m.key for m in people}
            return (people[-1].key,) if len(keys) == 1 else ()
        if kind == "region":
            clause = start - next((i for i, c in enumerate(reversed(text_of(doc)[:start])) if c in _BREAKS), start)
            since = _two_sentences(doc, start)
            regions = [m for m in before if m.category == "region" and since <= m.start and m.end <= clause]
            actors = {m.key for m in before if m.category == "region" and m.start == clause}
            regions = [m for m in regions if m.key not in actors]       # who acts here does not act on itself
            objects = [m for m in regions if m.start and text_of(doc)[m.start - 1] not in _BREAKS]
            return ((objects or regions)[-1].key,) if regions else ()
        wanted = {"enterprise": _BODIES, "organization": _BODIES, "project": frozenset({"project"})}[kind]
        text, site = text_of(doc), re.compile(entry.get("place", "(?!)"))
        strict = entry.get("strict", False)      # 该院 is a hospital or a college, whatever body stands nearer
        near = [m for m in before if m.category in wanted and start - m.end < (_FAR if strict else _NEAR)
                and not site.search(text, max(0, m.start - _PLACE), m.start)
                and ((m.category == kind and not strict) or m.name.endswith(tuple(entry["suffixes"])))]
        word = _deictic().sub("", word) if kind == "project" else word
        same = [m for m in near if m.name.endswith(word)]
        near = same or ([] if entry.get("exact") else near)
        return (near[-1].key,) if near else ()


@cache
def _deictic() -> re.Pattern[str]:
    """What points back to a thing and is no part of its name: 这个|工坊."""
    return re.compile(table("references")["deictic"]["pattern"])


@cache
def _quotation() -> re.Pattern[str]:
    """The rest of what somebody says, up to its closing mark."""
    return re.compile(table("references")["speaker"]["quotation"])


def _of_speaker(text: str, entry: dict[str, Any], place: tuple[int, int], named: list[Mention]) -> tuple[str, ...]:
    """The body of whoever is named behind the quotation in which 我院 stands: “…到|我院|帮扶。”唐县医院院长甲某说."""
    if not text.startswith(table("references")["speaker"]["own"], *place):
        return ()
    close = _quotation().match(text, place[1])
    if close is None:
        return ()
    bodies = [m.key for m in named if m.start == close.end() and m.category in _BODIES
              and m.name.endswith(tuple(entry.get("suffixes", ())))]
    return tuple(bodies[:1])


def _two_sentences(doc: Doc, place: int) -> int:
    """Where the sentence begins that stands before the one at a place of the text."""
    starts = [s.start for s in sentences(doc) if s.start <= place]
    return starts[-2:][0] if starts else 0


def _places(text: str, sentence: Sentence) -> Iterator[tuple[int, int, dict[str, Any]]]:
    for pattern, entry in _words().open(text, sentence.start, sentence.end):
        for match in pattern.finditer(sentence.text):
            yield sentence.start + match.start(), sentence.start + match.end(), entry


def _likely(coded: list[Encoded]) -> dict[str, list[tuple[str, list[Encoded]]]]:
    """The patterns of the entries of every name, each with the sentences that can hold it."""
    _tellers().prepare([sentence.text for sentence in coded])
    where: dict[tuple[str, str], list[Encoded]] = defaultdict(list)
    for sentence in coded:
        for one in dict.fromkeys(_tellers().of(sentence.text)):
            where[one].append(sentence)
    return {name: [(pattern, where[name, pattern]) for pattern in _telling(name)] for name in TOLD}


def _told(likely: list[tuple[str, list[Encoded]]], name: str, categories: frozenset[str],
          year: int) -> list[tuple[int, tuple[str, ...]]]:
    """Where the entries *name* tell what a word means: the strongest that matches anywhere, the others fill in.

    A disaster of a year before *year* (2021年, 唐县暴雨) is not the one of the article.
    """
    for pattern, where in likely:
        found: list[tuple[int, tuple[str, ...]]] = []
        for sentence in where:
            for raw in compile_pattern(pattern).finditer(sentence.text):
                slots = sentence.within(*raw.span(name))
                if name == "stricken" and _past(sentence, raw.start(), year):
                    continue
                keys = tuple(dict.fromkeys(m.key for slot in slots for m in slot.mentions if m.category in categories))
                if keys and (not found or found[-1][1] != keys):
                    found.append((slots[0].start, keys))
        if found:
            return found
    return []


def _past(sentence: Encoded, place: int, year: int) -> bool:
    """Whether the last date that a sentence tells before a place is one of a year before *year*."""
    told = [str(m.attrs.get("start", "")) for slot in sentence.within(0, place) for m in slot.mentions
            if m.category == "date"]
    return bool(told) and "" < told[-1] < f"{year:04d}"


def _pairs(likely: list[tuple[str, list[Encoded]]], named: list[Mention]) -> list[tuple[str, str]]:
    """The pairs of regions that the article speaks of, the one that it speaks of most first."""
    votes: Counter[tuple[str, str]] = Counter()
    for weight, (pattern, where) in enumerate(reversed(likely), start=1):
        for sentence in where:
            for raw in compile_pattern(pattern).finditer(sentence.text):
                one = sentence.within(*raw.span("one"))[0].mentions[0].key
                other = sentence.within(*raw.span("other"))[0].mentions[0].key
                if one != other:
                    votes[(one, other) if (other, one) not in votes else (other, one)] += weight
    if not votes:
        return []
    test = inside(named)
    good = [(count, pair) for pair, count in votes.items() if not test(*pair) and not test(*reversed(pair))]
    return [pair for _, pair in sorted(good, reverse=True)]


def _of_level(pairs: list[tuple[str, str]], ends: Sequence[str], names: dict[str, str]) -> tuple[str, ...]:
    """The first pair whose names both end like this (两市: both are cities), else the first of all.

    >>> names = {"a": "广东省深圳市罗湖区", "b": "黑龙江省哈尔滨市香坊区", "c": "广东省深圳市", "d": "黑龙江省哈尔滨市"}
    >>> _of_level([("a", "b"), ("c", "d")], ["市"], names), _of_level([("a", "b"), ("c", "d")], (), names)
    (('c', 'd'), ('a', 'b'))
    """
    fitting = [pair for pair in pairs if all(names.get(key, "").endswith(tuple(ends)) for key in pair)]
    return ([*fitting, *pairs] if ends else pairs)[0] if pairs else ()
