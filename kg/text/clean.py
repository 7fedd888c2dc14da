"""From a record to a document: repairs in order, line classes, metadata; every step keeps the way back."""

from __future__ import annotations

from kg.model import Document, Line, Record


def clean(record: Record) -> Document:
    text = record.text
    lines, place = [], 0
    for line in text.split("\n"):
        lines.append(Line(place, place + len(line), "body"))
        place += len(line) + 1
    return Document(record.id, record.path, text, text, tuple(range(len(text))), tuple(range(1, len(text) + 1)), tuple(lines))
