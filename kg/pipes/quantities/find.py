"""The quantities of a stretch of text: numbers with their units, how exact they are, and what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, Final

from kg.lexicon import table
from kg.model import Quantity
from kg.pipes.quantities.numerals import number_pattern, numeral, scaled

NEAR: Final = 4     # characters behind the digits among which the unit must begin
PERCENT: Final = 3  # letters of the words of a percentage before its number
AHEAD: Final = 24   # characters behind the unit in which the thing counted stands
BACK: Final = 24    # characters before the number that units and approximations look at


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where it stands: `start` with its approximation, `number` without, `end` behind what is counted.

    `measured` are units that mean nothing without a measure before them: years, shares.
    """

    start: int
    number: int
    end: int
    quantity: Quantity
    measured: bool = False
    unit_end: int = 0


@dataclass(frozen=True, slots=True)
class _Unit:
    kind: str
    base: str
    factor: Decimal
    after: re.Pattern[str]
    noun: re.Pattern[str]
    before: re.Pattern[str] | None
    measured: bool


@cache
def _units() -> dict[str, tuple[_Unit, ...]]:
    """The units by their printed word; several of one word are tried in the order of the table."""
    known: dict[str, list[_Unit]] = {}
    for entry in table("quantities")["unit"]:
        for word in entry["words"]:
            before = re.compile(entry["before"]) if "before" in entry else None
            known.setdefault(word, []).append(_Unit(
                entry["kind"], entry["base"] or word, Decimal(entry["factor"]), re.compile(entry.get("after", "")),
                re.compile(entry.get("noun", "")), before, entry.get("measured", False)))
    return {word: tuple(units) for word, units in known.items()}


@cache
def _pattern() -> re.Pattern[str]:
    data = table("quantities")["number"]
    words = "|".join(sorted(map(re.escape, _units()), key=lambda w: (-len(w), w)))
    return re.compile(f"{data['percent']}{number_pattern()}{data['space']}(?:(?P<unit>{words})|(?(percent)|(?!)))")


@cache
def _openings() -> frozenset[str]:
    """The characters that units begin with; any of them may stand behind a percentage."""
    return frozenset(word[0] for word in _units())


@cache
def _low() -> re.Pattern[str]:
    data = table("quantities")["number"]
    return re.compile(f"{number_pattern()}{data['space']}(?P<unit>\\D{{0,3}}?){data['to']}$")


@cache
def _rules(name: str) -> re.Pattern[str]:
    return re.compile(table("quantities")["number"][name])


@cache
def _degrees(side: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = table("quantities")["approximation"][side]
    end = "$" if side == "before" else ""
    return tuple((name, re.compile(f"(?:{words}){end}")) for name, words in data.items())


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """The quantities of text[start:end], from left to right.

    >>> [(f.quantity.kind, int(f.quantity.value), f.quantity.what) for f in find("选派30名教师,投入1.5亿元")]
    [('persons', 30, '教师'), ('money', 150000000, '')]
    """
    last = len(text) if end is None else end
    pattern, begin, openings, place = _pattern(), _rules("start"), _openings(), start
    while (run := begin.search(text, place, last)) is not None:
        near = text[run.end() - 1 : run.end() + NEAR]
        percent = text.startswith(table("quantities")["number"]["percent_word"], max(0, run.start() - PERCENT))
        match = pattern.match(text, run.start(), last) if percent or not openings.isdisjoint(near) else None
        found = _read(text, match, start, last) if match is not None else None
        place = max(run.end() if match is None else match.end(), run.start() + 1) if found is None else found.end
        if found is not None:
            yield found


def _read(text: str, match: re.Match[str], start: int, last: int) -> Found | None:
    number, word = match["number"].rstrip(), match["unit"]
    if match["percent"] is not None:
        word = word or table("quantities")["unit"][-1]["words"][0]
    if word is None:
        return None
    head = text[max(start, match.start() - BACK) : match.start()]
    head = head[:-PERCENT] if match["percent"] is not None else head
    if _rules("several").search(number) or _rules("never").search(head):
        return None
    tail = text[match.end() : min(last, match.end() + AHEAD)]
    for unit in _units()[word]:
        noun = unit.noun.match(tail)
        if noun is None or unit.after.match(tail) is None:
            continue
        before = unit.before.search(_bare(head)) if unit.before else None
        if unit.before is not None and before is None:
            continue
        if not match["more"] and _rules("vague").fullmatch(number + (match["scale"] or "")) and not (
                unit.kind in table("quantities")["number"]["spared"] and len(number) == 1 and number not in "一"):
            return None
        value = scaled(match["scale"] or "", numeral(number)) * unit.factor
        what = _group(noun, "noun") or _group(before, "noun_") or _goods(unit, head)
        quantity = Quantity(unit.kind, value, unit.base, what=what, approximation="above" if match["more"] else "")
        found = _bounded(text, head, match, noun, quantity, unit, last)
        signs = table("quantities")["number"]["slogan"]
        return None if text[max(0, found.start - 1) : found.start] + text[found.end : found.end + 1] == signs else found
    return None


def _bare(head: str) -> str:
    """The words before a number without its approximation."""
    for _, pattern in _degrees("before"):
        said = pattern.search(head)
        if said is not None:
            return head[: said.start()]
    return head


def _goods(unit: _Unit, head: str) -> str:
    """What is counted where it stands before the number: 饮用水[500箱]."""
    data = table("quantities")["named_before"]
    match = re.search(data["pattern"], _bare(head)) if unit.kind in data["kinds"] else None
    return match["noun"] if match is not None else ""


def _group(match: re.Match[str] | None, name: str) -> str:
    if match is None or name not in match.re.groupindex:
        return ""
    return match[name] or ""


def _bounded(text: str, head: str, match: re.Match[str], noun: re.Match[str], quantity: Quantity, unit: _Unit,
             last: int) -> Found:
    """The quantity with the words around it: how exact it is, and the lower end of a range."""
    first, end = match.start(), match.end() + noun.end()
    low = _low().search(head) if head and _rules("to").match(head, len(head) - 1) else None
    if low is not None:
        value = numeral(low["number"].rstrip())
        own = low["scale"] or any(c in table("quantities")["large"] for c in low["number"])
        if not own and match["number"].strip() != match["number"].strip().rstrip("".join(table("quantities")["large"])):
            shared = match["number"].strip()
            value = scaled(shared[len(shared.rstrip("".join(table("quantities")["large"]))) :], value)
        value = scaled(low["scale"] or "", value) * unit.factor
        if value < quantity.value:
            quantity = replace(quantity, value=value, upto=quantity.value)
            first, head = first - (len(head) - low.start()), head[: low.start()]
    for name, pattern in _degrees("before"):
        said = pattern.search(head)
        if said is not None:
            quantity, first = replace(quantity, approximation=name), first - (len(head) - said.start())
    for place in (match.end(), end):
        for name, pattern in _degrees("after"):
            said = pattern.match(text, place, last)
            if said is not None and not quantity.approximation:
                quantity, end = replace(quantity, approximation=name), max(end, said.end())
    return Found(first, match.start(), end, quantity, unit.measured, match.end())


def entries() -> list[dict[str, Any]]:
    """The units of the table, for tests and documentation."""
    found: list[dict[str, Any]] = table("quantities")["unit"]
    return found
