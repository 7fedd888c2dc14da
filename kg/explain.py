"""Reading a finished graph: what is known of a name, how two names hang together, what the whole holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg.errors import GraphError
from kg.export.graphml import read_graphml
from kg.model.schema import SEPARATOR

SHOWN: Final = ("path", "adcode", "title", "region", "kind", "start_date", "end_date", "quantities", "first_seen",
                "last_seen")
TOLD: Final = ("titles", "title", "role", "aid_kind", "amount", "quantities", "agreement", "since", "date", "status")
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
    known = sorted({n for _, data in graph.nodes(data=True) for n in _names(data)})
    near = [n for n in known if wanted and (wanted in n or n in wanted)]
    near = (sorted(near, key=lambda n: (abs(len(n) - len(wanted)), n)) or get_close_matches(wanted, known, CLOSE, 0.5))[
        :CLOSE
    ]
    raise GraphError(name, "no node of the graph has this name", "try " + ", ".join(near) if near else "see kg stats")


def _names(data: dict[str, Any]) -> set[str]:
    return {str(data["label"]), *str(data.get("aliases", "")).split(SEPARATOR)} - {""}


def explain(graph: nx.MultiDiGraph, name: str) -> Iterator[str]:
    """Lines that say all that the graph knows of *name*: the node, its edges, and the sentences they rest on."""
    for node in find(graph, name):
        data = graph.nodes[node]
        yield f"{data['label']}  [{data['category_zh']} {data['category']}]"
        yield from (f"  {key}: {_shown(data[key])}" for key in SHOWN if data.get(key))
        yield f"  aliases: {str(data.get('aliases', '')).replace(SEPARATOR, ', ')}"
        yield f"  documents: {str(data.get('documents', '')).replace(SEPARATOR, ', ')}"
        edges = [(node, other, d) for _, other, d in graph.out_edges(node, data=True)]
        edges += [(other, node, d) for other, _, d in graph.in_edges(node, data=True)]
        for source, target, edge in sorted(edges, key=lambda e: (e[2]["relation"], e[0] != node, e[0], e[1])):
            yield from _edge(graph, source, target, edge, "  ")
        yield ""


def _edge(graph: nx.MultiDiGraph, source: str, target: str, edge: dict[str, Any], indent: str) -> Iterator[str]:
    told = [
        f"{key} {_shown(edge[key])}"
        for key in TOLD
        if edge.get(key) not in (None, "")
        and not (key == "status" and edge[key] == "fact")
        and not (key == "title" and edge.get("titles"))
    ]
    head, tail = graph.nodes[source]["label"], graph.nodes[target]["label"]
    yield f"{indent}{head} --{edge['relation_zh']} {edge['relation']}--> {tail}" + (
        f"  ({'; '.join(told)})" if told else ""
    )
    marks = str(edge.get("marks", "")).split(SEPARATOR)
    for sentence, places in zip_longest(str(edge.get("evidence", "")).split(SEPARATOR), marks, fillvalue=""):
        if sentence.strip():
            yield f"{indent}    “{' '.join(marked(sentence, places).split())}”"
    yield f"{indent}    in {str(edge.get('documents', '')).replace(SEPARATOR, ', ')}"
    yield f"{indent}    by {_shown(edge.get('rule', ''))}, confidence {edge.get('confidence', '')}"


def marked(sentence: str, places: str) -> str:
    """*sentence* with the parts that an edge relates in brackets; *places* as the edge attribute `marks` has them.

    >>> marked("沈岳川赴唐县调研", "0-3,4-6")
    '[沈岳川]赴[唐县]调研'
    >>> marked("唐县人民医院", "0-2,0-6")
    '[[唐县]人民医院]'
    """
    spans = {tuple(map(int, place.split("-"))) for place in places.split(",") if place}
    opening, closing = Counter(start for start, _ in spans), Counter(end for _, end in spans)
    signs = ("]" * closing[place] + "[" * opening[place] for place in range(len(sentence) + 1))
    return "".join(sign + letter for sign, letter in zip_longest(signs, sentence, fillvalue=""))


def _shown(value: object) -> str:
    """A value of the graph for the screen.

    >>> _shown("县委副书记、县长|县长"), _shown(1_260_000.0), _shown(0.5)
    ('县委副书记、县长 | 县长', '1,260,000', '0.5')
    """
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else str(value)
    return str(value).replace(SEPARATOR, " | ")


def path(graph: nx.MultiDiGraph, first: str, last: str) -> Iterator[str]:
    """The shortest way between two names, whatever the direction of its edges, with the evidence of every step.

    Raises GraphError where a name is unknown or no way leads from one to the other.
    """
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
            yield from _edge(graph, source, target, edge, "  ")


def best_connected(graph: nx.MultiDiGraph, count: int = 10) -> Iterable[tuple[str, str, int]]:
    """Label, category and number of edges of the nodes with most edges."""
    ranked = sorted(graph.nodes, key=lambda node: (-graph.degree(node), graph.nodes[node]["label"], node))
    return [(graph.nodes[n]["label"], graph.nodes[n]["category_zh"], graph.degree(n)) for n in ranked[:count]]
