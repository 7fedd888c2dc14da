"""Readers: one module per input format, one table line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.model import Record


def read(paths: Iterable[Path]) -> Iterator[Record]:
    """All records of all paths, sorted by document id (interim reader: UTF-8 text files)."""
    files = sorted({f for p in paths for f in ([p] if p.is_file() else p.rglob("*.txt"))}, key=lambda f: f.stem)
    for file in files:
        yield Record(file.stem, str(file), file.read_text("utf-8"))
