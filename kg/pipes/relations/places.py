"""What lies where: towns and villages in the region the article gives, sites in the region of the visit."""

from __future__ import annotations

import re

from kg.lexicon import table
from kg.model import Claim, Mention
from kg.pipes.relations.references import inside

_SITES = frozenset({"project", "organization", "enterprise"})


def places(found: list[Mention], made: list[Claim], before: list[Claim]) -> list[Claim]:
    """located_in claims that no single pattern states: nested regions, and sites seen on an itinerary."""
    located = {c.head for c in (*before, *made) if c.relation == "located_in" and c.status == "fact"}
    return [*_nested(found, located), *_visited(found, made, located)]


def _nested(found: list[Mention], located: set[str]) -> list[Claim]:
    """Every town or village (a region without a code of its own) in the smallest region of the article around it."""
    regions: dict[str, Mention] = {}
    for m in found:
        if m.category == "region" and (m.key not in regions or not regions[m.key].surface):
            regions[m.key] = m
    within = inside(found)
    claims = []
    for key in sorted(regions):
        child = regions[key]
        if child.attrs.get("adcode") or key in located:
            continue
        around = [p for p in sorted(regions) if within(key, p)]
        smallest = [p for p in around if not any(within(other, p) for other in around)]
        for parent in smallest[:1]:
            claims.append(Claim("located_in", key, parent, child.start, child.end, "located_in/nested", 0.95,
                                head_span=(child.start, child.end)))
    return claims


def _visited(found: list[Mention], made: list[Claim], located: set[str]) -> list[Claim]:
    """A site seen on a visit lies in the region visited last, unless something says where it lies."""
    category = {m.key: m.category for m in found}
    names = {m.key: m.name for m in found}
    own = re.compile(table("relations/located_in")["own_place"]["pattern"])
    coded = {m.key for m in found if m.attrs.get("adcode")}
    where: dict[str, str] = {}
    claims: list[Claim] = []
    for claim in made:
        if claim.relation != "visited" or claim.status != "fact":
            continue
        kind = category.get(claim.tail)
        if kind == "region":
            if claim.tail in coded:  # the next site of an itinerary need not lie in the village seen last
                where[claim.head] = claim.tail
        elif (kind in _SITES and claim.tail not in located and claim.head in where
              and _may_lie(names[claim.tail], names.get(where[claim.head], ""), own)):
            located.add(claim.tail)
            claims.append(Claim("located_in", claim.tail, where[claim.head], claim.start, claim.end,
                                "located_in/itinerary", 0.7, head_span=claim.tail_span))
    return claims


def _may_lie(site: str, region: str, own: re.Pattern[str]) -> bool:
    """Whether a site's name leaves open where it lies, or names the very region."""
    match = own.match(site)
    return match is None or region.endswith(match[0])
