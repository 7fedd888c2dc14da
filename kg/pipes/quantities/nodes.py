"""To which node a measured quantity belongs: the thing that its clause speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from kg.lexicon import table
from kg.pipes.quantities.line import Item, Line, Measure, clause_signs, dress, pattern
from kg.pipes.slots import Slot

Before = Callable[[], Line | None]


@cache
def _commas() -> str:
    """Signs that part the clauses of one statement; a colon does not (总投资：3亿元)."""
    return str(table("quantities")["measure_words"]["commas"])


@cache
def _generic(category: str) -> re.Pattern[str] | None:
    words = table("quantities")["measure_words"]["generic"]
    return re.compile(words[category]) if category in words else None


def nodes(line: Line, before: Before) -> dict[int, str]:
    """The key of the node for every item that has one. *before* gives the sentence before in the same paragraph."""
    found: dict[int, str] = {}
    for number in range(len(line.items) - 1, -1, -1):
        item = line.items[number]
        if item.measure is None or (item.bracket and item.part_of >= 0):
            continue
        key = _described(line, item, item.measure, found.get(number + 1, ""), line.items[number + 1 : number + 2])
        if key is None:
            key = _bracketed(line, item, item.measure) or _subject(line, item, item.measure, before)
        if key:
            found[number] = key
    for number, item in enumerate(line.items[1:], start=1):
        last = line.items[number - 1]
        if item.measure is None and number - 1 in found and last.measure is not None and item.part_of < 0:
            gap = line.text[last.end : item.start]
            if item.quantity.kind in last.measure.kinds and pattern("measure_words", "chain").fullmatch(gap):
                found[number], item.measure = found[number - 1], last.measure
                dress(line, last)
                dress(line, item)
                item.quantity = replace(item.quantity, measure=last.quantity.measure)
    return found


def _described(line: Line, item: Item, measure: Measure, later: str, following: list[Item]) -> str | None:
    """总投资3亿元的黑茶产业园: the key of the thing behind, "" where it has no name, None where nothing follows."""
    match = pattern("measure_words", "attribute").match(line.text[item.end : line.end])
    if match is not None:
        place = item.end + match.end()
        for slot in line.within(place, line.end):
            gap = line.text[place : slot.start]
            if len(gap) <= table("quantities")["measure_words"]["near"] and not set(gap) & set(clause_signs()[0]):
                return _one(slot, measure)
            break
        return ""
    listed = bool(later) and following[0].measure is not None and following[0].measured_from - item.end in (0, 1)
    if listed and pattern("measure_words", "attribute").match(line.text[following[0].end : line.end]):
        return later
    return None


def _bracketed(line: Line, item: Item, measure: Measure) -> str:
    """黑茶产业园（总投资3亿元）: the thing right before the bracket in which the item stands."""
    stretch = line.text[item.part : item.start]
    opened = [*pattern("parts", "bracket").finditer(stretch)]
    closed = [*pattern("parts", "close").finditer(stretch)]
    if not opened or (closed and closed[-1].start() > opened[-1].start()):
        return ""
    place = item.part + opened[-1].start()
    behind = [s for s in line.slots if place - 2 <= s.end <= place]
    return _one(behind[-1], measure) if behind else ""


def _one(slot: Slot, measure: Measure) -> str:
    """The key of a slot that means one thing of a category that has the measure, else ""."""
    return slot.keys[0] if len(set(slot.keys)) == 1 and slot.mentions[0].category in measure.on else ""


def _subject(line: Line, item: Item, measure: Measure, before: Before) -> str:
    """The thing that the clause speaks of, looked for in the clause itself and in those before it."""
    commas, words = _commas(), table("quantities")["measure_words"]
    clause = max(line.clause_of(item.measured_from, commas), item.part)
    here = line.within(clause, item.measured_from)
    if here:
        return _own(line, here, clause, item.measured_from, measure)
    own = line.text[clause : item.measured_from]
    if not pattern("measure_words", "filler").fullmatch(own):
        return ""
    for _ in range(0 if measure.own else words["reach"]):
        if clause <= item.part:
            break
        end = clause - 1
        clause = max(line.clause_of(end, commas), item.part)
        slots = line.within(clause, end)
        if slots:
            return _told(line, slots, clause, end, measure)
        if pattern("measure_words", "foreign").match(line.text[clause:end]):
            return ""
    return _carried(before, line.text[clause : item.measured_from], measure) if clause <= line.start else ""


def _own(line: Line, here: list[Slot], clause: int, place: int, measure: Measure) -> str:
    """The last thing named before the measure in its clause that is no adjunct (在石桥村)."""
    words = table("quantities")["measure_words"]
    skipped = False
    for slot in reversed(here):
        if _adjunct(line, slot, clause):
            skipped = True
            continue
        gap = line.text[slot.end : place]
        opens = bool(pattern("measure_words", "opening").fullmatch(line.text[clause : slot.start]))
        near = words["far"] if skipped or opens else words["near"]
        if pattern("measure_words", "others").match(gap) or _listed(line, slot):
            return ""
        loose = measure.loose and len(gap) <= near and opens and not pattern("measure_words", "told").search(gap)
        return _one(slot, measure) if loose or pattern("measure_words", "filler").fullmatch(gap) else ""
    return ""


def _told(line: Line, slots: list[Slot], clause: int, end: int, measure: Measure) -> str:
    """The topic of an earlier clause: what opens it, or what stands at its end (建成了黑茶产业园,)."""
    if pattern("measure_words", "told").search(line.words(clause, end)):
        return ""
    first, last = slots[0], slots[-1]
    opens = pattern("measure_words", "opening").fullmatch(line.text[clause : first.start])
    others = pattern("measure_words", "others").match(line.text[first.end : end])
    ends = pattern("measure_words", "ending").fullmatch(line.text[last.end : end])
    free = not (others or _adjunct(line, first, clause) or _listed(line, first))
    head = _one(first, measure) if opens and free else ""
    site = pattern("measure_words", "site").search(line.text[clause : last.start])
    tail = _one(last, measure) if ends and not (site or _listed(line, last)) else ""
    if head and tail and head != tail:
        return tail if last.mentions[0].category != first.mentions[0].category == "enterprise" else ""
    return head or tail


def _adjunct(line: Line, slot: Slot, clause: int) -> bool:
    return bool(pattern("measure_words", "adjunct").search(line.text[clause : slot.start]))


def _listed(line: Line, slot: Slot) -> bool:
    """Whether the thing stands in a list, whose other members share what is said."""
    joins = table("quantities")["measure_words"]["joins"]
    before = [s for s in line.slots if 0 < slot.start - s.end <= 1 and line.text[slot.start - 1] in joins]
    behind = [s for s in line.slots if 0 < s.start - slot.end <= 1 and line.text[slot.end] in joins]
    return any(s.letter == slot.letter for s in (*before, *behind))


def _head(line: Line, place: int) -> str:
    """The clause before *place*."""
    return line.text[line.clause_of(place, _commas()) : place]


def _carried(before: Before, own: str, measure: Measure) -> str:
    """项目总投资3亿元 at the head of a sentence: the only project of the sentence before."""
    for category in sorted(measure.on):
        generic = _generic(category)
        if generic is not None and generic.match(own):
            near = before()
            slots = [s for s in (near.slots if near is not None else []) if s.mentions[0].category == category]
            keys = {key for s in slots for key in s.keys}
            opens = near is not None and slots and pattern("measure_words", "opening").fullmatch(
                _head(near, slots[0].start))
            return keys.pop() if len(keys) == 1 and opens else ""
    return ""
