"""Positions for every node: deterministic, the same in every file."""

from __future__ import annotations

import math

import networkx as nx


def positions(graph: nx.MultiDiGraph) -> dict[str, tuple[float, float]]:
    """A place for each node, rounded to two decimals."""
    order = sorted(graph)
    return {n: (round(30 * math.sqrt(i) * math.cos(2.4 * i), 2), round(30 * math.sqrt(i) * math.sin(2.4 * i), 2))
            for i, n in enumerate(order)}
