"""Works that bear the names of two places, one of which helps the other: they lie where the help goes.

台江—禅城产业协作园 is in 台江, whoever is named last; a hall for the goods of the one in the other may be in either.
What the text says to lie somewhere (设在桂城街道) lies there, whatever region its name bears.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg.lexicon import table
from kg.model import Claim, Mention
from kg.pipes.relations.pairings import direction
from kg.pipes.relations.references import inside

_TOLD = frozenset({"located_in/lies", "located_in/lying-in", "located_in/built-by-lies"})
_BY_NAME = frozenset({"located_in.name", "located_in.tour", "located_in/alone", "located_in/itinerary"})


@cache
def _anywhere() -> re.Pattern[str]:
    """What is set up in the place that helps as well: 展销馆, 飞地."""
    return re.compile(table("name_places")["bridged"]["anywhere"])


def bridged(found: list[Mention], made: list[Claim]) -> list[Claim]:
    """The claims, with the helped one of two places that a name bears where the other was claimed by the name alone.

    >>> mentions = [Mention(0, 2, "region", "region:522630", "贵州省黔东南苗族侗族自治州台江县", "test"),
    ...             Mention(3, 5, "region", "region:440604", "广东省佛山市禅城区", "test"),
    ...             Mention(0, 10, "project", "project:台江—禅城产业协作园", "台江—禅城产业协作园", "test")]
    >>> claim = Claim("located_in", "project:台江—禅城产业协作园", "region:440604", 0, 10, "located_in.name")
    >>> [c.tail for c in bridged(mentions, [claim])]
    ['region:522630']
    """
    helped: dict[str, tuple[str, str]] = {}
    regions = [m for m in found if m.category == "region"]
    for m in found:
        if m.category == "project" and m.key not in helped and not _anywhere().search(m.name):
            borne = [r for r in regions if m.start <= r.start and r.end <= m.end]
            keys = {r.key: r.name for r in borne}
            if len(keys) == 2:
                (one, its), (other, others) = keys.items()
                way = direction(its, others)
                if way:
                    helped[m.key] = (other, one) if way > 0 else (one, other)
    told: dict[str, set[str]] = {}
    for c in made:
        if c.relation == "located_in" and c.rule in _TOLD and c.status == "fact":
            told.setdefault(c.head, set()).add(c.tail)
    if not helped and not told:
        return made
    within = inside(found)
    made = [c for c in made if c.relation != "located_in" or c.rule not in _BY_NAME or c.head not in told
            or not c.head.startswith("project:")
            or any(c.tail == t or within(t, c.tail) or within(c.tail, t) for t in told[c.head])]
    return [replace(c, tail=helped[c.head][0]) if c.relation == "located_in" and c.rule in _BY_NAME
            and c.head in helped and c.tail == helped[c.head][1] else c for c in made]
