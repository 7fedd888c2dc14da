"""kg stats: figures that can be counted by hand, what is missing, JSON, figures on the nodes of a file."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg.cli import main
from kg.model.schema import CATEGORIES, NODE_ATTRIBUTES, RELATIONS
from kg.pipeline import Run, write
from kg.reading.analysis import CENTRALITIES, marked
from kg.views.words import words


def graph_of(nodes: dict[str, tuple[str, str]], edges: list[tuple[str, str, str]]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for node, (category, label) in nodes.items():
        graph.add_node(node, label=label, category=category, category_zh=CATEGORIES[category], documents="a")
    for source, relation, target in edges:
        graph.add_edge(source, target, f"{source}-{relation}-{target}", relation=relation, documents="a",
                       relation_zh=RELATIONS[relation], basis="text")
    return graph


ZHENHAI, JINYANG, DUIPING = "浙江省宁波市镇海区", "四川省凉山彝族自治州金阳县", "四川省凉山彝族自治州金阳县对坪镇"
REGIONS = {"r": ("region", ZHENHAI), "s": ("region", JINYANG), "t": ("region", DUIPING)}
LEADERS = {"p": ("official", "章立人"), "q": ("official", "阿牛木呷")}


def unvisited(*edges: tuple[str, str, str]) -> tuple[tuple[str, str, str], ...]:
    return kg.stats(graph_of(REGIONS | LEADERS, [("r", "paired_with", "s"), *edges])).unvisited


def test_a_pair_is_unvisited_until_somebody_of_one_visits_the_other() -> None:
    pair = ((ZHENHAI, JINYANG, "a"),)
    assert unvisited() == pair
    assert unvisited(("p", "visited", "s")) == pair  # nobody knows where they come from
    assert unvisited(("p", "holds_post", "r"), ("p", "visited", "r")) == pair
    assert unvisited(("p", "holds_post", "r"), ("p", "visited", "s")) == ()
    assert unvisited(("q", "holds_post", "s"), ("q", "visited", "r")) == ()  # either way
    assert unvisited(("p", "holds_post", "r"), ("p", "visited", "t")) == ()  # a town of it
    assert unvisited(("q", "holds_post", "t"), ("q", "visited", "r")) == ()


def test_components_and_communities_are_numbered_by_size() -> None:
    figures = kg.stats(graph_of(REGIONS | LEADERS, [("r", "paired_with", "s"), ("t", "located_in", "s")]))
    assert figures.components == {"r": 0, "s": 0, "t": 0, "p": -1, "q": -1}
    assert figures.groups("components") == [(3, [JINYANG, DUIPING, ZHENHAI])]
    assert figures.communities["p"] == -1
    assert figures.top("betweenness", 1) == [(JINYANG, "地区", 0.166667)]
    assert figures.centralities["degree"] == {"r": 1, "s": 2, "t": 1, "p": 0, "q": 0}


def test_documents_of_which_nothing_was_read() -> None:
    graph = graph_of(REGIONS, [("r", "paired_with", "s")])
    graph.nodes["t"]["documents"] = "a|b"
    graph.add_edge("t", "s", "x", relation="located_in", documents="b", basis="background")
    figures = kg.stats(graph)
    assert (figures.silent, figures.complete, figures.documents) == (("b",), False, 2)
    figures = kg.stats(graph, documents=["a", "b", "c"])
    assert (figures.silent, figures.complete, figures.documents) == (("b", "c"), True, 3)
    graph.graph["documents"] = {"a": {}, "d": {}}
    assert kg.stats(graph).silent == ("b", "d")


def test_a_graph_of_nothing() -> None:
    empty = kg.stats(nx.MultiDiGraph())
    assert (empty.nodes, empty.edges, empty.unvisited, empty.groups()) == (0, 0, (), [])
    json.dumps(empty.as_dict())


def test_the_figures_are_the_same_in_whatever_order_a_graph_was_made(sample_run: Run) -> None:
    graph = sample_run.graph
    turned = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    before = copy.deepcopy(dict(graph.nodes))
    assert json.dumps(kg.stats(turned).as_dict()) == json.dumps(kg.stats(graph).as_dict())
    assert dict(graph.nodes) == before


def test_the_figures_on_the_nodes_are_typed_and_stay_in_the_file(sample_run: Run, tmp_path: Path) -> None:
    figures = kg.stats(sample_run.graph)
    named = [*CENTRALITIES, "community", "component"]
    kinds = {"int": int, "double": float}
    assert {NODE_ATTRIBUTES[name] for name in named} == set(kinds)
    kg.export(marked(sample_run.graph, figures), tmp_path / "a.graphml")
    again = kg.open(tmp_path / "a.graphml")
    for node, data in again.nodes(data=True):
        assert all(type(data[name]) is kinds[NODE_ATTRIBUTES[name]] for name in named)
        assert data["betweenness"] == figures.centralities["betweenness"][node]
        assert data["community"] == figures.communities[node]
    assert not any("betweenness" in data for _, data in sample_run.graph.nodes(data=True))


@pytest.fixture(scope="module")
def output(sample_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stats")
    write(sample_run, folder)
    return folder


def test_the_command_prints_json_alone(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "b.graphml"
    graph = str(output / "graph.graphml")
    assert main(["stats", "--graph", graph, "--json", "--top", "3", "--write", str(written)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["documents_complete"] is True  # report.json lies beside the graph
    assert len(told["pagerank"]) == len(told["degree"]) == 3
    assert told["nodes"] == kg.open(written).number_of_nodes()
    assert {"assisting": "江苏省南通市崇川区", "assisted": "陕西省汉中市宁强县",
            "documents": ["gb18030-chongchuan-ningqiang"]} in told["pairs_without_visit"]


def test_the_command_shows_lists_in_chinese(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = output / "graph.graphml"
    assert main(["stats", "--graph", str(graph)]) == 0
    shown = capsys.readouterr().out
    for part in (*CENTRALITIES, "communities", "components", "unvisited"):
        assert words()["stats"][part] in shown
    assert "report.json" not in shown
    alone = tmp_path / "graph.graphml"
    alone.write_bytes(graph.read_bytes())
    assert main(["stats", "--graph", str(alone)]) == 0
    assert "report.json" in capsys.readouterr().out  # what is not known is said
    assert main(["stats", "--graph", str(graph), "--counts"]) == 0
    assert "PageRank" not in capsys.readouterr().out


def test_a_report_that_is_none_is_passed_over(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "graph.graphml").write_bytes((output / "graph.graphml").read_bytes())
    for content in ("[]", "{", '{"documents": [{}]}'):
        (tmp_path / "report.json").write_text(content)
        assert main(["stats", "--graph", str(tmp_path / "graph.graphml"), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["documents_complete"] is False
