"""Who was at the same events: computed from the relation attended, and no relation of the graph."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any, Final

import networkx as nx

from kg.views.documents import span
from kg.views.homes import Homes
from kg.views.places import Places
from kg.views.table import View, dressed, joined, parts, table
from kg.views.words import word

RELATION: Final = "co_attended"
COLUMNS: Final = (
    "first", "first_title", "first_region", "second", "second_title", "second_region", "event_count", "events",
    "first_date", "last_date", "document_count", "documents",
)


def attendance(graph: nx.MultiDiGraph, level: str) -> View:
    """A row and an edge for each two people who attended the same events; the weight is the number of events.

    The pair has no direction: in the network each stands once, from the smaller id to the larger.
    """
    places = Places(graph)
    homes = Homes(graph, places)
    guests: dict[Any, dict[Any, set[str]]] = defaultdict(dict)
    for person, event, data in graph.edges(data=True):
        if data.get("relation") == "attended":
            guests[event].setdefault(person, set()).update(parts(data.get("documents")))
    shared: dict[tuple[Any, Any], list[Any]] = defaultdict(list)
    for event in sorted(guests, key=lambda e: (*_days(graph, e), places.label(e), str(e))):
        for pair in combinations(sorted(guests[event], key=str), 2):
            shared[pair].append(event)
    network = nx.MultiDiGraph(name="kg")
    for person in sorted({person for pair in shared for person in pair}, key=str):
        network.add_node(person, **graph.nodes[person])
    rows = []
    for (a, b), events in sorted(shared.items(), key=lambda item: (str(item[0][0]), str(item[0][1]))):
        documents = parts(*(d for event in events for person in (a, b) for d in guests[event][person]))
        first, last = span(day for event in events for day in _days(graph, event))
        labels = joined(places.label(event) for event in events)
        row: dict[str, Any] = {
            "event_count": len(events), "events": labels, "first_date": first, "last_date": last,
            "document_count": len(documents), "documents": joined(documents), "_ids": (str(a), str(b)),
        }
        for side, person in (("first", a), ("second", b)):
            title, home = homes.at(person, documents, level)
            row |= {side: places.label(person), f"{side}_title": title, f"{side}_region": home.name if home else ""}
        rows.append(row)
        days = {name: day for name, day in (("start_date", first), ("end_date", last)) if day}
        network.add_edge(a, b, key=f"{RELATION}-{a}-{b}", relation=RELATION, relation_zh=word("relations", RELATION),
                         weight=len(events), events=labels, documents=joined(documents), **days)
    rows.sort(key=lambda r: (-r["event_count"], r["first"], r["second"], r["_ids"]))
    return View("attendance", (table(COLUMNS, rows),), dressed(network))


def _days(graph: nx.MultiDiGraph, event: Any) -> tuple[str, str]:
    data = graph.nodes[event]
    start = str(data.get("start_date") or "")
    return start, str(data.get("end_date") or start)
