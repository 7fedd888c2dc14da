"""The tables open in a spreadsheet as they are meant: UTF-8, no formula, every node, edge and value."""

from __future__ import annotations

import copy
import csv
import io
import math
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from nasty import graphs, writable

from kg.errors import GraphError, OutputError
from kg.export import export
from kg.export.cells import FORMULA
from kg.export.tables import write_tables
from kg.export.values import clean
from kg.pipeline import Run


def read(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith("\ufeff".encode())
    assert data.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def cell(value: object) -> str:
    if isinstance(value, str):
        return f"'{value}" if value[0] in FORMULA else value
    return str(value).lower() if isinstance(value, bool) else repr(value)


def row(data: dict[str, Any]) -> dict[str, str]:
    return {name: cell(value) for name, value in writable(data).items()}


def filled(data: dict[str, str], leave: set[str]) -> dict[str, str]:
    return {name: value for name, value in data.items() if value and name not in leave}


@settings(max_examples=120, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(graph=graphs())
def test_round_trip(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    before = copy.deepcopy(graph)
    nodes, edges = write_tables(graph, tmp_path / "out")
    assert repr(dict(graph.nodes)) == repr(dict(before.nodes))
    assert [{r["Id"]: filled(r, {"Id"})} for r in read(nodes)] == [
        {cell(clean(n)): row(graph.nodes[n])} for n in sorted(graph, key=lambda n: (clean(n), n))]
    ends = {"Id", "Source", "Target", "Type", "source_label", "target_label"}
    assert {r["Id"]: (r["Source"], r["Target"], filled(r, ends)) for r in read(edges)} == {
        key: (cell(clean(a)), cell(clean(b)), row(d)) for a, b, key, d in graph.edges(keys=True, data=True)}
    for file in (nodes, edges):
        for line in read(file):
            for value in line.values():
                number = value.translate(dict.fromkeys(map(ord, "-.e+"))).isdecimal()
                assert number or value[:1] not in FORMULA


def test_the_samples(sample_run: Run, tmp_path: Path) -> None:
    graph = sample_run.graph
    nodes, edges = write_tables(graph, tmp_path / "out")
    assert [file.name for file in (nodes, edges)] == ["nodes.csv", "edges.csv"]
    assert {r["Id"]: r["label"] for r in read(nodes)} == dict(graph.nodes(data="label"))
    assert len(read(edges)) == graph.number_of_edges()
    assert all(r["Type"] == "Directed" and r["source_label"] == graph.nodes[r["Source"]]["label"] for r in read(edges))
    assert math.isclose(sum(float(r["weight"]) for r in read(edges)), sum(w for *_, w in graph.edges(data="weight")))
    again = write_tables(graph, tmp_path / "again")
    assert [f.read_bytes() for f in again] == [f.read_bytes() for f in (nodes, edges)]


def test_names_of_columns_that_gephi_knows(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", type="官员", id="7")
    graph.add_edge("a", "a", source="报纸")
    nodes, edges = write_tables(graph, tmp_path)
    assert read(nodes) == [{"Id": "a", "id_": "7", "type_": "官员"}]
    (edge,) = read(edges)
    assert (edge["Source"], edge["source_"], edge["source_label"]) == ("a", "报纸", "a")


def test_both_tables_or_none(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", weight="much")
    with pytest.raises(GraphError, match="attribute weight"):
        write_tables(graph, tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_tables(graph, tmp_path / "file")


def test_under_the_name_of_one_file(tmp_path: Path) -> None:
    export(nx.MultiDiGraph([("a", "b")]), tmp_path / "graph.csv")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["graph-edges.csv", "graph-nodes.csv"]
