"""Builds of a few articles in the process of the test, whose pipeline is warm."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg import pipeline
from kg.model import Document, Record
from kg.pipeline import run, write
from kg.store import NAME, opened

SAMPLES = Path(__file__).parents[2] / "samples"
FIRST = ("plans-dejiang.txt", "visit-zhenhai-jinyang.txt", "school-panyu-weining.txt")
OUTPUTS = ("graph.graphml", "graph.html", "report.json")


def build(folder: Path, output: Path, store: Path | None = None, **options: object) -> int:
    """What `kg build` does; the answer is how many articles were not read again. Without *store* the usual one."""
    with opened(store or output / NAME) as memory:
        result = run(folder, store=memory, **options)  # type: ignore[arg-type]
        result.keep(write(result, output))
    return result.memory.remembered


def from_nothing(folder: Path, output: Path, **options: object) -> dict[str, bytes]:
    """The outputs of a build without a store."""
    write(run(folder, **options), output)  # type: ignore[arg-type]
    return outputs(output)


def outputs(folder: Path) -> dict[str, bytes]:
    """The bytes of the outputs in a folder."""
    return {name: (folder / name).read_bytes() for name in OUTPUTS}


def fill(folder: Path, names: Iterable[str]) -> Path:
    """*folder* with these samples and no other."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in names:
        shutil.copy(SAMPLES / name, folder / name)
    return folder


def failing(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The ids of the articles at which kg fails from now on; a test may take them out again."""
    real, broken = pipeline.clean, {"plans-dejiang"}

    def clean(record: Record) -> Document:
        if record.id in broken:
            raise IndexError("out of range")
        return real(record)

    monkeypatch.setattr(pipeline, "clean", clean)
    return broken
