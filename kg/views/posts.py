"""The posts of officials and other people over time."""

from __future__ import annotations

from typing import Any, Final

import networkx as nx

from kg.model.schema import CATEGORIES
from kg.views.documents import published, seen
from kg.views.places import Places
from kg.views.table import View, joined, parts, table

COLUMNS: Final = (
    "person", "category", "title", "titles", "body", "body_category", "code", "region", "former", "since", "start_date",
    "end_date", "first_seen", "last_seen", "document_count", "documents",
)


def posts(graph: nx.MultiDiGraph, level: str) -> View:
    """A row for each post of each person: when the text says it was held, and when documents told of it."""
    places, days = Places(graph), published(graph)
    rows: list[dict[str, Any]] = []
    held = []
    for person, body, key, data in graph.edges(keys=True, data=True):
        if data.get("relation") != "holds_post":
            continue
        held.append((person, body, key))
        documents = parts(data.get("documents"))
        first_seen, last_seen = seen(documents, days)
        region = places.at(body, level) if places.known(body) else None
        rows.append({
            "person": places.label(person), "category": _category(graph, person), "title": data.get("title"),
            "titles": data.get("titles"), "body": places.label(body), "body_category": _category(graph, body),
            "code": region.code if region else "", "region": region.name if region else "",
            "former": bool(data.get("former")), "since": data.get("since"),
            "start_date": data.get("start_date") or data.get("date"), "end_date": data.get("end_date"),
            "first_seen": first_seen, "last_seen": last_seen, "document_count": len(documents),
            "documents": joined(documents), "_id": str(person),
        })
    rows.sort(key=lambda r: (r["person"], r["_id"], r["start_date"] or r["first_seen"], r["body"], str(r["title"])))
    return View("posts", (table(COLUMNS, rows),), graph.edge_subgraph(held).copy())


def _category(graph: nx.MultiDiGraph, node: Any) -> str:
    category = str(graph.nodes[node].get("category") or "")
    return CATEGORIES.get(category, category)
