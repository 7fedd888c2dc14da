"""Who visited where, when, in which post, and from which region."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import networkx as nx

from kg.views.documents import published, seen
from kg.views.homes import Homes
from kg.views.places import Place, Places, place_node
from kg.views.table import View, dressed, joined, parts, table

COLUMNS: Final = (
    "date", "end_date", "leader", "title", "home_code", "home", "visited_code", "visited", "within", "places",
    "first_seen", "last_seen", "document_count", "documents",
)


def visits(graph: nx.MultiDiGraph, level: str) -> View:
    """A row for each leader, day and visited region, with the places seen there; the network is of regions.

    The home is the region of the post that the same documents tell of, else of the leader's latest post.
    """
    places, days = Places(graph), published(graph)
    homes = Homes(graph, places)
    found: dict[tuple[Any, str, str, Place], list[tuple[Any, dict[str, Any]]]] = defaultdict(list)
    for leader, target, data in graph.edges(data=True):
        if data.get("relation") == "visited":
            start = str(data.get("start_date") or data.get("date") or "")
            end = str(data.get("end_date") or "")
            found[leader, start, end if end > start else "", places.at(target, level)].append((target, data))
    rows = []
    for (leader, start, end, visited), edges in found.items():
        documents = parts(*(data.get("documents") for _, data in edges))
        title, home = homes.at(leader, documents, level)
        first_seen, last_seen = seen(documents, days)
        rows.append({
            "date": start, "end_date": end, "leader": places.label(leader), "title": title,
            "home_code": home.code if home else "", "home": home.name if home else "",
            "visited_code": visited.code, "visited": visited.name, "within": home == visited if home else None,
            "places": joined(sorted(places.label(target) for target, _ in edges)),
            "first_seen": first_seen, "last_seen": last_seen,
            "document_count": len(documents), "documents": joined(documents), "_ends": (home, visited),
        })
    rows.sort(key=lambda r: (r["date"] or r["first_seen"], r["leader"], r["visited"], r["end_date"], r["documents"]))
    return View("visits", (table(COLUMNS, rows),), _network(rows))


def _network(rows: list[dict[str, Any]]) -> nx.MultiDiGraph:
    """Home regions to visited regions; a visit whose home is unknown, or in the home itself, is no edge."""
    travels: dict[tuple[Place, Place], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        home, visited = row["_ends"]
        if home and home != visited:
            travels[home, visited].append(row)
    network = nx.MultiDiGraph(name="kg")
    for place in sorted({place for pair in travels for place in pair}):
        network.add_node(place.id, **place_node(place))
    for (home, visited), found in sorted(travels.items()):
        dates = sorted(filter(None, (date for r in found for date in (r["date"], r["end_date"]))))
        data: dict[str, str] = {"start_date": dates[0], "end_date": dates[-1]} if dates else {}
        data |= {"leaders": joined(sorted(r["leader"] for r in found)),
                 "documents": joined(parts(*(r["documents"] for r in found)))}
        network.add_edge(home.id, visited.id, key=f"visited-{home.id}-{visited.id}", relation="visited",
                         weight=len(found), **data)
    return dressed(network)
