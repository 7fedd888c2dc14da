"""Towns that a list names by their stems alone: 塘桥、花木、洋泾 in an article on their district."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.pipes.regions.villages import Place, Places


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
    stems = gazetteer().town_stems(county)
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
