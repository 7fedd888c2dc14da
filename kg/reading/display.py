"""A graph that shows itself in a notebook: the page where it is small, its counts where it is large."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, Final, cast

import networkx as nx

from kg.model.schema import CATEGORIES, RELATIONS
from kg.reading.explain import best_connected, open_graph
from kg.report import counts
from kg.views.table import shown
from kg.views.words import word

SMALL: Final = 1000  # nodes and edges of a graph that is shown as its page
HEIGHT: Final = 640
# What the page may do in its frame: run its own scripts, save files; nothing of the notebook is in its reach.
ALLOWED: Final = "allow-scripts allow-downloads"


class Graph(nx.MultiDiGraph):  # type: ignore[misc]  # networkx has no types
    """A `networkx.MultiDiGraph` in every respect, with a face for notebooks.

    >>> graph = Graph([("a", "b")])
    >>> type(graph.copy()) is type(graph.subgraph(["a"])) is Graph, isinstance(graph, nx.MultiDiGraph)
    (True, True)
    """

    def _repr_html_(self) -> str:
        return framed(self) if self.number_of_nodes() + self.number_of_edges() <= SMALL else summary(self)


class Shown:
    """A piece of HTML for a notebook."""

    def __init__(self, html: str) -> None:
        self._html = html

    def _repr_html_(self) -> str:
        return self._html


def faced(graph: nx.MultiDiGraph) -> Graph:
    """The same object as a `Graph`: nothing is copied.

    >>> graph = nx.MultiDiGraph()
    >>> faced(graph) is graph, type(graph).__name__
    (True, 'Graph')
    """
    if type(graph) is nx.MultiDiGraph:
        graph.__class__ = Graph
    return cast(Graph, graph)


def opened(path: str | Path) -> Graph:
    """The graph of a file that kg wrote (`kg.open`); raises GraphError where there is none.

    Ids, labels, edges and sentences are all there; the single statements are not, for GraphML has no place for them.
    """
    return faced(open_graph(Path(path)))


def show(graph: nx.MultiDiGraph, height: int = HEIGHT) -> Shown:
    """The page of *graph* in a notebook, however large it is; *height* in pixels."""
    return Shown(framed(graph, height))


def framed(graph: nx.MultiDiGraph, height: int = HEIGHT) -> str:
    """The page in a frame of its own, which can reach neither the notebook nor the network."""
    from kg.export.html import render

    return (f'<iframe title="kg" sandbox="{ALLOWED}" style="width:100%;height:{height}px;border:0" '
            f'srcdoc="{escape(render(graph))}"></iframe>')


def summary(graph: nx.MultiDiGraph) -> str:
    """Counts by category and relation, and the best connected nodes, as tables.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("a", label="<唐县>", category="region", category_zh="地区")
    >>> "&lt;唐县&gt;" in summary(graph), "地区 region" in summary(graph)
    (True, True)
    """
    nodes, edges = counts(graph)
    counted = [(word("stats", "nodes"), graph.number_of_nodes()), (word("stats", "edges"), graph.number_of_edges())]
    tables = [
        _table(word("stats", "categories"), [(f"{CATEGORIES.get(n, '')} {n}", count) for n, count in nodes.items()]),
        _table(word("stats", "relations"), [(f"{RELATIONS.get(n, '')} {n}", count) for n, count in edges.items()]),
        _table(word("stats", "degree"), [(f"{label} {zh}", count) for label, zh, count in best_connected(graph)]),
    ]
    head = " · ".join(f"{name} {shown(count)}" for name, count in counted)
    return f'<p><b>kg</b> {escape(head)}</p><div style="display:flex;gap:2em;align-items:start">{"".join(tables)}</div>'


def _table(title: str, rows: list[tuple[str, Any]]) -> str:
    lines = "".join(f"<tr><td>{escape(name)}</td><td>{shown(count)}</td></tr>" for name, count in rows)
    return f"<table><caption>{escape(title)}</caption><tbody>{lines}</tbody></table>"
