"""Plain text in any encoding: one file, one article."""

from __future__ import annotations

from kg.model import Record
from kg.sources.source import Found, Source


def read(source: Source) -> Found:
    decoded = source.decoded()
    yield Record(source.name, source.path, decoded.text, {"encoding": decoded.encoding})
