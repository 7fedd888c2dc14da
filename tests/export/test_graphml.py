"""What is written can be read: by kg, by networkx, by any XML parser; nothing is lost, nothing is changed."""

from __future__ import annotations

import copy
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from nasty import graphs, writable

from kg.errors import GraphError, OutputError
from kg.export import export
from kg.export.graphml import read_graphml, write_graphml
from kg.export.values import clean
from kg.model.schema import RELATIONS


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(graph=graphs())
def test_round_trip(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    before = copy.deepcopy(graph)
    write_graphml(graph, path)
    assert nx.utils.graphs_equal(graph, before) or repr(dict(graph.nodes)) == repr(dict(before.nodes))
    back = read_graphml(path)
    assert dict(back.nodes(data=True)) == {clean(n): writable(d) for n, d in graph.nodes(data=True)}
    expected = {key: (clean(a), clean(b), writable(d)) for a, b, key, d in graph.edges(keys=True, data=True)}
    assert {key: (a, b, d) for a, b, key, d in back.edges(keys=True, data=True)} == expected
    again = tmp_path / "again.graphml"
    write_graphml(back, again)
    assert again.read_bytes() == path.read_bytes()


@pytest.fixture
def small() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="赵明远", category="official", mentions=3, x=1.5, y=-2.0, size=100.0, color="#d55e00")
    graph.add_node("b", label="云岭县", category="region", mentions=1, size=4.0, latitude=25.0)
    for key, relation in (("e1", "visited"), ("e2", "holds_post"), ("e3", "supports")):
        graph.add_edge("a", "b", key=key, relation=relation, relation_zh=RELATIONS[relation], weight=2,
                       former=False, amount=3e8, evidence="赵明远到云岭县调研。\n他说:“好”<b>&")
    return graph


def test_networkx_reads_it(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_graphml(small, tmp_path / "g.graphml")
    read = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert dict(read.nodes(data=True)) == dict(small.nodes(data=True))
    assert sorted((a, b, k, sorted(d.items())) for a, b, k, d in read.edges(keys=True, data=True)) == sorted(
        (a, b, k, sorted({**d, "label": d["relation_zh"]}.items())) for a, b, k, d in small.edges(keys=True, data=True))
    assert isinstance(read.edges["a", "b", "e1"]["amount"], float)
    assert isinstance(read.edges["a", "b", "e1"]["former"], bool)
    assert isinstance(read.nodes["a"]["mentions"], int)


def test_gephi_words(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    """Edge labels keep parallel relations apart; names that Gephi reads for itself do not appear as attributes."""
    small.nodes["a"]["type"] = "官员"
    small.edges["a", "b", "e1"]["kind"] = "x"
    write_graphml(small, tmp_path / "g.graphml")
    root = ElementTree.parse(tmp_path / "g.graphml").getroot()
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert [e.get("label") for e in root.iterfind(".//g:edge", space)] == ["到访", "任职", "支援"]
    names = {(k.get("for"), k.get("attr.name")) for k in root.iterfind("g:key", space)}
    assert ("node", "type_") in names
    assert ("edge", "kind_") in names
    assert not names & {("node", "type"), ("node", "id"), ("edge", "kind"), ("edge", "type"), ("edge", "source")}


def test_edge_ids_are_unique_whatever_the_keys(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "a"), ("b", "c")])
    graph.add_edge("c", "a", key="same")
    graph.add_edge("c", "b", key="same")
    write_graphml(graph, tmp_path / "g.graphml")
    assert read_graphml(tmp_path / "g.graphml").number_of_edges() == 6
    ids = [e.get("id") for e in ElementTree.parse(tmp_path / "g.graphml").iter() if e.tag.endswith("edge")]
    assert len(set(ids)) == 6


def test_further_attributes_get_one_type(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", pagerank=1, tags=["甲", "乙"], _private=1, mixed=1)
    graph.add_node("b", pagerank=0.5, mixed="二")
    write_graphml(graph, tmp_path / "g.graphml")
    back = read_graphml(tmp_path / "g.graphml")
    assert back.nodes["a"] == {"pagerank": 1.0, "tags": "甲|乙", "mixed": "1"}
    assert back.nodes["b"] == {"pagerank": 0.5, "mixed": "二"}


def test_a_value_of_another_type_is_named(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("n1", mentions="many")
    with pytest.raises(GraphError, match=r"n1, attribute mentions: 'many' is not of type int"):
        write_graphml(graph, tmp_path / "g.graphml")
    assert list(tmp_path.iterdir()) == []


def test_the_older_file_stays_when_writing_fails(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    path = export(small, tmp_path / "g.graphml")
    before = path.read_bytes()
    small.nodes["a"]["mentions"] = "many"
    with pytest.raises(GraphError):
        export(small, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("place", ["file/g.graphml", "folder.graphml"])
def test_places_that_cannot_be_written(small: nx.MultiDiGraph, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder.graphml").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        export(small, tmp_path / place)


def test_suffixes(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    assert export(small, str(tmp_path / "NEW" / "G.GraphML")).exists()
    with pytest.raises(OutputError, match=r"no format for '.xyz'.*use one of .csv "):
        export(small, tmp_path / "g.xyz")


@pytest.mark.parametrize("text", ["", "<html></html>", "<graphml><node/>", "not xml",
                                  "<graphml><graph><node/></graph></graphml>"])
def test_what_is_no_graphml_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.graphml"
    path.write_text(text)
    with pytest.raises(GraphError, match=r"bad\.graphml: is no readable GraphML"):
        read_graphml(path)
    with pytest.raises(GraphError, match="cannot be read"):
        read_graphml(tmp_path / "absent.graphml")


def test_same_bytes_in_any_order(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(small.nodes(data=True))))
    other.add_edges_from(reversed(list(small.edges(keys=True, data=True))))
    write_graphml(small, tmp_path / "a.graphml")
    write_graphml(other, tmp_path / "b.graphml")
    assert (tmp_path / "a.graphml").read_bytes() == (tmp_path / "b.graphml").read_bytes()
