"""Centralities are those of networkx, for graphs of every shape, and the same at every run."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

from kg.reading.centrality import betweenness, pagerank

LINKS = st.integers(1, 12).flatmap(
    lambda count: st.tuples(st.just(count), st.lists(st.tuples(*[st.integers(0, count - 1)] * 2), max_size=40)))


@settings(max_examples=150, deadline=None)
@given(LINKS)
def test_betweenness_is_that_of_networkx(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    count, links = drawn
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((a, b) for a, b in links if a != b)
    wanted = nx.betweenness_centrality(graph)
    assert betweenness(count, links) == pytest.approx([wanted[node] for node in range(count)])


@settings(max_examples=150, deadline=None)
@given(LINKS)
def test_pagerank_is_that_of_networkx(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    count, links = drawn
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(links)
    weighted = nx.DiGraph()
    weighted.add_nodes_from(range(count))
    for a, b in links:
        weighted.add_edge(a, b, weight=weighted.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    wanted = _pagerank_python(weighted, tol=1e-12, max_iter=500)
    assert pagerank(count, links) == pytest.approx([wanted[node] for node in range(count)], abs=1e-8)


def test_some_sources_stand_for_all() -> None:
    graph = nx.gnm_random_graph(400, 900, seed=3)
    exact, some = betweenness(400, graph.edges()), betweenness(400, graph.edges(), sources=200)
    assert some != exact
    assert sum(some) == pytest.approx(sum(exact), rel=0.05)
    best = sorted(range(400), key=lambda node: -exact[node])[:10]
    assert len(set(best) & set(sorted(range(400), key=lambda node: -some[node])[:15])) >= 8


def test_the_order_of_links_does_not_matter() -> None:
    links = list(nx.gnm_random_graph(60, 150, seed=1, directed=True).edges())
    for measure in (betweenness, pagerank):
        assert measure(60, links) == measure(60, links[::-1])


def test_graphs_of_next_to_nothing() -> None:
    assert betweenness(0, []) == pagerank(0, []) == []
    assert betweenness(2, [(0, 1)]) == [0, 0]
    assert pagerank(2, []) == [0.5, 0.5]
