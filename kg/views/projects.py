"""Enterprises and others that invest in, undertake or support projects, and where these lie."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import networkx as nx

from kg.model.schema import CATEGORIES, RELATIONS
from kg.views.documents import span
from kg.views.places import Places
from kg.views.table import View, joined, parts, sum_of, table
from kg.views.words import word

ROLES: Final = ("invests_in", "undertakes", "supports", "cooperates_with")
COLUMNS: Final = (
    "party", "party_category", "party_region", "relations", "project", "project_kind", "code", "region", "amount",
    "first_date", "last_date", "document_count", "documents",
)


def projects(graph: nx.MultiDiGraph, level: str) -> View:
    """A row for each party and project, with the largest sum of its relations.

    An investment in a region has no project; a project that nobody is named for stands in a row without a party.
    """
    places = Places(graph)
    found: dict[tuple[Any, Any], list[dict[str, Any]]] = defaultdict(list)
    kept = []
    for source, target, key, data in graph.edges(keys=True, data=True):
        relation = data.get("relation")
        party, what = (target, source) if _is(graph, source, "project") and relation in ROLES else (source, target)
        if (relation in ROLES and _is(graph, what, "project")) or relation == "invests_in":
            found[party, what].append(data)
            kept.append((source, target, key))
    named = {what for _, what in found}
    found |= {(None, node): [] for node in graph if _is(graph, node, "project") and node not in named}
    rows = [_row(graph, places, level, party, what, edges) for (party, what), edges in found.items()]
    rows.sort(key=lambda r: (r["party"] == "", r["party"], r["project"], r["region"], r["documents"]))
    ends = {end for pair in kept for end in pair[:2]} | {what for _, what in found}
    kept += [(source, target, key) for source, target, key, data in graph.edges(keys=True, data=True)
             if data.get("relation") == "located_in" and source in ends]
    return View("projects", (table(COLUMNS, rows),), graph.edge_subgraph(kept).copy())


def _row(graph: nx.MultiDiGraph, places: Places, level: str, party: Any, what: Any,
         edges: list[dict[str, Any]]) -> dict[str, Any]:
    data = graph.nodes[what]
    project = data if data.get("category") == "project" else {}
    region = places.at(what, level) if places.known(what) else None
    documents = parts(*(e.get("documents") for e in edges)) if edges else parts(data.get("documents"))
    dates = span(value for e in edges for value in (e.get("start_date") or e.get("date"), e.get("end_date")))
    known = party is not None
    category = str(graph.nodes[party].get("category") or "") if known else ""
    return {
        "party": places.label(party) if known else "", "party_category": CATEGORIES.get(category, category),
        "party_region": places.at(party, level).name if known and places.known(party) else "",
        "relations": joined(name_zh for name, name_zh in RELATIONS.items() if name in {e["relation"] for e in edges}),
        "project": str(project.get("label") or ""),
        "project_kind": joined(word("values", kind) for kind in parts(project.get("kind"))),
        "code": region.code if region else "", "region": region.name if region else "",
        "amount": max((amount for e in edges if (amount := sum_of(e)) is not None), default=None),
        "first_date": dates[0], "last_date": dates[1],
        "document_count": len(documents), "documents": joined(documents),
    }


def _is(graph: nx.MultiDiGraph, node: Any, category: str) -> bool:
    return bool(graph.nodes[node].get("category") == category)
