"""A force-directed drawing of one connected component: springs along the edges, repulsion between all nodes.

The repulsion is exact for small components and by fast Fourier transform on a grid for large ones. Positions are
rounded at every step, so that the last bit of a machine's arithmetic can't grow into another picture.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]

EDGE: Final = 120.0  # the length that a spring wants
GRAVITY: Final = 2.0  # what keeps long chains of places from drifting apart
EXACT: Final = 600  # components up to this size are computed pair by pair


def draw(count: int, edges: Index) -> Array:
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
