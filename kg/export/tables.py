"""Two CSV tables, nodes and edges, for spreadsheets and for Gephi's spreadsheet import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import networkx as nx

from kg.export.cells import Row, write_rows
from kg.export.files import whole_file
from kg.export.order import edges, node_ids
from kg.export.values import as_type, columns
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES

# Gephi's importer knows the columns Id, Source, Target and Type by name, whatever the case of their letters.
RENAMED: Final = {name: f"{name}_" for name in ("id", "source", "target", "type", "source_label", "target_label")}


def write_tables(graph: nx.MultiDiGraph, path: Path) -> list[Path]:
    """Write the two tables of *graph* and say where: nodes.csv and edges.csv in the folder *path*.

    Where *path* ends in .csv, they stand side by side: graph-nodes.csv and graph-edges.csv for graph.csv.
    Commas, CRLF at the end of a row, quotes where they are needed (RFC 4180).
    """
    files = table_files(Path(path))
    with ExitStack() as stack:
        nodes_file, edges_file = (stack.enter_context(whole_file(file)) for file in files)
        for file, rows in ((nodes_file, _nodes(graph)), (edges_file, _edges(graph))):
            write_rows(file, rows)
    return files


def table_files(path: Path) -> list[Path]:
    """Where the tables of *path* stand.

    >>> [file.as_posix() for file in table_files(Path("out"))]
    ['out/nodes.csv', 'out/edges.csv']
    >>> [file.as_posix() for file in table_files(Path("out/graph.csv"))]
    ['out/graph-nodes.csv', 'out/graph-edges.csv']
    """
    if path.suffix.lower() == ".csv":
        return [path.with_name(f"{path.stem}-{part}.csv") for part in ("nodes", "edges")]
    return [path / "nodes.csv", path / "edges.csv"]


def _nodes(graph: nx.MultiDiGraph) -> Iterator[Row]:
    found = columns((data for _, data in graph.nodes(data=True)), NODE_ATTRIBUTES, RENAMED)
    yield ["Id", *(name for _, name, _ in found)]
    for node, called in node_ids(graph).items():
        yield [called, *_values(graph.nodes[node], found, called)]


def _edges(graph: nx.MultiDiGraph) -> Iterator[Row]:
    found = columns((data for _, _, data in graph.edges(data=True)), EDGE_ATTRIBUTES, RENAMED)
    ids = node_ids(graph)
    labels = {called: graph.nodes[node].get("label", called) for node, called in ids.items()}
    yield ["Id", "Source", "Target", "Type", "source_label", "target_label", *(name for _, name, _ in found)]
    for edge, source, target, _, data in edges(graph, ids):
        ends = (as_type(labels[end], "string", end) for end in (source, target))
        yield [edge, source, target, "Directed", *ends, *_values(data, found, edge)]


def _values(data: Mapping[str, object], found: list[tuple[str, str, str]], where: str) -> Iterator[object]:
    return (as_type(data.get(name), kind, f"{where}, attribute {name}") for name, _, kind in found)
