"""pyarrow reads the tables back: every node, edge, statement and value, each column of its type."""

from __future__ import annotations

import builtins
import copy
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from nasty import graphs, writable
from pyarrow import parquet
from tiny import BRIEF, NEWS, tiny

from kg.errors import GraphError, OutputError
from kg.export import export, written
from kg.export.parquet import write_parquet
from kg.export.values import clean
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES
from kg.pipeline import Run
from kg.reading.explain import open_graph

TYPES = {"string": pyarrow.string(), "int": pyarrow.int64(), "double": pyarrow.float64(), "boolean": pyarrow.bool_()}


def read(path: Path) -> list[dict[str, Any]]:
    """The rows without what is null."""
    rows = parquet.read_table(path).to_pylist()
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def test_the_samples(sample_run: Run, tmp_path: Path) -> None:
    graph = sample_run.graph
    nodes, edges, statements = write_parquet(graph, tmp_path / "out")
    assert [file.name for file in (nodes, edges, statements)] == [
        "nodes.parquet",
        "edges.parquet",
        "statements.parquet",
    ]
    for file, known in ((nodes, NODE_ATTRIBUTES), (edges, EDGE_ATTRIBUTES)):
        schema = parquet.read_schema(file)
        assert {name: schema.field(name).type for name in known if name in schema.names} == {
            name: TYPES[kind] for name, kind in known.items() if name in schema.names
        }
    lines = [json.loads(line) for line in export(graph, tmp_path / "g.jsonl").read_text("utf-8").splitlines()]
    rows = read(statements)
    assert [
        (r["edge"], r["head"], r["tail_label"], r.get("evidence"), r.get("start"), r["confidence"]) for r in rows
    ] == [
        (x["edge"], x["head"]["id"], x["tail"]["label"], x.get("evidence"), x.get("start"), x["confidence"])
        for x in lines
    ]
    for line, row in zip(lines, rows, strict=True):
        attributes = line.get("attributes", {})
        assert {name: row[name] for name in attributes} == attributes
        assert [row.get("head_start"), row.get("head_end")] == line.get("head_at", [None, None])
    again = write_parquet(graph, tmp_path / "again")
    assert [f.read_bytes() for f in again] == [f.read_bytes() for f in (nodes, edges, statements)]


def test_statements_with_the_title_of_the_post_and_of_the_document(tmp_path: Path) -> None:
    *_, statements = written(tiny(), tmp_path / "graph.parquet")
    assert statements.name == "graph-statements.parquet"
    row = next(row for row in read(statements) if row["relation"] == "holds_post")
    assert (row["title"], row["document_title"], row["documents"]) == ("区委副书记、区长", "镇海区、金阳县签约", NEWS)
    assert (row["publisher"], row["published"], row["head_category"]) == ("宁波日报", "2023-04-13", "official")


def test_a_graph_from_a_file(tmp_path: Path) -> None:
    graph = tiny()
    graph.edges["o1", "r513430", "k01"]["documents"] = f"{BRIEF}|{NEWS}"
    *_, statements = write_parquet(open_graph(export(graph, tmp_path / "g.graphml")), tmp_path / "out")
    rows = read(statements)
    assert all(row["whole_edge"] for row in rows)
    assert next(row for row in rows if row["relation"] == "visited")["documents"] == f"{BRIEF}|{NEWS}"
    assert next(row for row in rows if row["relation"] == "supports")["amount"] == 3200000.0


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(graph=graphs())
def test_round_trip(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    before = copy.deepcopy(graph)
    nodes, edges, statements = write_parquet(graph, tmp_path / "out")
    assert repr(dict(graph.nodes)) == repr(dict(before.nodes))
    assert read(nodes) == [
        {"id": clean(node)} | writable(graph.nodes[node]) for node in sorted(graph, key=lambda n: (clean(n), n))
    ]
    found = {row.pop("id"): row for row in read(edges)}
    for tail, head, key, data in graph.edges(keys=True, data=True):
        row = found.pop(key)
        labels = {"source_label": tail, "target_label": head}
        told = {name: clean(graph.nodes[end].get("label", "")) for name, end in labels.items()}
        assert row == {"source": clean(tail), "target": clean(head)} | {n: v for n, v in told.items() if v} | writable(
            data
        )
    assert not found
    assert {row["edge"] for row in read(statements)} == {key for *_, key in graph.edges(keys=True)}


def test_what_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", mentions=2**70)
    with pytest.raises(GraphError, match="attribute mentions"):
        write_parquet(graph, tmp_path / "out")
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_parquet(tiny(), tmp_path / "file")
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(OutputError, match=r"pyarrow.*remedy: install pyarrow"):
        write_parquet(tiny(), tmp_path / "out")
    assert not any((tmp_path / "out").iterdir())
