"""Bodies that are one by a loose form of their name: 青石集团 and 青石公司, 云谷支队 for the only one of its rank."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.names.context import Context
from kg.pipes.names.generic import generic, rare

BRAND = 2  # characters of a brand or of a zone's own name, at least


def loose(context: Context, found: list[Mention], merged: dict[str, str]) -> Iterator[set[str]]:
    """Keys (as *merged* has them) of the bodies that are one."""
    yield from _firms(context, found, merged)
    yield from _zones(found, merged)
    yield from _ranks(context, found, merged)


def _firms(context: Context, found: list[Mention], merged: dict[str, str]) -> Iterator[set[str]]:
    """A brand with the forms that news use as they come (青石, 青石公司, 青石集团), never two of them side by side."""
    brands: dict[str, dict[str, list[Mention]]] = {}
    for m in found:
        words = context.text[m.start : m.end]
        brand = brand_of(words) if m.category == "enterprise" else ""
        if brand:
            brands.setdefault(brand, {}).setdefault(words, []).append(m)
    for forms in brands.values():
        beside = any(_together(context, a, b) for one, other in combinations(forms.values(), 2)
                     for a in one for b in other)
        if len(forms) > 1 and not beside:
            yield {merged.get(m.key, m.key) for several in forms.values() for m in several}


@lru_cache(maxsize=2048)
def brand_of(words: str) -> str:
    """The brand of a company that is named by it and a loose form, empty where there is none.

    >>> brand_of("云岭石集团"), brand_of("云岭石公司"), brand_of("云岭石"), brand_of("云岭石置业有限公司")
    ('云岭石', '云岭石', '云岭石', '')
    """
    lists = table("enterprises")["legal"]
    form = next((word for word in lists["loose"] if words.endswith(word)), "")
    brand = words.removesuffix(form)
    if not form and words.endswith(tuple(lists["words"])):
        return ""
    return brand if BRAND <= len(brand) <= 2 * BRAND and not generic(brand) and rare(brand) >= BRAND else ""


def _together(context: Context, a: Mention, b: Mention) -> bool:
    return any(s.start <= a.start < s.end and s.start <= b.start < s.end for s in context.sentences)


def _zones(found: list[Mention], merged: dict[str, str]) -> Iterator[set[str]]:
    """The court of a zone, by the zone's full and short names (云州江月高新技术产业开发区人民法院, 江月法院)."""
    kinds: dict[tuple[str, str], dict[str, str]] = {}
    for m in found:
        own, kind = zone_of(m.name) if m.category == "organization" else ("", "")
        if own:
            kinds.setdefault((own, kind), {})[m.name] = merged.get(m.key, m.key)
    for names in kinds.values():
        if any(_zoned(name) for name in names):
            yield set(names.values())


@lru_cache(maxsize=2048)
def zone_of(name: str) -> tuple[str, str]:
    """What a zone is called itself and the kind of body that is named after it, empty where it has no such name.

    >>> zone_of("长春江月高新技术产业开发区人民法院"), zone_of("长春江月区人民法院"), zone_of("江月法院")
    (('江月', '法院'), ('江月', '法院'), ('江月', '法院'))
    >>> zone_of("长春市中级人民法院"), zone_of("唐县经济开发区人民法院")
    (('', ''), ('', ''))
    """
    lists = table("organisations")["zoned"]
    end = next((word for word in lists["ends"] if name.endswith(word)), "")
    if not end:
        return "", ""
    own = name.removesuffix(end)
    zone = next((word for word in lists["zones"] if own.endswith(word)), "")
    own = own.removesuffix(zone)
    while region := _seat(own):
        own = own[len(region) :]
    fits = BRAND <= len(own) <= 2 * BRAND and not generic(own) and not any(word in own for word in lists["not_in"])
    return (own, end[-BRAND:]) if fits else ("", "")


def _zoned(name: str) -> bool:
    return any(zone in name for zone in table("organisations")["zoned"]["zones"])


def _seat(words: str) -> str:
    """The name of a division that opens *words*, the longest."""
    return next((words[:size] for size in range(len(words), 1, -1) if gazetteer().find(words[:size])), "")


@cache
def _ranks_of() -> list[str]:
    words: list[str] = table("organisations")["zoned"]["ranks"]
    return words


def _ranks(context: Context, found: list[Mention], merged: dict[str, str]) -> Iterator[set[str]]:
    """A region and a rank alone (云谷支队): the only body of that region with this rank that the article names."""
    for m in found:
        words = context.text[m.start : m.end]
        rank = next((word for word in _ranks_of() if words.endswith(word)), "")
        region = region_of(context, m, len(rank)) if rank and m.category == "organization" else ""
        if not region:
            continue
        full = {merged.get(other.key, other.key) for other in found if other.category == m.category
                and other.name.startswith(region) and other.name.endswith(rank)
                and len(other.name) > len(region) + len(rank)}
        if len(full) == 1:
            yield {merged.get(m.key, m.key), *full}


def region_of(context: Context, m: Mention, tail: int) -> str:
    """The full name of the region that is all a name has before its last *tail* characters.

    The region may be named in its short form that the article gives in full elsewhere (闵行 of 闵行区).
    """
    words = context.text[m.start : m.end - tail]
    chain = context.chain(m.start)
    if chain and chain[-1].end == m.end - tail:
        return gazetteer().name(chain[-1].key)
    keys = {r.key for r in context.places.values() if words in (gazetteer().short(r.key), gazetteer().own_name(r.key))}
    return gazetteer().name(min(keys)) if len(keys) == 1 else ""

