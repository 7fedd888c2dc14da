"""Whole runs over real articles, two of which hang and kill."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import poison
import pytest

from kg import pipeline
from kg.engines import workers
from kg.engines.guard import deadly, too_slow
from kg.pipeline import run, write


def test_a_run_names_those_given_up_and_holds_all_others(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = {"plans-dejiang": too_slow(3.0), "school-panyu-weining": deadly(-signal.SIGKILL)}
    paths = sorted(samples.glob("*.txt"))[:12] + [samples / f"{name}.txt" for name in bad]
    good = run([path for path in paths if path.stem not in bad])
    monkeypatch.setattr(pipeline, "_start", poison.start_real)
    monkeypatch.setattr(workers, "GRACE", 1.0)
    result = run(paths, workers=2, limit=3.0)
    assert {report.id: report.problem for report in result.documents if report.problem} == bad
    for name, found in (("one", good), ("two", result)):
        write(found, tmp_path / name)
    assert (tmp_path / "one/graph.graphml").read_bytes() == (tmp_path / "two/graph.graphml").read_bytes()
    told = json.loads((tmp_path / "two/report.json").read_text("utf-8"))["problems"]
    assert [(problem["what"], problem["remedy"]) for problem in told] == [
        ("given up: not read within 3 seconds", "allow more with --limit, or leave this article out and report it"),
        (
            "given up: its process ended twice (SIGKILL)",
            "use fewer workers if memory is short, or leave this article out and report it",
        ),
    ]
