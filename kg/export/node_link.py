"""Node-link JSON: what networkx reads with `node_link_graph`, and D3, Sigma or Cytoscape with a line of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import networkx as nx

from kg.export.files import whole_file
from kg.export.order import edges, node_ids
from kg.export.values import Plain, as_type, columns
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES

RENAMED_NODE: Final = {"id": "id_"}
RENAMED_EDGE: Final = {name: f"{name}_" for name in ("id", "source", "target", "key")}


def write_node_link(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write *graph* to *path*: one object with `nodes` and `edges`, one of them a line; absent values are left out.

    `networkx.node_link_graph(json.load(file), edges="edges")` reads it back: the ids of the file become nodes and keys.
    """
    with whole_file(Path(path)) as file:
        file.write('{"directed": true, "multigraph": true, "graph": {"name": "kg"}, "nodes": [')
        _write(file.write, _nodes(graph))
        file.write('], "edges": [')
        _write(file.write, _edges(graph))
        file.write("]}\n")


def _write(write: Callable[[str], object], rows: Iterator[Mapping[str, Plain]]) -> None:
    between = "\n"
    for row in rows:
        write(between + json.dumps(row, ensure_ascii=False, allow_nan=False))
        between = ",\n"


def _nodes(graph: nx.MultiDiGraph) -> Iterator[dict[str, Plain]]:
    found = columns((data for _, data in graph.nodes(data=True)), NODE_ATTRIBUTES, RENAMED_NODE)
    for node, called in node_ids(graph).items():
        yield {"id": called, **_values(graph.nodes[node], found, called)}


def _edges(graph: nx.MultiDiGraph) -> Iterator[dict[str, Plain]]:
    found = columns((data for _, _, data in graph.edges(data=True)), EDGE_ATTRIBUTES, RENAMED_EDGE)
    for edge, source, target, _, data in edges(graph, node_ids(graph)):
        yield {"source": source, "target": target, "key": edge, **_values(data, found, edge)}


def _values(data: Mapping[str, object], found: list[tuple[str, str, str]], where: str) -> dict[str, Plain]:
    told = ((name, as_type(data.get(known), kind, f"{where}, attribute {known}")) for known, name, kind in found)
    return {name: value for name, value in told if value is not None}
