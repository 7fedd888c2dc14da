"""Random graphs with the strings that break files, for round trips through every format."""

from __future__ import annotations

import math

import networkx as nx
from hypothesis import strategies as st

from kg.export.values import clean
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, RELATIONS

NASTY = st.text(max_size=20, alphabet=st.one_of(st.characters(), st.sampled_from(
    "唐县𠮷😀\x00\x08\x1f\x7f\x85\n\r\t<>&\"'|]\u2028\ufffe\uffff\ud800\udfff\u200b ")))
VALUES = {"string": NASTY, "int": st.integers(-2**60, 2**60), "boolean": st.booleans(),
          "double": st.floats(allow_nan=True, allow_infinity=True)}


def rows(attributes: dict[str, str]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional={name: VALUES[kind] for name, kind in attributes.items()})


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for name in draw(st.lists(NASTY.filter(lambda t: clean(t) != ""), min_size=1, max_size=5, unique_by=clean)):
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
