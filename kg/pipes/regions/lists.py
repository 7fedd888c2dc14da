"""Towns and villages that a list names by their stems alone: 塘桥、花木、洋泾; 花溪园、金岭园、杏梅园居民区."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.likely import Likely, either
from kg.lexicon.villages import towns_with
from kg.pipes.regions.villages import LONGEST, Place, Places, listable


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(table("regions")["lists"]["pattern"])


def find_lists(places: Places, sentences: Iterable[tuple[int, int]], counties: list[str]) -> None:
    """Add the towns of every list in which three items or more are towns of one county named in the article.

    A city of the same name (潍坊 for 潍坊新村街道) gives way; other settled mentions stay.
    """
    if not counties:
        return
    join = table("regions")["lists"]["join"]
    for start, end in sentences:
        if places.text.count(join, start, end) < 2:
            continue
        for match in _pattern().finditer(places.text, start, end):
            best = max((_read(match, county) for county in counties), key=len)
            if len(best) > 2 and len(best) * 2 > match[0].count(join) + 1:
                taken = {(p.start, p.end) for p in best}
                places.found = [p for p in places.found if (p.start, p.end) not in taken]
                for place in best:
                    if not places.covered(place.start, place.end):
                        places.add(place)


def _read(match: re.Match[str], county: str) -> list[Place]:
    """The items of a list that are stems of this county's towns; the first and last may hold more words."""
    stems = gazetteer().towns.stems(county)
    join = table("regions")["lists"]["join"]
    items = match[0].split(join)
    found, place = [], match.start()
    for number, item in enumerate(items):
        first, last = number == 0, number == len(items) - 1
        sizes = range(min(4, len(item)), 1, -1) if first or last else (len(item),)
        for size in sizes:
            begin = len(item) - size if first else 0
            stem = item[begin : begin + size]
            if stem in stems:
                found.append(Place(place + begin, place + begin + size, stems[stem], "town_stem", 0.8))
                break
        place += len(item) + len(join)
    return found


@cache
def _villages() -> re.Pattern[str]:
    words = table("regions")["village_lists"]
    return re.compile(f"(?P<items>{words['pattern']})(?P<ending>{words['ending']})")


@cache
def _ending() -> Likely[None]:
    """The ending that a list of villages must have."""
    return Likely([(None, either(_villages()))])


def find_village_lists(places: Places, sentences: Iterable[tuple[int, int]], counties: list[str]) -> None:
    """Add the villages of every list whose last item bears the ending of all, where most are villages of one county."""
    for start, end in sentences:
        for match in _villages().finditer(places.text, start, end) if _ending().open(places.text, start, end) else ():
            for county in counties:
                found = _items(match, county)
                if len(found) * 2 > len(_split(match["items"])):
                    for place in found:
                        if not places.covered(place.start, place.end):
                            places.add(place)
                    break


def _split(items: str) -> list[tuple[int, str]]:
    """The items of a list with their places.

    >>> _split("花溪园、金岭园和红山")
    [(0, '花溪园'), (4, '金岭园'), (8, '红山')]
    """
    found, place = [], 0
    for item in re.split(table("regions")["village_lists"]["join"], items):
        found.append((place, item))
        place += len(item) + 1
    return found


def _items(match: re.Match[str], county: str) -> list[Place]:
    """The items of a list that are villages of a county; the first may hold more words before its name."""
    ending = match["ending"].lstrip(table("regions")["village_lists"]["before"])
    found = []
    for place, item in _split(match["items"]):
        sizes = range(min(LONGEST, len(item)), 1, -1) if not place else (len(item),)
        for size in sizes:
            stem = item[-size:]
            towns = towns_with(stem, county) if listable(stem) else []
            if towns:
                holder = PREFIX + (towns[0] if len(towns) == 1 else county)
                begin = match.start("items") + place + len(item) - size
                found.append(Place(begin, begin + size, f"{holder}/{stem}{ending}", "village_stem", 0.8))
                break
    return found
