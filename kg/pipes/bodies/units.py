"""Parts of bodies named after the whole: the law school of a university, the bureau of a ministry, a campus.

江海大学法学院 names two bodies, the school and the university; a campus or a branch only lengthens the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.context import Context

FIELD = 8  # characters of what a school teaches, before 与 in its name


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = table("organisations")["unit"]
    return re.compile(lists["pattern"]), re.compile(lists["apart"]), re.compile(lists["whole"])


def units(context: Context, found: list[Mention]) -> list[Mention]:
    """*found* with the parts that the text names after a body, and with the bodies that open a longer name."""
    apart, member, joining = _patterns()[1], _member(), table("name_borders")["border"]["joining"]
    grown: list[Mention] = []
    swallowed: list[Mention] = []
    for m in found:
        part = _part(context, m)
        inner = [other for other in found if part and m.end <= other.start < part.end("unit")]
        one = part is not None and bool(inner) and _one_name(context, m, inner, part.end("unit"))
        if part is None or context.text[m.start] in joining or (
                not one and part.re is not _team() and context.borders.crosses(m.end, part.end("unit"))):
            grown.append(m)
            continue
        if inner and not one and (
                part.re is not _office() or any(other.end > part.end("unit") for other in inner)):
            grown.append(m)
            continue
        swallowed += inner  # 水利部|珠江水利委员会 is one name
        words = context.text[m.end : part.end("unit")]
        if member.search(words):
            grown += [m, replace(m, end=part.end("unit"))]
            continue
        union = words == table("organisations")["unit"]["company"] and m.attrs.get("kind") == "school"
        if apart.search(words) or union:
            grown.append(m)  # the university itself acts as well
        if m.category != "organization":
            grown.append(m)
        grown.append(Mention(m.start, part.end("unit"), "organization", m.key + words, m.name + words, "bodies.unit",
                             m.score, True, m.attrs))
    grown = [m for m in grown if m not in swallowed]
    return sorted([*grown, *_wholes(context, grown)], key=lambda m: (m.start, -m.end))


def _one_name(context: Context, m: Mention, inner: list[Mention], end: int) -> bool:
    """Whether 与 or 和 stands inside the name of a school of a university: 江海大学历史与文博学院."""
    lists, joining = table("organisations")["unit"], table("name_borders")["border"]["joining"]
    first = context.text[m.end : inner[0].start - 1]
    return (len(inner) == 1 and inner[0].end == end and m.attrs.get("kind") == lists["school"]
            and context.text[inner[0].start - 1] in joining and 1 < len(first) <= FIELD
            and inner[0].start not in context.places and not re.search(lists["own"], first))


@cache
def _member() -> re.Pattern[str]:
    return re.compile(table("organisations")["unit"]["member"])


def _part(context: Context, m: Mention) -> re.Match[str] | None:
    """The words of a part right after a body; of a company only its trade union counts, of a ministry its offices."""
    lists = table("organisations")["unit"]
    if m.category == "organization" and m.name in table("departments")["national"]["words"]:
        office = _office().match(context.text, m.end)
        if office:
            return office
    if m.attrs.get("kind") == lists["school"] and (team := _team().match(context.text, m.end)):
        return team
    part = _patterns()[0].match(context.text, m.end)
    return part if part and (m.category == "organization" or part["unit"] == lists["company"]) else None


@cache
def _team() -> re.Pattern[str]:
    """The team of a school, whatever words it names itself by."""
    return re.compile(table("organisations")["unit"]["team"])


@cache
def _office() -> re.Pattern[str]:
    return re.compile(table("organisations")["unit"]["ministry"])


def _wholes(context: Context, found: list[Mention]) -> Iterator[Mention]:
    """The university in the name of one of its schools."""
    whole = _patterns()[2]
    for m in found:
        words = context.text[m.start : m.end]
        if m.category == "organization" and m.rule != "bodies.unit" and (first := whole.fullmatch(words)):
            name = first["whole"]
            yield Mention(m.start, m.start + len(name), m.category, f"body:{name}", name, "bodies.whole", 0.8,
                          attrs={"kind": "school"})


def campus(context: Context, m: Mention) -> Mention:
    """A university or hospital with the bracket behind its name that tells its place: 中国矿业大学（徐州）."""
    lists = table("organisations")["campus"]
    place = context.places.get(m.end + 1)
    if place is None or not m.name.endswith(tuple(lists["ends"])):
        return m
    opening, closing = context.text[m.end], context.text[place.end : place.end + 1]
    at = lists["open"].find(opening)
    if at < 0 or closing != lists["close"][at] or context.text[m.start : m.end] != m.name:
        return m
    name = context.text[m.start : place.end + 1]
    return replace(m, end=place.end + 1, key=f"body:{name}", name=name)
