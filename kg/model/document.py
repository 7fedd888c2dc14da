"""What a reader hands over (Record) and what cleaning makes of it (Document)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

LineKind = Literal["body", "title", "meta", "noise"]


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a source holds it: decoded, otherwise untouched.

    `id` is the document id (file stem, or a record's own id), `path` says where it was read,
    `meta` holds what the source itself knows (title, published, source, url, encoding).
    """

    id: str
    path: str
    text: str
    meta: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read, or not as it stood: the run goes on and the report says it.

    `kind` is `problem` (could not be read), `skipped` (not meant to be read) or `note` (read, with a change).
    """

    path: str
    what: str
    remedy: str = ""
    kind: Literal["problem", "skipped", "note"] = "problem"


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of `Document.text` and what it is; only `body` and `title` are read for content.

    `name` says by what a line was told that is not read: the name of a pattern, or `other headline`.
    """

    start: int
    end: int
    kind: LineKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """One change of the text: `start` and `end` are offsets in the original, `before` is what stood there."""

    step: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned article. `starts[i]` and `ends[i]` give the span of the original that character i of `text` came from.

    `published` is an ISO date as precise as known or empty; `home` is the six-digit code of the home region or empty.
    """

    id: str
    path: str
    original: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    lines: tuple[Line, ...]
    title: str = ""
    published: str = ""
    publisher: str = ""
    home: str = ""
    reporters: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `original` that clean characters start..end came from (end exclusive).

        >>> doc = Document("a", "a.txt", "協(xié)作", "协作", (0, 6), (6, 7), ())
        >>> doc.original_span(0, 2)
        (0, 7)
        >>> doc.printed(0, 1)
        '協(xié)'
        """
        if start >= end:
            raise ValueError(f"an empty span ({start}, {end}) has no place in the original")
        return self.starts[start], self.ends[end - 1]

    def printed(self, start: int, end: int) -> str:
        """The original characters behind clean characters start..end."""
        first, last = self.original_span(start, end)
        return self.original[first:last]
