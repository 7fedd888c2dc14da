"""To which relation a quantity belongs: the claim whose trigger or tail stands nearest in the same clause."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from kg.lexicon import table
from kg.pipes.quantities.line import Item, Line, clause_signs, pattern

INSTITUTIONS: Final = "institutions"
BACK: Final = 20    # characters that a quantity may stand before its trigger: 投入200万元帮扶石桥村
COMMA: Final = 20   # how much farther a quantity is for each comma between
FAR: Final = 60     # characters between a trigger and a quantity
COMMAS: Final = 3   # commas that may stand between

Claimed = dict[str, Any]


@cache
def takes() -> dict[str, tuple[int, frozenset[str]]]:
    """Which kinds each relation takes, and its turn among the relations of one clause."""
    relations = table("quantities")["relations"]
    return {name: (turn, frozenset(kinds)) for turn, (name, kinds) in enumerate(relations.items())}


def edges(line: Line, claims: list[Claimed], taken: frozenset[int]) -> dict[int, list[Claimed]]:
    """The claims of the sentence that each item belongs to, for the items that are not *taken*."""
    found: dict[int, list[Claimed]] = {}
    for number, item in enumerate(line.items):
        if number in taken or item.bracket:
            continue
        ranked = sorted(((distance, takes()[c["relation"]][0], i) for i, c in enumerate(claims)
                         if (distance := _distance(line, item, c)) is not None))
        if ranked:
            best = claims[ranked[0][2]]
            found[number] = [c for c in claims if _together(c, best)]
    return found


def _together(claim: Claimed, best: Claimed) -> bool:
    """Whether two claims are one deed done by or to several: their trigger and rule are the same."""
    return all(claim[name] == best[name] for name in ("trigger", "relation", "rule"))


def joint(line: Line, item: Item, claims: list[Claimed]) -> bool:
    """Whether one quantity is the sum of several relations; with 各 or 分别 it is that of each.

    What stands in one list with an end of the relation shares it too, be it without a mark.
    """
    several = len({(c["head"], c["tail"]) for c in claims}) > 1 or any(
        _listed(line, c[span]) for c in claims for span in ("head_span", "tail_span"))
    return several and not pattern("clause", "respectively").search(line.text[item.clause : item.start])


def _listed(line: Line, span: tuple[int, int]) -> bool:
    """Whether an end of a relation is one of a list (北京、[河北]等地)."""
    first, last = span
    return last > 0 and (line.text[last : last + 1] in _joins() or line.text[first - 1 : first] in _joins())


@cache
def _joins() -> frozenset[str]:
    return frozenset(table("quantities")["clause"]["joins"])


def _member(line: Line, item: Item) -> bool:
    """Whether the number counts members of a list of actors: 县工商联、[3个帮扶村]与商会签约."""
    joins = table("quantities")["measure_words"]["joins"]
    listed = any(s.end == item.start - 1 and line.text[s.end] in joins for s in line.slots)
    return item.quantity.kind == INSTITUTIONS and listed


def _distance(line: Line, item: Item, claim: Claimed) -> int | None:
    """How far the quantity stands from the claim's trigger or tail; None where it cannot be its quantity."""
    trigger, known = claim["trigger"], takes().get(claim["relation"])
    if known is None or item.quantity.kind not in known[1] or not line.start <= trigger < line.end:
        return None
    if claim["rule"] in table("quantities")["clause"]["sumless"]:
        return None
    if (item.part_of >= 0 and trigger < item.opened) or _member(line, item):
        return None
    breaks, stops = clause_signs()
    first, last = sorted((trigger, item.start))
    between = line.text[first:last]
    if set(between) & set(stops) or pattern("clause", "titles").search(between) or len(between) > FAR:
        return None
    commas = sum(c in breaks for c in between)
    needed = table("quantities")["clause"]["needs"].get(item.quantity.kind)
    if needed and not re.search(needed, line.words(first, last)):
        return None
    if trigger > item.start:
        return None if commas or len(between) > BACK else len(between)
    if commas > COMMAS or pattern("clause", "foreign").search(
            line.words(max(trigger, item.clause), item.start)):
        return None
    if commas:
        carry = "carry" if claim["relation"] in table("quantities")["clause"]["gifts"] else "carry_work"
        later = next(trigger + i for i, c in enumerate(between) if c in breaks)
        others = [s for s in line.within(later, item.start) if not {claim["head"], claim["tail"]} & set(s.keys)]
        if others or not pattern("clause", carry).match(line.text[item.clause : item.start]):
            return None
    tail = claim["tail_span"][1]
    near: int = min([len(between), *([item.start - tail] if trigger < tail <= item.start else [])])
    return near + COMMA * commas
