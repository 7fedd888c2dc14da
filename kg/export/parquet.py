"""Parquet tables of nodes, edges and statements, for pandas, Polars, DuckDB, R and Spark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg.errors import GraphError, OutputError
from kg.export.files import whole_binary
from kg.export.order import edges, node_ids
from kg.export.stated import stated
from kg.export.values import as_type, columns
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, SEPARATOR

TABLES: Final = ("nodes", "edges", "statements")
RENAMED: Final = {name: f"{name}_" for name in ("id", "source", "target", "source_label", "target_label")}
# The columns of the table of statements; the attributes of the statement follow under their own names.
STATED: Final = {
    "edge": "string",
    "statement": "string",
    "relation": "string",
    "relation_zh": "string",
    "head": "string",
    "head_label": "string",
    "head_category": "string",
    "head_adcode": "string",
    "tail": "string",
    "tail_label": "string",
    "tail_category": "string",
    "tail_adcode": "string",
    "documents": "string",
    "document_title": "string",
    "published": "string",
    "publisher": "string",
    "repost_of": "string",
    "evidence": "string",
    "start": "int",
    "end": "int",
    "head_start": "int",
    "head_end": "int",
    "tail_start": "int",
    "tail_end": "int",
    "marks": "string",
    "date": "string",
    "status": "string",
    "rule": "string",
    "basis": "string",
    "confidence": "double",
    "whole_edge": "boolean",
}
Columns = dict[str, str]
Row = Mapping[str, object]


def write_parquet(graph: nx.MultiDiGraph, path: Path) -> list[Path]:
    """Write nodes.parquet, edges.parquet and statements.parquet into the folder *path* and say where.

    Where *path* ends in .parquet, they stand side by side: graph-nodes.parquet and so on for graph.parquet.
    Columns have the names and types of the schema; texts of several values are joined by a vertical bar, as everywhere.
    """
    arrow, parquet = _pyarrow(Path(path))
    types = {"string": arrow.string(), "int": arrow.int64(), "double": arrow.float64(), "boolean": arrow.bool_()}
    files = parquet_files(Path(path))
    with ExitStack() as stack:
        places = [stack.enter_context(whole_binary(file)) for file in files]
        for place, (kinds, rows) in zip(places, (_nodes(graph), _edges(graph), _statements(graph)), strict=True):
            held: dict[str, list[object]] = {name: [] for name in kinds}
            for row in rows:
                for name, values in held.items():
                    values.append(row.get(name))
            fields = [_array(arrow, values, types[kinds[name]], name) for name, values in held.items()]
            parquet.write_table(arrow.Table.from_arrays(fields, names=list(kinds)), place, compression="zstd")
    return files


def parquet_files(path: Path) -> list[Path]:
    """Where the tables of *path* stand.

    >>> [file.as_posix() for file in parquet_files(Path("out"))]
    ['out/nodes.parquet', 'out/edges.parquet', 'out/statements.parquet']
    >>> parquet_files(Path("out/graph.parquet"))[0].as_posix()
    'out/graph-nodes.parquet'
    """
    if path.suffix.lower() == ".parquet":
        return [path.with_name(f"{path.stem}-{part}.parquet") for part in TABLES]
    return [path / f"{part}.parquet" for part in TABLES]


def _pyarrow(path: Path) -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        remedy = "install pyarrow, for instance with: pip install '.[parquet]'"
        raise OutputError(str(path), "Parquet needs the package pyarrow, which is not installed", remedy) from error
    return pyarrow, parquet


def _array(arrow: Any, values: list[object], kind: Any, name: str) -> Any:
    try:
        return arrow.array(values, kind)
    except (OverflowError, arrow.ArrowInvalid) as error:
        what = f"a value does not fit {kind} ({error})"
        raise GraphError(f"attribute {name}", what, "use numbers below 2 to the power of 63") from error


def _nodes(graph: nx.MultiDiGraph) -> tuple[Columns, Iterator[Row]]:
    found = columns((data for _, data in graph.nodes(data=True)), NODE_ATTRIBUTES, RENAMED)
    rows = ({"id": called} | _values(graph.nodes[node], found, called) for node, called in node_ids(graph).items())
    return {"id": "string"} | {name: kind for _, name, kind in found}, rows


def _edges(graph: nx.MultiDiGraph) -> tuple[Columns, Iterator[Row]]:
    found = columns((data for _, _, data in graph.edges(data=True)), EDGE_ATTRIBUTES, RENAMED)
    ids = node_ids(graph)
    labels = {called: as_type(graph.nodes[node].get("label"), "string", called) for node, called in ids.items()}
    rows = (
        {"id": edge, "source": source, "target": target, "source_label": labels[source], "target_label": labels[target]}
        | _values(data, found, edge)
        for edge, source, target, _, data in edges(graph, ids)
    )
    ends = ("id", "source", "target", "source_label", "target_label")
    return dict.fromkeys(ends, "string") | {name: kind for _, name, kind in found}, rows


def _statements(graph: nx.MultiDiGraph) -> tuple[Columns, Iterator[Row]]:
    rows = [_flat(line) for line in stated(graph)]
    told = {name for row in rows for name in row}
    kinds = EDGE_ATTRIBUTES | STATED
    first = [name for name in STATED if name in told or name in ("edge", "relation", "head", "tail")]
    rest = [name for name in EDGE_ATTRIBUTES if name in told and name not in STATED]
    others = sorted(told - {*first, *rest})
    return {name: kinds.get(name, "string") for name in (*first, *rest, *others)}, iter(rows)


def _flat(line: Mapping[str, Any]) -> Row:
    row = {name: value for name, value in line.items() if not isinstance(value, (dict, list))}
    row |= {"document_title": row.pop("title")} if "title" in row else {}
    for end in ("head", "tail"):
        row[end] = line[end]["id"]
        row |= {f"{end}_{name}": value for name, value in line[end].items() if name != "id"}
        if place := line.get(f"{end}_at"):
            row[f"{end}_start"], row[f"{end}_end"] = place
    row["documents"] = row.pop("document", None) or SEPARATOR.join(line.get("documents", ())) or None
    taken = {name: value for name, value in line.get("attributes", {}).items() if name not in STATED}
    return {name: value for name, value in (row | taken).items() if value is not None}


def _values(data: Mapping[str, object], found: Iterable[tuple[str, str, str]], where: str) -> dict[str, object]:
    return {name: as_type(data.get(known), kind, f"{where}, attribute {known}") for known, name, kind in found}
