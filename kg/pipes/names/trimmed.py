"""Names that begin or end in the wrong place: 阿斯石股份 of 减持阿斯石股份, 青石中学|分校, 了送清凉活动."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.likely import Likely, all_of
from kg.model import Mention
from kg.pipes.tagger.vote import RULE

_BESIDE: Final = 24  # characters beside a name that are looked at
_SHORTEST: Final = 2
_CUT: Final = "cut"
_REGION: Final = "\ue001"  # stands for every character of a region, as in the patterns of relations
_ESCAPED: Final = r"\ue001"
_PROVINCE: Final = "{PROVINCE}"  # stands for the short name of any province


@dataclass(frozen=True, slots=True)
class Trim:
    """One entry of trimmed.toml."""

    id: str
    categories: frozenset[str]
    before: re.Pattern[str]
    name: re.Pattern[str]
    after: re.Pattern[str]
    tagger: bool
    drop: bool
    regions: bool  # whether the words ask for a region that the article names


@cache
def trims() -> tuple[Trim, ...]:
    """The entries of trimmed.toml in the order of the file."""
    provinces = "(?:" + "|".join(gazetteer().shorts("province")) + ")"
    return tuple(
        Trim(entry["id"], frozenset(entry["categories"]), re.compile(entry.get("before", "")),
             re.compile(entry.get("name", "").replace(_PROVINCE, provinces)), re.compile(entry.get("after", "")),
             entry.get("tagger", False), entry.get("drop", False),
             _ESCAPED in entry.get("before", "") + entry.get("name", ""))
        for entry in table("trimmed")["trim"])


@cache
def likely() -> Likely[Trim]:
    """The entries with the words that a name or its neighbours must hold, so that few of them are tried."""
    return Likely((trim, all_of(*(p for p in (trim.before, trim.name, trim.after) if _ESCAPED not in p.pattern)))
                  for trim in trims())


def span(trim: Trim, text: str, start: int, end: int, places: Iterable[Mention] = ()) -> tuple[int, int] | None:
    """Where a name really begins and ends; (start, start) where it is none, None where an entry does not fit it.

    *places*: the regions that the text names.
    """
    more = trim.after.match(text, end, end + _BESIDE)
    if more is None:
        return None
    first = max(0, start - _BESIDE)
    words = _with_regions(text[first:end], first, places) if trim.regions else text[first:end]
    within = trim.name.search(words[start - first :])
    lead = trim.before.search(words[: start - first]) if within is not None else None
    if lead is None or within is None:
        return None
    if trim.drop:
        return start, start
    first = start - len(_group(lead, "lead"))
    cut = _group(within, _CUT)
    if cut and within.start(_CUT) == 0:
        first = start + len(cut)
    last = end + len(_group(more, "more"))
    if cut and within.end(_CUT) == end - start:
        last = end - len(cut)
    return (first, last) if (first, last) != (start, end) and last - first >= _SHORTEST else None


def trimmed(text: str, found: Iterable[Mention], places: Collection[Mention]) -> list[Mention]:
    """*found* with the names that begin and end where they should, without those that are none."""
    out: list[Mention] = []
    longer: list[tuple[int, int]] = []
    for m in found:
        here = _fitting(m, text, places)
        if here is None:
            out.append(m)
        elif here[1] > here[0]:
            out.append(_moved(m, text, *here))
            longer.append(here)
    return [m for m in out if not any(a <= m.start and m.end <= b and (a, b) != (m.start, m.end) for a, b in longer)]


def _fitting(m: Mention, text: str, places: Collection[Mention]) -> tuple[int, int] | None:
    words = text[m.start : m.end]
    for trim in likely().open(text, max(0, m.start - _BESIDE), min(len(text), m.end + _BESIDE)):
        if m.category in trim.categories and (not trim.tagger or m.rule.startswith(RULE)):
            here = span(trim, text, m.start, m.end, places)
            if here is not None and (m.name == words or here[0] == m.start):
                return here
    return None


def _moved(m: Mention, text: str, start: int, end: int) -> Mention:
    """The mention with other borders; what is put behind a name stands behind its full name and its key too."""
    if m.name != text[m.start : m.end]:
        more = text[m.end : end]
        return replace(m, end=end, key=m.key + more, name=m.name + more) if more else m
    name = text[start:end]
    return replace(m, start=start, end=end, key=m.key.partition(":")[0] + ":" + name, name=name)


def _with_regions(words: str, start: int, places: Iterable[Mention]) -> str:
    """The *words* of a text from *start* on with the mark of regions in place of their characters."""
    near = [region for region in places if region.end > start and region.start < start + len(words)]
    if not near:
        return words
    chars = list(words)
    for region in near:
        first, last = max(region.start - start, 0), min(region.end - start, len(words))
        chars[first:last] = _REGION * (last - first)
    return "".join(chars)


def _group(match: re.Match[str], name: str) -> str:
    return (match[name] or "") if name in match.re.groupindex else ""
