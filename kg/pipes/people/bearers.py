"""Whose a title is that stands bare behind its name: 甲某部长 in an article that names one ministry only."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.people.hosts import ends
from kg.pipes.people.posts import Unit


def house(text: str, bodies: Iterable[Mention], unit: Unit, place: int) -> str:
    """The key of the only body named before *place* whose heads alone have this title, or nothing.

    Where a text names several, nobody is told to be the head of one.

    >>> text = "青石建设部召开会议，甲某部长出席"
    >>> body = Mention(0, 5, "organization", "body:a", "青石建设部", "bodies.department", 0.9)
    >>> unit = Unit(12, 14, 12, "official", "", "", "", "部长")
    >>> house(text, [body], unit, 10), house(text, [body], unit, 0)
    ('body:a', '')
    """
    kinds = next((tuple(ends) for rank, ends in table("posts")["bearers"].items() if unit.rank.endswith(rank)), ())
    if not kinds or unit.weak or unit.level or unit.lead or unit.department:
        return ""
    here = [m for m in bodies if m.category == "organization" and ends(text, m, kinds)]
    keys = {m.key for m in here}
    return keys.pop() if len(keys) == 1 and any(m.end <= place for m in here) else ""
