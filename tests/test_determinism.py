"""The same input gives the same bytes: two runs, another hash seed, one worker or two."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.extract import extract, to_doc
from kg.sources import read
from kg.text import clean

FILES = ("graph.graphml", "graph.html", "report.json")
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What three runs write: hash seeds 1 and 2 with one worker, hash seed 3 with two."""
    found = []
    for seed, workers in (("1", "1"), ("2", "1"), ("3", "2")):
        folder = tmp_path_factory.mktemp(f"run{seed}") / "output"
        command = [sys.executable, "-m", "kg", "build", "samples", "-o", str(folder), "--workers", workers]
        subprocess.run(
            command, check=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, stdout=subprocess.DEVNULL
        )
        found.append(folder)
    return found


@pytest.mark.parametrize("name", FILES)
def test_two_runs_write_the_same_bytes(folders: list[Path], name: str) -> None:
    first, second, _ = ((folder / name).read_bytes() for folder in folders)
    assert len(first) > 1000
    assert first == second


@pytest.mark.parametrize("name", FILES)
def test_two_workers_write_what_one_writes(folders: list[Path], name: str) -> None:
    first, _, third = ((folder / name).read_bytes() for folder in folders)
    assert first == third


def test_the_order_of_the_paths_does_not_matter(samples: Path, tmp_path: Path) -> None:
    files = [samples / "visit-zhenhai-jinyang.txt", samples / "school-panyu-weining.txt"]
    one = kg.export(kg.build(files), tmp_path / "one.graphml")
    other = kg.export(kg.build(files[::-1]), tmp_path / "other.graphml")
    assert one.read_bytes() == other.read_bytes()


def test_nlp_pipe_with_two_processes_gives_what_one_gives(samples: Path) -> None:
    nlp = kg.load()
    documents = [clean(record) for record in read([samples])]

    def found(processes: int) -> list[object]:
        docs = nlp.pipe([to_doc(nlp, document) for document in documents], n_process=processes)
        return [extract(doc, document) for doc, document in zip(docs, documents, strict=True)]

    one = found(1)
    assert sum(len(extraction.statements) for extraction in one) > 50
    assert found(2) == one
