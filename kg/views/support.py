"""Who assists whom: assisting regions down, assisted regions across, from the relations paired_with and supports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

import networkx as nx

from kg.views.documents import published, seen, span
from kg.views.places import Place, Places, place_node
from kg.views.table import Table, View, dressed, joined, parts, sum_of, table
from kg.views.words import word

AID: Final = ("paired_with", "supports")
COLUMNS: Final = (
    "assisting_code", "assisting", "assisting_level", "assisted_code", "assisted", "assisted_level",
    "pairings", "since", "supports", "sentences", "amount", "aid_kinds", "first_date", "last_date", "first_seen",
    "last_seen", "document_count", "documents",
)
Row = dict[str, Any]


def support(graph: nx.MultiDiGraph, level: str) -> View:
    """Every pair of regions with pairings, supports, sentences, sums in CNY and documents; then both matrices.

    An edge counts once, with the largest sum that its sentences name; an end without a known region stands by its name.
    """
    places, days = Places(graph), published(graph)
    found: dict[tuple[Place, Place], list[dict[str, Any]]] = defaultdict(list)
    for source, target, data in graph.edges(data=True):
        if data.get("relation") in AID:
            found[places.at(source, level), places.at(target, level)].append(data)
    rows = [_row(a, b, edges, days) for (a, b), edges in found.items()]
    rows.sort(key=lambda r: (-r["pairings"] - r["supports"], -(r["amount"] or 0), r["assisting"], r["assisted"]))
    matrices = [_matrix("support-count", rows, lambda r: r["pairings"] + r["supports"]),
                _matrix("support-amount", rows, lambda r: r["amount"])]
    return View("support", (table(COLUMNS, rows), *matrices), _network(sorted(found), rows))


def _row(a: Place, b: Place, edges: list[dict[str, Any]], days: dict[str, str]) -> Row:
    documents = parts(*(e.get("documents") for e in edges))
    supports = [e for e in edges if e["relation"] == "supports"]
    sums = [amount for amount in map(sum_of, supports) if amount is not None]
    dates = span(value for e in edges for value in (e.get("start_date") or e.get("date"), e.get("end_date")))
    first_seen, last_seen = seen(documents, days)
    return {
        "assisting_code": a.code, "assisting": a.name, "assisting_level": word("values", a.level),
        "assisted_code": b.code, "assisted": b.name, "assisted_level": word("values", b.level),
        "pairings": len(edges) - len(supports), "supports": len(supports),
        "sentences": sum(int(e.get("weight") or 1) for e in edges), "amount": sum(sorted(sums)) if sums else None,
        "since": span(part for e in edges for part in parts(e.get("since")))[0],
        "aid_kinds": joined(word("values", kind) for kind in parts(*(e.get("aid_kind") for e in supports))),
        "first_date": dates[0], "last_date": dates[1], "first_seen": first_seen, "last_seen": last_seen,
        "document_count": len(documents), "documents": joined(documents),
    }


def _matrix(name: str, rows: list[Row], value: Callable[[Row], Any]) -> Table:
    """Assisting regions down and assisted ones across, both by code and name; only those with a value."""
    cells = {(r["assisting_code"], r["assisting"], r["assisted_code"], r["assisted"]): value(r) for r in rows}
    cells = {key: number for key, number in cells.items() if number}
    down = sorted({key[:2] for key in cells}, key=_coded_first)
    across = sorted({key[2:] for key in cells}, key=_coded_first)
    lines = tuple((region, *(cells.get((code, region, *b)) for b in across)) for code, region in down)
    return Table((word("tables", name), *(region for _, region in across)), lines, name.removeprefix("support-"))


def _coded_first(region: tuple[str, str]) -> tuple[bool, str, str]:
    return (not region[0], *region)


def _network(pairs: list[tuple[Place, Place]], rows: list[Row]) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph(name="kg")
    for place in sorted({place for pair in pairs for place in pair}):
        network.add_node(place.id, **place_node(place))
    for row in rows:
        ends = (row["assisting_code"] or row["assisting"], row["assisted_code"] or row["assisted"])
        kept = {name: value for name, value in row.items() if value not in (None, "")
                and not name.startswith("assist")}
        kept |= {"relation": "supports", "weight": row["pairings"] + row["supports"]}
        network.add_edge(*ends, key=f"supports-{ends[0]}-{ends[1]}", **kept)
    return dressed(network)
