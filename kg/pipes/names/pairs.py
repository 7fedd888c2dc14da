"""Names that tell a relation by themselves: 城阳对口帮扶陇西工作组, 绿野公司育苗基地."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from kg.lexicon import table
from kg.model import Claim, Mention
from kg.pipes.annotations import Sentence
from kg.pipes.bodies.short import bare
from kg.pipes.names.generic import generic

_BODIES = frozenset({"enterprise", "organization"})
_SHORTEST = 3  # characters that a body's name needs to be recognised at the head of a project's name
_OWNED = 0.8


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, float], ...]:
    return tuple((re.compile(e["pattern"]), e["id"], e["score"]) for e in table("relations/paired_with")["name"])


@cache
def _owned(kind: str) -> re.Pattern[str]:
    return re.compile(table("relations/undertakes")["owned"][kind])


def _is_owned(rest: str, body: Mention) -> bool:
    """Whether the rest of a project's name, behind the name of a body, makes the project its own."""
    if _owned("seat").search(body.name) and _owned("seated").match(rest):
        return False  # 青石开发区|绿野产业园
    if _owned("tower").search(body.name) and _owned("housed").search(rest):
        return False  # 云谷大厦|政务服务驿站
    if body.category == "organization" and _owned("works").match(rest):
        return False  # 青禾小学|新建工程
    return bool(_owned("pattern").match(rest)
                or (body.category == "enterprise" and _owned("enterprise").match(rest)))


def named_pairs(text: str, found: list[Mention], sentences: list[Sentence]) -> list[Claim]:
    """paired_with from the names of teams, undertakes from project names that begin with the name of a body.

    The name of a region may stand before it (上海绿野公司科技园), and the body may have a short name in the *text*.
    """
    surfaces: dict[str, Mention] = {}
    for m in sorted(found, key=lambda m: (-len(m.name), m.start)):
        if m.category == "region":
            surfaces.setdefault(m.name, m)
    claims = []
    seen: set[str] = set()
    bodies = _owners(text, found) if any(m.category == "project" for m in found) else []
    places = {m.start: m.end for m in sorted(found, key=lambda m: m.end) if m.category == "region" and m.surface}
    for m in found:
        if m.key in seen:
            continue
        where = next((s for s in sentences if s.start <= m.start < s.end), None)
        if where is None:
            continue
        seen.add(m.key)
        if m.category == "organization":
            claims.extend(_team(m, found, surfaces, where))
        elif m.category == "project":
            opened = min(places.get(m.start, m.start), m.end) - m.start
            names = {m.name, m.name[opened:] if m.name.startswith(text[m.start : m.start + opened]) else m.name}
            owners = [(name, body) for name, body in bodies
                      if any(n.startswith(name) and _is_owned(n[len(name) :], body) for n in sorted(names))]
            claims.extend(Claim("undertakes", body.key, m.key, where.start, where.end, "undertakes/named-after", _OWNED,
                                tail_span=(m.start, m.end))
                          for name, body in owners    # 青石健康|服务中心 is of 青石健康, not of 青石
                          if not any(other.startswith(name) and one.key != body.key for other, one in owners))
    return claims


def _owners(text: str, found: list[Mention]) -> list[tuple[str, Mention]]:
    """Names by which a project may name its owner: of bodies in full, of companies also as the text shortens them."""
    names: dict[str, Mention] = {}
    for m in sorted(found, key=lambda m: (m.start, -m.end)):
        if m.category not in _BODIES:
            continue
        if len(m.name) >= _SHORTEST:
            names.setdefault(m.name, m)
        if m.category == "enterprise" and len(bare(m.name)) >= _SHORTEST - 1 and not generic(bare(m.name)):
            names.setdefault(bare(m.name), m)
        words = text[m.start : m.end]
        if m.surface and len(words) >= (_SHORTEST - (m.category == "enterprise")):
            names.setdefault(words, m)
    places = {text[m.start : m.end] for m in found if m.category == "region" and m.surface}
    return sorted((name, m) for name, m in names.items() if name not in places)


def _region(text: str, regions: dict[str, Mention]) -> Mention | None:
    """The region that a shortened name means: its full name ends with it, but for the last character."""
    for name, mention in sorted(regions.items(), key=lambda item: (len(item[0]), item[0])):
        if name == text or name.endswith(text) or (len(text) > 1 and name[:-1].endswith(text)):
            return mention
    return None


def focus(name: str, found: list[Mention]) -> Mention | None:
    """The region of a province that the article speaks of most; the province itself where it names no other twice.

    >>> county = Mention(0, 3, "region", "region:540223", "西藏自治区日喀则市定日县", "test",
    ...                  attrs={"adcode": "540223"})
    >>> town = Mention(4, 8, "region", "region:扎西宗乡", "西藏自治区日喀则市定日县扎西宗乡", "test")
    >>> [m.name for m in (focus("西藏自治区", [county, town, town, town, county]),) if m]
    ['西藏自治区日喀则市定日县']
    """
    within = [m for m in found if m.category == "region" and name and m.name.startswith(name)]
    within = [m for m in within if m.attrs.get("adcode")] or within     # a team works in a county, not in one town
    count = Counter(m.key for m in within)
    parts = [m for m in within if m.name != name and count[m.key] > 1]
    best = max(parts, key=lambda m: (count[m.key], -len(m.name), m.key, -m.start), default=None)
    return best or next((m for m in within if m.name == name), None)


def _meant(text: str, found: list[Mention], regions: dict[str, Mention]) -> Mention | None:
    """The region that the end of a name means, be it shortened (陇西) or one character for a province (援藏)."""
    province = table("relations/paired_with")["shorts"].get(text)
    return focus(province, found) if province else _region(text, regions)


def _team(m: Mention, found: list[Mention], regions: dict[str, Mention], where: Sentence) -> list[Claim]:
    for pattern, rule, score in _patterns():
        match = pattern.match(m.name)
        if match is None:
            continue
        ends = {r.end - m.start: r for r in found if r.category == "region" and m.start <= r.start and r.end <= m.end}
        tail = _meant(match["tail"], found, regions) or ends.get(match.end("tail"))
        if tail is None:
            return []
        head = _region(match["head"], regions) or ends.get(match.end("head")) or m
        if head.key == tail.key or (head.category == "region" and head.name.startswith(tail.name)):
            return []
        pair = Claim("paired_with", head.key, tail.key, where.start, where.end, f"paired_with/{rule}", score,
                     head_span=(m.start, m.end))
        helps = head.category == "region"
        return [pair, *([replace(pair, relation="supports", score=round(score * _OWNED, 3))] if helps else [])]
    return []
