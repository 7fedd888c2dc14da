"""Attributes that kg does not know survive every format that can be read back; files are written in little memory."""

from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nasty import NASTY, writable

from kg.export import export
from kg.export.cells import FORMULA
from kg.export.gexf import RENAMED
from kg.export.graphml import RENAMED_NODE, read_graphml
from kg.export.tables import RENAMED as RENAMED_CELL
from kg.export.values import clean
from kg.model.schema import NODE_ATTRIBUTES

NAMES = st.one_of(NASTY, st.sampled_from(["type", "id", "source", "kind_", "start", "r", "for", "weight", "viz"]))
VALUES = st.one_of(NASTY, st.integers(-2**63, 2**63 - 1), st.booleans(), st.floats(), st.none())


def graphml(path: Path) -> dict[str, Any]:
    return dict(read_graphml(path).nodes["a"])


def gexf(path: Path) -> dict[str, Any]:
    return {name: value for name, value in nx.read_gexf(path).nodes["a"].items() if name != "label"}


def cells(path: Path) -> dict[str, Any]:
    with path.with_name("g-nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    return {name: value for name, value in row.items() if value and name != "Id"}


def text(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}" if value[0] in FORMULA else value
    return str(value).lower() if isinstance(value, bool) else repr(value)


@pytest.mark.parametrize(("form", "read", "renamed"), [
    ("graphml", graphml, RENAMED_NODE), ("gexf", gexf, RENAMED), ("csv", cells, RENAMED_CELL)])
@settings(max_examples=100, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example(data={"type": "官员", "type_": "x", "县": 1, "县\x00": 2, "_private": 3, "": 4})
@given(data=st.dictionaries(NAMES.filter(lambda name: name not in NODE_ATTRIBUTES), VALUES, max_size=6))
def test_any_name_and_type(
        data: dict[str, Any], form: str, read: Any, renamed: dict[str, str], tmp_path: Path) -> None:
    """Of two names that are written alike the first by the alphabet keeps its column."""
    graph = nx.MultiDiGraph()
    graph.add_node("a", **data)
    wanted: dict[str, Any] = {}
    for name in sorted(data):
        written = renamed.get(name, clean(name))
        if written and not name.startswith("_") and data[name] is not None:
            wanted.setdefault(written, data[name])
    wanted = writable(wanted)
    back = read(export(graph, tmp_path / f"g.{form}"))
    assert back == ({text(name): text(value) for name, value in wanted.items()} if form == "csv" else wanted)
    if form != "csv":
        assert {name: type(value) for name, value in back.items()} == {n: type(v) for n, v in wanted.items()}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_equal_numbers_that_are_written_differently(form: str, tmp_path: Path) -> None:
    """What is remembered of one value is not taken for another that equals it."""
    graph = nx.MultiDiGraph()
    values = {"a": (0.0, 1), "b": (-0.0, 1.0), "c": (0, True), "d": (1.0, "1"), "e": (1, "true"), "f": (-0.0, "1.0")}
    for node, (double, mixed) in values.items():
        graph.add_node(node, double=double, mixed=mixed)
    path = export(graph, tmp_path / f"g.{form}")
    back = nx.read_gexf(path) if form == "gexf" else read_graphml(path)
    assert {n: (repr(d["double"]), d["mixed"]) for n, d in back.nodes(data=True)} == {
        "a": ("0.0", "1"), "b": ("-0.0", "1.0"), "c": ("0.0", "true"), "d": ("1.0", "1"), "e": ("1.0", "true"),
        "f": ("-0.0", "1.0")}


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_every_edge_of_any_graph_once(kind: type[nx.Graph], tmp_path: Path) -> None:
    graph = kind([("b", "a"), ("a", "b"), ("b", "c"), ("c", "c"), ("c", "b"), ("a", "c")])
    back = read_graphml(export(graph, tmp_path / "g.graphml"))
    assert sorted(map(sorted, back.edges())) == sorted(map(sorted, graph.edges()))
    if graph.is_directed():
        assert sorted(back.edges()) == sorted(graph.edges())


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_memory_is_flat(form: str, tmp_path: Path) -> None:
    """A file of more than 20 MB is written in less than 2 MB above the graph."""
    graph = nx.MultiDiGraph()
    for number in range(2000):
        graph.add_edge(f"n{number % 97}", f"n{number % 89}", key=f"e{number}", relation="visited",
                       evidence=f"{number}赵明远到云岭县调研。" * 300)
    tracemalloc.start()
    path = export(graph, tmp_path / f"g.{form}")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 20e6
    assert most < 2e6
