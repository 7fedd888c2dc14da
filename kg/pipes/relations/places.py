"""What lies where: towns and villages in the region the article gives, sites in the region of the visit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Claim, Mention
from kg.pipes.annotations import Sentence
from kg.pipes.names.places import runs
from kg.pipes.relations.references import inside

_SITES = frozenset({"project", "organization", "enterprise"})
_AIDS = frozenset({"supports", "paired_with"})


def places(found: list[Mention], made: list[Claim], before: list[Claim],
           told: Sequence[Sentence] = ()) -> list[Claim]:
    """located_in claims that no single pattern states: nested regions, and sites seen on an itinerary.

    *told* are the sentences of the article.
    """
    located = {c.head for c in (*before, *made) if c.relation == "located_in" and c.status == "fact"}
    return [*_nested(found, located), *_visited(found, made, located), *_undertaken(found, made, located, told),
            *_alone(found, located, told)]


def smallest(found: list[Mention], all_claims: list[Claim]) -> list[Claim]:
    """The claims without the larger of two regions, one inside the other, in which one thing is said to lie."""
    within = inside(found)
    where: dict[str, set[str]] = {}
    for c in all_claims:
        if c.relation == "located_in" and c.status == "fact":
            where.setdefault(c.head, set()).add(c.tail)
    named = {m.key for m in found if m.category in _SITES}
    return [c for c in all_claims if c.relation != "located_in" or c.head not in named
            or not any(within(other, c.tail) for other in where.get(c.head, ()))]


def _nested(found: list[Mention], located: set[str]) -> list[Claim]:
    """Every town or village (a region without a code of its own) in the smallest region of the article around it.

    A zone (雄安新区) stands beside the prefecture that hosts it and does not lie in it by its mere mention.
    """
    regions: dict[str, Mention] = {}
    for m in found:
        if m.category == "region" and (m.key not in regions or not regions[m.key].surface):
            regions[m.key] = m
    within = inside(found)
    claims = []
    for key in sorted(regions):
        child = regions[key]
        if child.attrs.get("adcode") or key in located or gazetteer().level(key) == "zone":
            continue
        around = [p for p in sorted(regions) if within(key, p)]
        smallest = [p for p in around if not any(within(other, p) for other in around)]
        for parent in smallest[:1]:
            claims.append(Claim("located_in", key, parent, child.start, child.end, "located_in/nested", 0.95,
                                head_span=(child.start, child.end)))
    return claims


def _visited(found: list[Mention], made: list[Claim], located: set[str]) -> list[Claim]:
    """A site seen on a visit lies in the region visited last, unless something says where it lies.

    Of several regions told in one breath (先后到访深圳、佛山) nobody knows which a site is in.
    """
    category = {m.key: m.category for m in found}
    names = {m.key: m.name for m in found}
    own = _own_place()
    coded = {m.key for m in found if m.attrs.get("adcode")}
    where: dict[str, str] = {}
    within = inside(found)
    stops: dict[tuple[str, int], set[str]] = {}
    for claim in made:
        if claim.relation == "visited" and claim.status == "fact" and claim.tail in coded:
            stops.setdefault((claim.head, claim.start), set()).add(claim.tail)
    claims: list[Claim] = []
    for claim in made:
        if claim.relation != "visited" or claim.status != "fact":
            continue
        kind = category.get(claim.tail)
        if kind == "region":
            if claim.tail in coded:  # the next site of an itinerary need not lie in the village seen last
                others = stops[claim.head, claim.start] - {claim.tail}
                several = any(not within(claim.tail, key) and not within(key, claim.tail) for key in others)
                where[claim.head] = "" if several else claim.tail
        elif (kind in _SITES and claim.tail not in located and where.get(claim.head)
              and _may_lie(names[claim.tail], names.get(where[claim.head], ""), own)):
            located.add(claim.tail)
            claims.append(Claim("located_in", claim.tail, where[claim.head], claim.start, claim.end,
                                "located_in/itinerary", 0.7, head_span=claim.tail_span))
    return claims


def _undertaken(found: list[Mention], made: list[Claim], located: set[str],
                told: Sequence[Sentence]) -> list[Claim]:
    """What a region builds, runs or holds lies in it, unless something says where it lies.

    Not the campaigns and plans that may reach anywhere, nor what one builds who helps others; of several regions that
    undertake it together, or that its sentence names, nobody knows which it is in, but of two, one inside the other, it
    is the smaller.
    """
    if not any(c.relation == "undertakes" and c.tail not in located for c in made):
        return []
    at_home = re.compile(table("name_places")["alone"]["held"])
    nowhere, within = re.compile(table("name_places")["alone"]["nowhere"]), inside(found)
    kinds = {m.key: (m.category, m.name) for m in found}
    helpers = {c.head for c in made if c.relation in _AIDS}
    aided = {c.tail for c in made if c.relation in _AIDS}
    helped = re.compile(table("name_places")["alone"]["helped"])
    afar = {one.start for one in told if helped.search(one.text)}
    by: dict[str, dict[str, Claim]] = {}
    for claim in made:
        if (claim.relation == "undertakes" and claim.status == "fact" and claim.tail not in located | aided
                and claim.start not in afar and kinds.get(claim.head, ("", ""))[0] == "region"):
            by.setdefault(claim.tail, {}).setdefault(claim.head, claim)
    claims = []
    for key, heads in sorted(by.items()):
        name = kinds.get(key, ("", ""))[1]
        smaller = [h for h in sorted(heads) if not any(within(other, h) for other in heads)]
        if len(smaller) != 1 or helpers & heads.keys() or not at_home.search(name) or nowhere.search(name):
            continue
        if gazetteer().level(smaller[0]) == "province":
            continue
        one = heads[smaller[0]]
        if any(m.category == "region" and one.start <= m.start < one.end and m.key != one.head
               and not within(m.key, one.head) and not within(one.head, m.key) for m in found):
            continue
        located.add(key)
        claims.append(Claim("located_in", key, smaller[0], one.start, one.end, "located_in/undertaken", 0.66,
                            head_span=one.tail_span))
    return claims


@cache
def _own_place() -> re.Pattern[str]:
    return re.compile(table("relations/located_in")["own_place"]["pattern"])


def _may_lie(site: str, region: str, own: re.Pattern[str]) -> bool:
    """Whether a site's name leaves open where it lies, or names the very region."""
    match = own.match(site)
    return match is None or region.endswith(match[0])


def _alone(found: list[Mention], located: set[str], told: Sequence[Sentence]) -> list[Claim]:
    """A site without a place of its own lies in the one place that the article speaks of: a park, a centre.

    Only where its own sentence or the one before speaks of that place too: far from it the site may lie anywhere.
    """
    kinds, nowhere = table("name_places")["kinds"]["project"], re.compile(table("name_places")["alone"]["nowhere"])
    sort = re.compile(table("name_places")["alone"]["sort"])
    sites = [m for m in found if m.category == "project" and m.attrs.get("kind") in kinds and m.key not in located
             and not sort.search(m.name)]
    place = _focus(found) if sites else None
    if place is None:
        return []
    within = inside(found)
    spoken = [m.start for m in found if m.category == "region" and (m.key == place.key or within(m.key, place.key))]
    near = [(told[max(i - 1, 0)].start, one.end) for i, one in enumerate(told)
            if any(told[max(i - 1, 0)].start <= start < one.end for start in spoken)]
    claims = []
    for m in sites:
        if (not runs(m) and m.key not in located and not nowhere.search(m.name) and not _in_row(m, found)
                and any(start <= m.start < end for start, end in near)):
            located.add(m.key)
            claims.append(Claim("located_in", m.key, place.key, m.start, m.end, "located_in/alone", 0.6,
                                head_span=(m.start, m.end)))
    return claims


def _in_row(m: Mention, found: list[Mention]) -> bool:
    """Whether a site stands beside another of its kind in a list that may reach beyond one place."""
    kinds = tuple(table("name_places")["alone"]["listed"])
    return m.name.endswith(kinds) and any(
        other.category == "project" and other.name.endswith(kinds) and 1 in (other.start - m.end, m.start - other.end)
        for other in found)


def _focus(found: list[Mention]) -> Mention | None:
    """The smallest county or prefecture in which nearly all regions lie that the article names, names of others aside.

    What is around it does not count. One that is named but once is enough where nothing else is named.
    """
    lists = table("name_places")["alone"]
    longer = [(m.start, m.end) for m in found if m.category in _SITES]
    named = [m for m in found if m.category == "region" and m.surface
             and not any(start <= m.start and m.end <= end for start, end in longer)]
    coded = {m.key: m for m in reversed(found) if m.category == "region" and m.attrs.get("adcode")}
    within = inside(found)
    best = None
    for key in sorted(coded):
        if gazetteer().level(key) not in lists["levels"]:
            continue
        own = sum(m.key == key or within(m.key, key) for m in named)
        others = sum(not (m.key == key or within(m.key, key) or within(key, m.key)) for m in named)
        sole = not any(other != key and not within(key, other) for other in coded)
        if (sole or (own >= lists["least"] and own >= lists["times"] * others)) and (
                best is None or within(key, best)):
            best = key
    return coded[best] if best else None
