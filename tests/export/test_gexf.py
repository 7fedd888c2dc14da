"""GEXF keeps the rules of its schema, networkx reads back every node, edge and attribute, and time is told as days."""

from __future__ import annotations

import copy
import math
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nasty import graphs, writable
from rules import keeps

from kg.errors import GraphError
from kg.export import export
from kg.export.gexf import DRAWN, SHAPES, write_gexf
from kg.export.order import relation_word
from kg.export.values import clean
from kg.model.schema import CATEGORIES, EDGE_ATTRIBUTES, NODE_ATTRIBUTES, RELATIONS
from kg.pipeline import Run

SPACE = "{http://gexf.net/1.3}"


def checked(path: Path) -> Any:
    """The root of a file that keeps the rules of the schema, and those that no schema can tell."""
    root = keeps(path).getroot()
    kinds: dict[tuple[str, str], str] = {}
    for attribute in root.iter(f"{SPACE}attribute"):
        domain = attribute.getparent().get("class")
        assert (domain, attribute.get("id")) not in kinds
        kinds[domain, attribute.get("id")] = attribute.get("type")
        assert attribute.get("type") in ("string", "long", "double", "boolean")
    convert = {"string": str, "long": int, "double": float, "boolean": {"true": True, "false": False}.__getitem__}
    for part in ("node", "edge"):
        found = list(root.iter(f"{SPACE}{part}"))
        assert len({element.get("id") for element in found}) == len(found)
        for element in found:
            assert (element.get("start") or "") <= (element.get("end") or "")
            told = [value.get("for") for value in element.iter(f"{SPACE}attvalue")]
            assert len(set(told)) == len(told)
            for value in element.iter(f"{SPACE}attvalue"):
                convert[kinds[part, value.get("for")]](value.get("value"))
    nodes = {element.get("id") for element in root.iter(f"{SPACE}node")}
    assert all({e.get("source"), e.get("target")} <= nodes for e in root.iter(f"{SPACE}edge"))
    return root


def read(path: Path) -> nx.MultiDiGraph:
    """What networkx reads; without parallel edges that is a simple graph, whose edges keep their id as an attribute."""
    return nx.MultiDiGraph(nx.read_gexf(path))


def node_of(called: str, data: dict[str, Any]) -> dict[str, Any]:
    """A node as networkx should hand it back, time aside."""
    data = writable(data)
    node = {name: value for name, value in data.items() if name not in DRAWN} | {"label": data.get("label") or called}
    viz: dict[str, Any] = {}
    if "x" in data and "y" in data:
        viz["position"] = {"x": data["x"], "y": data["y"], "z": 0.0}
    if math.copysign(1, data.get("size", -1)) > 0:
        viz["size"] = data["size"]
    text = data.get("color", "")
    if len(text) == 7 and text[0] == "#" and set(text[1:]) <= set("0123456789abcdefABCDEF"):
        viz["color"] = {"r": int(text[1:3], 16), "g": int(text[3:5], 16), "b": int(text[5:], 16), "a": 1.0}
    if data.get("category") in SHAPES:
        viz["shape"] = None  # networkx looks for it under another name
    return node | ({"viz": viz} if viz else {})


def edge_of(key: str, data: dict[str, Any]) -> dict[str, Any]:
    edge = writable(data) | {"id": key, "label": relation_word(data)}
    return edge | ({"weight": float(edge["weight"])} if "weight" in edge else {})


def compare(graph: nx.MultiDiGraph, path: Path) -> None:
    back = read(path)
    timeless = {n: {k: v for k, v in d.items() if k not in ("start", "end")} for n, d in back.nodes(data=True)}
    assert timeless == {clean(n): node_of(clean(n), d) for n, d in graph.nodes(data=True)}
    edges = {d["id"]: (a, b, {k: v for k, v in d.items() if k not in ("start", "end")})
             for a, b, d in back.edges(data=True)}
    assert edges == {k: (clean(a), clean(b), edge_of(k, d)) for a, b, k, d in graph.edges(keys=True, data=True)}


@settings(max_examples=120, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(graph=graphs(), colors=st.lists(st.sampled_from(["#0072b2", "#FFFFFF", "#12345g", "# 2345", "red"]), max_size=5),
       categories=st.lists(st.sampled_from(list(CATEGORIES)), max_size=5))
def test_round_trip(graph: nx.MultiDiGraph, colors: list[str], categories: list[str], tmp_path: Path) -> None:
    for name, given_ in (("color", colors), ("category", categories)):
        for node, value in zip(graph, given_, strict=False):
            graph.nodes[node][name] = value
    path = tmp_path / "graph.gexf"
    before = copy.deepcopy(graph)
    write_gexf(graph, path)
    assert repr(dict(graph.nodes)) == repr(dict(before.nodes))
    assert repr(list(graph.edges(keys=True, data=True))) == repr(list(before.edges(keys=True, data=True)))
    checked(path)
    compare(graph, path)
    first = path.read_bytes()
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    write_gexf(turned, path)
    assert path.read_bytes() == first


def test_the_samples(sample_run: Run, tmp_path: Path) -> None:
    path = export(sample_run.graph, tmp_path / "graph.gexf")
    root = checked(path)
    compare(sample_run.graph, path)
    assert all(e.get("kind") in RELATIONS.values() for e in root.iter(f"{SPACE}edge"))
    names = {(a.getparent().get("class"), a.get("id")) for a in root.iter(f"{SPACE}attribute")}
    assert {n for c, n in names if c == "node"} <= set(NODE_ATTRIBUTES) - DRAWN
    assert {n for c, n in names if c == "edge"} <= set(EDGE_ATTRIBUTES) - {"weight"}
    assert len([n for n in root.iter(f"{SPACE}node") if n.get("start")]) > 20
    assert len([e for e in root.iter(f"{SPACE}edge") if e.get("start")]) > 20


@pytest.fixture
def small() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="赵明远", category="official", first_seen="2023-04-13", last_seen="2023-05-02")
    graph.add_node("b", label="云岭县", category="region", size=4.0, latitude=25.0)
    graph.add_node("c", label="座谈会", category="event", start_date="2023-05-01", end_date="2023-05-03",
                   first_seen="2023-06-01", last_seen="2023-06-01")
    graph.add_node("d", label="产业园", category="project", start_date="三月")
    graph.add_edge("a", "b", key="e1", relation="visited", relation_zh="到访", date="2023-04-12",
                   start_date="2023-04-12", end_date="2023-04", weight=2,
                   evidence="赵明远到云岭县调研。\n\t他说:“好”<b>&")
    graph.add_edge("a", "b", key="e2", relation="holds_post", weight=1)
    graph.add_edge("b", "d", key="e3", relation="supports", date="2022", weight=1)
    return graph


def test_time(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_gexf(small, tmp_path / "g.gexf")
    root = checked(tmp_path / "g.gexf")
    graph = root.find(f"{SPACE}graph")
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("timerepresentation")) == (
        "dynamic", "date", "interval")
    times = {e.get("id"): (e.get("start"), e.get("end")) for e in root.iter(f"{SPACE}node", f"{SPACE}edge")}
    assert times == {
        "a": ("2023-04-01", "2023-05-02"),  # seen from the 13th, but in an edge of April
        "b": ("2022-01-01", "2023-04-30"),
        "c": ("2023-05-01", "2023-05-03"),  # when the event was, not when it was written about
        "d": ("2022-01-01", "2022-12-31"),
        "e1": ("2023-04-01", "2023-04-30"),
        "e2": (None, None),
        "e3": ("2022-01-01", "2022-12-31"),
    }


def test_gephi_words(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    small.nodes["a"]["type"] = "官员"
    small.nodes["a"]["kind"] = "visit"
    small.edges["a", "b", "e1"]["label"] = "x"
    write_gexf(small, tmp_path / "g.gexf")
    root = checked(tmp_path / "g.gexf")
    words = [(e.get("kind"), e.get("label")) for e in root.iter(f"{SPACE}edge")]
    assert words == [("到访", "到访"), ("任职", "任职"), ("支援", "支援")]
    names = {(a.getparent().get("class"), a.get("id")) for a in root.iter(f"{SPACE}attribute")}
    assert {("node", "type_"), ("node", "kind"), ("edge", "label_")} <= names
    assert not names & {("node", "type"), ("node", "label"), ("edge", "label"), ("edge", "weight")}
    assert read(tmp_path / "g.gexf").nodes["a"]["kind"] == "visit"


def test_a_value_of_another_type_is_named_and_the_older_file_stays(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    path = export(small, tmp_path / "g.gexf")
    before = path.read_bytes()
    small.edges["a", "b", "e1"]["weight"] = "much"
    with pytest.raises(GraphError, match=r"e1, attribute weight: 'much' is not of type double"):
        export(small, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_graph(tmp_path: Path) -> None:
    write_gexf(nx.MultiDiGraph(), tmp_path / "g.gexf")
    checked(tmp_path / "g.gexf")
    assert read(tmp_path / "g.gexf").number_of_nodes() == 0
