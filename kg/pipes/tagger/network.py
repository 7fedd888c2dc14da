"""The network: rows of tables, convolutions over characters, one number per tag; all of it in whole numbers.

Weights and activations are whole numbers of eight bits. Their sums stay below 2**23, where 32-bit floats hold halves
exactly: whatever order a processor adds them in, the result is the same to the bit. Products are held to one processor:
numpy's library would set all of them to work on matrices this small.

A convolution over three characters computes two of them together, as far apart as it reaches: these see four, and four
products do what six would (Winograd's F(2, 3); Lavin and Gray, arXiv:1509.09308). So that memory is read in one piece,
a text lies in halves: it is cut into blocks of twice the reach, and the first halves of all blocks stand before all
second halves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from kg.pipes.tagger.encode import Numbers, pairs, points, rows

Floats = NDArray[np.float32]

TYPES = ("official", "person", "private", "enterprise", "organization", "project", "region")
PARTS = 4  # begin, inside, end, single
TOP = 127.0
VOID = 16  # rows of nothing around a text, as in training
BLOCK = 16  # characters are computed by so many: twice the reach of the last layer
WEIGHTS = "weights.npz"


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution over three characters, *reach* apart; sums are scaled and cut to whole numbers again.

    `kernels` are the four of Winograd. `bias` and `scale` are those of several characters: long rows are added faster.
    """

    kernels: Floats
    bias: Floats
    scale: Floats
    reach: int
    skip: bool

    @classmethod
    def of(cls, kernel: NDArray[np.int8], bias: Floats, scale: Floats, reach: int, skip: bool) -> Layer:
        """A layer from the kernels for the characters before, here and after, one below the other."""
        before, here, after = np.split(kernel.astype(np.float32), 3)
        kernels = np.stack([before, (before + here + after) / 2, (before - here + after) / 2, after])
        return cls(kernels, np.tile(bias, BLOCK // 2), np.tile(scale, BLOCK // 2), reach, skip)


@dataclass(frozen=True, slots=True)
class Network:
    """The tables and layers of a trained tagger."""

    known: Numbers
    tables: tuple[NDArray[np.int8], ...]  # of characters, pairs and regions
    layers: tuple[Layer, ...]
    out: Floats
    unit: float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Network:
        """A network from the arrays of a file of weights."""
        reaches = arrays["reach"].tolist()
        if [2 * reach for reach in reaches] != [*reaches[1:], BLOCK]:
            raise ValueError(f"layers that reach {reaches} characters: each has to reach twice as far as the last one")
        layers = []
        for i, reach in enumerate(reaches):
            bias, scale = (arrays[f"{name}{i}"].astype(np.float32) for name in ("bias", "scale"))
            layers.append(Layer.of(arrays[f"kernel{i}"], bias, scale, reach, i > 0))
        out = np.ascontiguousarray(np.vstack([arrays["out"], arrays["out_bias"]]), dtype=np.float32)
        tables = tuple(arrays[name] for name in ("characters", "pairs", "regions"))
        return cls(rows(arrays["known"]), tables, tuple(layers), out, float(arrays["unit"]))

    def logits(self, text: str, regions: Numbers) -> Floats:
        """For every character the weight of every tag: O, then begin, inside, end, single of each type."""
        characters, length = self.known[points(text)], len(text)
        ids = np.zeros((3, -(-(length + 2 * VOID) // BLOCK) * BLOCK), dtype=np.int32)
        ids[:, VOID : VOID + length] = characters, pairs(characters), regions
        x = np.concatenate([table[row] for table, row in zip(self.tables, ids, strict=True)], axis=1, dtype=np.float32)
        x = x[None]
        with _libraries().limit(limits=1, user_api="blas"):
            for layer in self.layers:
                x = _convolved(layer, _halved(x))
            weights = x.reshape(-1, len(self.out) - 1) @ self.out[:-1]
        weights += self.out[-1]
        tags, last = self.out.shape[1], self.layers[-1].reach
        ordered: Floats = weights.reshape(2, -1, last, tags).transpose(1, 0, 2, 3).reshape(-1, tags)
        return ordered[VOID : VOID + length]

    def odds(self, text: str, regions: Numbers) -> NDArray[np.uint8]:
        """The same as probabilities, in steps of 1/255."""
        logits = np.ascontiguousarray(self.logits(text, regions).T)  # sums of few long rows are the faster ones
        logits -= logits.max(axis=0)
        raised = np.exp(logits.astype(np.float64) * self.unit)
        raised /= raised.sum(axis=0)
        raised *= 255
        return np.ascontiguousarray(np.rint(raised, out=raised).astype(np.uint8).T)


def _halved(x: Floats) -> Floats:
    """The halves of a layer from those of the layer before, which reaches half as far, or from all characters in order.

    A block of nothing stands behind the first halves and before the second ones: what is a reach before a first half
    is the second half of the block before, what is a reach behind a second half the first half of the next block.
    """
    parts, count, width = x.shape
    made = np.empty((2, count // 2 + 1, parts * width), dtype=np.float32)
    made[0, -1] = made[1, 0] = 0
    made[0, :-1].reshape(-1, parts, width)[...] = x[:, ::2].transpose(1, 0, 2)
    made[1, 1:].reshape(-1, parts, width)[...] = x[:, 1::2].transpose(1, 0, 2)
    return made


def _convolved(layer: Layer, x: Floats) -> Floats:
    """The halves that a layer makes of its own: sums scaled to 0..TOP, on top of the layer before."""
    before, after = x[:, :-1], x[:, 1:]
    taken = np.empty_like(before[0])
    rows = taken.reshape(-1, layer.kernels.shape[1])
    np.add(before[0], after[1], out=taken)
    both = rows @ layer.kernels[1]
    flat = both.reshape(-1, len(layer.bias))
    flat += layer.bias
    np.subtract(after[1], before[0], out=taken)
    apart = rows @ layer.kernels[2]
    y = np.empty((2, *both.shape), dtype=np.float32)
    np.subtract(before[1], after[1], out=taken)
    np.matmul(rows, layer.kernels[0], out=y[0])
    np.subtract(before[0], after[0], out=taken)
    np.matmul(rows, layer.kernels[3], out=y[1])
    y[0] += both
    y[0] += apart
    both -= apart
    np.subtract(both, y[1], out=y[1])
    flat = y.reshape(-1, len(layer.scale))
    flat *= layer.scale
    np.clip(y, 0.0, TOP, out=y)  # numpy's maximum and minimum take three times as long
    np.floor(y, out=y)
    y = y.reshape(*before.shape[:2], -1)
    if layer.skip:
        y[0] += before[0]
        y[1] += after[1]
        np.clip(y, 0.0, TOP, out=y)
    return y


@cache
def _libraries() -> ThreadpoolController:
    """The libraries that multiply for numpy, found once."""
    return ThreadpoolController()


@lru_cache(maxsize=2)
def network(path: str = "") -> Network:
    """The tagger of the package, or the one in the file *path*."""
    if path:
        with np.load(path) as arrays:
            return Network.of(arrays)
    raw = (files("kg.pipes.tagger") / WEIGHTS).read_bytes()
    with np.load(BytesIO(raw)) as arrays:
        return Network.of(arrays)
