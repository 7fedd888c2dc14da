"""Each view on graphs that can be counted by hand, with what must not appear in it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import kg
from kg.errors import GraphError
from kg.model.schema import CATEGORIES, ENDS, RELATIONS
from kg.pipeline import Run
from kg.views import VIEWS
from kg.views.places import ROLLED, Places
from kg.views.words import words

NODES = {
    "zhenhai": ("region", "浙江省宁波市镇海区", {"adcode": "330211", "level": "county"}),
    "jiangbei": ("region", "浙江省宁波市江北区", {"adcode": "330205", "level": "county"}),
    "jinyang": ("region", "四川省凉山彝族自治州金阳县", {"adcode": "513430", "level": "county"}),
    "duiping": ("region", "四川省凉山彝族自治州金阳县对坪镇", {"level": "township"}),
    "tianjin": ("region", "天津市", {"adcode": "120000", "level": "province"}),
    "wuqing": ("region", "天津市武清区", {"adcode": "120114", "level": "county"}),
    "xiantao": ("region", "湖北省仙桃市", {"adcode": "429004", "level": "county"}),
    "firm": ("enterprise", "蓝湾茶业有限公司", {}),
    "park": ("project", "金阳县青椒产业园", {"kind": "park"}),
    "idle": ("project", "金阳县山泉工程", {"kind": "facility", "documents": "d3"}),
    "zhang": ("official", "章立人", {}),
    "niu": ("official", "阿牛木呷", {}),
    "tan": ("person", "谭若溪", {}),
    "talk": ("event", "2023-05-01 座谈会", {"kind": "meeting", "start_date": "2023-05-01"}),
    "deal": ("event", "2023-05 签约仪式", {"kind": "signing", "start_date": "2023-05"}),
    "feast": ("event", "仪式", {"kind": "ceremony"}),
}


@pytest.fixture
def made() -> Callable[..., nx.MultiDiGraph]:
    def make(*edges: tuple[str, str, str, dict[str, Any]]) -> nx.MultiDiGraph:
        graph = nx.MultiDiGraph()
        for node, (category, label, more) in NODES.items():
            graph.add_node(node, label=label, category=category, category_zh=CATEGORIES[category],
                           **({"documents": "d1"} | more))
        for source, relation, target, more in edges:
            category = [graph.nodes[end]["category"] for end in (source, target)]
            assert all(c in side for c, side in zip(category, ENDS[relation], strict=True))
            graph.add_edge(source, target, f"{source}-{relation}-{target}", relation=relation,
                           relation_zh=RELATIONS[relation], **({"weight": 1, "documents": "d1"} | more))
        graph.graph["documents"] = {"d1": {"published": "2023-05-02"}, "d2": {"published": "2021-01-01"}, "d3": {}}
        return graph

    return make


AID = (
    ("zhenhai", "paired_with", "jinyang", {"since": "2021"}),
    ("zhenhai", "supports", "jinyang", {"amount": 3e6, "weight": 2, "aid_kind": "funds", "date": "2023-04"}),
    ("jiangbei", "supports", "duiping", {"amount": 5e5, "aid_kind": "staff|funds", "documents": "d2|d1"}),
    ("tianjin", "supports", "jinyang", {}),
    ("wuqing", "supports", "park", {"amount": 1e6}),
    ("firm", "supports", "xiantao", {"amount": 2e5}),
    ("zhenhai", "cooperates_with", "jinyang", {"amount": 9e9}),
    ("firm", "invests_in", "jinyang", {"amount": 9e9}),
    ("park", "located_in", "jinyang", {}),
)


def rows(graph: nx.MultiDiGraph, name: str, *columns: str, level: str = "county") -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in kg.view(graph, name, level).records()]


def test_support_by_county(made: Callable[..., nx.MultiDiGraph]) -> None:
    assert rows(made(*AID), "support", "assisting", "assisted", "pairings", "supports", "sentences", "amount") == [
        ("浙江省宁波市镇海区", "四川省凉山彝族自治州金阳县", 1, 1, 3, 3e6),
        ("天津市武清区", "四川省凉山彝族自治州金阳县", 0, 1, 1, 1e6),
        ("浙江省宁波市江北区", "四川省凉山彝族自治州金阳县", 0, 1, 1, 5e5),
        ("蓝湾茶业有限公司", "湖北省仙桃市", 0, 1, 1, 2e5),
        ("天津市", "四川省凉山彝族自治州金阳县", 0, 1, 1, None),
    ]


def test_support_by_province_and_prefecture(made: Callable[..., nx.MultiDiGraph]) -> None:
    columns = ("assisting_code", "assisted_code", "pairings", "supports", "amount", "since", "aid_kinds", "documents")
    assert rows(made(*AID), "support", *columns, level="province") == [
        ("330000", "510000", 1, 2, 3.5e6, "2021", "资金|人员", "d1|d2"),
        ("120000", "510000", 0, 2, 1e6, None, None, "d1"),
        (None, "420000", 0, 1, 2e5, None, None, "d1"),
    ]
    assert rows(made(*AID), "support", "assisting", "assisted", "assisted_level", level="prefecture") == [
        ("浙江省宁波市", "四川省凉山彝族自治州", "地级"),
        ("天津市", "四川省凉山彝族自治州", "地级"),
        ("蓝湾茶业有限公司", "湖北省仙桃市", "县级"),  # no prefecture holds it
    ]


def test_support_matrices_and_network(made: Callable[..., nx.MultiDiGraph]) -> None:
    found = kg.view(made(*AID), "support", "province")
    count, amount = found.tables[1:]
    assert count.columns[1:] == amount.columns[1:] == ("湖北省", "四川省")
    assert count.rows == (("天津市", None, 2), ("浙江省", None, 3), ("蓝湾茶业有限公司", 1, None))
    assert amount.rows == (("天津市", None, 1e6), ("浙江省", None, 3.5e6), ("蓝湾茶业有限公司", 2e5, None))
    assert found.network is not None
    assert {(a, b): (d["weight"], d.get("amount")) for a, b, d in found.network.edges(data=True)} == {
        ("330000", "510000"): (3, 3.5e6), ("120000", "510000"): (2, 1e6), ("蓝湾茶业有限公司", "420000"): (1, 2e5)}


VISITS = (
    ("zhang", "holds_post", "zhenhai", {"title": "区委书记", "documents": "d1", "date": "2023-05"}),
    ("zhang", "holds_post", "jiangbei", {"title": "区长", "documents": "d2", "date": "2021-01"}),
    ("zhang", "visited", "jinyang", {"date": "2023-05-01", "start_date": "2023-05-01", "end_date": "2023-05-01"}),
    ("zhang", "visited", "duiping", {"date": "2023-05-01", "start_date": "2023-05-01", "end_date": "2023-05-01"}),
    ("zhang", "visited", "wuqing", {"documents": "d2"}),
    ("zhang", "visited", "zhenhai", {"date": "2023-06-01", "end_date": "2023-06-02"}),
    ("niu", "visited", "zhenhai", {"date": "2023-04-01"}),
    ("zhang", "attended", "talk", {}),
)


def test_visits_come_from_the_post_that_their_documents_tell_of(made: Callable[..., nx.MultiDiGraph]) -> None:
    columns = ("date", "end_date", "leader", "title", "home", "visited", "within", "places")
    assert rows(made(*VISITS), "visits", *columns) == [
        (None, None, "章立人", "区长", "浙江省宁波市江北区", "天津市武清区", False, "天津市武清区"),
        ("2023-04-01", None, "阿牛木呷", None, None, "浙江省宁波市镇海区", None, "浙江省宁波市镇海区"),
        ("2023-05-01", None, "章立人", "区委书记", "浙江省宁波市镇海区", "四川省凉山彝族自治州金阳县", False,
         "四川省凉山彝族自治州金阳县|四川省凉山彝族自治州金阳县对坪镇"),
        ("2023-06-01", "2023-06-02", "章立人", "区委书记", "浙江省宁波市镇海区", "浙江省宁波市镇海区", True,
         "浙江省宁波市镇海区"),
    ]
    network = kg.view(made(*VISITS), "visits", "province").network
    assert network is not None
    assert {(a, b): (d["weight"], d["leaders"]) for a, b, d in network.edges(data=True)} == {
        ("330000", "510000"): (1, "章立人"), ("330000", "120000"): (1, "章立人")}


def test_posts_over_time(made: Callable[..., nx.MultiDiGraph]) -> None:
    former = {"title": "镇长", "former": True, "start_date": "2019", "end_date": "2020"}
    graph = made(*VISITS, ("niu", "holds_post", "duiping", former))
    columns = ("person", "title", "region", "former", "start_date", "end_date", "first_seen", "last_seen")
    assert rows(graph, "posts", *columns) == [
        ("章立人", "区长", "浙江省宁波市江北区", False, "2021-01", None, "2021-01-01", "2021-01-01"),
        ("章立人", "区委书记", "浙江省宁波市镇海区", False, "2023-05", None, "2023-05-02", "2023-05-02"),
        ("阿牛木呷", "镇长", "四川省凉山彝族自治州金阳县", True, "2019", "2020", "2023-05-02", "2023-05-02"),
    ]
    network = kg.view(graph, "posts").network
    assert network is not None
    assert set(network) == {"zhang", "niu", "zhenhai", "jiangbei", "duiping"}


def test_projects_with_and_without_a_party(made: Callable[..., nx.MultiDiGraph]) -> None:
    graph = made(
        ("firm", "undertakes", "park", {"amount": 1e6}), ("firm", "invests_in", "park", {"amount": 2e6}),
        ("firm", "invests_in", "xiantao", {"amount": float("nan")}),
        ("zhenhai", "supports", "jinyang", {}), ("firm", "supports", "jinyang", {}),
        ("park", "cooperates_with", "zhenhai", {}), ("park", "located_in", "jinyang", {}),
        ("firm", "located_in", "wuqing", {}))
    columns = ("party", "party_region", "relations", "project", "project_kind", "region", "amount")
    assert rows(graph, "projects", *columns, level="province") == [
        ("浙江省宁波市镇海区", "浙江省", "合作", "金阳县青椒产业园", "园区", "四川省", None),
        ("蓝湾茶业有限公司", "天津市", "投资", None, None, "湖北省", None),
        ("蓝湾茶业有限公司", "天津市", "投资|承担", "金阳县青椒产业园", "园区", "四川省", 2e6),
        (None, None, None, "金阳县山泉工程", "设施", None, None),
    ]


GUESTS = (
    ("zhang", "attended", "talk", {"role": "visitor"}), ("zhang", "attended", "deal", {}),
    ("niu", "attended", "talk", {"role": "host", "documents": "d2"}), ("niu", "attended", "deal", {}),
    ("tan", "attended", "deal", {"role": "signer"}),
    ("tan", "attended", "feast", {}), ("talk", "located_in", "duiping", {}),
)


def test_attendance_is_computed_and_no_relation(made: Callable[..., nx.MultiDiGraph]) -> None:
    graph = made(*GUESTS)
    before = copy.deepcopy(list(graph.edges(keys=True, data=True)))
    assert rows(graph, "attendance", "first", "second", "event_count", "events", "first_date", "documents") == [
        ("阿牛木呷", "章立人", 2, "2023-05 签约仪式|2023-05-01 座谈会", "2023-05", "d1|d2"),
        ("谭若溪", "章立人", 1, "2023-05 签约仪式", "2023-05", "d1"),
        ("阿牛木呷", "谭若溪", 1, "2023-05 签约仪式", "2023-05", "d1"),
    ]
    network = kg.view(graph, "attendance").network
    assert network is not None
    assert sorted((a, b, d["weight"], d["relation_zh"]) for a, b, d in network.edges(data=True)) == [
        ("niu", "tan", 1, "同场"), ("niu", "zhang", 2, "同场"), ("tan", "zhang", 1, "同场")]
    assert list(graph.edges(keys=True, data=True)) == before
    assert {d["relation"] for *_, d in network.edges(data=True)} & set(RELATIONS) == set()


def test_events_in_the_order_of_their_days(made: Callable[..., nx.MultiDiGraph]) -> None:
    columns = ("start_date", "kind", "event", "region", "participants", "participant_count")
    assert rows(made(*GUESTS), "events", *columns) == [
        ("2023-05", "签约", "2023-05 签约仪式", None, "章立人|谭若溪 (签约)|阿牛木呷", 3),
        ("2023-05-01", "会议", "2023-05-01 座谈会", "四川省凉山彝族自治州金阳县", "章立人 (来访)|阿牛木呷 (东道主)", 2),
        (None, "仪式", "仪式", None, "谭若溪", 1),
    ]
    assert kg.view(made(*GUESTS), "events").network is None


def test_of_several_places_the_own_name_decides_then_the_smallest(made: Callable[..., nx.MultiDiGraph]) -> None:
    graph = made(("firm", "located_in", "tianjin", {}), ("firm", "located_in", "duiping", {}),
                 ("park", "located_in", "xiantao", {}))
    graph.nodes["park"]["label"] = "天津市武清区青椒产业园"
    places = Places(graph)
    assert places.at("firm", "county").name == "四川省凉山彝族自治州金阳县"
    assert places.at("park", "county").name == "天津市武清区"


@pytest.mark.parametrize("level", ROLLED)
def test_the_rows_of_support_add_up_to_the_graph(sample_run: Run, level: str) -> None:
    graph = sample_run.graph
    edges = [d for *_, d in graph.edges(data=True) if d["relation"] in ("supports", "paired_with")]
    found = kg.view(graph, "support", level)
    records = found.records()
    assert sum(r["pairings"] + r["supports"] for r in records) == len(edges)
    assert sum(r["amount"] or 0 for r in records) == sum(d.get("amount", 0) for d in edges) > 0
    for table in found.tables[1:]:
        total = sum(value or 0 for row in table.rows for value in row[1:])
        assert total == (len(edges) if table.name == "count" else sum(r["amount"] or 0 for r in records))


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_the_same_from_the_file_and_in_whatever_order(name: str, sample_run: Run, tmp_path: Path) -> None:
    graph = sample_run.graph
    before = copy.deepcopy((dict(graph.nodes), list(graph.edges(keys=True, data=True))))
    turned = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    kg.export(graph, tmp_path / "graph.graphml")
    tables = kg.view(graph, name).tables
    assert tables[0].rows
    assert kg.view(turned, name).tables == tables
    assert kg.view(kg.open(tmp_path / "graph.graphml"), name).tables == tables
    assert (dict(graph.nodes), list(graph.edges(keys=True, data=True))) == before


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_has_its_words_and_a_face(name: str, sample_run: Run) -> None:
    assert {"zh", "en", "what"} <= set(words()["views"][name])
    found = kg.view(sample_run.graph, name)
    named = import_module(f"kg.views.{VIEWS[name][0]}").COLUMNS
    assert found.columns == named
    assert set(named) <= set(words()["columns"])
    assert words()["views"][name]["zh"] in found._repr_html_()
    assert len(found) == len(found.records()) == len(found.tables[0].rows)


def test_every_word_of_a_column_is_used() -> None:
    used = {column for module, _ in VIEWS.values() for column in import_module(f"kg.views.{module}").COLUMNS}
    assert set(words()["columns"]) - used == {"betweenness", "degree", "members", "name", "pagerank", "size"}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_of_nothing(name: str) -> None:
    found = kg.view(nx.MultiDiGraph(), name)
    assert len(found) == 0
    assert found.columns


def test_what_is_unknown_is_refused(sample_run: Run) -> None:
    with pytest.raises(GraphError, match="is no view"):
        kg.view(sample_run.graph, "friends")
    with pytest.raises(GraphError, match="is no level"):
        kg.view(sample_run.graph, "support", "village")
