"""Reading a finished graph: what is known of a name, how two names hang together, what the whole holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg.decide.words import say
from kg.errors import GraphError
from kg.export.graphml import read_graphml
from kg.graph.phrases import edge_lines, node_lines, unsure_entry
from kg.model.schema import SEPARATOR
from kg.store import NAME as STORE
from kg.store import Past, is_store

CLOSE: Final = 5  # names that an unknown name is answered with


def open_graph(path: Path) -> nx.MultiDiGraph:
    """The graph of a GraphML file that kg wrote; raises GraphError where there is none."""
    graph = read_graphml(path)
    if not all("label" in data and "category" in data for _, data in graph.nodes(data=True)):
        raise GraphError(str(path), "its nodes have no label or category", "name a graph.graphml that kg wrote")
    return graph


def find(graph: nx.MultiDiGraph, name: str) -> list[str]:
    """The nodes that carry *name* as their id, label or alias, the best connected first.

    Raises GraphError, with the nearest names as remedy, where there is none.
    """
    wanted = name.strip()
    found = [node for node, data in graph.nodes(data=True) if node == wanted or wanted in _names(data)]
    if found:
        return sorted(found, key=lambda node: (-graph.degree(node), node))
    raise _unknown(name, {n for _, data in graph.nodes(data=True) for n in _names(data)})


def surroundings(path: Path, *names: str) -> nx.MultiDiGraph:
    """What a graph holds of *names*: all that carry one, their relations and neighbours. Other nodes may be there too.

    *path* is a store or a GraphML file; where the store beside a file still knows it, the file need not be read.
    Raises GraphError, with the nearest names as remedy, where nothing carries a name.
    """
    store = path if is_store(path) else path.with_name(STORE)
    if not is_store(store):
        return open_graph(path)
    with Past.opened(store) as past:
        if path != store and not past.wrote(path):
            return open_graph(path)
        graph = nx.MultiDiGraph()
        for name in names:
            entities, relations = past.about(name.strip())
            if not entities and (row := past.relation(name.strip())):
                entities, relations = past.ends(row), [row]
            if not entities:
                raise _unknown(name, past.near(name.strip()))
            graph.add_nodes_from((row.id, row.data) for row in entities)
            graph.add_edges_from((row.source, row.target, row.id, row.data) for row in relations)
    return graph


def _unknown(name: str, names: set[str]) -> GraphError:
    wanted, known = name.strip(), sorted(names)
    near = [n for n in known if wanted and (wanted in n or n in wanted)]
    near = (sorted(near, key=lambda n: (abs(len(n) - len(wanted)), n)) or get_close_matches(wanted, known, CLOSE, 0.5))[
        :CLOSE
    ]
    return GraphError(name, "no node of the graph has this name", "try " + ", ".join(near) if near else "see kg stats")


def _names(data: dict[str, Any]) -> set[str]:
    return {str(data["label"]), *str(data.get("aliases", "")).split(SEPARATOR)} - {""}


class Lines(tuple[str, ...]):
    """Lines of text that show themselves as the text they are.

    >>> Lines(["沈岳川", "  到访 金阳县"])
    沈岳川
      到访 金阳县
    """

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(self)

    __repr__ = __str__


def explain(graph: nx.MultiDiGraph, name: str, other: str = "") -> Lines:
    """Lines that say all that the graph knows of *name*, a node or the id of a relation, and what it rests on.

    With *other* the relations between the two, and why they are one, or may be, where both name the same.
    """
    return Lines(_between(graph, name, other) if other else _explained(graph, name))


def _explained(graph: nx.MultiDiGraph, name: str) -> Iterator[str]:
    for source, target, key, data in graph.edges(keys=True, data=True):
        if key == name:
            yield from edge_lines(graph, source, target, data)
            return
    for node in find(graph, name):
        yield from node_lines(graph, node)
        edges = [(node, end, d) for _, end, d in graph.out_edges(node, data=True)]
        edges += [(end, node, d) for end, _, d in graph.in_edges(node, data=True)]
        for source, target, edge in sorted(edges, key=lambda e: (e[2]["relation"], e[0] != node, e[0], e[1])):
            yield from _indented(edge_lines(graph, source, target, edge))
        yield ""


def _between(graph: nx.MultiDiGraph, name: str, other: str) -> Iterator[str]:
    first, last = find(graph, name), find(graph, other)
    told = False
    for node in first:
        if node in last and name != other:
            told = True
            yield from node_lines(graph, node)
        elif entries := [e for e in str(graph.nodes[node].get("unsure", "")).split(SEPARATOR)
                         if unsure_entry(e)[0] in last]:
            told = True
            yield say("explain", "unsure")
            yield from (f"  {graph.nodes[node]['label']}{say('texts', 'between')}{unsure_entry(e)[2]}" for e in entries)
    edges = [(s, t, d) for a in first for b in last for s, t in dict.fromkeys(((a, b), (b, a)))
             for d in (graph.get_edge_data(s, t) or {}).values()]
    for source, target, edge in sorted(edges, key=lambda e: (e[2]["relation"], e[0] not in first, e[0], e[1])):
        told = True
        yield from edge_lines(graph, source, target, edge)
    if not told:
        raise GraphError(f"{name} - {other}", say("explain", "none"), f"kg path {name} {other}")


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def path(graph: nx.MultiDiGraph, first: str, last: str) -> Lines:
    """The shortest way between two names, whatever the direction of its edges, with the evidence of every step.

    Raises GraphError where a name is unknown or no way leads from one to the other.
    """
    return Lines(_way(graph, first, last))


def _way(graph: nx.MultiDiGraph, first: str, last: str) -> Iterator[str]:
    undirected = graph.to_undirected(as_view=True)
    ways = []
    for a in find(graph, first):
        reached = nx.single_source_shortest_path(undirected, a)
        ways += [reached[b] for b in find(graph, last) if b in reached]
    if not ways:
        raise GraphError(
            f"{first} - {last}", "no way leads from one to the other", "build the graph from more articles"
        )
    way = min(ways, key=lambda nodes: (len(nodes), nodes))
    yield " - ".join(str(graph.nodes[node]["label"]) for node in way)
    for a, b in pairwise(way):
        edges = [(s, t, d) for s, t in ((a, b), (b, a)) for d in (graph.get_edge_data(s, t) or {}).values()]
        for source, target, edge in sorted(edges, key=lambda e: (e[2]["relation"], e[0] != a)):
            yield from _indented(edge_lines(graph, source, target, edge))


def best_connected(graph: nx.MultiDiGraph, count: int = 10) -> Iterable[tuple[str, str, int]]:
    """Label, category and number of edges of the nodes with most edges."""
    labels = {node: str(data.get("label") or node) for node, data in graph.nodes(data=True)}
    ranked = sorted(graph.nodes, key=lambda node: (-graph.degree(node), labels[node], str(node)))
    return [(labels[n], str(graph.nodes[n].get("category_zh") or ""), graph.degree(n)) for n in ranked[:count]]
