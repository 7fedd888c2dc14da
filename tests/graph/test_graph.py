"""Statements folded into edges, attributes of one type, and nothing in the graph that is no fact."""

from __future__ import annotations

import pickle
import random

import pytest

from kg.graph import LARGEST, SMALLEST, build_graph
from kg.graph.build import sort_statements
from kg.graph.mentions import Mentions
from kg.model import Evidence, Extraction, LocalEntity, Resolution, Statement
from kg.model.schema import CATEGORIES, COLORS, EDGE_ATTRIBUTES, ENDS, NODE_ATTRIBUTES, RELATIONS
from kg.resolve import resolve

TYPES = {"string": str, "int": int, "double": float, "boolean": bool}


def local(key: str, category: str, name: str) -> LocalEntity:
    return LocalEntity("a", key, category, name, (name,), (Evidence("a", 0, 2, name),), ())


def said(relation: str, head: str, tail: str, text: str, **more: object) -> Statement:
    attrs = more.pop("attrs", ())
    values = {"rule": "test", "confidence": 0.9, "status": "fact"} | more
    return Statement("a", relation, head, tail, Evidence("a", len(text), 2 * len(text), text), attrs=attrs, **values)  # type: ignore[arg-type]


@pytest.fixture
def entities() -> tuple[LocalEntity, ...]:
    return (
        local("person:周立山", "official", "周立山"),
        local("region:130627", "region", "河北省保定市唐县"),
        local("region:110105", "region", "北京市朝阳区"),
    )


def test_statements_of_an_edge_are_in_the_order_of_what_they_rest_on() -> None:
    dice = random.Random(2)
    for _ in range(50):
        found = [said("visited", "person:甲", "region:1", "唐县" * dice.randint(1, 3), rule=dice.choice("ab"))
                 for _ in range(dice.randint(1, 8))]
        ordered = sorted(found, key=lambda s: (s.evidence, s.id))
        sort_statements(found)
        assert found == ordered


def graph_of(entities: tuple[LocalEntity, ...], statements: list[Statement]):
    extraction = Extraction("a", "a.txt", "标题", "2020-05-01", "", entities, tuple(statements))
    return build_graph([extraction], resolve([extraction]))


def test_one_edge_per_pair_and_relation(entities: tuple[LocalEntity, ...]) -> None:
    statements = [
        said(
            "holds_post", "person:周立山", "region:130627", "县长周立山", attrs=(("title", "县长"),), date="2020-05-01"
        ),
        said(
            "holds_post",
            "person:周立山",
            "region:130627",
            "县委副书记、县长周立山",
            attrs=(("title", "县委副书记、县长"),),
            date="2020-04-01",
        ),
        said("visited", "person:周立山", "region:110105", "周立山赴朝阳区"),
    ]
    graph = graph_of(entities, statements)
    edges = {d["relation"]: d for _, _, d in graph.edges(data=True)}
    assert graph.number_of_edges() == 2
    post = edges["holds_post"]
    assert post["title"] == "县委副书记、县长"
    assert post["titles"] == "县委副书记、县长|县长"
    assert post["weight"] == 2
    assert (post["start_date"], post["end_date"], post["date"]) == ("2020-04-01", "2020-05-01", "2020-05-01")
    assert post["confidence"] == pytest.approx(0.99)
    assert post["evidence"] == "县长周立山|县委副书记、县长周立山"


def test_marks_say_where_head_and_tail_stand(entities: tuple[LocalEntity, ...]) -> None:
    parts = {"head_evidence": Evidence("a", 9, 12, "周立山"), "tail_evidence": Evidence("a", 13, 16, "朝阳区")}
    elsewhere = {"head_evidence": Evidence("a", 90, 93, "周立山")}
    graph = graph_of(
        entities,
        [
            said("visited", "person:周立山", "region:110105", "周立山赴朝阳区访", **parts),
            said("visited", "person:周立山", "region:110105", "他随后又赴该区", **elsewhere),
        ],
    )
    [(_, _, visit)] = graph.edges(data=True)
    assert dict(zip(visit["evidence"].split("|"), visit["marks"].split("|"), strict=True)) == {
        "周立山赴朝阳区访": "1-4,5-8",
        "他随后又赴该区": "",
    }


@pytest.mark.parametrize("status", ["planned", "reported"])
def test_only_facts_reach_the_graph(entities: tuple[LocalEntity, ...], status: str) -> None:
    graph = graph_of(entities, [said("visited", "person:周立山", "region:110105", "将赴", status=status)])
    assert graph.number_of_edges() == 0


def test_attributes_keep_to_the_schema(entities: tuple[LocalEntity, ...]) -> None:
    graph = graph_of(
        entities,
        [said("supports", "region:110105", "region:130627", "捐赠", attrs=(("amount", 5_000_000), ("unknown", 1)))],
    )
    for _, data in graph.nodes(data=True):
        assert data.keys() <= NODE_ATTRIBUTES.keys()
        assert all(isinstance(v, TYPES[NODE_ATTRIBUTES[k]]) for k, v in data.items())
    for *_, data in graph.edges(data=True):
        assert data.keys() <= EDGE_ATTRIBUTES.keys()
        assert all(isinstance(v, TYPES[EDGE_ATTRIBUTES[k]]) for k, v in data.items())


def test_sizes_run_from_smallest_to_largest(entities: tuple[LocalEntity, ...]) -> None:
    graph = graph_of(entities, [said("visited", "person:周立山", "region:110105", "赴")])
    sizes = [d["size"] for _, d in graph.nodes(data=True)]
    assert (min(sizes), max(sizes)) == (SMALLEST, LARGEST)


def test_a_separator_in_a_value_splits_nothing(entities: tuple[LocalEntity, ...]) -> None:
    graph = graph_of(entities, [said("visited", "person:周立山", "region:110105", "甲|乙")])
    (data,) = (d for *_, d in graph.edges(data=True))
    assert data["evidence"] == "甲/乙"


def test_regions_hang_on_the_nearest_region_above() -> None:
    def region(code: str) -> LocalEntity:
        return LocalEntity("a", f"region:{code}", "region", code, (code,), (), (("adcode", code),))

    graph = graph_of(tuple(region(code) for code in ("130000", "130600", "130627", "131122", "110105")), [])
    links = {(graph.nodes[s]["label"], graph.nodes[t]["label"]): d for s, t, d in graph.edges(data=True)}
    assert links.keys() == {("130627", "130600"), ("130600", "130000"), ("131122", "130000")}
    assert {d["basis"] for d in links.values()} == {"background"}


def test_an_empty_run_gives_an_empty_graph() -> None:
    graph = build_graph([], Resolution(()))
    assert graph.number_of_nodes() == 0


def test_the_schema_is_closed() -> None:
    assert CATEGORIES.keys() == COLORS.keys()
    assert RELATIONS.keys() == ENDS.keys()
    assert not {"type", "id", "source", "target"} & (NODE_ATTRIBUTES.keys() | EDGE_ATTRIBUTES.keys())
    assert "kind" not in EDGE_ATTRIBUTES
    for heads, tails in ENDS.values():
        assert heads | tails <= CATEGORIES.keys()


def test_mentions_are_gathered_at_the_first_look_and_copied_as_a_plain_dict() -> None:
    one = Evidence("a", 0, 2, "唐县")
    place = LocalEntity("a", "region:130627", "region", "唐县", ("唐县",), (one,))
    found = Mentions([Extraction("a", "a.txt", "", "", "", (place,))], Resolution((), {("a", "region:130627"): "r1"}))
    assert dict(found) == {"r1": [("a", 0, 2)]}
    assert (len(found), found["r1"], "r2" in found) == (1, [("a", 0, 2)], False)
    assert type(pickle.loads(pickle.dumps(found))) is dict
