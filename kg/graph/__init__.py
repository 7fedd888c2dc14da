"""Statements and clusters become a graph: nodes, edges, positions, and what they say together."""

from __future__ import annotations

from kg.graph.build import LARGEST, SMALLEST, build_graph, sizes

__all__ = ["LARGEST", "SMALLEST", "build_graph", "sizes"]
