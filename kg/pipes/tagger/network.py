"""The network: rows of tables, convolutions over characters, one number per tag; all of it in whole numbers.

Weights and activations are whole numbers of eight bits. Their sums stay below 2**23, where 32-bit floats hold halves
exactly: whatever order a processor adds them in, the result is the same to the bit. Products are held to one processor:
numpy's library would set all of them to work on matrices this small.

A convolution over three characters computes two of them together, as far apart as it reaches: these see four, and four
products do what six would (Winograd's F(2, 3); Lavin and Gray, arXiv:1509.09308). So that memory is read in one piece
and never put in another order, a text lies in phases: it is cut into blocks of sixteen characters, and the first
characters of all blocks stand before all second ones. What is a reach before or behind is then another phase, or one of
the next block; the last block is followed by the first, since a block of nothing behind the text keeps its ends apart.
A long text is read in stretches, each with as much of the text around it as its characters see.

In the first layer only pairs are multiplied: what it makes of a character is kept from when it was first met, and
regions are few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from kg.pipes.tagger.encode import Numbers, pairs, points, rows

Floats = NDArray[np.float32]
T = TypeVar("T", np.float32, np.uint8)

TYPES = ("official", "person", "private", "enterprise", "organization", "project", "region")
PARTS = 4  # begin, inside, end, single
TOP = 127.0
VOID = 16  # rows of nothing around a text in training
BLOCK = 16  # characters are computed by so many: twice the reach of the last layer, one more than all layers reach
STRETCH = 1024  # characters read together
ROOM = 1200  # characters of which the first layer keeps what it made; more than can be read together
FULL = 255  # steps of a probability
LEAD = 9.7  # 28 tags that are exp(LEAD) times less likely each than another leave it more than 254.5 of 255
WEIGHTS = "weights.npz"


class Spelled:
    """What the first layer adds for a character that stands before, here and after; made when one is first met."""

    def __init__(self, characters: NDArray[np.int8], kernels: Floats, always: Floats) -> None:
        self.lock = Lock()  # to be held from `places` until the rows were read
        self.rows = np.zeros((len(kernels), ROOM, kernels.shape[2]), dtype=np.float32)
        self._characters, self._kernels, self._always = characters, kernels, always
        self._places = np.full(len(characters), -1, dtype=np.intp)
        self._next = 0
        self._learn(np.zeros(1, dtype=np.int32))

    def places(self, characters: Numbers) -> NDArray[np.intp]:
        """Where in the rows these characters are; nothing is in row 0."""
        found = self._places.take(characters)
        if found.min() < 0:
            new = np.unique(characters[found < 0])
            if self._next + len(new) > ROOM:
                self._places[1:], self._next = -1, 1
                new = np.setdiff1d(characters, [0])
            self._learn(new)
            found = self._places.take(characters)
        return found

    def _learn(self, new: Numbers) -> None:
        stop = self._next + len(new)
        self.rows[:, self._next : stop] = self._characters[new].astype(np.float32) @ self._kernels + self._always
        self._places[new] = np.arange(self._next, stop)
        self._next = stop


@dataclass(frozen=True, slots=True)
class First:
    """The layer that reads the tables: what a character, a pair, a region adds where it stands before, here, after."""

    spelled: Spelled  # with the bias and what no region adds
    pairs: NDArray[np.int8]
    kernel: Floats  # for the pairs before, here and after, one below the other
    regions: Floats  # what they add beyond no region
    scale: Floats

    @classmethod
    def of(cls, tables: Sequence[NDArray[np.int8]], kernel: Floats, bias: Floats, scale: Floats) -> First:
        """The layer from the tables of characters, pairs and regions, and kernels for all of their numbers."""
        characters, pairs, regions = tables
        lettered, paired, marked = np.split(kernel, np.cumsum([table.shape[1] for table in tables[:-1]]), axis=1)
        marks = regions.astype(np.float32) @ marked
        always = marks[:, :1].copy()
        always[1] += bias
        spelled = Spelled(characters, np.ascontiguousarray(lettered), always)
        paired = paired.reshape(-1, paired.shape[2])
        return cls(spelled, pairs, paired, marks - marks[:, :1], np.tile(scale, BLOCK // 2))

    def read(self, characters: Numbers, regions: Numbers) -> Floats:
        """What the layer makes of a text, in phases."""
        length = len(characters)
        blocks = -(-(length + BLOCK - 1) // BLOCK)
        size = blocks * BLOCK
        lines = np.zeros((3, size + 2), dtype=np.intp)
        lines[1, 1 : length + 1], lines[2, 1 : length + 1] = pairs(characters), regions
        with self.spelled.lock:
            lines[0, 1 : length + 1] = self.spelled.places(characters)
            lines[:, -1] = lines[:, 1]  # behind the last block is the first one
            ids = np.empty((3, 3, BLOCK, blocks), dtype=np.intp)
            for i in range(3):
                ids[:, i] = lines[:, i : i + size].reshape(3, blocks, BLOCK).transpose(0, 2, 1)
            spelled, paired, marked = ids.reshape(3, 3, -1)
            y = self.pairs.take(paired.T, axis=0).reshape(size, -1).astype(np.float32) @ self.kernel
            for table, row in zip(self.spelled.rows, spelled, strict=True):
                y += table.take(row, axis=0)
        for table, row in zip(self.regions, marked, strict=True):
            places = row.nonzero()[0]
            y[places] += table.take(row[places], axis=0)
        return _cut(y, self.scale).reshape(BLOCK, blocks, -1)


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution over three characters, *reach* apart; sums are scaled and cut to whole numbers again.

    `kernels` are the four of Winograd. `bias` and `scale` are those of several characters: long rows are added faster.
    """

    kernels: Floats
    bias: Floats
    scale: Floats
    reach: int

    @classmethod
    def of(cls, kernel: Floats, bias: Floats, scale: Floats, reach: int) -> Layer:
        """A layer from the kernels for the characters before, here and after."""
        before, here, after = kernel
        kernels = np.stack([before, (before + here + after) / 2, (before - here + after) / 2, after])
        return cls(kernels, np.tile(bias, BLOCK // 2), np.tile(scale, BLOCK // 2), reach)

    def convolved(self, x: Floats) -> Floats:
        """What the layer makes of the one before, and that on top."""
        y = _cut(self._sums(x), self.scale)
        y += x
        return np.clip(y, 0.0, TOP, out=y)

    def _sums(self, x: Floats) -> Floats:
        """The sums of characters in phases.

        The phases fall into groups of twice the reach. What is a reach before the first half of a group is the second
        half of the group before, what is a reach behind a second half the first half of the next group; around the ends
        of a block it is that of the block before or behind.
        """
        blocks, width = x.shape[1:]
        groups = x.reshape(-1, 2, self.reach, blocks, width)
        first, second = groups[:, 0], groups[:, 1]
        taken = np.empty(first.shape, dtype=np.float32)
        rows = taken.reshape(-1, width)
        np.add(first, second, out=taken)
        both = rows @ self.kernels[1]
        flat = both.reshape(-1, len(self.bias))
        flat += self.bias
        np.subtract(second, first, out=taken)
        apart = rows @ self.kernels[2]
        np.subtract(second[:-1], second[1:], out=taken[1:])
        np.subtract(second[-1, :, :-1], second[0, :, 1:], out=taken[0, :, 1:])
        np.subtract(second[-1, :, -1], second[0, :, 0], out=taken[0, :, 0])
        outer = rows @ self.kernels[0]
        outer += both
        y = np.empty((len(groups), 2, *first.shape[1:]), dtype=np.float32)
        np.add(outer.reshape(first.shape), apart.reshape(first.shape), out=y[:, 0])
        np.subtract(first[:-1], first[1:], out=taken[:-1])
        np.subtract(first[-1, :, :-1], first[0, :, 1:], out=taken[-1, :, :-1])
        np.subtract(first[-1, :, -1], first[0, :, 0], out=taken[-1, :, -1])
        np.matmul(rows, self.kernels[3], out=outer)
        both -= apart
        np.subtract(both.reshape(first.shape), outer.reshape(first.shape), out=y[:, 1])
        return y.reshape(BLOCK, blocks, width)


@dataclass(frozen=True, slots=True)
class Network:
    """The tables and layers of a trained tagger."""

    known: Numbers
    first: First
    layers: tuple[Layer, ...]
    out: Floats
    unit: float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Network:
        """A network from the arrays of a file of weights."""
        reaches = arrays["reach"].tolist()
        if [2 * reach for reach in reaches] != [*reaches[1:], BLOCK]:
            raise ValueError(f"layers that reach {reaches} characters: each has to reach twice as far as the last one")
        kernels, biases, scales = ([arrays[f"{name}{i}"].astype(np.float32) for i in range(len(reaches))]
                                   for name in ("kernel", "bias", "scale"))
        threes = [np.stack(np.split(kernel, 3)) for kernel in kernels]
        tables = [arrays[name] for name in ("characters", "pairs", "regions")]
        with _alone():
            first = First.of(tables, threes[0], biases[0], scales[0])
        layers = map(Layer.of, threes[1:], biases[1:], scales[1:], reaches[1:])
        out = np.ascontiguousarray(np.vstack([arrays["out"], arrays["out_bias"]]), dtype=np.float32)
        return cls(rows(arrays["known"]), first, tuple(layers), out, float(arrays["unit"]))

    def logits(self, text: str, regions: Numbers) -> Floats:
        """For every character the weight of every tag: O, then begin, inside, end, single of each type."""
        return self._read(text, regions, self._logits)

    def odds(self, text: str, regions: Numbers) -> NDArray[np.uint8]:
        """The same as probabilities, in steps of 1/255."""
        return self._read(text, regions, self._odds)

    def _read(self, text: str, regions: Numbers, reader: Callable[[str, Numbers], NDArray[T]]) -> NDArray[T]:
        """What *reader* says of a text, read stretch by stretch with what stands around these."""
        if len(text) <= STRETCH:
            return reader(text, regions)
        read = []
        for start in range(0, len(text), STRETCH):
            first, last = max(start - BLOCK, 0), start + STRETCH + BLOCK
            read.append(reader(text[first:last], regions[first:last])[start - first :][:STRETCH])
        return np.concatenate(read)

    def _logits(self, text: str, regions: Numbers) -> Floats:
        phases = self._weights(text, regions).reshape(self.out.shape[1], BLOCK, -1)
        return phases.transpose(2, 1, 0).reshape(-1, len(phases))[: len(text)]

    def _odds(self, text: str, regions: Numbers) -> NDArray[np.uint8]:
        """Computed only where being outside leads by too little to be all of the 255 steps."""
        weights = self._weights(text, regions)
        places = np.flatnonzero(weights[1:].max(axis=0) > weights[0] - LEAD / self.unit)
        logits = weights.take(places, axis=1)
        logits -= logits.max(axis=0)
        raised = np.exp(logits.astype(np.float64) * self.unit)
        raised /= raised.sum(axis=0)
        raised *= FULL
        odds = np.zeros((weights.shape[1], len(weights)), dtype=np.uint8)
        odds[:, 0] = FULL
        phase, block = np.divmod(places, len(odds) // BLOCK)
        odds[block * BLOCK + phase] = np.rint(raised, out=raised).astype(np.uint8).T
        return odds[: len(text)]

    def _weights(self, text: str, regions: Numbers) -> Floats:
        """A row for every tag, the characters in phases, and among them those of nothing."""
        with _alone():
            x = self.first.read(self.known.take(points(text)), regions)
            for layer in self.layers:
                x = layer.convolved(x)
            weights: Floats = self.out[:-1].T @ x.reshape(-1, x.shape[2]).T
        weights += self.out[-1][:, None]
        return weights


def _cut(y: Floats, scale: Floats) -> Floats:
    """Sums, scaled to whole numbers 0..TOP in their place."""
    flat = y.reshape(-1, len(scale))
    flat *= scale
    np.clip(y, 0.0, TOP, out=y)  # numpy's maximum and minimum take three times as long
    return np.floor(y, out=y)


@contextmanager
def _alone() -> Iterator[None]:
    """Products on one processor; ThreadpoolController.limit does the same and takes ten times as long."""
    libraries = [(library, library.num_threads) for library in _libraries() if library.num_threads != 1]
    for library, _ in libraries:
        library.set_num_threads(1)
    try:
        yield
    finally:
        for library, before in libraries:
            library.set_num_threads(before)


@cache
def _libraries() -> list[Any]:
    """The libraries that multiply for numpy, found once."""
    found: list[Any] = ThreadpoolController().select(user_api="blas").lib_controllers
    return found


@lru_cache(maxsize=2)
def network(path: str = "") -> Network:
    """The tagger of the package, or the one in the file *path*."""
    if path:
        with np.load(path) as arrays:
            return Network.of(arrays)
    raw = (files("kg.pipes.tagger") / WEIGHTS).read_bytes()
    with np.load(BytesIO(raw)) as arrays:
        return Network.of(arrays)
