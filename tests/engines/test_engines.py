"""The table of engines, and a whole run with each of them: the files of a run on this machine, byte for byte."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spread
from test_workers import records

from kg.cli import main
from kg.engines import outcomes
from kg.errors import KgError
from kg.pipeline import Run, run, write
from kg.sources import read

FILES = ("graph.graphml", "graph.html", "report.json")
MISSING = "the package distributed is not installed (remedy: pip install '.[dask]')"


@pytest.fixture(scope="module")
def articles(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some hundred small articles: the sentences of the samples, each alone and with the two that follow."""
    file = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    rows = []
    for sample in read([samples]):
        sentences = [part for part in sample.text.replace("。", "。\n").splitlines() if part.strip()]
        for number in range(len(sentences)):
            for size in (1, 3):
                text = "\n".join(sentences[number : number + size])
                rows.append({"id": f"{sample.id}-{number:02}-{size}", "published": "2023-07-01", "text": text})
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    assert len(rows) > 200
    return file


@pytest.fixture(scope="module")
def local(articles: Path) -> Run:
    return run(articles)


@pytest.fixture
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason=MISSING)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", memory_limit=None, silence_logs=60
    ) as here:
        yield here


def processes(cluster: Any) -> list[int]:
    return [nanny.pid for nanny in cluster.workers.values()]


def same(first: Run, second: Run, folder: Path) -> None:
    for name, result in (("first", first), ("second", second)):
        write(result, folder / name)
    for name in FILES:
        assert (folder / "first" / name).read_bytes() == (folder / "second" / name).read_bytes()
    assert first.graph.number_of_edges() > 50


def test_two_workers_of_dask_write_what_one_process_writes_though_one_is_killed(
    articles: Path, local: Run, cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.engines import dask

    monkeypatch.setattr(dask, "BATCH", 4)
    began = processes(cluster)

    def kill(done: int, total: int) -> None:
        if done == total // 3:
            os.kill(began[0], signal.SIGKILL)

    spread_out = run(articles, engine="dask", master=cluster.scheduler_address, progress=kill)
    assert processes(cluster)[0] != began[0]
    same(local, spread_out, tmp_path)


def test_the_command_builds_with_workers_of_its_own(articles: Path, local: Run, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason=MISSING)
    assert main(["build", str(articles), "--engine", "dask", "--workers", "2", "-o", str(tmp_path / "second")]) == 0
    write(local, tmp_path / "first")
    for name in FILES:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_an_engine_that_is_not_installed_says_how_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(KgError, match=r"distributed, which is not installed \(remedy: .*pip install '\.\[dask\]'"):
        list(outcomes(records(["fine"]), spread.start, None, 2, 1.0, "dask"))


def test_wrong_words_are_told(samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = ["build", str(samples), "-o", str(tmp_path)]
    assert main([*build, "--engine", "spork"]) == 1
    assert "kg: spork: there is no such engine (remedy: use dask)" in capsys.readouterr().err
    assert main([*build, "--master", "tcp://127.0.0.1:9"]) == 1
    assert "an address is given, but no engine (remedy: name one of dask)" in capsys.readouterr().err


@pytest.mark.parametrize("limit", [0.0, float("nan")])
def test_a_limit_that_cannot_be_kept_is_refused(limit: float) -> None:
    with pytest.raises(KgError, match="seconds cannot be kept"):
        list(outcomes(records(["fine"]), spread.start, None, 1, limit))
