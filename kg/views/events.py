"""The events of a graph in the order of their days."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import networkx as nx

from kg.model.schema import EVENT_KINDS
from kg.views.documents import published, seen
from kg.views.places import Places
from kg.views.table import View, joined, parts, table
from kg.views.words import word

COLUMNS: Final = (
    "start_date", "end_date", "kind", "event", "code", "region", "places", "participant_count", "participants",
    "first_seen", "last_seen", "document_count", "documents",
)


def events(graph: nx.MultiDiGraph, level: str) -> View:
    """A row for each event: where it was, who took part and as what; those without a day come last."""
    places, days = Places(graph), published(graph)
    guests: dict[Any, list[str]] = defaultdict(list)
    where: dict[Any, list[Any]] = defaultdict(list)
    for source, target, data in graph.edges(data=True):
        if data.get("relation") == "attended":
            role = "/".join(word("values", role) for role in parts(data.get("role")))
            guests[target].append(f"{places.label(source)} ({role})" if role else places.label(source))
        elif data.get("relation") == "located_in":
            where[source].append(target)
    rows = []
    for event, data in graph.nodes(data=True):
        if data.get("category") != "event":
            continue
        documents = parts(data.get("documents"))
        first_seen, last_seen = seen(documents, days)
        regions = sorted({places.at(place, level) for place in where[event] if places.known(place)})
        rows.append({
            "start_date": data.get("start_date") or "", "end_date": data.get("end_date"),
            "kind": joined(EVENT_KINDS.get(kind, kind) for kind in parts(data.get("kind"))),
            "event": places.label(event), "code": joined(region.code for region in regions),
            "region": joined(region.name for region in regions),
            "places": joined(sorted(places.label(place) for place in where[event])),
            "participant_count": len(guests[event]), "participants": joined(sorted(guests[event])),
            "first_seen": first_seen, "last_seen": last_seen,
            "document_count": len(documents), "documents": joined(documents), "_id": str(event),
        })
    rows.sort(key=lambda r: (r["start_date"] == "", r["start_date"], r["event"], r["_id"]))
    return View("events", (table(COLUMNS, rows),))
