"""What every table and file of edges asks of a graph: ids that are unique, an order that never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import networkx as nx

from kg.export.values import clean, unique
from kg.model.ids import content_id
from kg.model.schema import RELATIONS


class Edge(NamedTuple):
    """An edge as a file names it; `key` is the key of the graph."""

    id: str
    source: str
    target: str
    key: object
    data: Mapping[str, object]


def node_ids(graph: nx.MultiDiGraph) -> dict[object, str]:
    """The nodes in the order in which they are written, each with the id that it has in the file.

    >>> node_ids(nx.MultiDiGraph([("b", 1), ("1", "b")]))
    {'1': '1', 1: '1-2', 'b': 'b'}
    """
    taken: set[str] = set()
    vertices = sorted(graph, key=lambda n: (clean(str(n)), str(n), repr(n)))
    return {vertex: unique(clean(str(vertex)) or "node", taken) for vertex in vertices}


def edges(graph: nx.MultiDiGraph, ids: Mapping[object, str]) -> Iterator[Edge]:
    """The edges in the order in which they are written: by the ids of their ends, then by key."""
    taken: set[str] = set()
    for tail, head, key, values in sorted(_all(graph), key=lambda e: (ids[e[0]], ids[e[1]], str(e[2]))):
        source, target = ids[tail], ids[head]
        wanted = clean(key) if isinstance(key, str) else ""
        wanted = wanted or "e" + content_id(source, str(values.get("relation", "")), target, str(key))
        yield Edge(unique(wanted, taken), source, target, key, values)


def _all(graph: nx.MultiDiGraph) -> Iterator[tuple[object, object, object, Mapping[str, object]]]:
    if graph.is_multigraph():
        yield from graph.edges(keys=True, data=True)
    else:
        yield from ((source, target, 0, data) for source, target, data in graph.edges(data=True))


def relation_word(data: Mapping[str, object]) -> str:
    """The Chinese word of an edge's relation, by which Gephi keeps parallel edges of different relations apart.

    >>> relation_word({"relation": "visited"}), relation_word({"relation": "knows"}), relation_word({})
    ('到访', 'knows', '')
    """
    relation = clean(str(data.get("relation") or ""))
    return clean(str(data.get("relation_zh") or "")) or RELATIONS.get(relation, relation)
