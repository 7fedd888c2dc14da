"""Departments: the same offices in every region, so that the region and the field make the name.

唐县教育局 names its region; 县教育局 and 市委组织部 belong to the home region of the article; 教育部 needs none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.pipes.names.borders import alternation
from kg.pipes.names.context import Context

FIELDS = 24  # characters that the fields before the last one have at most


@dataclass(frozen=True, slots=True)
class Department:
    """A department in the text: `place` the key of its region (empty for national bodies), `core` its words without it.

    `field` is the same for all ways to name the office; `bare` says that only the level stood before it (县教育局).
    """

    start: int
    end: int
    place: str
    core: str
    field: str
    bare: bool = False
    category: str = "organization"
    kind: str = "department"
    named: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    field: str
    category: str
    kind: str


@cache
def offices() -> tuple[WordScan, dict[str, Office]]:
    """The scan for all offices and, for each way to write one, what it is."""
    known: dict[str, Office] = {}
    for entry in table("departments")["department"]:
        category, kind = entry.get("category", "organization"), entry.get("kind", "department")
        for name in entry["names"]:
            first = name if entry.get("apart") else entry["names"][0]
            for end in entry["ends"]:
                last = table("departments")["same_end"].get(end, end)
                known.setdefault(name + end, Office(first + last, category, kind))
    return WordScan(known, nested=True), known


_HOUSES: Final = frozenset({"school", "hospital"})  # named after who built them as well: 拉萨江苏实验中学


@cache
def _fields() -> re.Pattern[str]:
    """The fields that stand before the last one in the name of an office (文化广播电视和 in 文化广播电视和旅游局)."""
    lists = table("departments")["composite"]
    named = [name for entry in table("departments")["department"] for name in entry["names"]
             if entry["ends"] != [""] and len(name) > 1]
    fields, joints = alternation([*lists["words"], *named]).pattern, alternation(lists["joints"]).pattern
    return re.compile(f"(?:(?:{fields})(?:{joints})?){{1,4}}$")


@cache
def _levels() -> dict[str, str]:
    levels = table("departments")["levels"].items()
    return {word: level for level, words in levels if isinstance(words, list) for word in words}


@cache
def _national() -> WordScan:
    return WordScan(table("departments")["national"]["words"])


@cache
def _nations() -> list[str]:
    """Other countries, which have ministries of the same names."""
    lists = table("organisations")["lead"]
    return [n for n in lists["nation"] if n not in lists["domestic"]]


@cache
def _before() -> re.Pattern[str]:
    lists = table("departments")
    levels = "|".join(sorted(_levels(), key=lambda w: (-len(w), w)))
    between = "|".join(sorted(lists["before"]["words"], key=lambda w: (-len(w), w)))
    return re.compile(f"(?P<level>{levels})?(?P<between>(?:{between}){{0,2}})$")


def departments(context: Context, start: int, end: int, home: Callable[[str, int], str]) -> Iterator[Department]:
    """The departments in characters start..end; *home(level, place)* tells whose 县教育局 at a place is."""
    scan, known = offices()
    text = context.text
    national, words = _national().words(text, start, end), scan.longest(text, start, end)
    if not national and not words:
        return
    lists = table("departments")
    inside = [m for m in context.places.values() if start <= m.start and m.end <= end]
    ends = {m.end: m for m in sorted(inside, key=lambda m: -m.start)}
    for first, last in national:
        if text.startswith(tuple(lists["national"]["not_before"]), last):
            continue
        nation = next((n for n in _nations() if text.endswith(n, start, first)), "")
        if nation or not text.endswith(tuple(lists["national"]["foreign"]), start, first):
            name = text[first - len(nation) : last]
            yield _regional(context, Department(first - len(nation), last, "", name, name))
    place = start
    shared: Department | None = None
    for word, last in words:
        if word < place:
            continue
        office = known[text[word:last]]
        if office.kind == "department" and (several := _fields().search(text, max(start, place, word - FIELDS), word)):
            word = several.start()
            office = Office(text[word:last], "organization", "department")
        before = _before().search(text, max(start, word - 8), word)
        if before is None or text.startswith(tuple(table("departments")["not_before"]["words"]), last):
            continue
        between = before["between"]
        party = between if between in lists["before"]["party"] else ""
        opening = word - len(between)
        if opening in ends:
            region = ends[opening]
            first = region.start
            while any(r.end == first for r in ends.values()):
                first = min(r.start for r in ends.values() if r.end == first)
            core = text[opening : last]
            named, place_of = region.name, region.key
            if office.kind in _HOUSES and (seat := _seat(region, first, ends)) is not None:
                named, place_of = text[first:opening], seat.key
            shared = Department(first, last, place_of, core, party + office.field,
                                False, office.category, office.kind, named)
            yield _branch(context, shared)
            place = last
        elif before["level"]:
            level = _levels()[before["level"]]
            first = opening - len(before["level"])
            owner = ends.get(first)
            if owner and gazetteer().level(owner.key) == level:  # 江西 in 江西省军区
                core = text[opening : last]
                shared = Department(owner.start, last, owner.key, core, party + office.field,
                                    False, office.category, office.kind, owner.name)
                yield _branch(context, shared)
                place = last
                continue
            if _glued(text, first, start):
                continue
            key = home(level, first)
            core = text[opening : last] if key else text[first : last]
            shared = Department(first, last, key, core, party + office.field,
                                True, office.category, office.kind, gazetteer().name(key) if key else "")
            yield _branch(context, shared)
            place = last
        elif shared and _continues(text, shared.end, word):
            core = text[word:last]
            shared = Department(word, last, shared.place, core, office.field,
                                True, office.category, office.kind, shared.named)
            if shared.named:
                yield shared
            place = last
        elif _alone(context, core := text[word:last], word, last) and (
                found := _at_home(core, word, home, office)):
            shared = found
            yield shared
            place = last


def _seat(region: Mention, first: int, ends: dict[int, Mention]) -> Mention | None:
    """The region right before another one of which it is no part, in the name of a house: 云谷|青石省|实验中学."""
    before = ends.get(region.start) if first < region.start else None
    apart = before is not None and before.key != region.key and not gazetteer().inside(region.key, before.key)
    return before if apart else None


def _branch(context: Context, whole: Department) -> Department:
    """The branch that the text names after the office: 市公安局凉州分局."""
    region = context.places.get(whole.end)
    branch = table("departments")["branch"]["word"]
    if region is None or not context.text.startswith(branch, region.end):
        return whole
    words = context.text[whole.end : region.end] + branch
    return replace(whole, end=region.end + len(branch), place=region.key, core=whole.core + words,
                   field=whole.field + words)


def _alone(context: Context, name: str, start: int, end: int) -> bool:
    """Whether an office without region and level is told from a common noun: 住建局、商务局等部门."""
    lists = table("departments")["alone"]
    return (name.endswith(tuple(lists["ends"])) and len(name) >= lists["least"] and context.borders.opens(start)
            and bool(_after().match(context.text, end)))


@cache
def _after() -> re.Pattern[str]:
    return re.compile(table("departments")["alone"]["after"])


def _at_home(name: str, start: int, home: Callable[[str, int], str], office: Office) -> Department | None:
    """The office of the smallest home region of the article."""
    key = home("county", start) or home("prefecture", start)
    if not key:
        return None
    return Department(start, start + len(name), key, name, office.field, True, office.category, office.kind,
                      gazetteer().name(key))


def _regional(context: Context, whole: Department) -> Department:
    """The branch of a national body that the text names: 国家金融监督管理总局北京监管局."""
    region = context.places.get(whole.end)
    word = "" if region is None else next(
        (w for w in table("departments")["branch"]["national"] if context.text.startswith(w, region.end)), "")
    if region is None or not word:
        return whole
    words = context.text[whole.end : region.end] + word
    return replace(whole, end=region.end + len(word), core=whole.core + words, field=whole.field + words)


def _continues(text: str, last: int, start: int) -> bool:
    """Whether an office without a region goes on with the list that another one began."""
    lists = table("departments")["shared"]
    return start - last <= lists["reach"] and text[start - 1] in lists["mark"]


@cache
def open_pattern() -> re.Pattern[str]:
    """An office with a field that no list holds."""
    return re.compile(table("departments")["open"]["pattern"])


def open_offices(context: Context, start: int, end: int, home: Callable[[str, int], str]) -> Iterator[Department]:
    """Offices with a field that no list holds (市城管委, 唐县投促局): right after a border, or after a region."""
    lists = table("departments")
    regions = {m.end: m for m in context.places.values()}
    for m in _matches(open_pattern(), context.text, start, end):
        core = m["core"]
        region = regions.get(m.start())
        denied = lists["open"]["not_in"]
        if any(word in core[:-1] or word == core or (len(word) > 1 and word in m[0]) for word in denied):
            continue
        if context.borders.crosses(m.start(), m.end()) or any(m.start() <= r < m.end() for r in context.places):
            continue
        if region and not m["level"]:
            yield Department(region.start, m.end(), region.key, core, core, named=region.name)
        elif m["level"] and (m.start() == start or context.borders.opens(m.start())):
            key = home(_levels()[m["level"]], m.start())
            words = core if key else m[0]
            yield Department(m.start(), m.end(), key, words, core, True, named=gazetteer().name(key) if key else "")


def _matches(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """All matches, overlapping ones included."""
    place = start
    while m := pattern.search(text, place, end):
        place = m.start() + 1
        yield m


def _glued(text: str, first: int, start: int) -> bool:
    """Whether the level belongs to a word before it: 全市, 各县, 城区, or to a name that no table holds."""
    return first > start and text[first - 1] in table("departments")["not_after"]["characters"]


def full_name(department: Department) -> str:
    """The region's path and the office: 河北省保定市唐县教育局.

    >>> full_name(Department(0, 4, "", "教育部", "教育部"))
    '教育部'
    """
    return department.named + department.core
