"""What the components find in one document: mentions of entities, and claims that relate them.

Offsets count characters of the clean text, end exclusive. Keys name an entity within one document:
`region:130627`, `region:130627/南洪城村`, `person:王灏`, `body:唐县经济开发区`, `project:唐县电商服务中心`, `event:1`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Value = str | int | float | bool


@dataclass(slots=True)  # nothing changes it, but to freeze it takes longer than to fill it
class Mention:
    """One place in the text that names an entity.

    `name` is the canonical name that the document allows; `surface` False marks a deictic mention (我省, 区委),
    whose words are no alias of the entity. `attrs` are facts about the entity (adcode, level, kind ...). Never changed.
    """

    start: int
    end: int
    category: str
    key: str
    name: str
    rule: str
    score: float = 1.0
    surface: bool = True
    attrs: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)  # nothing changes it, but to freeze it takes longer than to fill it
class Claim:
    """A relation between two keys that a stretch of the text states.

    `start` and `end` bound the evidence (normally its sentence); the two part spans may be (0, 0) when the part
    is understood from elsewhere; `trigger` is where the word stands that states the relation, -1 where it is not
    one word. `status` is fact, planned or reported. `date` is an ISO date or empty. Never changed but for its `attrs`.
    """

    relation: str
    head: str
    tail: str
    start: int
    end: int
    rule: str
    score: float = 1.0
    status: str = "fact"
    date: str = ""
    head_span: tuple[int, int] = (0, 0)
    tail_span: tuple[int, int] = (0, 0)
    attrs: dict[str, Value] = field(default_factory=dict)
    trigger: int = -1
