"""A part of a graph: each condition alone, several together, and what goes with what is left."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nasty import graphs
from tiny import BRIEF, NEWS, tiny

from kg.errors import GraphError
from kg.export import FORMATS, export
from kg.model.schema import CATEGORIES, RELATIONS
from kg.pipeline import Run
from kg.reading.explain import open_graph
from kg.reading.select import select


def chosen(**wanted: Any) -> tuple[set[str], set[str]]:
    """The nodes and the edges that a selection from the tiny graph keeps."""
    graph = tiny()
    before = repr((list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True)), sorted(graph.graph.items())))
    part = select(graph, **wanted)
    assert before == repr(
        (list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True)), sorted(graph.graph.items()))
    )
    return set(part), {key for *_, key in part.edges(keys=True)}


ALL = set(tiny())
SELECTIONS: list[tuple[dict[str, Any], set[str], set[str]]] = [
    ({"categories": "official"}, {"o1"}, set()),
    ({"categories": ["官员", "region"]}, {"o1", "r330211", "r513430", "r5134"}, {"k00", "k01", "k02", "k03", "k99"}),
    ({"relations": "attended"}, {"o1", "p1", "v1"}, {"k09", "k10"}),
    ({"relations": ["投资", "undertakes"]}, {"c1", "d1", "j1"}, {"k04", "k05"}),
    ({"min_confidence": 0.95}, {"r513430", "r5134"}, {"k99"}),
    ({"min_weight": 2}, set(), set()),
    # of the dated edges those whose days touch the period; a lone `since` lasts on; the event dates its place
    ({"start": "2022", "end": "2022-12"}, {"r330211", "r513430"}, {"k02", "k03"}),
    ({"end": "2022-12-31"}, {"r330211", "r513430"}, {"k02", "k03"}),
    ({"end": "2021-05"}, {"r330211", "r513430"}, {"k02"}),
    ({"end": "2020"}, set(), set()),
    (
        {"start": "2023-04-12", "end": "2023-04-12"},
        ALL - {"r5134"},
        {"k00", "k01", "k02", "k04", "k06", "k08", "k09", "k10"},
    ),
    ({"start": "2023-04-13"}, {"c1", "j1", "r330211", "r513430"}, {"k02", "k04"}),
    ({"start": "2023-04-13", "undated": True}, {"c1", "j1", "r330211", "r513430"}, {"k02", "k04", "k07"}),
    ({"ego": "顾闻笛"}, {"o1", "r330211", "r513430", "v1"}, {"k00", "k01", "k02", "k03", "k08", "k09"}),
    ({"ego": "o1", "depth": 0}, {"o1"}, set()),
    ({"ego": "阿依史布", "depth": 2}, {"p1", "v1", "o1", "r513430"}, {"k01", "k08", "k09", "k10"}),
    ({"ego": ["阿依史布", "澄湾食品"]}, {"p1", "v1", "c1", "j1", "d1"}, {"k04", "k05", "k06", "k10"}),
    # the region, what lies in it, and the other ends of their edges, but no edge between two outside
    ({"regions": "金阳县"}, ALL, {"k01", "k02", "k03", "k04", "k05", "k07", "k08", "k09", "k10", "k99"}),
    ({"regions": "513430"}, ALL, {"k01", "k02", "k03", "k04", "k05", "k07", "k08", "k09", "k10", "k99"}),
    ({"regions": "凉山州"}, ALL, {"k01", "k02", "k03", "k04", "k05", "k07", "k08", "k09", "k10", "k99"}),
    ({"regions": "四川省"}, ALL, {"k01", "k02", "k03", "k04", "k05", "k07", "k08", "k09", "k10", "k99"}),
    ({"regions": "浙江"}, {"r330211", "o1", "r513430", "v1"}, {"k00", "k01", "k02", "k03", "k09"}),
    # several conditions
    ({"regions": "四川", "relations": "visited"}, {"o1", "r513430"}, {"k01"}),
    ({"regions": "四川", "categories": ["enterprise", "project"]}, {"c1", "j1"}, {"k04"}),
    (
        {"ego": "顾闻笛", "depth": 2, "relations": ["attended", "holds_post"]},
        {"o1", "v1", "p1", "r330211"},
        {"k00", "k09", "k10"},
    ),
    ({"ego": "顾闻笛", "depth": 9, "start": "2023", "relations": ["attended"]}, {"o1", "v1", "p1"}, {"k09", "k10"}),
    ({"ego": "顾闻笛", "depth": 2, "categories": "person"}, {"p1"}, set()),
    ({"relations": "visited", "start": "2024"}, set(), set()),
]


@pytest.mark.parametrize(("wanted", "nodes", "edges"), SELECTIONS, ids=[str(s[0]) for s in SELECTIONS])
def test_a_selection(wanted: dict[str, Any], nodes: set[str], edges: set[str]) -> None:
    assert chosen(**wanted) == (nodes, edges)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"ego": "顾闻迪"}, "顾闻迪: no node of the graph has this name (remedy: try 顾闻笛)"),
        ({"regions": "金阳"}, None),
        ({"regions": "花椒产业园"}, "花椒产业园: no node of the graph has this name (remedy: try 金阳青花椒产业园)"),
        (
            {"regions": "顾闻笛"},
            "顾闻笛: is in the graph, but is no region (remedy: use --ego for the surroundings of a name)",
        ),
        ({"regions": "陕西省"}, "陕西省: no node of the graph has this name (remedy: see kg stats)"),
        (
            {"categories": "officials"},
            "officials: there is no such category (remedy: use one of official person region",
        ),
        ({"relations": ["visited", "去过"]}, "去过: there is no such relation (remedy: use one of holds_post visited"),
        ({"start": "2021-13"}, "2021-13: is no date (remedy: write 2021, 2021-06 or 2021-06-30)"),
        ({"end": "去年"}, "去年: is no date"),
        ({"start": "2022", "end": "2021-12"}, "2022 - 2021-12: the period ends before it begins"),
        ({"ego": "顾闻笛", "depth": -1}, "-1: is no number of steps"),
    ],
)
def test_what_cannot_be_meant(wanted: dict[str, Any], said: str | None) -> None:
    if said is None:
        assert chosen(**wanted)[0] == ALL
        return
    with pytest.raises(GraphError) as error:
        chosen(**wanted)
    assert said in str(error.value)


def test_what_goes_with_the_part() -> None:
    graph = tiny()
    part = select(graph, relations="attended")
    assert set(part.graph["statements"]) == {"k09", "k10"}
    assert part.graph["statements"]["k09"] == graph.graph["statements"]["k09"]
    assert set(part.graph["documents"]) == {NEWS, BRIEF}
    assert set(part.graph["evidence"]) == {"o1", "p1"}
    assert set(select(graph, ego="阿依史布").graph["documents"]) == {NEWS}
    assert part.graph["name"] == "kg"
    assert dict(part.nodes(data="degree")) == {"o1": 1, "p1": 1, "v1": 2}
    assert {part.nodes[n]["size"] for n in part} <= {4.0, 100.0} | {part.nodes["p1"]["size"]}
    assert part.nodes["v1"]["size"] == 100.0
    assert (part.nodes["v1"]["x"], part.nodes["v1"]["y"]) == (graph.nodes["v1"]["x"], graph.nodes["v1"]["y"])
    part.nodes["o1"]["label"] = "x"
    part.edges["o1", "v1", "k09"]["label"] = "x"
    part.graph["statements"].clear()
    assert "label" not in graph.edges["o1", "v1", "k09"]
    assert (graph.nodes["o1"]["label"], len(graph.graph["statements"])) == ("顾闻笛", 11)


def test_no_condition_keeps_everything(sample_run: Run, tmp_path: Path) -> None:
    graph = sample_run.graph
    part = select(graph)
    assert part is not graph
    for suffix in sorted(set(FORMATS) - {".csv", ".neo4j", ".parquet"}):
        first, second = (export(g, tmp_path / f"{name}{suffix}") for name, g in (("a", graph), ("b", part)))
        assert first.read_bytes() == second.read_bytes(), suffix


def test_the_same_from_a_file(sample_run: Run, tmp_path: Path) -> None:
    graph = sample_run.graph
    read = open_graph(export(graph, tmp_path / "graph.graphml"))
    for wanted in ({"regions": "陕西"}, {"start": "2022", "end": "2023-03"}, {"ego": "沈岳川", "depth": 2}):
        one, two = select(graph, **wanted), select(read, **wanted)
        assert 3 < len(one) < len(graph)
        assert (set(one), set(one.edges(keys=True))) == (set(two), set(two.edges(keys=True)))


NAMES = {
    "categories": st.lists(st.sampled_from(list(CATEGORIES)), max_size=3),
    "relations": st.lists(st.sampled_from(list(RELATIONS)), max_size=3),
    "min_confidence": st.floats(0, 1),
    "min_weight": st.integers(0, 3),
    "start": st.sampled_from(["", "2020", "2023-04"]),
    "end": st.sampled_from(["", "2023-04-12", "2025"]),
    "undated": st.booleans(),
}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(graph=graphs(), wanted=st.fixed_dictionaries({}, optional=NAMES))
def test_a_part_is_a_part(graph: nx.MultiDiGraph, wanted: dict[str, Any]) -> None:
    before = copy.deepcopy(graph)
    part = select(graph, **wanted)
    assert repr(graph.adj) == repr(before.adj)
    assert set(part) <= set(graph)
    for a, b, key, data in part.edges(keys=True, data=True):
        assert repr(data) == repr(graph.edges[a, b, key])
        if wanted.get("relations"):
            assert data["relation"] in wanted["relations"]
    again = select(part, **wanted)
    assert (set(again), set(again.edges(keys=True))) == (set(part), set(part.edges(keys=True)))
