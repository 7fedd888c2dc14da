"""Regions: by code; villages and towns that two articles hang on different levels or on a former code come together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.villages import towns_with
from kg.model import Judgement, Member
from kg.resolve.places import area
from kg.resolve.scale import Scale

TOWN = 9  # figures of the code of a town


def canonical(keys: Iterable[str]) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Keys of regions to the key that they are read as, with feature and detail for those that change.

    >>> keys = ["region:130627/南洪城村", "region:130627110/南洪城村", "region:350427102", "region:350405101"]
    >>> sorted(canonical(keys)[0].items())
    [('region:130627/南洪城村', 'region:130627110/南洪城村'), ('region:350427102', 'region:350405101')]
    >>> canonical(["region:310107/长风新村", "region:310107014"])[0], canonical(["region:310107/长风新村"])[0]
    ({'region:310107/长风新村': 'region:310107014'}, {})
    """
    read: dict[str, str] = {}
    why: dict[str, tuple[str, str]] = {}
    known = set(keys)
    every = sorted(known)
    for key in every:
        place = key.removeprefix(PREFIX)
        today = _today(place)
        if today and PREFIX + today in known:
            read[key], why[key] = PREFIX + today, ("former", gazetteer().own_name(key))
    villages: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in every:
        place, _, name = key.removeprefix(PREFIX).partition("/")
        if name and place.isdigit():
            villages[place[:6], name].append(key)
    street = table("regions")["tails"]["street_full"]
    for (county, name), found in sorted(villages.items()):
        called = gazetteer().towns.called(name + street, county)
        town = next((PREFIX + code for code in called if PREFIX + code in known), "")
        if town and name.endswith(tuple(table("regions")["tails"]["quarter"])):
            for key in found:
                read[key], why[key] = town, ("quarter", name)
            continue
        loose = [key for key in found if len(key.removeprefix(PREFIX).partition("/")[0]) == len(county)]
        bound = [key for key in found if key not in loose]
        if loose and len(bound) == 1 and len(towns_with(_stem(name), county)) <= 1:
            for key in loose:
                read[key], why[key] = bound[0], ("village", name)
    return read, why


def _stem(name: str) -> str:
    tails = sorted(table("regions")["tails"]["village"], key=lambda t: (-len(t), t))
    return next((name[: -len(tail)] for tail in tails if name.endswith(tail) and len(name) > len(tail)), name)


def _today(place: str) -> str:
    """Today's code of a town under a former one, where the prefecture has one town of the name."""
    book = gazetteer()
    if len(place) != TOWN or not place.isdigit() or place[:6] in book.divisions:
        return ""
    same = [c for c in book.towns.called(book.own_name(PREFIX + place), place[:4]) if c[:6] in book.divisions]
    return same[0] if len(same) == 1 else ""


def judged(leaders: dict[str, Member], read: dict[str, str], why: dict[str, tuple[str, str]]) -> list[Judgement]:
    """The judgements that join regions under several keys."""
    found = []
    for key, other in sorted(read.items()):
        if key in leaders and other in leaders:
            scale = Scale("region")
            scale.add(*why[key])
            first, second = sorted((leaders[key], leaders[other]))
            seen = scale.done()
            found.append(Judgement(first, second, "same", seen.score, seen.reasons))
    return found


__all__ = ["area", "canonical", "judged"]
