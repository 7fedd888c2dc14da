"""Totals and their parts: 120人（教师35人、医生85人）, 总投资3亿元,其中一期1亿元; sums that do not agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from kg.model.quantity import plain
from kg.pipes.quantities.line import COUNTS, Item, Line, dress, pattern

LIKE: Final = Decimal("0.02")   # how far a sum of rounded parts may lie from its total
ROUND: Final = frozenset({"about", "below", "above"})


def compare(line: Line) -> list[tuple[int, str]]:
    """Join the parts of the line's items to their totals; the numbers of totals in conflict with how they differ."""
    groups: dict[int, list[int]] = {}
    for number, item in enumerate(line.items):
        opened, bracket = _opening(line, item)
        if opened < 0:
            continue
        total = _total(line, number, opened, bracket)
        if total is not None:
            item.part_of, item.bracket, item.opened = total, bracket, opened
            groups.setdefault(total, []).append(number)
    found = []
    for total, parts in sorted(groups.items()):
        told = _sum(line, total, parts)
        if told:
            found.append((total, told))
    return found


def _opening(line: Line, item: Item) -> tuple[int, bool]:
    """Where the parts begin among which the item stands, and whether a bracket opens them; -1 for no parts."""
    stretch = line.text[item.part : item.start]
    opened = [*pattern("parts", "bracket").finditer(stretch)]
    closed = [*pattern("parts", "close").finditer(stretch)]
    if opened and (not closed or closed[-1].start() < opened[-1].start()):
        return item.part + opened[-1].start(), True
    words = [*pattern("parts", "open").finditer(stretch)]
    return (item.part + words[-1].start(), False) if words else (-1, False)


def _total(line: Line, number: int, opened: int, bracket: bool) -> int | None:
    """The quantity of the same kind and unit that stands last before the parts, right before them in a bracket.

    What stands between it and the parts must name no other quantity, and it must be no sum itself (2名教练和17名队员).
    """
    item = line.items[number]
    if pattern("parts", "ends").search(line.words(opened, item.start)):
        return None
    for other in range(number - 1, -1, -1):
        total = line.items[other]
        if total.end > opened:
            continue
        if (total.quantity.kind, total.quantity.unit) != (item.quantity.kind, item.quantity.unit):
            return None
        dress(line, total)
        dress(line, item)
        if total.part != item.part or total.part_of >= 0 or bool(total.quantity.per) != bool(item.quantity.per):
            return None
        if other and pattern("parts", "joined").fullmatch(line.text[line.items[other - 1].end : total.start]):
            return None
        gap = line.words(total.end, opened)
        wanted = "gap" if bracket else "gap_word"
        return other if pattern("parts", wanted).fullmatch(gap) else None
    return None


def _sum(line: Line, total: int, parts: list[int]) -> str:
    """Write the parts into the total; what they are in conflict with it, or "".

    Parts that count may overlap where no bracket holds them (文科院校, 理科院校): only one that is more than the total
    itself is in conflict with it.
    """
    whole, items = line.items[total], [line.items[n] for n in parts]
    if whole.quantity.upto is not None or any(i.quantity.upto is not None for i in items):
        return ""
    bracket, opened, end = items[0].bracket, items[0].opened, items[-1].end
    words = line.words(opened, end) + line.text[end : end + 2]
    numbers = [i.quantity.value for i in items]
    value = whole.quantity.value
    approximate = {i.quantity.approximation for i in (whole, *items)}
    overlap = bool(pattern("parts", "overlap").search(words)) or (whole.quantity.kind in COUNTS and not bracket)
    added = max(numbers) if overlap else sum(numbers, Decimal(0))
    slack = value * LIKE if approximate & ROUND else Decimal(0)
    full = bracket and len(items) > 1 and not overlap and not approximate - {""} and not (
        pattern("parts", "open").search(words) or pattern("parts", "rest").search(words))
    alone = bracket and len(items) == 1 and not pattern("parts", "open").search(words)
    more = not alone and added > value + slack and whole.quantity.approximation not in ("above", "least")
    written = "+".join(map(plain, numbers))
    if more or (full and added < value - slack):
        told = f"{written}{'>' if more else '<'}{plain(value)}"
        whole.quantity = replace(whole.quantity, conflict=told)
        return told
    whole.quantity = replace(whole.quantity, parts=written)
    return ""
