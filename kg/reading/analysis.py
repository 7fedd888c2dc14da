"""The figures of a graph: counts, centralities, communities, components, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import networkx as nx

from kg.export.page_communities import communities
from kg.reading.centrality import SOURCES, betweenness, pagerank
from kg.report import counts
from kg.views.homes import Homes
from kg.views.places import Place, Places
from kg.views.table import Table, View, joined, parts, table
from kg.views.words import word

CENTRALITIES: Final = ("degree", "betweenness", "pagerank")
DIGITS: Final = 6  # significant ones of a centrality
MEMBERS: Final = 5  # of a community that are named
Ranked = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Stats:
    """What `kg.stats` answers with.

    `centralities` holds degree (number of edges), betweenness (without direction) and pagerank (along the edges) of
    every node; `communities` and `components` number its group from 0, the largest (-1: a node without an edge).
    `unvisited` holds pairs of regions with their documents, `silent` the documents of which no sentence became an edge;
    `complete` says whether all documents of the run were known, for a file holds only those that its nodes stand in.
    """

    nodes: int
    edges: int
    documents: int
    categories: Mapping[str, int]
    relations: Mapping[str, int]
    centralities: Mapping[str, Mapping[Any, float]]
    communities: Mapping[Any, int]
    components: Mapping[Any, int]
    unvisited: tuple[tuple[str, str, str], ...]
    silent: tuple[str, ...]
    complete: bool
    exact: bool
    names: Mapping[Any, tuple[str, str]]

    def top(self, centrality: str, count: int = 10) -> list[Ranked]:
        """Label, Chinese category and value of the nodes that have most of a centrality."""
        values = self.centralities[centrality]
        ranked = sorted(values, key=lambda node: (-values[node], self.names[node], str(node)))
        return [(*self.names[node], values[node]) for node in ranked[:count]]

    def groups(self, of: str = "communities") -> list[tuple[int, list[str]]]:
        """Size of each community (or component), the largest first, and its best connected members."""
        found: dict[int, list[Any]] = {}
        for node, number in getattr(self, of).items():
            if number >= 0:
                found.setdefault(number, []).append(node)
        degree = self.centralities["degree"]
        return [(len(nodes), [self.names[n][0] for n in
                              sorted(nodes, key=lambda n: (-degree[n], self.names[n], str(n)))[:MEMBERS]])
                for _, nodes in sorted(found.items())]

    def as_dict(self, top: int = 10) -> dict[str, Any]:
        """Plain data for JSON."""
        ranked = {name: [{"label": label, "category_zh": category, "value": value}
                         for label, category, value in self.top(name, top)] for name in CENTRALITIES}
        groups = {of: [{"size": size, "members": members} for size, members in self.groups(of)[:top]]
                  for of in ("communities", "components")}
        return {
            "nodes": self.nodes, "edges": self.edges, "documents": self.documents,
            "categories": dict(self.categories), "relations": dict(self.relations),
            **ranked, "betweenness_exact": self.exact, **groups,
            "community_count": len(self.groups()), "component_count": len(self.groups("components")),
            "alone": sum(number < 0 for number in self.components.values()),
            "pairs_without_visit": [{"assisting": a, "assisted": b, "documents": parts(documents)}
                                    for a, b, documents in self.unvisited],
            "documents_without_statement": list(self.silent), "documents_complete": self.complete,
        }

    def tables(self, top: int = 10) -> list[Table]:
        """The lists as tables, each under its name in Chinese."""
        ranks = [table(("name", "category", name), ({"name": label, "category": category, name: value}
                       for label, category, value in self.top(name, top)), name) for name in CENTRALITIES]
        groups = [table(("size", "members"), ({"size": size, "members": joined(members)}
                        for size, members in self.groups(of)[:top]), of) for of in ("communities", "components")]
        return [*ranks, *groups, Table(("assisting", "assisted", "documents"), self.unvisited[:top], "unvisited"),
                Table(("documents",), tuple((name,) for name in self.silent[:top]), "silent")]

    def _repr_html_(self) -> str:
        counted = ", ".join(f"{escape(word('stats', name))} {getattr(self, name)}"
                            for name in ("nodes", "edges", "documents"))
        return f"<p>{counted}</p>" + "".join(View(word("stats", t.name), (t,))._repr_html_() for t in self.tables())


def stats(graph: nx.MultiDiGraph, *, documents: Iterable[str] | None = None) -> Stats:
    """The figures of *graph*.

    *documents* are the ids of all documents of the run, where the graph was read from a file that does not hold them.
    Communities are those of the page (Louvain's method); betweenness of more than 2000 nodes is an estimate (`exact`).

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from("abc", category="region")
    >>> edges = graph.add_edges_from(["ab", "bc"], relation="located_in")
    >>> [label for label, _, _ in stats(graph).top("betweenness", 1)]
    ['b']
    """
    order = sorted(graph, key=str)
    number = {node: i for i, node in enumerate(order)}
    links = [(number[a], number[b]) for a, b in graph.edges()]
    size = len(order)
    values: dict[str, list[float]] = {
        "degree": [graph.degree(node) for node in order],
        "betweenness": [_short(value) for value in betweenness(size, links)],
        "pagerank": [_short(value) for value in pagerank(size, links)],
    }
    groups = communities(size, links)
    nodes, edges = counts(graph)
    known, complete = _documents(graph, documents)
    told = {name for _, _, data in graph.edges(data=True) if data.get("basis") != "background"
            for name in parts(data.get("documents"))}
    return Stats(
        nodes=size, edges=graph.number_of_edges(), documents=len(known), categories=nodes, relations=edges,
        centralities={name: dict(zip(order, found, strict=True)) for name, found in values.items()},
        communities=dict(zip(order, groups, strict=True)),
        components=dict(zip(order, _components(size, links), strict=True)),
        unvisited=tuple(_unvisited(graph)), silent=tuple(sorted(known - told)), complete=complete,
        exact=size <= SOURCES,
        names={n: (str(d.get("label") or n), str(d.get("category_zh") or d.get("category") or ""))
               for n, d in graph.nodes(data=True)},
    )


def marked(graph: nx.MultiDiGraph, figures: Stats) -> nx.MultiDiGraph:
    """A copy of *graph* whose nodes carry degree, betweenness, pagerank, community and component (kg.model.schema)."""
    copy = graph.copy()
    for node, data in copy.nodes(data=True):
        data |= {name: figures.centralities[name][node] for name in CENTRALITIES}
        data |= {"community": figures.communities[node], "component": figures.components[node]}
    return copy


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _components(count: int, links: list[tuple[int, int]]) -> list[int]:
    """The connected part of each node, numbered as communities are.

    >>> _components(6, [(4, 5), (5, 3), (0, 1)])
    [1, 1, -1, 0, 0, 0]
    """
    root = list(range(count))

    def top(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for a, b in links:
        first, second = sorted((top(a), top(b)))
        root[second] = first
    linked = {end for a, b in links if a != b for end in (a, b)}
    return _numbered([top(node) for node in range(count)], linked)


def _numbered(groups: list[int], linked: set[int]) -> list[int]:
    """Groups renumbered by size and first member; -1 for a node without a link."""
    members: dict[int, list[int]] = {}
    for node in sorted(linked):
        members.setdefault(groups[node], []).append(node)
    ranked = sorted(members.values(), key=lambda nodes: (-len(nodes), nodes[0]))
    found = [-1] * len(groups)
    for rank, nodes in enumerate(ranked):
        for node in nodes:
            found[node] = rank
    return found


def _documents(graph: nx.MultiDiGraph, given: Iterable[str] | None) -> tuple[set[str], bool]:
    named = {name for _, data in graph.nodes(data=True) for name in parts(data.get("documents"))}
    listed = set(given) if given is not None else set(graph.graph.get("documents") or ())
    return named | listed, bool(listed)


def _unvisited(graph: nx.MultiDiGraph) -> list[tuple[str, str, str]]:
    """Pairs of regions, one assisting the other, between which no visit is told, either way, by anybody of them."""
    places = Places(graph)
    homes = Homes(graph, places)
    ways: set[tuple[Place, Place]] = set()
    pairs = []
    for source, target, data in graph.edges(data=True):
        relation, ends = data.get("relation"), (source, target)
        if relation == "paired_with" and all(graph.nodes[end].get("category") == "region" for end in ends):
            pairs.append((source, target, data))
        elif relation == "visited":
            post = homes.post(source, parts(data.get("documents")))
            if post is not None:
                ways |= {(a, b) for a in places.chain(post.body) for b in places.chain(target)}
    found = []
    for source, target, data in pairs:
        a, b = places.chain(source)[0], places.chain(target)[0]
        if (a, b) not in ways and (b, a) not in ways:
            found.append((a.name, b.name, joined(parts(data.get("documents")))))
    return sorted(found)
