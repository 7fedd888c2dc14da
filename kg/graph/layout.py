"""Positions for every node: deterministic, the same in every file.

Each connected component is drawn by a force-directed layout: springs along the edges, repulsion between all nodes,
exact for small components and by fast Fourier transform on a grid for large ones. Then labels that lie on top of each
other are pushed apart, the components are packed around the largest, and unconnected nodes fill the rim.
Positions are rounded at every step, so that the last bit of a machine's arithmetic can't grow into another picture.
"""

from __future__ import annotations

from typing import Final

import networkx as nx
import numpy as np

from kg.graph.forces import EXACT, Array, Index, draw
from kg.graph.labels import box, drawn_labels
from kg.graph.packing import Part, cells_of, pack
from kg.model import Page

DOT: Final = 44.0  # side of the square that a node of a larger component gets: nobody reads all its labels at once
DECIMALS: Final = 2


def positions(graph: nx.MultiDiGraph, notes: Page | None = None) -> dict[str, tuple[float, float]]:
    """A place for each node, rounded to two decimals; y grows downwards. *notes* hold small components drawn before.

    >>> positions(nx.MultiDiGraph()), positions(nx.MultiDiGraph({"a": []}))
    ({}, {'a': (0.0, 0.0)})
    >>> a, b = positions(nx.MultiDiGraph([("a", "b")])).values()
    >>> abs(a[0] - b[0]) >= 60 or abs(a[1] - b[1]) >= 40
    True
    """
    names = sorted(graph)
    number = {name: i for i, name in enumerate(names)}
    labels = drawn_labels(graph)
    boxes = np.array([box(labels[n]) for n in names], dtype=float).reshape(-1, 2)
    links = np.array([(number[a], number[b]) for a, b in graph.edges() if a != b], dtype=np.int64).reshape(-1, 2)
    codes = np.unique(links.min(1) * len(names) + links.max(1))  # each pair once, in order
    edges = np.stack([codes // max(len(names), 1), codes % max(len(names), 1)], 1)
    places = np.zeros((len(names), 2))
    notes = Page({}) if notes is None else notes
    groups, alone = _components(len(names), edges)
    drawn, shapes = [], dict[tuple[int, bytes], tuple[Array, float]]()  # most are stars and pairs: drawn once,
    spread = dict[tuple[int, bytes, bytes], Part]()  # and laid out once where their labels are of the same lengths
    owner, rank = np.zeros(len(names), dtype=np.int64), np.zeros(len(names), dtype=np.int64)
    for i, members in enumerate(groups):
        owner[members], rank[members] = i, np.arange(len(members))
    edges = edges[np.argsort(owner[edges[:, 0]], kind="stable")]
    ends = np.searchsorted(owner[edges[:, 0]], np.arange(len(groups) + 1))
    for i, members in enumerate(groups):
        inside = rank[edges[ends[i]:ends[i + 1]]]
        shape = len(members), inside.tobytes()
        if shape not in shapes:
            at = _noted(notes, *shape, inside)
            shapes[shape] = at, float(np.quantile(np.sqrt((at**2).sum(1)), 0.9))
        if len(members) > EXACT:
            boxes[members] = DOT
        mine = boxes[members]
        labelled = *shape, mine.tobytes()
        if labelled not in spread:
            at = _separate(_roomy(*shapes[shape], mine), mine)
            spread[labelled] = Part(at, *cells_of(at, mine))
        drawn.append((members, spread[labelled]))
    alone.sort(key=lambda i: (str(graph.nodes[names[i]].get("category", "")), i))
    pack(places, drawn, alone, boxes)
    places = np.round(places, DECIMALS) + 0.0  # no negative zero
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, places, strict=True)}


def _components(count: int, edges: Index) -> tuple[list[Index], list[int]]:
    """The connected components with more than one node, largest first, and the nodes without an edge."""
    leads = list(range(count))
    for a, b in edges.tolist():
        while leads[a] != a:
            leads[a] = a = leads[leads[a]]
        while leads[b] != b:
            leads[b] = b = leads[leads[b]]
        leads[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for node in range(count):  # a leader is the first of its component, and comes before the others
        leads[node] = leads[leads[node]]
        found.setdefault(leads[node], []).append(node)
    groups = sorted(found.values(), key=lambda c: (-len(c), c))
    return [np.array(c, dtype=np.int64) for c in groups if len(c) > 1], [c[0] for c in groups if len(c) == 1]


def _noted(notes: Page, count: int, shape: bytes, edges: Index) -> Array:
    """The drawing of a component, from the notes where it is small and was drawn before."""
    if count > EXACT:
        return draw(count, edges)
    return np.array(notes.get(f"{count} {shape.hex()}", lambda: draw(count, edges).tolist()))


def _roomy(at: Array, reach: float, boxes: Array) -> Array:
    """Enlarged until the inner nine tenths, which reach so far, have about three times the room of their boxes."""
    need = 3.0 * float(boxes.prod(1).sum()) * 0.9 / np.pi
    return at * max(1.0, float(np.sqrt(need)) / max(reach, 1e-6))


def _separate(at: Array, boxes: Array) -> Array:
    """Push overlapping labels apart, along the axis on which less is missing."""
    if len(at) < 2:
        return at
    at = at.copy()
    size = boxes.max(0)
    for _ in range(200 if len(at) <= EXACT else 30):
        first, second = _near(at, size)
        apart = at[second] - at[first]
        missing = (boxes[first] + boxes[second]) / 2 - np.abs(apart)
        hit = (missing > 0.5).all(1)
        if not hit.any():
            break
        first, second, apart, missing = first[hit], second[hit], apart[hit], missing[hit]
        axis = (missing[:, 1] <= missing[:, 0]).astype(np.int64)
        row = np.arange(len(first))
        sign = np.where(apart[row, axis] < 0, -1.0, 1.0)
        move = np.zeros_like(apart)
        move[row, axis] = sign * (missing[row, axis] * 0.5 + 0.5)
        shift = np.zeros_like(at)
        hits = np.maximum(np.bincount(np.concatenate([first, second]), minlength=len(at)), 1.0) ** 0.5
        for k in (0, 1):
            shift[:, k] = np.bincount(second, move[:, k], len(at)) - np.bincount(first, move[:, k], len(at))
        at = np.round(at + shift / hits[:, None], 4)
    return at


def _near(at: Array, size: Array) -> tuple[Index, Index]:
    """All pairs that lie in the same or in touching cells of the given size."""
    cell = np.floor((at - at.min(0)) / size).astype(np.int64) + 1
    width = int(cell[:, 1].max()) + 2
    code = cell[:, 0] * width + cell[:, 1]
    order = np.argsort(code, kind="stable")
    code = code[order]
    pairs = []
    mine = np.arange(len(code))
    rows = ((mine + 1, 1), (np.searchsorted(code, code + (width - 1), "left"), width + 1))  # this row, and the next
    for begin, step in rows:
        count = np.maximum(np.searchsorted(code, code + step, "right") - begin, 0)
        left = np.repeat(mine, count)
        right = np.arange(len(left)) - np.repeat(np.cumsum(count) - count - begin, count)
        pairs.append((order[left], order[right]))
    return np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])
