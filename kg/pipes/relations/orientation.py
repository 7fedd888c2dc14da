"""Which of two mentions is the head of a relation and which its tail, and which two stand in none at all."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.relations.pairings import direction, lies_in
from kg.pipes.relations.rules import Rule

MUTUAL: Final = frozenset({"cooperates_with"})
_AIDS: Final = frozenset({"paired_with", "supports"})
_TABLES: Final = frozenset({"known", "listed"})  # directions that state nothing where the tables are silent
_DOUBT: Final = 0.75  # how sure a rule still is where the background tells nothing


def oriented(rule: Rule, head: Mention, tail: Mention) -> tuple[Mention, Mention, float, str] | None:
    """Head and tail as the rule's `direction` turns them, its score and the relation it implies; None to state nothing.

    >>> assisted = Mention(0, 2, "region", "region:130627", "河北省保定市唐县", "test")
    >>> assisting = Mention(3, 6, "region", "region:110105", "北京市朝阳区", "test")
    >>> town = Mention(3, 6, "region", "region:130681", "河北省保定市涿州市", "test")
    >>> known = Rule("supports/test", "supports", "", direction="known")
    >>> found = oriented(known, assisted, assisting)
    >>> [m.name for m in found[:2]], oriented(known, assisted, town)
    (['北京市朝阳区', '河北省保定市唐县'], None)
    """
    if rule.direction == "text":
        return head, tail, rule.score, rule.also
    score, also = rule.score, rule.also
    turn = direction(head.name, tail.name, rule.direction == "listed")
    if rule.direction == "background":
        if turn == 0:
            turn = _helps(head, tail)
            if turn == 0:
                score, also = round(score * _DOUBT, 3), ""
    elif (turn == 0) == (rule.direction in _TABLES):
        return None
    if turn < 0 and rule.relation not in MUTUAL:
        return tail, head, score, also
    return head, tail, score, also


def related(rule: Rule, head: Mention, tail: Mention) -> bool:
    """Whether a rule may relate two ends: they are two, and neither is at home in the other where it must not be."""
    return not (head.key == tail.key or (rule.outsider and _at_home(head, tail, rule.local))
                or (rule.relation in _AIDS and lies_in(head, tail))
                or (rule.relation == "paired_with" and lies_in(tail, head)))


def _at_home(one: Mention, other: Mention, local: bool = False) -> bool:
    """Whether a body bears the name of the region it works in, or of one around it that is no mere province.

    What it does there is its office and no help from outside; nor is what it does for a body of its own region. With
    *local* only the region itself counts: a bureau of the city that sends men to a county helps it.

    >>> team = Mention(0, 8, "organization", "body:涿州市蓝天救援队", "涿州市蓝天救援队", "test")
    >>> town = Mention(9, 12, "region", "region:130681", "河北省保定市涿州市", "test")
    >>> _at_home(team, town), _at_home(team, Mention(9, 11, "region", "region:130627", "河北省保定市唐县", "test"))
    (True, False)
    >>> bureau = Mention(0, 6, "organization", "body:保定市水务局", "保定市水务局", "test")
    >>> _at_home(bureau, town), _at_home(bureau, town, local=True)
    (True, False)
    """
    if one.category == "region":
        return False
    if other.category != "region":
        return one.name[:2] == other.name[:2]
    known = gazetteer()
    wider = () if local else known.ancestors(other.key)
    around = [key for key in (other.key, *wider) if known.level(key) != "province" or _city(key)]
    return any(known.short(key) in one.name for key in around)


@cache
def _city(province: str) -> bool:
    """Whether a province is a city: its bodies are at home in all of its districts."""
    known = gazetteer()
    return all(known.level(key) == "county" for key in known.children(province))


def _helps(one: Mention, other: Mention) -> int:
    """1 where a body is tied to a region, -1 where the region is named first, else 0: it is the body that helps.

    >>> bureau = Mention(0, 4, "organization", "body:县林业局", "县林业局", "test")
    >>> _helps(Mention(5, 8, "region", "region:石桥村", "石桥村", "test"), bureau), _helps(bureau, bureau)
    (-1, 0)
    """
    return (other.category == "region") - (one.category == "region")
