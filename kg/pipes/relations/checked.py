"""Claims that the words beside their ends undo: the end is part of a longer name, or the deed is still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from spacy.tokens import Doc

from kg.lexicon import table
from kg.model import Claim, Mention
from kg.pipes.annotations import text_of
from kg.pipes.dates.component import anchor, governing

FILES: Final = ("checked", "checked_acts")
_DAY: Final = "day"
BETWEEN: Final = "between"  # a check of the words from the end of the head to the tail
_AFTER: Final = 48  # characters beside an end that are looked at
_REACH: Final = 240  # characters between two ends, at most


@dataclass(frozen=True, slots=True)
class Check:
    """One entry of a table of checks."""

    id: str
    relations: frozenset[str]
    end: str
    before: bool
    named: re.Pattern[str]
    pattern: re.Pattern[str]
    unless: frozenset[str]
    only: frozenset[str]
    status: str

    def of(self, text: str, span: tuple[int, int]) -> bool:
        """Whether the words beside the end of a claim are those that undo it."""
        first, last = span
        if self.end == BETWEEN:
            return last - first < _REACH and self.pattern.search(text[first:last]) is not None
        if not self.named.search(text[first:last]):
            return False
        if self.before:
            return self.pattern.search(text[max(0, first - _AFTER) : first]) is not None
        return self.pattern.match(text, last, last + _AFTER) is not None


@cache
def checks() -> tuple[Check, ...]:
    """The checks of checked.toml and checked_acts.toml in the order of the files."""
    return tuple(
        Check(entry["id"], frozenset(entry["relations"]), entry["end"], entry["side"] == "before",
              re.compile(entry.get("named", "")),
              re.compile(f"(?:{entry['pattern']})$" if entry["side"] in ("before", BETWEEN) else entry["pattern"]),
              frozenset(entry.get("unless", ())), frozenset(entry.get("only", ())), entry.get("status", ""))
        for name in FILES for entry in table(name)["check"])


def checked(doc: Doc, found: list[Mention], made: list[Claim]) -> Iterator[Claim]:
    """The claims *made* without those that the words beside their ends undo; what is still to come is a plan."""
    text = text_of(doc)
    for claim in made:
        hit = next((one for one in _checks_of(claim.relation) if _fires(one, claim, text, found)), None)
        if hit is not None and not hit.status:
            continue
        if claim.status == "fact" and (hit is not None or _to_come(doc, claim)):
            claim = replace(claim, status="planned")
        yield claim


@cache
def _checks_of(relation: str) -> tuple[Check, ...]:
    """The checks of one relation, in the order of the files."""
    return tuple(check for check in checks() if relation in check.relations)


def _fires(check: Check, claim: Claim, text: str, found: list[Mention]) -> bool:
    if claim.rule in check.unless or (check.only and claim.rule not in check.only):
        return False
    if check.end == BETWEEN:
        return _between(check, claim, text, found)
    span = claim.head_span if check.end == "head" else claim.tail_span
    if span == (0, 0) and check.only:  # understood from before: the last mention of it
        key = claim.head if check.end == "head" else claim.tail
        span = next(((m.start, m.end) for m in reversed(found) if m.key == key and m.end <= claim.start), span)
    return span != (0, 0) and check.of(text, span)


def _between(check: Check, claim: Claim, text: str, found: list[Mention]) -> bool:
    """Whether the words from the last mention of a head to the tail, where it stands before it, undo a claim."""
    first, last = claim.tail_span
    ends = [m.end for m in found if m.key == claim.head and m.end <= first]
    return last > 0 and bool(ends) and check.of(text, (max(ends), first))


def _to_come(doc: Doc, claim: Claim) -> bool:
    """Whether the sentence of a claim tells a day for it that lies after the publication."""
    told = anchor(doc)
    if claim.trigger < 0 or not told.day or told.inferred:
        return False
    mention, here = governing(doc, claim.trigger, claim.trigger + 1, days=True)
    if mention is None or not here or mention.attrs["precision"] != _DAY:
        return False
    limit = date(told.year, told.month, told.day) + timedelta(days=table("checked")["limits"]["ahead"])
    return str(mention.attrs["start"]) > limit.isoformat()
