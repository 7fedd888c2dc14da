"""The network: rows of tables, convolutions over characters, one number per tag; all of it in whole numbers.

Weights and activations are whole numbers of eight bits. Their sums stay below 2**24, where 32-bit floats are exact:
whatever order a processor adds them in, the result is the same to the bit. The products are taken by the library that
spaCy brings along: it stays on one processor, where that of numpy would set all of them to work on matrices this small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from blis.py import gemm
from numpy.typing import NDArray

from kg.pipes.tagger.encode import Numbers, pairs, points, rows

Floats = NDArray[np.float32]

TYPES = ("official", "person", "private", "enterprise", "organization", "project", "region")
PARTS = 4  # begin, inside, end, single
TOP = 127.0
VOID = 16  # rows of nothing around a text, as in training
WEIGHTS = "weights.npz"


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution over three characters, *reach* apart; sums are scaled and cut to whole numbers again."""

    kernels: tuple[Floats, Floats, Floats]
    bias: Floats
    scale: Floats
    reach: int
    skip: bool


@dataclass(frozen=True, slots=True)
class Network:
    """The tables and layers of a trained tagger."""

    known: Numbers
    characters: Floats
    pairs: Floats
    regions: Floats
    layers: tuple[Layer, ...]
    out: Floats
    unit: float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Network:
        """A network from the arrays of a file of weights."""
        layers = []
        for i, reach in enumerate(arrays["reach"].tolist()):
            before, here, after = np.split(arrays[f"kernel{i}"].astype(np.float32), 3)
            bias, scale = (arrays[f"{name}{i}"].astype(np.float32) for name in ("bias", "scale"))
            layers.append(Layer((before, here, after), bias, scale, reach, i > 0))
        out = np.ascontiguousarray(np.vstack([arrays["out"], arrays["out_bias"]]), dtype=np.float32)
        characters, pairs, regions = (arrays[name].astype(np.float32) for name in ("characters", "pairs", "regions"))
        return cls(rows(arrays["known"]), characters, pairs, regions, tuple(layers), out, float(arrays["unit"]))

    def logits(self, text: str, regions: Numbers) -> NDArray[np.float32]:
        """For every character the weight of every tag: O, then begin, inside, end, single of each type."""
        characters = self.known[points(text)]
        ids = np.zeros((3, len(characters) + 2 * VOID), dtype=np.int32)
        ids[:, VOID:-VOID] = characters, pairs(characters), regions
        tables = (self.characters, self.pairs, self.regions)
        x = np.concatenate([table[row] for table, row in zip(tables, ids, strict=True)], axis=1)
        for layer in self.layers:
            x = _convolved(layer, x)
        x = x[VOID:-VOID]
        result: NDArray[np.float32] = gemm(x, self.out[:-1])
        result += self.out[-1]
        return result

    def odds(self, text: str, regions: Numbers) -> NDArray[np.uint8]:
        """The same as probabilities, in steps of 1/255."""
        logits = self.logits(text, regions).astype(np.float64)
        logits -= logits.max(axis=1, keepdims=True)
        raised = np.exp(logits * self.unit)
        raised /= raised.sum(axis=1, keepdims=True)
        steps: NDArray[np.uint8] = np.rint(raised * 255).astype(np.uint8)
        return steps


def _convolved(layer: Layer, x: Floats) -> Floats:
    """The next layer: three products, shifted against one another, scaled to 0..TOP, on top of the layer before."""
    y = np.empty((len(x), layer.bias.shape[0]), dtype=np.float32)
    y[:] = layer.bias
    reach, (before, here, after) = layer.reach, layer.kernels
    gemm(x, here, out=y, beta=1.0)
    gemm(x[:-reach], before, out=y[reach:], beta=1.0)
    gemm(x[reach:], after, out=y[:-reach], beta=1.0)
    y *= layer.scale
    np.floor(y, out=y)
    np.maximum(y, 0.0, out=y)
    if layer.skip:
        y += x
    np.minimum(y, TOP, out=y)
    return y


@lru_cache(maxsize=2)
def network(path: str = "") -> Network:
    """The tagger of the package, or the one in the file *path*."""
    if path:
        with np.load(path) as arrays:
            return Network.of(arrays)
    raw = (files("kg.pipes.tagger") / WEIGHTS).read_bytes()
    with np.load(BytesIO(raw)) as arrays:
        return Network.of(arrays)
