"""Random graphs with the strings that break files, for round trips through every format."""

from __future__ import annotations

import math

import networkx as nx
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kg.export.values import clean
from kg.model.schema import CATEGORIES, COLORS, EDGE_ATTRIBUTES, NODE_ATTRIBUTES, RELATIONS

NASTY = st.text(max_size=20, alphabet=st.one_of(st.characters(), st.sampled_from(
    "唐县𠮷😀\x00\x08\x1f\x7f\x85\n\r\t<>&\"'|]\u2028\ufffe\uffff\ud800\udfff\u200b ")))
VALUES = {"string": NASTY, "int": st.integers(-2**60, 2**60), "boolean": st.booleans(),
          "double": st.floats(allow_nan=True, allow_infinity=True)}


def rows(attributes: dict[str, str]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional={name: VALUES[kind] for name, kind in attributes.items()})


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for name in draw(st.lists(NASTY.filter(lambda t: clean(t).strip() != ""), min_size=1, max_size=5, unique_by=clean)):
        graph.add_node(name, **draw(rows(NODE_ATTRIBUTES)))
    nodes = list(graph)
    for number in range(draw(st.integers(0, 6))):
        data = draw(rows(EDGE_ATTRIBUTES)) | {"relation": draw(st.sampled_from(list(RELATIONS)))}
        graph.add_edge(draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes)), key=f"e{number}", **data)
    return graph


def writable(data: dict[str, object]) -> dict[str, object]:
    """What a file can hold of *data*: nothing empty, nothing infinite, no forbidden character."""
    kept = {}
    for name, value in data.items():
        value = clean(value) if isinstance(value, str) else value
        if value != "" and not (isinstance(value, float) and not math.isfinite(value)):
            kept[name] = value
    return kept


def some(count: int) -> list[nx.MultiDiGraph]:
    """Always the same random graphs, for readers that are started once for all of them."""
    found: list[nx.MultiDiGraph] = []

    @settings(max_examples=count, phases=[Phase.generate], derandomize=True, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))
    @given(graph=graphs())
    def collect(graph: nx.MultiDiGraph) -> None:
        found.append(graph)

    collect()
    return found


def everything() -> nx.MultiDiGraph:
    """A small graph in which every attribute has a value, with parallel edges, a loop, a lone node and odd texts."""
    odd = "他说：“好”\n\t<b>&amp; 'x' \"y\" ]]> 𠮷😀\u3000\u2028|INFRA\x00\x1f\ud800\ufffe"
    graph = nx.MultiDiGraph()
    for number, category in enumerate(CATEGORIES):
        values: dict[str, object] = {name: f"{name} {number} {odd}" for name, kind in NODE_ATTRIBUTES.items()
                                     if kind == "string"}
        graph.add_node(f"n{number}", **values | {
            "category": category, "category_zh": CATEGORIES[category], "color": COLORS[category], "mentions": 3,
            "degree": number, "latitude": 25.0 + number, "longitude": 101.5, "x": 10.5 * number, "y": -3.25,
            "size": 4.0 + 16 * number, "start_date": "2023-04", "end_date": "2023-05-02", "first_seen": "2022",
            "last_seen": "2024-02-29", "type": "官员", "我的列": odd, "rank": number / 4, "big": 2**40 + number,
            "seen": number % 2 == 0})
    graph.add_node("alone", label="独山县", size=4.0, x=0.0, y=0.0, category="region", color="#0072b2")
    for number, relation in enumerate(RELATIONS):
        values = {name: f"{name} {number} {odd}" for name, kind in EDGE_ATTRIBUTES.items() if kind == "string"}
        for source, target in (("n0", "n2"), ("n2", "n0"), ("n1", f"n{number % 7}")):
            graph.add_edge(source, target, key=f"{source}-{target}-{number}", **values | {
                "relation": relation, "relation_zh": RELATIONS[relation], "former": number % 2 == 0, "amount": 3.5e8,
                "weight": number + 1, "confidence": 0.875, "date": "2023-04-12", "start_date": "2023-04-12",
                "end_date": "2023-04", "kind": "x", "label": "y", "source": "报纸", "votes": number})
    return graph
