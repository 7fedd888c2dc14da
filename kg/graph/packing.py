"""Drawn components put beside each other on a grid of cells: the largest in the middle, single nodes around."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.graph.forces import Array, Index
from kg.graph.labels import MARGIN

CELL: Final = 60.0  # the grid on which components are packed
SEARCHED: Final = 4_000_000  # so many cells are looked at to fit the largest components one by one


class Part(NamedTuple):
    """A component laid out: its places, the cells that it covers, and the corner from which these count."""

    at: Array
    area: NDArray[np.bool_]
    low: Array


def pack(places: Array, drawn: list[tuple[Index, Part]], alone: list[int], boxes: Array) -> None:
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


def cells_of(at: Array, boxes: Array) -> tuple[NDArray[np.bool_], Array]:
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
