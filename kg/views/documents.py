"""The documents of edges, and when they were published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kg.views.table import parts


def published(graph: nx.MultiDiGraph) -> dict[str, str]:
    """The day of each document. A graph that was read from a file has no list of its documents: then a node that
    stands in one document alone, and was first seen on a day, tells the day of that document.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("a", documents="x", first_seen="2023-04-15")
    >>> graph.add_node("b", documents="x|y", first_seen="2023-04-15")
    >>> published(graph)
    {'x': '2023-04-15'}
    """
    listed: Mapping[str, Mapping[str, Any]] = graph.graph.get("documents") or {}
    if listed:
        return {name: str(data.get("published") or "") for name, data in listed.items()}
    found: dict[str, str] = {}
    for _, data in graph.nodes(data=True):
        named = parts(data.get("documents"))
        if len(named) == 1 and data.get("first_seen"):
            found[named[0]] = str(data["first_seen"])
    return found


def span(dates: Iterable[object]) -> tuple[str, str]:
    """The first and the last of *dates*, or "" twice.

    >>> span(["2023-04", None, "2021"]), span([])
    (('2021', '2023-04'), ('', ''))
    """
    known = sorted(str(date) for date in dates if date)
    return (known[0], known[-1]) if known else ("", "")


def seen(documents: Iterable[str], days: Mapping[str, str]) -> tuple[str, str]:
    """When *documents* were published, the first and the last."""
    return span(days.get(document) for document in documents)
