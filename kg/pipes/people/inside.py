"""Departments marked with the body they are in, before a title: 青石市审计局督查处|处长, 省人大城环资委|主任委员."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.people.grammar import grammar, level_word
from kg.pipes.people.posts import begins_title

VOTED: Final = "model."
KINDS: Final = ("organization", "enterprise")
SHORTEST: Final = 3  # characters of the body that a department is in


@dataclass(frozen=True, slots=True)
class Opened:
    """The bodies of a text as its titles see them, those among them that nobody marked, and what was cut for them."""

    bodies: list[Mention]
    made: list[Mention]
    cut: list[tuple[int, int]]


@cache
def _form(name: str) -> re.Pattern[str]:
    """A pattern of the table: `department`, `known` or `voted`."""
    return re.compile(table("posts")["inside"][name])


@cache
def _offices() -> re.Pattern[str]:
    """An office of a leading body that is none of the party's: 人大城环资委, 县政府办公室."""
    words = table("posts")["inside"]
    leads = "|".join(form.pattern for form, body in grammar().leads if body in words["leads"])
    return re.compile(f"(?:{leads})(?:{words['office']})")


def opened(text: str, bodies: Sequence[Mention], regions: Sequence[Mention]) -> Opened:
    """The names of departments and offices right before a title give way to the body or region that they are in."""
    kept: list[Mention] = []
    made: list[Mention] = []
    cut: list[tuple[int, int]] = []
    for m in bodies:
        if m.category not in KINDS or not begins_title(text, m.end):
            kept.append(m)
        elif (known := _elsewhere(text, m, bodies)) is not None:
            cut.append((m.start, m.end))
            kept.append(known)
            made.append(known)
        elif m.category != "organization":
            kept.append(m)
        elif _office(text, m, regions):
            cut.append((m.start, m.end))
        elif (parent := _parent(text, m, bodies, regions)) is not None:
            cut.append((m.start, m.end))
            kept.append(parent)
            made.append(parent)
        else:
            kept.append(m)
    return Opened([m for i, m in enumerate(kept) if m not in kept[:i]], [m for m in made if m not in bodies], cut)


def _office(text: str, body: Mention, regions: Sequence[Mention]) -> bool:
    """Whether the name is that of a region and of an office of its government, congress, conference or town hall.

    A word of level may stand for the region: 县人大委员会|主任.
    """
    if level_word(text[body.start : body.start + 1]) and _offices().fullmatch(text, body.start, body.end):
        return True
    for m in regions:
        if body.start <= m.start and m.end < body.end and not any(m.end <= r.start < body.end for r in regions):
            if any(_offices().fullmatch(text, m.end - shared, body.end) for shared in (2, 1, 0)):
                return True
            town = text.endswith(grammar().towns, m.start, m.end)
            if town and grammar().town_office.fullmatch(text, m.end, body.end):
                return True
    return False


def _elsewhere(text: str, body: Mention, bodies: Sequence[Mention]) -> Mention | None:
    """The body that the text names elsewhere and whose department this is: 青石基金|市场部 beside 青石基金."""
    lesser = tuple(table("posts")["inside"]["not_parents"])
    for m in bodies:
        end = body.start + m.end - m.start
        same = m.key != body.key and m.end - m.start >= SHORTEST and end < body.end
        if not same or m.start == body.start or text.endswith(lesser, m.start, m.end):
            continue
        if text.startswith(text[m.start : m.end], body.start) and _form("known").fullmatch(text, end, body.end):
            return replace(m, start=body.start, end=end, rule="people.inside")
    return None


def _parent(text: str, body: Mention, bodies: Sequence[Mention], regions: Sequence[Mention]) -> Mention | None:
    """The body that a department is in: the one marked there, or the shortest name that ends like one."""
    words = table("posts")["inside"]
    for m in sorted(bodies, key=lambda m: -m.end):
        if m.start == body.start and m.end < body.end and _form("department").fullmatch(text, m.end, body.end):
            return m
    for end in range(body.start + SHORTEST, body.end):
        if not text.endswith(tuple(words["parents"]), body.start, end) or text.endswith(
                tuple(words["not_parents"]), body.start, end):
            continue
        if _form("department").fullmatch(text, end, body.end) and not any(end <= m.start < body.end for m in regions):
            name = body.name.removesuffix(text[end : body.end])
            return replace(body, end=end, key="body:" + name, name=name, rule="people.inside")
    return None


def departed(text: str, body: Mention, regions: Sequence[Mention]) -> bool:
    """Whether only the tagger took a department for a body (国民经济综合处|副处长 behind 省发展改革委办公室副主任)."""
    placed = any(body.start <= m.start and m.end <= body.end for m in regions)
    if placed or not body.rule.startswith(VOTED):
        return False
    department = _form("department").fullmatch(text, body.start, body.end)
    return bool(department and _form("voted").search(text, body.start, body.end))
