"""What resolution makes of the entities of many documents."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.statement import Attributes


@dataclass(frozen=True, slots=True)
class Entity:
    """One node: `members` are the (document, key) pairs that were judged to be the same thing."""

    id: str
    category: str
    name: str
    aliases: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    mentions: int
    attrs: Attributes = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a run and the way from (document, key) to them."""

    entities: tuple[Entity, ...]
    of: dict[tuple[str, str], str] = field(default_factory=dict)
