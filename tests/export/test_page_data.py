"""What the page is told beside names: days, regions, sources, readings, attributes."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from kg.export.page_communities import communities
from kg.export.page_data import PageData
from kg.export.page_reading import initials, variants
from kg.export.page_regions import Regions
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES


def numbered(graph: nx.MultiDiGraph) -> Regions:
    return Regions(graph, {node: i for i, node in enumerate(sorted(graph))})


def test_a_region_hangs_on_those_above_it_even_where_the_graph_lacks_them() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="四川省南充市仪陇县", category="region", adcode="511324", level="county")
    graph.add_node("b", label="四川省", category="region", adcode="510000", level="province")
    graph.add_node("c", label="四川省南充市仪陇县马鞍镇", category="region", level="township")
    graph.add_node("d", label="某某新区", category="region", level="zone")
    regions = numbered(graph)
    names = [(name, parent, node) for name, parent, node, *_ in regions.rows]
    assert names == [("四川省", -1, 1), ("南充市", 0, -1), ("仪陇县", 1, 0), ("马鞍镇", 2, 2), ("某某新区", -1, 3)]
    assert all(row[3] and row[4] for row in regions.rows[:3])


def test_where_the_others_are_at_home() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("r", label="四川省南充市仪陇县", category="region", adcode="511324", level="county")
    graph.add_node("q", label="四川省", category="region", adcode="510000", level="province")
    graph.add_node("s", label="四川省南充市仪陇县第一中学", category="organization")
    graph.add_node("p", label="赵灏川", category="official")
    graph.add_node("h", label="钱明远", category="official")
    graph.add_node("c", label="青禾农业有限公司", category="enterprise")
    graph.add_edge("p", "r", relation="holds_post")
    graph.add_edge("p", "q", relation="holds_post")  # the county lies in the province: it says more
    graph.add_edge("h", "s", relation="holds_post")  # the head of a school is where the school is
    graph.add_edge("c", "r", relation="visited")  # whoever visits is not at home there
    regions = numbered(graph)
    county = next(i for i, row in enumerate(regions.rows) if row[0] == "仪陇县")
    assert {node: regions.of.get(node) for node in "spch"} == {"s": [county], "p": [county], "h": [county], "c": None}


@pytest.mark.parametrize("adcode", ["999999", "abc", "51132", "１２３４５６"])
def test_codes_that_no_table_knows_do_no_harm(adcode: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="", category="region", adcode=adcode)
    graph.add_node("b", category="region", adcode=adcode)
    assert [row[1] for row in numbered(graph).rows] == [-1, -1]


def test_days_come_from_relations_then_from_articles() -> None:
    graph = nx.MultiDiGraph()
    graph.graph["documents"] = {"d1": {"published": "2021-03-04"}, "d2": {"published": "2020-01-01"},
                                "d3": {"published": "坏", "repost_of": "d1"}}
    graph.add_node("v", category="event", start_date="2021-03", end_date="", documents="d1")
    graph.add_node("a", category="official", documents="d1|d2|d3")
    graph.add_edge("a", "v", key="e", relation="attended", start_date="2021", end_date="2021-05-06", documents="d1")
    graph.add_edge("a", "v", key="f", relation="visited", documents="d1|d3|d2")
    graph.add_edge("a", "v", key="g", relation="supports", documents="d3")
    data = PageData(graph)
    days = data.rest()["days"]
    spans = {r["relation"]: [days[r["since"]], days[r["until"]], r["sources"]] for r in data.edges}
    names = [r[0] for r in data.rest()["relations"]]
    assert spans == {names.index("attended"): ["2021-01-01", "2021-05-06", 1],
                     names.index("visited"): ["2020-01-01", "2021-03-04", 2],  # a repost is no source of its own
                     names.index("supports"): ["", "", 1]}
    assert [[days[d] for d in row["days"]] for row in data.nodes] == [
        sorted(["2021-03-04", "2020-01-01"], key=days.index), ["2021-03-01", "2021-03-31"]]


def test_every_attribute_of_the_schema_reaches_the_panel_but_usual_values() -> None:
    node = {name: "x" if kind == "string" else 1 for name, kind in NODE_ATTRIBUTES.items()}
    values = {"string": "x", "boolean": True, "double": 1.0, "int": 1}
    edge = {name: values[kind] for name, kind in EDGE_ATTRIBUTES.items()}
    graph = nx.MultiDiGraph()
    graph.add_node("a", **node)
    graph.add_edge("a", "a", key="e", **edge | {"status": "fact", "basis": "text"})
    data = PageData(graph)
    columns = {"label", "category", "category_zh", "aliases", "documents", "degree", "x", "y", "size", "color"}
    assert set(data.nodes[0]["more"]) == set(NODE_ATTRIBUTES) - columns
    shown = set(EDGE_ATTRIBUTES) - {"relation", "relation_zh", "documents", "evidence", "marks", "weight", "articles"}
    assert set(data.edges[0]["more"]) == shown - {"status", "basis"}
    assert data.rest()["usual"] == {"status": "fact", "basis": "text"}


def test_marks_of_a_graph_from_a_file_are_shown() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="赵灏川", category="official")
    graph.add_node("b", label="仪陇县", category="region")
    graph.add_edge("a", "b", key="e", relation="visited", documents="d1", marks="1-4,5-8|",
                   evidence="在仪陇县，赵灏川调研。|另一句")
    evidence = PageData(graph).evidence()
    assert evidence == {"said": [[[0, 5, 8, 1, 4], [1]]], "sentences": [[0, "在仪陇县，赵灏川调研。"], [0, "另一句"]]}


def test_readings_and_variants_hold_only_what_is_asked_for() -> None:
    assert initials("a王😀") == {"w": "王", "y": "王"}
    assert variants("a王灏") == {"灏": "灝"}
    assert variants("") == initials("") == {}


def test_communities_are_numbered_by_size() -> None:
    rings = [(i, (i + 1) % 5) for i in range(5)] + [(5 + i, 5 + (i + 1) % 4) for i in range(4)] + [(0, 5)]
    found = communities(10, rings)
    assert found[9] == -1
    assert found[:5] == [0] * 5
    assert found[5:9] == [1] * 4
    assert communities(2, []) == [-1, -1]
    assert communities(2, [(0, 0)]) == [-1, -1]


@pytest.mark.parametrize("seed", range(40))
def test_communities_are_those_that_networkx_finds(seed: int) -> None:
    dice = random.Random(seed)
    size = dice.choice([5, 20, 60, 200])
    links = [(dice.randrange(size), dice.randrange(size)) for _ in range(int(size * dice.choice([0.5, 1, 1.5, 3])))]
    graph = nx.Graph(sorted({(min(a, b), max(a, b)) for a, b in links if a != b}))
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in graph.edges))
    parts = nx.community.louvain_communities(ordered, seed=1) if graph else []
    found = communities(size, links)
    assert sorted(map(sorted, parts)) == sorted(
        sorted(n for n in range(size) if found[n] == part) for part in set(found) - {-1})
