"""How two places lie to one another, by their codes: 130627 in 130600 in 130000."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer

Relation = Literal["same", "nested", "sibling", "within", "apart", ""]
DIRECT = "90"  # prefectures of this number are counties under the province


@lru_cache(maxsize=1 << 16)
def area(key: str) -> str:
    """The code of the county (or above) that holds a region; "" where it has none (京津冀).

    >>> area("region:130627110/南洪城村"), area("region:130600"), area("region:雄安新区"), area("region:京津冀")
    ('130627', '130600', '130600', '')
    """
    if not key.startswith(PREFIX):
        return ""
    place = key.removeprefix(PREFIX)
    if place[:6].isdigit():
        return place[:6]
    return gazetteer().area(key)[:6]


@lru_cache(maxsize=1 << 16)
def stem(code: str) -> str:
    """A code without the pairs of noughts at its end.

    >>> stem("130600"), stem("130627"), stem("110000")
    ('1306', '130627', '11')
    """
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def relation(first: str, second: str) -> Relation:
    """How two codes lie: same, nested (one in the other), sibling (of one prefecture), within (one province), apart.

    >>> relation("130627", "130600"), relation("130627", "130624"), relation("130627", "130722"), relation("130627", "")
    ('nested', 'sibling', 'within', '')
    >>> relation("610000", "140000")
    'apart'
    """
    if not first or not second:
        return ""
    if first == second:
        return "same"
    a, b = stem(first), stem(second)
    if a.startswith(b) or b.startswith(a):
        return "nested"
    if len(a) == len(b) == 6 and a[:4] == b[:4] and a[2:4] != DIRECT:
        return "sibling"
    return "within" if a[:2] == b[:2] else "apart"


def vague(codes: Iterable[str]) -> bool:
    """Whether codes are several places, and not one in another (吉林: the province and its city).

    >>> vague({"220000", "220200"}), vague({"110105", "220104"})
    (False, True)
    """
    return any(relation(a, b) not in ("same", "nested") for a in codes for b in codes)


NEAREST: tuple[Relation, ...] = ("same", "nested", "sibling", "within", "apart")


def nearest(first: Iterable[str], second: Iterable[str]) -> tuple[Relation, str]:
    """The closest relation between two sets of codes, and the names of the two places.

    >>> nearest({"130627", "110105"}, {"110105"})[0]
    'same'
    """
    best: tuple[int, str, str] | None = None
    for a in first:
        for b in second:
            found = relation(a, b)
            if found:
                rank = (NEAREST.index(found), a, b)
                best = rank if best is None or rank < best else best
    if best is None:
        return "", ""
    return NEAREST[best[0]], told(best[1], best[2])


@lru_cache(maxsize=1 << 16)
def told(first: str, second: str) -> str:
    """Two places as people read them."""
    names = [gazetteer().own_name(PREFIX + code) for code in dict.fromkeys((first, second))]
    return "/".join(names)


def county(code: str) -> bool:
    """Whether a code is one of a county, and not of what lies above."""
    return len(stem(code)) == 6
