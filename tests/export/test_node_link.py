"""networkx reads node-link JSON back as the graph that was written."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import HealthCheck, given, settings
from nasty import graphs, writable
from tiny import tiny

from kg.export import export
from kg.export.values import clean
from kg.pipeline import Run


def read(path: Path) -> nx.MultiDiGraph:
    return nx.node_link_graph(json.loads(path.read_bytes().decode("utf-8")), edges="edges")


def contents(graph: nx.MultiDiGraph) -> tuple[dict[str, Any], dict[Any, Any]]:
    nodes = {clean(node): writable(data) for node, data in graph.nodes(data=True)}
    return nodes, {(clean(a), clean(b), key): writable(d) for a, b, key, d in graph.edges(keys=True, data=True)}


def test_the_samples_and_the_tiny_graph(sample_run: Run, tmp_path: Path) -> None:
    for graph in (sample_run.graph, tiny()):
        again = read(export(graph, tmp_path / "graph.json"))
        assert isinstance(again, nx.MultiDiGraph)
        assert contents(again) == contents(graph)
        assert again.graph == {"name": "kg"}


def test_names_that_the_format_takes_for_itself(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("甲", "乙", key="k", id=7, source="报纸", target="x", _private=1)
    graph.edges["甲", "乙", "k"]["key"] = "钥匙"
    graph.nodes["甲"].update(id="9", aliases=["a", "b"], nothing=None)
    again = read(export(graph, tmp_path / "graph.json"))
    assert dict(again.nodes) == {"乙": {}, "甲": {"id_": "9", "aliases": "a|b"}}
    assert list(again.edges(keys=True, data=True)) == [
        ("甲", "乙", "k", {"id_": 7, "key_": "钥匙", "source_": "报纸", "target_": "x"})
    ]


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(graph=graphs())
def test_round_trip(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    before = copy.deepcopy(graph)
    again = read(export(graph, tmp_path / "graph.json"))
    assert repr(dict(graph.nodes)) == repr(dict(before.nodes))
    assert contents(again) == contents(graph)
