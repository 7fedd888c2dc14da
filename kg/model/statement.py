"""What leaves the language part: entities of one document and statements with their evidence.

There are hundreds of thousands of these in a run: named tuples are made in a third of the time that a dataclass takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model.ids import content_id
from kg.model.mention import Value

Attributes = tuple[tuple[str, Value], ...]


class Evidence(NamedTuple):
    """A stretch of the original document, as printed. Offsets count characters of the decoded original."""

    document: str
    start: int
    end: int
    text: str


class LocalEntity(NamedTuple):
    """An entity as one document knows it: `names` are its surface forms, fullest first.

    `mentions` is a tuple, or what compares and counts like one (kg.store.codec).
    """

    document: str
    key: str
    category: str
    name: str
    names: tuple[str, ...]
    mentions: Sequence[Evidence]
    attrs: Attributes = ()


class Statement(NamedTuple):
    """One relation as one sentence states it; `head` and `tail` are keys of the document's entities."""

    document: str
    relation: str
    head: str
    tail: str
    evidence: Evidence
    rule: str
    confidence: float
    status: str
    date: str = ""
    basis: str = "text"
    head_evidence: Evidence | None = None
    tail_evidence: Evidence | None = None
    attrs: Attributes = ()

    @property
    def id(self) -> str:
        """A hash of what is said and where."""
        where = f"{self.evidence.document}:{self.evidence.start}-{self.evidence.end}"
        return "s" + content_id(where, self.relation, self.head, self.tail, repr(self.attrs), self.status, self.rule)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says. `published` and `publisher` are kept for dates and for the page.

    `inferred_year` is the year that the text itself tells where nothing says when it was published, `home` the code of
    the region that 我省 or a bare 区委书记 mean; `conflicts` are totals whose parts do not add up (quantity, how they
    differ, sentence); `sketch` is what its reposts are known by (kg.text.reposts).
    """

    document: str
    path: str
    title: str
    published: str
    publisher: str
    entities: tuple[LocalEntity, ...] = ()
    statements: tuple[Statement, ...] = ()
    characters: int = 0
    notes: tuple[str, ...] = field(default=())
    inferred_year: int = 0
    home: str = ""
    conflicts: tuple[tuple[str, str, str], ...] = ()
    sketch: bytes = b""
