"""Units of titles in a sentence, and the chains that 、 makes of them (区委常委、组织部部长).

A unit is `[region or body][lead][department]rank`; what the words are stands in the lexicon file posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.names import names
from kg.lexicon.needs import compiled
from kg.model import Mention
from kg.pipes.people.grammar import Kind, grammar, level_word

PREFIX: Final = 24  # characters that the words before a rank may take inside a chain
BEFORE: Final = 26  # characters before a word of rank in which its lead and department stand
AFTER: Final = 4
COMMITTEE: Final = 2  # characters of 区委
LEVELED: Final = ("government", "congress", "cppcc")  # bodies whose ranks may begin with a word of level (县长)
_STOP: Final = "、，,。；;：:！？!?\n“”‘’（）()《》【】|"
TITLE: Final = 30  # characters within which a title tells its rank


@dataclass(frozen=True, slots=True)
class Unit:
    """One title: `start` is where its own words begin (after region or body), `front` where those begin."""

    start: int
    end: int
    front: int
    category: str
    body: str
    lead: str
    level: str
    rank: str
    department: str = ""
    weak: bool = False
    former: bool = False
    mention: Mention | None = None
    silent: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Titles of one person, in order; a name may stand right behind `end`."""

    units: tuple[Unit, ...]

    @property
    def start(self) -> int:
        return self.units[0].front

    @property
    def end(self) -> int:
        return self.units[-1].end


def begins_title(text: str, place: int) -> bool:
    """Whether a title stands right there.

    >>> begins_title("审计局督查处处长甲某", 6), begins_title("审计局督查处处长甲某", 3)
    (True, False)
    """
    likely = grammar().ranks.open(text, place, min(len(text), place + TITLE))
    return any(compiled(pattern).match(text, place) for pattern, _ in likely)


def find_units(text: str, start: int, end: int, mentions: Iterable[Mention]) -> list[Unit]:
    """All titles in a stretch of text; of those that overlap the longest stands. *mentions*: regions and bodies.

    >>> [u.rank for u in find_units("区委常委、组织部部长甲某", 0, 12, ())]
    ['常委', '部长']
    """
    windows = _windows(text, start, end)
    if not windows:
        return []
    rules = grammar()
    around = sorted(mentions, key=lambda m: (m.start, -m.end))
    places = [m for m in around if m.category == "region"]
    found: list[tuple[int, int, re.Match[str], Kind]] = []
    for first, last in windows:
        for m, kind in ((m, kind) for pattern, kind in rules.ranks.open(text, first, last)
                        for m in _matches(compiled(pattern), text, first, last, places)):
            last_of = m.end() - 1
            if not ((text.startswith(rules.not_after, last_of) and not text.startswith(rules.but, last_of)
                     and not (text[last_of] == rules.chief and names().stands(text, last_of + 1)))
                    or rules.street.match(text, last_of)
                    or text.endswith(rules.not_before, start, m.start("rank"))):
                found.append((m.start(), m.end(), m, kind))
    found.sort(key=lambda f: (f[0] - f[1], f[0]))
    taken: list[tuple[int, int]] = []
    units = []
    for first, last, match, kind in found:
        if any(first < b and a < last for a, b in taken):
            continue
        taken.append((first, last))
        unit = _unit(text, start, first, last, match, kind, around)
        if unit is not None:
            units.append(unit)
    return sorted(units, key=lambda u: u.start)


def _matches(pattern: re.Pattern[str], text: str, start: int, end: int, places: list[Mention]) -> list[re.Match[str]]:
    """All matches whose office holds no region and no rank; one that does is sought again from there.

    省政府…某某|市委书记, 省委书记甲某和|省体育局副局长.
    """
    found = []
    m = pattern.search(text, start, end)
    while m is not None:
        first, last = m.span("office") if m["office"] else (0, 0)
        if any(first <= p.start and p.end <= last for p in places) or ranked(_within(text[first:last])):
            m = pattern.search(text, first, end)
            continue
        found.append(m)
        m = pattern.search(text, m.end(), end)
    return found


def _windows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches around words of rank, joined where they touch; elsewhere no rank can stand."""
    found: list[tuple[int, int]] = []
    for m in grammar().cores.finditer(text, start, end):
        first, last = max(start, m.start() - BEFORE), min(end, m.end() + AFTER)
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _unit(text: str, begin: int, first: int, last: int, match: re.Match[str], kind: Kind,
          around: list[Mention]) -> Unit | None:
    rules = grammar()
    body = kind.body
    lead = match["lead"] or ""
    rank_start = match.start("rank")
    owner: Mention | None = None
    front = first
    glossed = _gloss(text, first)
    for m in around:
        if m.category == "region":
            # 保靖县|委书记, 果洛州|长: the word of level belongs to both
            touches = m.start < first <= m.end <= max(first + 3, match.start("rank")) or m.end == first
            if m.start < first and touches and (owner is None or owner.category == "region"):
                owner = m
        elif m.start <= first < m.end <= rank_start or m.end in (first, glossed) or (
                m.start < first and m.end == rank_start + 1 and text[m.end] == rules.chief) or (
                m.start < first == rank_start and text[first : m.end] in rules.boards) or (
                m.start < rank_start < m.end < last and text.endswith(rules.shared, rank_start, m.end)):
            if owner is None or owner.category == "region" or m.start <= owner.start:
                owner = m
        elif m.start < last < m.end or (m.start < first and m.end >= last):
            return None  # the rank word is part of a body's name (书记 in 书记学院)
    level = ""
    start = first
    department = (match["office"] or "") + (match["dept"] or "")
    former = bool(match["was"])
    team = kind.weak and match["rank"].endswith(rules.team)  # 某校|女足队|队长: a team of pupils is no department
    if owner is None and not lead and not team and not (body in LEVELED and level_word(match["rank"])):
        owner = within(text, first, around) or within(text, rank_start, around)
        if owner is not None:
            first = start = front = owner.end
            department = text[first:rank_start]  # of a body it is worked out below
    if owner is not None:
        front = owner.start
        if owner.category != "region":
            place = _leading_place(text, owner, around)
            if place is not None:
                owner, lead = place
                start = min(owner.end - len(lead), rank_start)
            else:
                shared = len(lead) == COMMITTEE and first < owner.end == first + len(level_word(lead))  # 某区|委书记
                start = first if owner.end == glossed or shared else min(owner.end, rank_start)
                if rank_start < owner.end and text.endswith(rules.shared, rank_start, owner.end):
                    start = owner.end if owner.end - rank_start > 1 else rank_start  # 省委教育工委|副书记; 救援队|队员
                lead, department = "", text[start:rank_start]
                for words in ((table("posts")["fits"]["of"],), (*rules.former, *rules.prefixes)):
                    word = next((word for word in words if department.startswith(word)), "")
                    former |= word in rules.former
                    start += len(word)
                    department = department[len(word):]
                if department == rules.once:  # 某某大学|前|副校长
                    former, start, department = True, start + len(department), ""
                if (term := rules.term.match(department)) is not None:  # 第六届|主席
                    start, department = start + term.end(), department[term.end() :]
                if over := next((word for word in rules.former if department.endswith(word)), ""):
                    former, department = True, department.removesuffix(over)
    if lead:
        level = level_word(lead)
        body = next((b for p, b in rules.leads if p.fullmatch(lead)), body)
    elif body in LEVELED:
        level = level_word(match["rank"])
    elif kind.level and (owner is None or owner.category == "region"):
        level = kind.level
    elif not department and owner is not None and owner.category == "region":
        body = body or "government"
    if owner is None and level and lead.startswith(level) and text.endswith(rules.zones, begin, first + len(level)):
        start, front, lead, level = first + len(level), first + len(level), lead[len(level):], ""
    inside = owner is not None and owner.category == "region" and start < owner.end == start + len(level)
    if inside and owner is not None and lead.startswith(level) and _in_name(owner.key, level):
        start, lead, level = owner.end, lead[len(level) :], ""  # 忻州|人大常委会副主任: of a city
    for word in rules.former:
        for stop in (front,) if owner is not None and owner.category == "region" else (front, start):
            if text.endswith(word, begin, stop):
                former = True
                front = min(front, stop - len(word))
    if former and owner is None:
        # 复旦大学原党委书记: the body stands before the word
        own = next((word for word in rules.own if text.endswith(word, begin, front)), "")
        owner = next((m for m in around if m.end in (front, front - len(own))), None)
        front = owner.start if owner else front
    if owner is not None and lead.startswith(rules.silent_level):
        start += len(level)
    if owner is not None and owner.category == "region":
        front = _whole(around, front)
    return Unit(start, last, front, kind.category, body, lead, level, match["rank"], department, kind.weak, former,
                owner, kind.silent, kind.alone)


def _in_name(key: str, level: str) -> bool:
    """Whether a word of level is the end of a region's short name and not its level.

    >>> _in_name("region:140900", "州"), _in_name("region:130627", "县")
    (True, False)
    """
    places = gazetteer()
    return places.short(key).endswith(level) and not places.own_name(key).endswith(level)


def _whole(around: list[Mention], front: int) -> int:
    """Where the chain of regions begins whose last one begins at *front*: 某州|某县委书记."""
    above = next((m for m in around if m.category == "region" and m.end == front and m.start < front), None)
    return front if above is None else _whole(around, above.start)


def _gloss(text: str, first: int) -> int:
    """Where the bracket begins that ends right before *first* and only shortens a name: 某局（简称：青石局）|局长.

    >>> _gloss("某局(简称:青石局)局长", 10), _gloss("某局局长", 2)
    (2, 2)
    """
    found = grammar().gloss.search(text, max(0, first - PREFIX), first)
    return found.start() if found else first


def within(text: str, first: int, around: list[Mention]) -> Mention | None:
    """The body before a department of its own: 某大学|文学院|院长, or before 的: 某某村的|书记."""
    for m in reversed(around):
        gap = text[m.end : first]
        town = m.category == "region" and text.endswith(grammar().towns, m.start, m.end)
        inner = grammar().town_office if town else grammar().inner
        if m.end < first <= m.end + PREFIX and (town or m.category != "region") and inner.fullmatch(gap):
            return None if ranked(_within(gap)) else m
    return None


def _within(words: str) -> str:
    """The words of a department without those in it that hold a word of rank.

    >>> _within("城乡建设委员会")
    '城乡建设'
    """
    return grammar().inward.sub("", words)


def ranked(words: str) -> bool:
    """Whether a word of rank stands in *words* (长 in 长江 is none).

    >>> ranked("党委书记"), ranked("长江保护")
    (True, False)
    """
    rules = grammar()
    return any(not words.startswith(rules.not_after, m.end() - 1) for m in rules.cores.finditer(words))


def _leading_place(text: str, owner: Mention, around: list[Mention]) -> tuple[Mention, str] | None:
    """The region whose leading body was marked as a body of its own (某某街道|党工委), and the words of that body."""
    opens = text.startswith(grammar().prefixes, owner.start) or any(
        m.category == "region" and m.start == owner.start for m in around)
    for m in around if opens else ():
        if m.category == "region" and owner.start <= m.start and m.end < owner.end:
            for shared in (2, 1, 0):  # 某某街道办事处: the word of level belongs to both
                rest = text[m.end - shared : owner.end]
                if any(p.fullmatch(rest) for p, _ in grammar().leads):
                    return m, rest
    return None


def chains(text: str, units: list[Unit]) -> list[Chain]:
    """Join units that 、 or 兼 links; a comma links only where what stands between is a body or region or nothing.

    >>> text = "县委副书记、县长甲某,副县长乙某"
    >>> [len(c.units) for c in chains(text, find_units(text, 0, len(text), ()))]
    [2, 1]
    """
    found: list[list[Unit]] = []
    for unit in units:
        if found and (joined := _linked(text, found[-1][-1], unit)) is not None:
            found[-1].append(joined)
        else:
            found.append([unit])
    return [Chain(tuple(group)) for group in found]


def _linked(text: str, before: Unit, unit: Unit) -> Unit | None:
    """*unit* as it continues the chain of *before* (with the department that stands before its rank), or None."""
    if unit.front < before.end:
        return None
    aside = grammar().aside.match(text, before.end, unit.front)
    gap = text[aside.end() if aside else before.end : unit.front]
    if not gap:
        party = before.body == "party" and before.rank.endswith(grammar().seats)  # 党组成员|副主任
        return unit if unit.lead or unit.mention or unit.level or (party and not unit.department) else None
    for link in (*grammar().links, "、", "，", ",", " ", "　"):
        if not gap.startswith(link):
            continue
        rest = gap[len(link):].strip()
        rest = rest.removeprefix(table("posts")["fits"]["party"])
        if not rest:
            named = before.mention is not None or before.department or before.lead
            ended = before.rank.endswith(grammar().closing) or (not named and before.rank.endswith(grammar().trailing))
            return None if link in "，," and ended else unit
        if grammar().telling.search(rest):
            return None  # 甲某为外交部部长、|乙某为银行行长
        if link in "，, 　" or len(rest) > PREFIX or any(c in _STOP for c in rest):
            return None
        apart = unit.lead and not (rest.endswith(grammar().zones) and not unit.level)
        if apart or (unit.mention is not None and unit.front < unit.start):
            return None if len(rest) > 4 else unit
        if rest.endswith(table("posts")["fits"]["of"]):
            return unit
        start = (unit.front if unit.former else unit.start) - len(rest)
        return Unit(start, unit.end, start, unit.category, unit.body, "", unit.level, unit.rank,
                    rest + unit.department, unit.weak, unit.former, None, unit.silent)
    return None
