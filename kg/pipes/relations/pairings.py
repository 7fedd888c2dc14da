"""Who assists whom, as background: ranks the two readings of a text, never states anything of its own."""

from __future__ import annotations

import csv
from functools import cache, lru_cache

from kg.lexicon import DATA
from kg.model import Mention


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    lines = (DATA / "pairings.csv").read_text("utf-8").splitlines()
    return tuple((row["assisting"], row["assisted"]) for row in csv.DictReader(lines))


@cache
def _provinces() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Provinces (first parts of the names) that only assist, and those that are assisted."""
    across = [(a, b) for a, b in _pairs() if a[:2] != b[:2]]  # a province may well assist itself
    assisted = sorted({b for _, b in across})
    assisting = sorted({a for a, _ in across})
    taking = tuple(b for b in assisted if not any(o != b and b.startswith(o) for o in assisted))
    giving = tuple(a for a in assisting if not any(t.startswith(a) or a.startswith(t) for t in taking))
    return giving, taking


def _within(name: str, region: str) -> bool:
    return name.startswith(region) or region.startswith(name)


@lru_cache(maxsize=4096)
def direction(one: str, other: str, listed: bool = False) -> int:
    """1 if region *one* assists *other* (full names), -1 for the contrary, 0 where the tables do not tell.

    *listed* asks for a line of the table; else provinces that only assist or are only assisted decide as well.

    >>> direction("北京市朝阳区", "河北省保定市唐县"), direction("云南省", "上海市")
    (1, -1)
    >>> direction("广东省广州市", "广东省梅州市"), direction("广东省江门市", "广东省肇庆市")
    (1, 0)
    """
    forward = any(_within(one, a) and _within(other, b) for a, b in _pairs())
    backward = any(_within(other, a) and _within(one, b) for a, b in _pairs())
    if forward != backward:
        return 1 if forward else -1
    if forward:
        return 0
    if listed:
        return 0
    giving, taking = _provinces()
    gives = [any(name.startswith(p) for p in giving) for name in (one, other)]
    takes = [any(name.startswith(p) for p in taking) for name in (one, other)]
    if gives[0] and takes[1] and not gives[1]:
        return 1
    if gives[1] and takes[0] and not gives[0]:
        return -1
    return 0


def lies_in(one: Mention, other: Mention) -> bool:
    """Whether a region lies in the other or has sent the team, or one of two bodies bears the name of the other.

    There is no help from outside then.

    >>> city = Mention(0, 3, "region", "region:330600", "浙江省绍兴市", "test")
    >>> district = Mention(5, 8, "region", "region:330603", "浙江省绍兴市柯桥区", "test")
    >>> lies_in(district, city), lies_in(city, district)
    (True, False)
    >>> kind = {"kind": "team"}
    >>> team = Mention(5, 13, "organization", "body:柯桥区援川医疗队", "柯桥区援川医疗队", "test", attrs=kind)
    >>> lies_in(district, team)
    True
    >>> school = Mention(0, 4, "organization", "body:林业大学", "林业大学", "test")
    >>> lies_in(school, Mention(5, 12, "organization", "body:林业大学服务队", "林业大学服务队", "test"))
    True
    """
    if one.category == "region" and other.attrs.get("kind") == "team":
        return any(other.name.startswith(one.name[i:]) for i in range(len(one.name) - 1))
    if "region" in (one.category, other.category):
        return one.category == other.category and one.name.startswith(other.name)
    return one.name.startswith(other.name) or other.name.startswith(one.name)
