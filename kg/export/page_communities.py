"""Communities of a graph: Louvain's method, the same at every run: a fixed seed, and numbers in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import networkx as nx

SEED: Final = 1


def communities(count: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """The community of each node 0 to *count* - 1; the largest is 0, and -1 stands for a node without a link.

    >>> communities(7, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)])
    [0, 0, 0, 1, 1, 1, -1]
    """
    pairs = sorted({(min(a, b), max(a, b)) for a, b in links if a != b})
    graph = nx.Graph()
    graph.add_nodes_from(sorted({node for pair in pairs for node in pair}))
    graph.add_edges_from(pairs)
    found = [-1] * count
    if not pairs:
        return found
    parts = nx.community.louvain_communities(graph, seed=SEED)
    for number, part in enumerate(sorted(map(sorted, parts), key=lambda p: (-len(p), p[0]))):
        for node in part:
            found[node] = number
    return found
