"""What every table and file of edges asks of a graph: ids that are unique, an order that never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

import networkx as nx

from kg.export.values import clean, unique
from kg.model.ids import content_id
from kg.model.schema import RELATIONS


class Edge(NamedTuple):
    """An edge as a file names it; `key` is the key of the graph."""

    id: str
    source: str
    target: str
    key: object
    data: Mapping[str, object]


def node_ids(graph: nx.MultiDiGraph) -> dict[object, str]:
    """The nodes in the order in which they are written, each with the id that it has in the file.

    An id of white space alone is none: Gephi refuses a whole file for it.

    >>> node_ids(nx.MultiDiGraph([(" ", "唐县")]))
    {' ': 'node', '唐县': '唐县'}
    >>> node_ids(nx.MultiDiGraph([("b", 1), ("1", "b")]))
    {'1': '1', 1: '1-2', 'b': 'b'}
    """
    taken: set[str] = set()
    vertices = sorted(graph, key=lambda n: (clean(str(n)), str(n), repr(n)))
    names = ((vertex, clean(str(vertex))) for vertex in vertices)
    return {vertex: unique(name if name.strip() else "node", taken) for vertex, name in names}


def edges(graph: nx.MultiDiGraph, ids: Mapping[object, str]) -> Iterator[Edge]:
    """The edges in the order in which they are written: by the ids of their ends, then by key.

    Only the edges of one node are in order at a time, so that the memory needed doesn't grow with their number.
    """
    taken: set[str] = set()
    for batch in _batches(graph, ids):
        for source, target, text, _, key, values in batch:
            wanted = clean(text) if isinstance(key, str) else ""
            wanted = wanted or "e" + content_id(source, str(values.get("relation", "")), target, text)
            if wanted in taken:
                wanted = unique(wanted, taken)
            else:
                taken.add(wanted)
            yield Edge(wanted, source, target, key, values)


# The ids of the ends, the key as a text, its type: the place of an edge. Then the key and the attributes.
_Row = tuple[str, str, str, str, object, Mapping[str, object]]
_PLACE: Final = itemgetter(0, 1, 2, 3)


def _batches(graph: nx.MultiDiGraph, ids: Mapping[object, str]) -> Iterator[list[_Row]]:
    if not graph.is_directed():  # then either end may come first
        several = graph.edges(keys=True, data=True) if graph.is_multigraph() else (
            (source, target, 0, data) for source, target, data in graph.edges(data=True))
        yield sorted(((ids[source], ids[target], str(key), type(key).__name__, key, data)
                      for source, target, key, data in several), key=_PLACE)
        return
    multiple = graph.is_multigraph()
    heads = dict(graph.adjacency())
    for tail in sorted(ids, key=ids.__getitem__):
        source = ids[tail]
        rows = [(source, ids[head], str(key), type(key).__name__, key, data) for head, keyed in heads[tail].items()
                for key, data in (keyed.items() if multiple else ((0, keyed),))]
        rows.sort(key=_PLACE)
        yield rows


def relation_word(data: Mapping[str, object]) -> str:
    """The Chinese word of an edge's relation, by which Gephi keeps parallel edges of different relations apart.

    >>> relation_word({"relation": "visited"}), relation_word({"relation": "knows"}), relation_word({})
    ('到访', 'knows', '')
    """
    return _word(str(data.get("relation") or ""), str(data.get("relation_zh") or ""))


@lru_cache(maxsize=1000)
def _word(relation: str, word: str) -> str:
    relation = clean(relation)
    return clean(word) or RELATIONS.get(relation, relation)
