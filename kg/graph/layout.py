"""Positions for every node: deterministic, the same in every file.

Each connected component is drawn by a force-directed layout: springs along the edges, repulsion between all nodes,
exact for small components and by fast Fourier transform on a grid for large ones. Then labels that lie on top of each
other are pushed apart, the components are packed around the largest, and unconnected nodes fill the rim.
Positions are rounded at every step, so that the last bit of a machine's arithmetic can't grow into another picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.model import Page
from kg.model.schema import SEPARATOR

Array = NDArray[np.float64]
Index = NDArray[np.int64]

EDGE: Final = 120.0  # the length that a spring wants
GRAVITY: Final = 2.0  # what keeps long chains of places from drifting apart
LETTER, LINE, MARGIN = 14.0, 46.0, 16.0  # width of a letter, height of a node with its label, distance of two labels
LETTERS: Final = 14  # longer labels are cut where they are drawn
HEAD, LONGEST = 2, 60  # letters of the shortest and the longest region that may begin a name
EXACT: Final = 600  # components up to this size are computed pair by pair
DOT: Final = 44.0  # side of the square that a node of a larger component gets: nobody reads all its labels at once
CELL: Final = 60.0  # the grid on which components are packed
SEARCHED: Final = 4_000_000  # so many cells are looked at to fit the largest components one by one
DECIMALS: Final = 2


class _Part(NamedTuple):
    """A component laid out: its places, the cells that it covers, and the corner from which these count."""

    at: Array
    area: NDArray[np.bool_]
    low: Array


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
    boxes = np.array([_box(labels[n]) for n in names], dtype=float).reshape(-1, 2)
    links = np.array([(number[a], number[b]) for a, b in graph.edges() if a != b], dtype=np.int64).reshape(-1, 2)
    codes = np.unique(links.min(1) * len(names) + links.max(1))  # each pair once, in order
    edges = np.stack([codes // max(len(names), 1), codes % max(len(names), 1)], 1)
    places = np.zeros((len(names), 2))
    notes = Page({}) if notes is None else notes
    groups, alone = _components(len(names), edges)
    drawn, shapes = [], dict[tuple[int, bytes], tuple[Array, float]]()  # most are stars and pairs: drawn once,
    spread = dict[tuple[int, bytes, bytes], _Part]()  # and laid out once where their labels are of the same lengths
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
            spread[labelled] = _Part(at, *_cells(at, mine))
        drawn.append((members, spread[labelled]))
    alone.sort(key=lambda i: (str(graph.nodes[names[i]].get("category", "")), i))
    _pack(places, drawn, alone, boxes)
    places = np.round(places, DECIMALS) + 0.0  # no negative zero
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, places, strict=True)}


def drawn_labels(graph: nx.MultiDiGraph) -> dict[Any, str]:
    """Labels for a picture: names without their region's parents, events without their date.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node(1, label="四川省", category="region")
    >>> graph.add_node(2, label="四川省南充市仪陇县", category="region", aliases="仪陇|仪陇县|南充市仪陇县")
    >>> graph.add_node(3, label="四川省南充市仪陇县人民医院", category="organization")
    >>> graph.add_node(4, label="2022-10-19 两地联席会议", category="event", start_date="2022-10-19")
    >>> graph.add_node(5, label="四川省南充市", category="region")
    >>> list(drawn_labels(graph).values())
    ['四川省', '仪陇县', '仪陇县人民医院', '两地联席会议', '南充市']
    """
    regions = {str(d.get("label")): d for _, d in graph.nodes(data=True) if d.get("category") == "region"}
    heads = {name[:HEAD] for name in regions}
    short = {name: _region(name, str(data.get("aliases") or ""), regions) for name, data in regions.items()}
    drawn = {}
    for node, data in graph.nodes(data=True):
        label, category = str(data.get("label") or node), data.get("category")
        if category == "event":
            label = label.removeprefix(str(data.get("start_date") or "")).strip() or label
        elif category not in ("official", "person"):
            if label in short:
                label = short[label]
            elif label[:HEAD] in heads and (parent := beginning(label, regions, 2)):
                label = short[parent] + label[len(parent):]
        drawn[node] = label
    return drawn


def _region(name: str, aliases: str, regions: Mapping[str, object]) -> str:
    """The shortest alias that ends the name, else the name without the longest region before it."""
    tails = [alias for alias in aliases.split(SEPARATOR) if len(alias) > 1 and name.endswith(alias)]
    return min(tails, key=len, default=name[len(beginning(name, regions, 2)):])


def beginning(name: str, regions: Mapping[str, object], leave: int) -> str:
    """The longest of *regions* that begins the name and leaves at least so many letters of it, or nothing."""
    return next((name[:i] for i in range(min(len(name) - leave, LONGEST), HEAD - 1, -1) if name[:i] in regions), "")


def _box(label: str) -> tuple[float, float]:
    letters = min(len(label), LETTERS)
    return LETTER * max(letters, 3) + MARGIN, LINE + MARGIN


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
        return _draw(count, edges)
    return np.array(notes.get(f"{count} {shape.hex()}", lambda: _draw(count, edges).tolist()))


def _draw(count: int, edges: Index) -> Array:
    """A force-directed drawing of one component, scaled so that an ordinary edge has the length `EDGE`."""
    if count == 2:
        return np.array([[-EDGE / 2, 0.0], [EDGE / 2, 0.0]])
    degree = np.bincount(edges.ravel(), minlength=count).astype(float)
    (x, y), mass = _start(count, edges, degree).T.copy(), 1.0 + 0.25 * np.sqrt(degree)
    grids = [0] * 300 if count <= EXACT else _grids(count)
    steps, (first, second) = len(grids), edges.T.copy()
    limit = 0.12 * np.sqrt(count) + 0.6
    for step, grid in enumerate(grids):
        pushes = _push_exact(x, y, mass) if grid == 0 else _push_grid(x, y, mass, grid)
        pulls = x[second] - x[first], y[second] - y[first]
        stretched = np.sqrt(pulls[0] ** 2 + pulls[1] ** 2)
        forces = []
        for place, push, pull in zip((x, y), pushes, pulls, strict=True):
            pull *= stretched
            force = push * mass - GRAVITY * place
            force += np.bincount(first, pull, count)
            force -= np.bincount(second, pull, count)
            forces.append(force)
        length = np.sqrt(forces[0] ** 2 + forces[1] ** 2) + 1e-9
        heat = limit * (1 - step / steps) ** 1.5 + 0.005
        share = np.minimum(length, heat) / length
        x, y = (np.round(place + force * share, 6) for place, force in zip((x, y), forces, strict=True))
    at = np.stack([x, y], 1)
    at -= at.mean(0)
    spread = np.sqrt(((at[first] - at[second]) ** 2).sum(1))
    return _flat(at) * (EDGE / max(float(np.median(spread)), 1e-6))


def _grids(count: int) -> list[int]:
    """The side of the grid at every step: a coarse one while the nodes go far, finer ones as they settle.

    >>> grids = _grids(15000)
    >>> [(grid, grids.count(grid)) for grid in dict.fromkeys(grids)]
    [(64, 105), (128, 30), (256, 15)]
    """
    fine = min(512, max(64, 1 << int(np.ceil(np.log2(1.6 * np.sqrt(count))))))
    return [*[max(32, fine // 4)] * 105, *[fine // 2] * 30, *[fine] * 15]


def _start(count: int, edges: Index, degree: Array) -> Array:
    """A spiral in the order of a walk that begins at the node with most edges: neighbours begin near each other."""
    around: list[list[int]] = [[] for _ in range(count)]
    for a, b in edges.tolist():
        around[a].append(b)
        around[b].append(a)
    first = int(np.argmax(degree))
    order, seen = [first], {first}
    for node in order:
        for other in sorted(around[node], key=lambda i: (-degree[i], i)):
            if other not in seen:
                seen.add(other)
                order.append(other)
    rank = np.empty(count)
    rank[order] = np.arange(count)
    angle = rank * (np.pi * (3 - np.sqrt(5)))
    return np.round(np.stack([np.cos(angle), np.sin(angle)], 1) * np.sqrt(rank + 0.5)[:, None] * 0.7, 6)


def _push_exact(x: Array, y: Array, mass: Array) -> tuple[Array, Array]:
    """Repulsion mass/distance between all pairs, along each axis."""
    dx = x[:, None] - x[None, :]
    dy = y[:, None] - y[None, :]
    weight = mass[None, :] / (dx * dx + dy * dy + 0.01)
    return (dx * weight).sum(1), (dy * weight).sum(1)


@lru_cache(maxsize=3)
def _kernel(grid: int) -> tuple[NDArray[np.complex128], ...]:
    """The transforms of the repulsion 1/distance around a point, in cells, one for each axis."""
    wide = 2 * grid
    steps = np.arange(wide)
    offset = np.minimum(steps, wide - steps) * np.where(steps <= grid, 1.0, -1.0)
    dx, dy = offset[:, None], offset[None, :]
    return tuple(np.fft.rfft2(d / (dx * dx + dy * dy + 0.5)) for d in (dx, dy))


def _push_grid(x: Array, y: Array, mass: Array, grid: int) -> tuple[Array, Array]:
    """The same repulsion, summed by convolution on a grid: nodes are spread on the four cells around them."""
    low = x.min(), y.min()
    cell = float(max(x.max() - low[0], y.max() - low[1])) / (grid - 2) + 1e-9
    where = (x - low[0]) / cell, (y - low[1]) / cell
    base = np.floor(where[0]), np.floor(where[1])
    code = base[0].astype(np.int64) * grid + base[1].astype(np.int64)
    near, far = [], []  # how much of a node falls to the cells on its near side, and how much to those on its far side
    for place, begin in zip(where, base, strict=True):
        part = place - begin
        near.append(np.abs(1 - part))
        far.append(np.abs(-part))
    corners = [(code, near[0] * near[1]), (code + 1, near[0] * far[1]),
               (code + grid, far[0] * near[1]), (code + (grid + 1), far[0] * far[1])]
    field = np.zeros(grid * grid)
    for cells, share in corners:
        field += np.bincount(cells, share * mass, grid * grid)
    wave = np.fft.fft(np.fft.rfft(field.reshape(grid, grid), 2 * grid), 2 * grid, axis=0)
    pushes = []
    for kernel in _kernel(grid):
        rows = np.fft.ifft(wave * kernel, axis=0)[:grid]  # the other half is the room for the turn
        force = np.fft.irfft(rows, 2 * grid)[:, :grid].ravel() / cell
        push = np.zeros(len(x))
        for cells, share in corners:
            push += share * force[cells]
        pushes.append(push)
    return pushes[0], pushes[1]


def _flat(at: Array) -> Array:
    """Turned so that the longer axis lies across: screens and labels are wide."""
    spread = at.T @ at
    angle = 0.5 * np.arctan2(2 * spread[0, 1], spread[0, 0] - spread[1, 1])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned: Array = np.round(at @ turn, 6)
    return turned


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


def _pack(places: Array, drawn: list[tuple[Index, _Part]], alone: list[int], boxes: Array) -> None:
    """Put the components on a grid of free cells, each as near the centre as it fits, then the single nodes.

    The largest are placed one by one; of the many small ones those that need the same room are placed together.
    """
    single = np.ceil((boxes[alone].max(0) if alone else np.zeros(2)) / CELL).astype(np.int64)
    rooms = [(-(-a.shape[0] // 4) * 4, -(-a.shape[1] // 2) * 2) for a in (part.area for _, part in drawn)]
    total = sum(wide * high for wide, high in rooms) + len(alone) * int(single.prod())
    side = int(np.ceil(np.sqrt(total * 3))) + 2 * max([max(r) for r in rooms] or [4]) + 4
    fitted = max(1, SEARCHED // side**2)
    taken = np.zeros((side, side), dtype=bool)
    for members, (at, area, low) in drawn[:fitted]:
        spot = _spot(taken, area.shape[0], area.shape[1])
        taken[spot[0]:spot[0] + area.shape[0], spot[1]:spot[1] + area.shape[1]] |= area
        places[members] = at - low + (np.array(spot) - side / 2) * CELL
    for room in sorted(set(rooms[fitted:]), key=lambda r: (-r[0] * r[1], r)):
        group = [i for i in range(fitted, len(rooms)) if rooms[i] == room]
        for i, corner in zip(group, _tiles(taken, room, len(group)), strict=True):
            members, part = drawn[i]
            places[members] = part.at - part.low + (corner - side / 2) * CELL
            taken[corner[0]:corner[0] + room[0], corner[1]:corner[1] + room[1]] = True
    if alone:
        corners = _tiles(taken, (int(single[0]), int(single[1])), len(alone))
        middle = corners + single / 2 - side / 2
        turn = np.argsort(np.round(np.arctan2(middle[:, 1], middle[:, 0]), 6), kind="stable")
        places[alone] = (middle[turn] if drawn else middle - middle[0]) * CELL


def _tiles(taken: NDArray[np.bool_], room: tuple[int, int], count: int) -> Index:
    """The corners of *count* free blocks of the given size, nearest to the centre first."""
    wide, high = room
    side = len(taken)
    rows, columns = side // wide, side // high
    blocks = taken[:rows * wide, :columns * high].reshape(rows, wide, columns, high).any((1, 3))
    free = np.argwhere(~blocks) * np.array([wide, high])
    far = ((free + np.array([wide, high]) / 2 - side / 2) ** 2).sum(1)
    nearest: Index = free[np.argsort(np.round(far, 6), kind="stable")[:count]]
    return nearest


def _cells(at: Array, boxes: Array) -> tuple[NDArray[np.bool_], Array]:
    """The cells that a component covers, holes filled, and the corner from which they count."""
    low = np.floor(((at - boxes / 2).min(0) - MARGIN) / CELL) * CELL
    shape = np.ceil(((at + boxes / 2).max(0) + MARGIN - low) / CELL).astype(np.int64)
    area = np.zeros((int(shape[0]) + 1, int(shape[1]) + 1), dtype=bool)
    begin = np.floor((at - boxes / 2 - low) / CELL).astype(np.int64)
    end = np.floor((at + boxes / 2 - low) / CELL).astype(np.int64)
    for i in range(int((end - begin)[:, 0].max()) + 1):
        for j in range(int((end - begin)[:, 1].max()) + 1):
            area[np.minimum(begin[:, 0] + i, end[:, 0]), np.minimum(begin[:, 1] + j, end[:, 1])] = True

    def between(cells: NDArray[np.bool_], axis: int) -> NDArray[np.bool_]:
        back = np.flip(np.logical_or.accumulate(np.flip(cells, axis), axis), axis)
        return np.logical_and(np.logical_or.accumulate(cells, axis), back)

    return between(area, 0) & between(area, 1), low


def _spot(taken: NDArray[np.bool_], wide: int, high: int) -> tuple[int, int]:
    """The free rectangle whose middle is nearest to the centre; wide pictures are preferred."""
    side = len(taken)
    total = np.zeros((side + 1, side + 1), dtype=np.int32)
    total[1:, 1:] = taken.cumsum(0, dtype=np.int32).cumsum(1, dtype=np.int32)
    inside = total[wide:, high:] - total[:-wide, high:] - total[wide:, :-high] + total[:-wide, :-high]
    dx = np.arange(side + 1 - wide) + wide / 2 - side / 2
    dy = np.arange(side + 1 - high) + high / 2 - side / 2
    distance = np.where(inside == 0, (dx * dx)[:, None] + (2.2 * dy * dy)[None, :], np.inf)
    best = int(np.argmin(distance))
    return best // distance.shape[1], best % distance.shape[1]
