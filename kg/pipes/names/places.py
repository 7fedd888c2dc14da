"""Where a body or project is, when its name says so, the words before it, or the tour on which it was seen.

望都县电商服务中心 is in 望都县, 浦发银行和田分行 in 和田. A site that bears the name of its donor (宁波产业园, seen by
a delegation in 喀什) is where the visitors are.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Claim, Mention
from kg.pipes.annotations import Sentence, add_claims
from kg.pipes.names.context import Context, joined


@cache
def _tour() -> re.Pattern[str]:
    return re.compile(table("name_places")["tour"]["pattern"])


def locate(doc: Doc, context: Context, found: list[Mention]) -> None:
    """Claim located_in for the named things in *found*, the best reading of each mention once."""
    stays = [s for s in _stays(context) if not any(m.start <= s.start and s.end <= m.end for m in found)]
    claims = []
    for sentence in context.sentences:
        inside = [m for m in found if sentence.start <= m.start and m.end <= sentence.end]
        here = _current(stays, sentence, context) if inside and _tour().search(sentence.text) else None
        for m in inside:
            claim = _in_name(context, sentence, m, here) or _of(context, sentence, m) or _on_tour(sentence, m, here)
            if claim:
                claims.append(claim)
    add_claims(doc, claims)


def _claim(m: Mention, region: Mention, sentence: Sentence, rule: str, score: float) -> Claim:
    return Claim("located_in", m.key, region.key, sentence.start, sentence.end, f"located_in.{rule}", score,
                 head_span=(m.start, m.end), tail_span=(region.start, region.end))


def _in_name(context: Context, sentence: Sentence, m: Mention, here: Mention | None) -> Claim | None:
    """The region that opens the name, or one that goes with a later part of it (和田 in 浦发银行和田分行).

    Provinces say little about companies; a donor's name yields to the tour.
    """
    regions = [r for start, r in sorted(context.places.items()) if m.start <= start and r.end <= m.end]
    if not regions or m.rule.endswith(".short"):
        return None
    chain = context.chain(regions[0].start)
    region = next((r for r in reversed(chain) if r.end <= m.end), regions[0])
    for later in regions:
        words = context.text[later.start : later.end]
        full = m.category == "project" and words.endswith(tuple(table("name_places")["full"]["ends"]))
        if later.start > region.end and (full or joined(context.text[m.start : later.start])):
            region = later
    if here and _thing(m) and not _related(region.key, here.key):
        return _claim(m, here, sentence, "tour", 0.6)
    level = gazetteer().level(region.key)
    if m.category == "enterprise" and level in ("province", "prefecture", "group"):
        return None
    return None if level == "group" else _claim(m, region, sentence, "name", 0.85)


def _of(context: Context, sentence: Sentence, m: Mention) -> Claim | None:
    """唐县的云谷产业园."""
    for word in table("name_places")["of"]["words"]:
        if context.text.endswith(word, sentence.start, m.start):
            end = m.start - len(word)
            for region in context.places.values():
                if region.end == end:
                    return _claim(m, region, sentence, "of", 0.8)
    return None


def _on_tour(sentence: Sentence, m: Mention, here: Mention | None) -> Claim | None:
    unknown = any(end in m.name for end in table("name_places")["tour"]["own_place"])
    return _claim(m, here, sentence, "tour", 0.55) if here and _thing(m) and not unknown else None


def _thing(m: Mention) -> bool:
    kinds: dict[str, list[str]] = table("name_places")["kinds"]
    return m.attrs.get("kind") in kinds.get(m.category, [])


def _related(a: str, b: str) -> bool:
    return a == b or gazetteer().inside(a, b) or gazetteer().inside(b, a)


def _stays(context: Context) -> list[Mention]:
    """The regions that visitors went to, in order; the smallest of each chain."""
    lists = table("name_places")["stay"]
    found = []
    for start in sorted(context.places):
        if context.text.endswith(tuple(lists["before"]), 0, start):
            last = context.chain(start)[-1]
            named = not context.text.startswith(tuple(lists["not_after"]), last.end)
            if named and gazetteer().level(last.key) not in ("province", "group", ""):
                found.append(last)
    return found


def _current(stays: list[Mention], sentence: Sentence, context: Context) -> Mention | None:
    """The region of the latest stay before the end of this sentence's first clause, a few sentences back at most."""
    reach = table("name_places")["tour"]["reach"]
    order = [s.start for s in context.sentences]
    first = order[max(0, order.index(sentence.start) - reach)]
    before = [s for s in stays if first <= s.start < sentence.end]
    return _county(before[-1], context) if before else None


def _county(region: Mention, context: Context) -> Mention | None:
    """The region itself, or for a town or village the county around it if the text names it: tours move on."""
    if gazetteer().level(region.key) not in ("township", "village"):
        return region
    above = [m for m in context.places.values() if gazetteer().inside(region.key, m.key)]
    counties = [m for m in above if gazetteer().level(m.key) == "county"]
    return counties[0] if counties else None
