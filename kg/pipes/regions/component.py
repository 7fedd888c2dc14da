"""Component kg_regions: provinces to villages, zones, groups and deictic words, each with the key of its division."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.needs import compiled
from kg.model import Mention
from kg.model.mention import Value
from kg.pipes.annotations import memory, mentions, meta, sentences, set_mentions, text_of
from kg.pipes.regions.choice import Context, settle
from kg.pipes.regions.home import published_by, readings, set_home
from kg.pipes.regions.lists import find_lists, find_village_lists
from kg.pipes.regions.places import place_towns
from kg.pipes.regions.scan import scan
from kg.pipes.regions.villages import Place, Places, counties_of, find_towns, find_villages

DATELINE = 64  # characters of the longest dateline


@Language.factory("kg_regions")
def make_regions(nlp: Language, name: str) -> Regions:
    return Regions()


class Regions:
    """Sets the group "regions" and the home region, and claims which region each town or village lies in."""

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        spans = [(s.start, s.end) for s in sentences(doc)]
        gaz = gazetteer()
        publisher = published_by(doc)
        home = tuple(gaz.ancestors(publisher)) if publisher else ()
        lines = datelines(text)
        candidates = [c for start, end in spans for c in scan(text, start, end)
                      if not any(a <= c.start and c.end <= b for a, b in lines)]
        if not home:
            home = _meant(doc, candidates_keys={e.key for c in candidates for e in c.entries if e.form == "full"})
        published = str(meta(doc).get("published") or "")[:4]
        context = Context(text, candidates, home, int(published) if published.isdecimal() else 0)
        settle(context)
        places = Places(text, home)
        for index, key in context.chosen.items():
            candidate = candidates[index]
            places.add(Place(candidate.start, candidate.end, key, context.rules[index]))
        places.found.sort(key=lambda p: p.start)
        find_towns(places, spans)
        find_lists(places, spans, counties_of(places))
        find_villages(places, spans)
        find_village_lists(places, spans, counties_of(places))
        for pair in pairs(text, spans):
            if not places.covered(pair[0].start, pair[-1].end):
                places.found.extend(pair)
        set_mentions(doc, "regions", [mention(p) for p in places.found])
        memory(doc).pop("home_regions", None)
        set_home(doc)
        set_mentions(doc, "regions", [*mentions(doc, "regions"), *_deictic(doc)])
        place_towns(doc)
        return doc


def datelines(text: str) -> list[tuple[int, int]]:
    """Where news agencies name the place they write from.

    >>> datelines("新华社北京8月8日电，会议在西安召开")
    [(3, 5)]
    """
    pattern, sign = _dateline_patterns()
    return [match.span("place") for end in sign.finditer(text)
            for match in pattern.finditer(text, max(0, end.start() - DATELINE), end.end()) if match.end() > end.start()]


@cache
def _dateline_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A dateline, and what each ends with."""
    words = table("regions")["dateline"]
    return re.compile(words["pattern"]), re.compile(words["sign"])


def _meant(doc: Doc, candidates_keys: set[str]) -> tuple[str, ...]:
    """The publisher's region where its name has several readings and the text prints one of them in full."""
    found = [key for key in readings(doc) if key in candidates_keys]
    return tuple(gazetteer().ancestors(found[0])) if len(found) == 1 else ()


def mention(place: Place, surface: bool = True) -> Mention:
    """A mention with everything that the gazetteer knows about the region."""
    name, attrs = _known(place.key)
    rule = f"region:{place.rule}"
    return Mention(place.start, place.end, "region", place.key, name, rule, place.score, surface, attrs.copy())


@lru_cache(maxsize=1024)
def _known(key: str) -> tuple[str, dict[str, Value]]:
    """The full name of a region and what the gazetteer knows about it."""
    gaz = gazetteer()
    name = gaz.name(key)
    attrs: dict[str, Value] = {"level": gaz.level(key), "path": name}
    if gaz.adcode(key):
        attrs["adcode"] = gaz.adcode(key)
    point = gaz.point(key)
    if point:
        attrs["latitude"], attrs["longitude"] = point
    return name, attrs


@cache
def _pair_pattern() -> re.Pattern[str]:
    words = table("regions")
    letters = "".join(words["abbreviations"])
    alone, behind = words["pairs"]["alone"], "|".join(words["pairs"]["alone_before"])
    after = words["pairs"]["alone_after"]
    known = "|".join(words["pairs"]["known"])
    before = "|".join(sorted(words["pairs"]["before"], key=len, reverse=True))
    return compiled(f"(?:{known})|[{letters}]{{2,4}}(?=(?:{before}))|(?<=[{after}])[{alone}](?=(?:{behind}))")


def pairs(text: str, spans: list[tuple[int, int]]) -> list[list[Place]]:
    """Provinces in joint names, one mention for each letter, and the one letter of a place (在沪举行).

    >>> [[p.key for p in pair] for pair in pairs("京冀扶贫协作，京藏高速", [(0, 11)])]
    [['region:110000', 'region:130000']]
    """
    codes = table("regions")["abbreviations"]
    after = tuple(table("regions")["pairs"]["not_before"])
    if _pair_pattern().search(text) is None:
        return []
    return [
        [Place(match.start() + i, match.start() + i + 1, PREFIX + codes[letter], "pair", 0.8)
         for i, letter in enumerate(match[0])]
        for start, end in spans
        for match in _pair_pattern().finditer(text, start, end)
        if not text.startswith(after, match.end())
    ]


@cache
def _deictic_words() -> tuple[re.Pattern[str], dict[str, tuple[str, tuple[str, ...]]]]:
    """The pattern, and for each word how it refers (home or last) and at which levels."""
    words = table("regions")["deictic"]
    means: dict[str, tuple[str, tuple[str, ...]]] = {}
    for kind in ("home", "last"):
        for level, printed in words[kind].items():
            for word in printed:
                means[word] = (kind, (*means.get(word, ("", ()))[1], level))
    pattern = "|".join(sorted({*means, *words["not_before"]["words"]}, key=lambda w: (-len(w), w)))
    return re.compile(pattern), means


def _deictic(doc: Doc) -> list[Mention]:
    """我省, 全县 for the home region, 该镇 for the last one named of its level; not shown as names."""
    gaz = gazetteer()
    home = memory(doc)["home_regions"]
    pattern, means = _deictic_words()
    stops = table("regions")["deictic"]["not_after"]["words"]
    known = mentions(doc, "regions")
    ends = {m.end for m in known}
    text = text_of(doc)
    found = []
    for sentence in sentences(doc):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            if match[0] not in means or any(text.startswith(stop, match.end() - 1) for stop in stops):
                continue
            kind, levels = means[match[0]]
            if match.start() in ends or any(m.start < match.end() and match.start() < m.end for m in known):
                continue
            homes = [_home_of(home, level, match[0]) for level in levels] if kind == "home" else []
            key = next(filter(None, homes), "")
            if not key:
                earlier = [m for m in known if m.end <= match.start() and gaz.level(m.key) in levels
                           and (gaz.level(m.key) != "county" or _fits(gaz.own_name(m.key), match[0]))]
                key = earlier[-1].key if earlier else ""
            if key:
                found.append(mention(Place(match.start(), match.end(), key, "deictic", 0.7), surface=False))
    return found


def _home_of(home: dict[str, str], level: str, word: str) -> str:
    """The home region of this level if it may be called so: 全市 in Shanghai is the municipality, not a county.

    自治区 is none of the provinces (省).
    """
    gaz = gazetteer()
    key = home.get(level, "")
    if level == "prefecture" and not key and _fits(gaz.own_name(home.get("province", "")), word):
        return home["province"]
    return key if level not in ("county", "province") or not key or _fits(gaz.own_name(key), word) else ""


def _fits(name: str, word: str) -> bool:
    """Whether a county may be called 全县, 该区, 我市: by its last character."""
    return name.endswith(word[-1])
