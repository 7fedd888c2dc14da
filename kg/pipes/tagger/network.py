"""The network: rows of tables, convolutions over characters, one number per tag; all of it in whole numbers.

Weights and activations are whole numbers of eight bits. Their sums stay below 2**24, where 32-bit floats are exact:
whatever order a processor adds them in, the result is the same to the bit. Products are held to one processor: numpy's
library would set all of them to work on matrices this small.
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
        with _libraries().limit(limits=1, user_api="blas"):
            for layer in self.layers:
                x = _convolved(layer, x)
            result: NDArray[np.float32] = x[VOID:-VOID] @ self.out[:-1]
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
    reach, (before, here, after) = layer.reach, layer.kernels
    y: Floats = x @ here
    y[reach:] += x[:-reach] @ before
    y[:-reach] += x[reach:] @ after
    y += layer.bias
    y *= layer.scale
    np.floor(y, out=y)
    np.maximum(y, 0.0, out=y)
    if layer.skip:
        y += x
    np.minimum(y, TOP, out=y)
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
