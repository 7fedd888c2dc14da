"""A part of a graph: by category, relation, region, period, confidence, weight and the surroundings of a name.

All conditions must hold. The graph that is selected from stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import networkx as nx

from kg.errors import GraphError
from kg.export.page_regions import Regions
from kg.export.stated import parts
from kg.export.times import Days, days, hull
from kg.graph import sizes
from kg.lexicon.gazetteer import gazetteer
from kg.model.schema import CATEGORIES, RELATIONS
from kg.reading.explain import find

Words = str | Iterable[str]
Edges = set[tuple[Any, Any, Any]]

DATES: Final = ("date", "start_date", "end_date")
FIRST, LAST = "0001-01-01", "9999-12-31"
DEPTH: Final = 1


def select(
    graph: nx.MultiDiGraph,
    *,
    categories: Words = (),
    relations: Words = (),
    regions: Words = (),
    start: str = "",
    end: str = "",
    undated: bool = False,
    min_confidence: float = 0.0,
    min_weight: float = 0,
    ego: Words = (),
    depth: int = DEPTH,
) -> nx.MultiDiGraph:
    """The part of *graph* that meets every condition, as a graph of its own.

    Relations, period, confidence and weight choose edges; what has no edge left goes with them. Of several categories,
    relations, regions or names one is enough.

    *regions*: what lies in one of them or below, who holds a post there, and whatever an edge joins to these.
    *start*, *end*: days, months or years (2021-06 is the whole month). An edge counts when the days from its first to
    its last date touch the period, an edge of an event that has no date of its own when the event does; `since` without
    another date lasts on. Edges without any date go, unless *undated* keeps those between nodes that stay.
    *ego*: nodes at most *depth* edges away from the name, whatever the direction, by edges that meet the conditions.

    Statements, documents and mentions of the graph are kept for what is left; degree and size are counted anew, places
    in the picture stay. Raises GraphError for a name that is not there, an unknown word and what is no date.
    """
    chosen, related = _known(categories, CATEGORIES, "category"), _known(relations, RELATIONS, "relation")
    period = _period(start, end)
    edges = {
        (source, target, key)
        for source, target, key, data in graph.edges(keys=True, data=True)
        if (not related or data.get("relation") in related)
        and _number(data.get("confidence")) >= min_confidence
        and _number(data.get("weight")) >= min_weight
    }
    nodes = set(graph)
    if related or min_confidence > 0 or min_weight > 0:
        nodes = _ends(edges)
    if period:
        times = {edge: _edge_days(graph, edge) for edge in edges}
        dated = {edge for edge, span in times.items() if span is not None and _touch(span, period)}
        nodes &= _ends(dated) | {n for n in nodes if (span := _event_days(graph.nodes[n])) and _touch(span, period)}
        edges = dated | {edge for edge, span in times.items() if undated and span is None}
        edges = {edge for edge in edges if edge[0] in nodes and edge[1] in nodes}
    if named := _listed(ego):
        nodes &= _around({node for name in named for node in find(graph, name)}, edges, depth)
    if chosen:
        nodes = {node for node in nodes if graph.nodes[node].get("category") in chosen}
    if places := _listed(regions):
        inside = _inside(graph, places)
        edges = {edge for edge in edges if edge[0] in inside or edge[1] in inside}
        nodes &= inside | _ends(edges)
    return _part(graph, nodes, edges)


def _listed(words: Words) -> list[str]:
    return [words] if isinstance(words, str) and words else list(words)


def _known(words: Words, table: Mapping[str, str], what: str) -> set[str]:
    """The words of the schema that are meant, by name or in Chinese."""
    chinese = {word: name for name, word in table.items()}
    found = set()
    for word in _listed(words):
        name = chinese.get(word, word)
        if name not in table:
            raise GraphError(word, f"there is no such {what}", f"use one of {' '.join(table)}")
        found.add(name)
    return found


def _period(start: str, end: str) -> Days | None:
    """The first and the last day that are meant.

    >>> _period("2020", "2021-06"), _period("", "2021"), _period("", "")
    (('2020-01-01', '2021-06-30'), ('0001-01-01', '2021-12-31'), None)
    >>> _period("2021", "2020-05")
    Traceback (most recent call last):
    kg.errors.GraphError: 2021 - 2020-05: the period ends before it begins (remedy: give the earlier date first)
    """
    if not start and not end:
        return None
    spans = []
    for text in (start, end):
        span = days(text) if text else (FIRST, LAST)
        if span is None:
            raise GraphError(text, "is no date", "write 2021, 2021-06 or 2021-06-30")
        spans.append(span)
    period = spans[0][0], spans[1][1]
    if period[0] > period[1]:
        raise GraphError(f"{start} - {end}", "the period ends before it begins", "give the earlier date first")
    return period


def _touch(span: Days, period: Days) -> bool:
    return span[0] <= period[1] and span[1] >= period[0]


def _edge_days(graph: nx.MultiDiGraph, edge: tuple[Any, Any, Any]) -> Days | None:
    data = graph.edges[edge]
    since, known = days(data.get("since")), hull(days(data.get(name)) for name in DATES)
    if known is None:
        known = hull(_event_days(graph.nodes[end]) for end in edge[:2])
    if known is None and since is not None:
        return since[0], LAST
    return hull((since, known))


def _event_days(data: Mapping[str, Any]) -> Days | None:
    return hull(days(data.get(name)) for name in DATES) if data.get("category") == "event" else None


def _number(value: object) -> float:
    """A weight or a confidence; what has none is as good as any that is seen once and sure."""
    return float(value) if isinstance(value, (int, float)) else 1.0


def _ends(edges: Edges) -> set[Any]:
    return {end for edge in edges for end in edge[:2]}


def _around(centre: set[Any], edges: Edges, depth: int) -> set[Any]:
    if depth < 0:
        raise GraphError(str(depth), "is no number of steps", "use 0 or more")
    beside: dict[Any, set[Any]] = {}
    for source, target, _ in edges:
        beside.setdefault(source, set()).add(target)
        beside.setdefault(target, set()).add(source)
    reached = last = set(centre)
    for _ in range(depth):
        last = {other for node in last for other in beside.get(node, ())} - reached
        reached = reached | last
    return reached


def _inside(graph: nx.MultiDiGraph, names: Iterable[str]) -> set[Any]:
    """The nodes at home in one of the regions or below, as the page places them."""
    tree = Regions(graph, {node: number for number, node in enumerate(graph)})
    wanted = {branch for name in names for branch in _branches(graph, tree, name)}
    for branch, (_, above, *_) in enumerate(tree.rows):  # a branch stands after the one it hangs on
        if above in wanted:
            wanted.add(branch)
    return {node for node, branches in tree.of.items() if not wanted.isdisjoint(branches)}


def _branches(graph: nx.MultiDiGraph, tree: Regions, name: str) -> set[int]:
    """The branches that a name means: of the nodes that bear it, else of the divisions that are called so."""
    name = name.strip()
    regions = {node: data for node, data in graph.nodes(data=True) if data.get("category") == "region"}
    found = {
        branch
        for node, data in regions.items()
        if name and name in (node, data.get("label"), data.get("adcode"), *parts(data.get("aliases")))
        for branch in tree.of[node]
    }
    if not found and name:
        whole = {gazetteer().name(key) for key in gazetteer().find(name)}
        found = {row for row, (own, *_) in enumerate(tree.rows) if own == name or _whole(tree, row) in whole}
    if not found:
        find(graph, name)
        raise GraphError(name, "is in the graph, but is no region", "use --ego for the surroundings of a name")
    return found


def _whole(tree: Regions, row: int) -> str:
    return _whole(tree, tree.rows[row][1]) + str(tree.rows[row][0]) if row >= 0 else ""


def _part(graph: nx.MultiDiGraph, nodes: set[Any], edges: Edges) -> nx.MultiDiGraph:
    part = nx.MultiDiGraph()
    part.graph.update(graph.graph)
    part.add_nodes_from((node, dict(data)) for node, data in graph.nodes(data=True) if node in nodes)
    part.add_edges_from(
        (source, target, key, dict(data))
        for source, target, key, data in graph.edges(keys=True, data=True)
        if (source, target, key) in edges and source in nodes and target in nodes
    )
    keys = {key for *_, key in part.edges(keys=True)}
    named = {name for _, data in part.nodes(data=True) for name in parts(data.get("documents"))}
    named |= {name for *_, data in part.edges(data=True) for name in parts(data.get("documents"))}
    for name, kept in (("statements", keys), ("evidence", nodes), ("documents", named)):
        if isinstance(held := graph.graph.get(name), Mapping):
            part.graph[name] = {key: value for key, value in held.items() if key in kept}
    if part and all("degree" in data and "size" in data for _, data in part.nodes(data=True)):
        sizes(part)
    return part
