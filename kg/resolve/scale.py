"""What a comparison saw, weighed by the lexicon: features, their weights, their sum and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.lexicon import table
from kg.model import Reason, Verdict


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of `identity.toml` that bound the work."""

    same: float
    different: float
    strong: float
    margin: float
    keep: int
    block: int
    few: int
    companions: int
    people: float
    rarest: float
    commonest: float
    years: tuple[int, ...]
    near: int


@cache
def limits() -> Limits:
    """The limits, read once."""
    known: dict[str, Any] = table("identity")["limits"]
    return Limits(**(known | {"years": tuple(known["years"])}))


@cache
def _weights(kind: str, feature: str) -> tuple[tuple[float, ...], str]:
    entry = table("identity")[kind][feature]
    weight = entry["weight"]
    return tuple(weight) if isinstance(weight, list) else (weight,), entry["says"]


@dataclass(slots=True)
class Scale:
    """The features of one comparison."""

    kind: str
    reasons: list[Reason] = field(default_factory=list)
    score: float = 0.0

    def add(self, feature: str, detail: str = "", times: float = 1.0, step: int = 0) -> None:
        """Put a feature on the scale; *step* chooses among several weights of it."""
        weights, says = _weights(self.kind, feature)
        weight = round(weights[step] * times, 3)
        self.reasons.append(Reason(f"{self.kind}.{feature}", weight, detail, says.replace("{detail}", detail)))
        self.score += weight

    def weight(self, feature: str) -> float:
        """What a feature would say."""
        return _weights(self.kind, feature)[0][0]

    def done(self) -> Comparison:
        """The comparison."""
        return Comparison(round(self.score, 3), tuple(self.reasons))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sum of a comparison and what it rests on."""

    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What the machine makes of it."""
        if self.score >= limits().same:
            return "same"
        return "different" if self.score <= limits().different else "unsure"

    def further(self, kind: str, feature: str, detail: str = "") -> Comparison:
        """The same with one more remark."""
        scale = Scale(kind, list(self.reasons), self.score)
        scale.add(feature, detail)
        return scale.done()


APART = Comparison(-99.0)
