"""A sentence with its quantities: who is named where, and what the words around a number say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from kg.lexicon import table
from kg.model import Mention, Quantity
from kg.pipes.quantities.find import Found
from kg.pipes.slots import Encoded, Slot
from kg.pipes.speech.modality import scopes, status_at

PLANNED: Final = "planned"
REACH: Final = 48   # characters before a number in which its measure stands
BLOT: Final = "\ue004"
COUNTS: Final = frozenset({"institutions", "persons", "projects"})
BODIES: Final = frozenset({"enterprise", "organization"})
PEOPLE: Final = frozenset({"official", "person", "date", "event"})


@dataclass(slots=True)
class Item:
    """One quantity on its way to a node or a relation; `part_of` is the number of the total that it is a part of."""

    found: Found
    quantity: Quantity
    clause: int
    part: int
    part_of: int = -1
    bracket: bool = False
    opened: int = -1
    measure: Measure | None = None
    measured_from: int = -1
    dressed: bool = False

    @property
    def start(self) -> int:
        return self.found.start

    @property
    def end(self) -> int:
        return self.found.end


@dataclass(frozen=True, slots=True)
class Measure:
    """What a quantity may be of: its name, the kinds it takes and the categories of nodes that have it."""

    name: str
    pattern: re.Pattern[str]
    kinds: frozenset[str]
    on: frozenset[str]
    capacity: bool = False  # a weight or a count is an output
    loose: bool = False     # words may stand between the subject and the measure
    own: bool = False       # the subject stands in the clause of the measure
    closing: bool = False   # nothing may follow the quantity in its clause


@dataclass(slots=True)
class Line:
    """One sentence of the document: the text of the whole document, the sentence encoded, its dates, its quantities."""

    text: str
    coded: Encoded
    dates: list[Mention]
    items: list[Item] = field(default_factory=list)
    blotted: str = ""
    unsure: list[tuple[int, int, str]] | None = None

    def __post_init__(self) -> None:
        """The sentence with a blot for every letter of a name, whose words say nothing: 东风日产, “助学计划”."""
        letters = list(self.text[self.start : self.end])
        for slot in self.coded.slots:
            letters[slot.start - self.start : slot.end - self.start] = BLOT * (slot.end - slot.start)
        self.blotted = "".join(letters)

    def planned(self, place: int) -> bool:
        """Whether what stands at *place* is a plan, wish or demand."""
        if self.unsure is None:
            self.unsure = scopes(self.blotted)
        return status_at(self.unsure, place - self.start) == PLANNED

    def words(self, start: int, end: int) -> str:
        """A stretch of the sentence without its names."""
        return self.blotted[start - self.start : end - self.start]

    @property
    def start(self) -> int:
        return self.coded.start

    @property
    def end(self) -> int:
        return self.coded.end

    @property
    def slots(self) -> list[Slot]:
        """The named and meant things of the sentence, people and dates aside."""
        return [s for s in self.coded.slots if s.mentions[0].category not in PEOPLE]

    def within(self, start: int, end: int) -> list[Slot]:
        return [s for s in self.slots if start <= s.start and s.end <= end]

    def clause_of(self, place: int, breaks: str) -> int:
        """Where the stretch begins that no sign of *breaks* parts from *place*."""
        start, text = self.start, self.text
        while place > start and text[place - 1] not in breaks:
            place -= 1
        return place


@cache
def measures() -> tuple[Measure, ...]:
    data = table("quantities")
    link = data["measure_words"]["link"]
    return tuple(
        Measure(e["name"], re.compile(f"(?P<measure>{e['pattern']}){link}$"), frozenset(e["kinds"]),
                frozenset(e["on"]), *(e.get(name, False) for name in ("capacity", "loose", "own", "closing")))
        for e in data["measure"])


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """One regular expression of the table."""
    return re.compile(table("quantities")[section][name])


@cache
def clause_signs() -> tuple[str, str]:
    """Signs that part clauses, and those of them that end a statement."""
    data = table("quantities")["clause"]
    return data["breaks"], data["stops"]


def read(line: Line, found: Iterable[Found]) -> None:
    """Put the quantities into the line, without those inside a name or a date; `dress` adds what the clause says."""
    taken = [(s.start, s.end) for s in line.coded.slots] + [(d.start, d.end) for d in line.dates]
    breaks, stops = clause_signs()
    for one in found:
        if any(a <= one.number < b for a, b in taken) or _counts_names(line, one):
            continue
        item = Item(one, one.quantity, line.clause_of(one.start, breaks), line.clause_of(one.start, stops))
        _measure(line, item)
        if one.measured and item.measure is None:
            continue
        line.items.append(item)


def dress(line: Line, item: Item) -> None:
    """Add to a quantity what its clause says of it, once."""
    if not item.dressed:
        item.dressed = True
        item.quantity = replace(item.quantity, planned=line.planned(item.found.number), **_said(line, item))


def _counts_names(line: Line, found: Found) -> bool:
    """Whether the number only counts the names around it: 甲公司、乙公司等5家公司, 58家北京律师事务所."""
    near = [s for s in line.coded.slots if s.end <= found.start]
    if near and found.quantity.kind in COUNTS:
        gap = line.text[near[-1].end : found.start]
        if pattern("clause", "counted").fullmatch(gap) and len(near) > 1:
            return True
    return any(s.start == found.unit_end and s.mentions[0].category in BODIES for s in line.coded.slots)


def _measure(line: Line, item: Item) -> None:
    first = max(item.clause, item.start - REACH)
    before, behind = line.words(first, item.start), line.text[item.end : item.end + 1]
    best: tuple[int, Measure] | None = None
    for measure in measures():
        if item.quantity.kind in measure.kinds:
            match = measure.pattern.search(before)
            if measure.closing and not pattern("measure_words", "closing").match(behind):
                continue
            if match is not None and (
                    best is None or match.start() < best[0] <= match.end("measure")):
                best = match.start(), measure
    if best is not None:
        item.measured_from, item.measure = first + best[0], best[1]


def _said(line: Line, item: Item) -> dict[str, Any]:
    """What the clause says of the number: whether it is a sum over time, per what, in which period."""
    before, behind = line.words(item.clause, item.start), line.text[item.end : item.end + 4]
    said: dict[str, Any] = {
        "total": bool(pattern("period", "total").search(before)),
        "new": bool(pattern("period", "new").search(before)),
    }
    per = [*pattern("period", "per").finditer(before)]
    after = pattern("period", "behind").match(behind)
    if item.measure is not None:
        words = line.text[item.measured_from : item.start]
        match = item.measure.pattern.search(words)
        said["measure"] = match["measure"] if match is not None else item.measure.name
        if item.quantity.what and item.quantity.what in said["measure"]:
            said["what"] = ""
        yearly = pattern("measure_words", "yearly").match(words)
        if yearly is not None:
            said["per"] = yearly["per"]
        if item.measure.capacity:
            said["kind"] = "capacity"
    if after is not None:
        said["per"] = after["per"]
    elif per:
        words = table("quantities")["period"]["every"]
        said["per"] = per[-1]["per"].strip(words) or table("quantities")["period"]["each"]
    said["period"] = _period(line, item)
    return said


def _period(line: Line, item: Item) -> str:
    """The time that it covers: the last stretch of time, month or year before it in its part of the sentence."""
    spans = [*pattern("period", "since").finditer(line.text, item.part, item.start)]
    dates = [d for d in line.dates if item.part <= d.start and d.end <= item.start]
    date = dates[-1] if dates else None
    if spans and (date is None or spans[-1].start() > date.start):
        return spans[-1]["since"]
    if date is None or (date.attrs["mode"] == "point" and date.attrs.get("precision") == "day"):
        return ""
    start, end = str(date.attrs["start"]), str(date.attrs["end"])
    mode = date.attrs["mode"]
    if not start:
        return ""
    if mode == "since":
        return f"{start}/"
    if mode == "until":
        return f"/{start}"
    if mode in ("point", "period"):
        return f"{start}/{end}" if end else start
    return ""
