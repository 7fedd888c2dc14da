"""The regions of a graph as a tree, and to which of its branches each node belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import networkx as nx

from kg.graph.labels import HEAD, beginning
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.model.schema import LEVELS

Place = tuple[float, float]
SEATS: Final = ("located_in", "holds_post")  # the relations that say where a node is at home
ORDER: Final = tuple(LEVELS)


class Regions:
    """Branches are numbered from 0, each after the one it hangs on; one that only the division tables know has no node.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("r", label="河北省保定市唐县", category="region", adcode="130627", level="county")
    >>> graph.add_node("v", label="河北省保定市唐县王京镇", category="region", level="township")
    >>> graph.add_node("s", label="河北省保定市唐县第一中学", category="organization")
    >>> regions = Regions(graph, {"r": 0, "s": 1, "v": 2})
    >>> [(row[0], row[1], row[2]) for row in regions.rows]
    [('河北省', -1, -1), ('保定市', 0, -1), ('唐县', 1, 0), ('王京镇', 2, 2)]
    >>> regions.of
    {'r': [2], 'v': [3], 's': [2]}
    """

    def __init__(self, graph: nx.MultiDiGraph, numbers: Mapping[Any, int]) -> None:
        self.rows: list[list[Any]] = []  # name, parent or -1, node or -1, latitude and longitude or None
        self.of: dict[Any, list[int]] = {}
        self._codes: dict[str, int] = {}
        self._names: dict[str, int] = {}  # label of a region in the graph: its branch
        self._heads: set[str] = set()  # the first two letters of these labels
        found = [(node, data) for node, data in graph.nodes(data=True) if data.get("category") == "region"]
        for node, data in sorted(found, key=lambda f: (_rank(f[1]), str(f[1].get("label") or f[0]), str(f[0]))):
            self.of[node] = [self._branch(numbers[node], str(data.get("label") or node), data)]
        self._homes(graph)

    def _branch(self, number: int, label: str, data: Mapping[str, Any]) -> int:
        code = str(data.get("adcode") or "")
        row = self._coded(code) if code in gazetteer().divisions else -1
        if row < 0:
            above = self._above(label)
            row = self._add(label.removeprefix(_full(self.rows, above)) or label, above)
        if self.rows[row][2] < 0:
            self.rows[row][2] = number
            if data.get("latitude") and data.get("longitude"):
                self.rows[row][3:] = [round(float(data["latitude"]), 2), round(float(data["longitude"]), 2)]
        self._name(label, row)
        return row

    def _name(self, label: str, row: int) -> None:
        self._names.setdefault(label, row)
        self._heads.add(label[:HEAD])

    def _coded(self, code: str) -> int:
        """The branch of a division, made with those above it where they are missing."""
        if code not in self._codes:
            above = gazetteer().parent(PREFIX + code).removeprefix(PREFIX)
            parent = self._coded(above) if above else -1
            self._codes[code] = self._add(gazetteer().own_name(PREFIX + code), parent)
            self.rows[-1][3:] = gazetteer().point(PREFIX + code) or (None, None)
            self._name(gazetteer().name(PREFIX + code), self._codes[code])
        return self._codes[code]

    def _add(self, name: str, parent: int) -> int:
        self.rows.append([name, parent, -1, None, None])
        return len(self.rows) - 1

    def _above(self, label: str) -> int:
        """The branch whose full name is the longest beginning of *label*."""
        found = beginning(label, self._names, 1) if label[:HEAD] in self._heads else ""
        return self._names.get(found, -1)

    def _homes(self, graph: nx.MultiDiGraph) -> None:
        """Regions of the others: where they lie or hold a post, else what begins their name, else their body's."""
        rest = {node: str(data.get("label") or "") for node, data in graph.nodes(data=True)
                if data.get("category") != "region"}
        seats: dict[Any, list[Any]] = {}
        for source, target, relation in graph.edges(data="relation"):
            if relation in SEATS and source in rest:
                seats.setdefault(source, []).append(target)
        for node, label in rest.items():
            branches = {b for target in seats.get(node, ()) if target not in rest for b in self.of[target]}
            if not branches and (row := self._above(label)) >= 0:
                branches = {row}
            if branches:
                self.of[node] = self._lowest(branches)
        for node in rest:
            if node not in self.of and node in seats:
                branches = {b for target in seats.get(node, ()) for b in self.of.get(target, ())}
                if branches:
                    self.of[node] = self._lowest(branches)

    def _lowest(self, branches: Iterable[int]) -> list[int]:
        """Without those that hold another of them."""
        found = set(branches)
        for branch in list(found) if len(found) > 1 else ():
            while (branch := self.rows[branch][1]) >= 0:
                found.discard(branch)
        return sorted(found)


def _rank(data: Mapping[str, Any]) -> tuple[int, int]:
    level = str(data.get("level") or "")
    return (ORDER.index(level) if level in ORDER else len(ORDER), len(str(data.get("label") or "")))


def _full(rows: list[list[Any]], row: int) -> str:
    return _full(rows, rows[row][1]) + str(rows[row][0]) if row >= 0 else ""
