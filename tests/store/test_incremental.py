"""A build on a store writes what a build from nothing writes, and reads only what is new or changed."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from builds import SAMPLES, build, failing, fill, from_nothing, outputs

import kg
from kg import pipeline
from kg.cli import main
from kg.model import Record
from kg.store import NAME, Past

TEXTS = sorted(file.name for file in SAMPLES.glob("*.txt"))
# What two builds may hold otherwise: times of files, the folder, and what a process made of the lexicon, if it did.
OTHER = ('"written"', *(f""""notes" VALUES('{page}'""" for page in ("build", "lexicon", "patterns")))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that are read, as they are read."""
    real, found = pipeline.analyse, []

    def analyse(record: Record, model: bool = True) -> pipeline.Outcome:
        if record.id:  # the first of a process has none: it warms the pipeline
            found.append(record.id)
        return real(record, model)

    monkeypatch.setattr(pipeline, "analyse", analyse)
    return found


def test_any_way_to_the_same_articles_gives_the_same_bytes(tmp_path: Path, read: list[str]) -> None:
    dice = random.Random(5)
    folder, output = tmp_path / "in", tmp_path / "out"
    before: set[str] = set()
    for step in range(5):
        names = set(dice.sample(TEXTS, dice.randint(2, 5)))
        fill(folder, sorted(names))
        read.clear()
        remembered = build(folder, output)
        assert sorted(read) == sorted(Path(name).stem for name in names - before)
        assert remembered == len(names & before)
        assert outputs(output) == from_nothing(folder, tmp_path / f"nothing{step}")
        before = names


def test_a_second_build_reads_nothing_and_is_no_new_one(given: Path, tmp_path: Path, read: list[str]) -> None:
    output = tmp_path / "out"
    build(given, output)
    first = outputs(output)
    read.clear()
    assert build(given, output) == 3
    assert read == []
    assert outputs(output) == first
    with Past.opened(output / NAME) as past:
        assert past.builds == (1,)


def test_a_changed_article_is_replaced(given: Path, tmp_path: Path, read: list[str]) -> None:
    output = tmp_path / "out"
    build(given, output)
    file = given / "plans-dejiang.txt"
    file.write_text(file.read_text("utf-8") + "\n顺德区副区长卞思齐赴德江县调研。\n", "utf-8")
    read.clear()
    assert build(given, output) == 2
    assert read == ["plans-dejiang"]
    assert outputs(output) == from_nothing(given, tmp_path / "nothing")
    assert "卞思齐" in (output / "graph.graphml").read_text("utf-8")


def test_a_removed_article_leaves_no_trace_in_outputs_and_readings(given: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(given, output)
    (given / "visit-zhenhai-jinyang.txt").unlink()
    build(given, output)
    assert not any("沈岳川".encode() in data for data in outputs(output).values())
    with closing(sqlite3.connect(output / NAME)) as store:
        assert store.execute("SELECT count(*) FROM readings").fetchone() == (2,)
        assert store.execute("SELECT count(*) FROM documents WHERE until IS NULL").fetchone() == (2,)
        assert store.execute("SELECT count(*) FROM names WHERE name = '沈岳川'").fetchone() == (0,)
        query = "SELECT until FROM entities WHERE data LIKE '%\"label\":\"沈岳川\"%'"
        assert store.execute(query).fetchall() == [(2,)]


def test_moved_articles_are_not_read_again(given: Path, tmp_path: Path, read: list[str]) -> None:
    store = tmp_path / "kg.sqlite"
    build(given, tmp_path / "out", store)
    given.rename(tmp_path / "moved")
    read.clear()
    assert build(tmp_path / "moved", tmp_path / "out", store) == 3
    assert read == []
    assert outputs(tmp_path / "out") == from_nothing(tmp_path / "moved", tmp_path / "nothing")


def test_other_options_read_all_anew(given: Path, tmp_path: Path, read: list[str]) -> None:
    words, output = tmp_path / "words.toml", tmp_path / "out"
    words.write_text('[official]\nnames = ["卞思齐"]\n', "utf-8")
    build(given, output)
    for options in ({"model": False}, {"lexicon": words}):
        read.clear()
        assert build(given, output, **options) == 0
        assert len(read) == 3
        assert outputs(output) == from_nothing(given, tmp_path / "nothing", **options)
    build(given, output)
    read.clear()
    statuses = ("fact", "planned", "reported")
    assert build(given, output, statuses=statuses) == 3  # they choose from what was read
    assert outputs(output) == from_nothing(given, tmp_path / "nothing", statuses=statuses)


def test_another_program_reads_all_anew(
    given: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(given, tmp_path / "out")
    monkeypatch.setattr("kg.store.keys.program", lambda: b"another")
    read.clear()
    assert build(given, tmp_path / "out") == 0
    assert len(read) == 3


def test_what_failed_is_tried_again(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = failing(monkeypatch)
    build(given, tmp_path / "out")
    assert b"out of range" in (tmp_path / "out" / "report.json").read_bytes()
    broken.clear()
    assert build(given, tmp_path / "out") == 2
    assert outputs(tmp_path / "out") == from_nothing(given, tmp_path / "nothing")


def test_two_workers_leave_the_same_store(given: Path, tmp_path: Path) -> None:
    build(given, tmp_path / "one")
    build(given, tmp_path / "two", workers=2)
    dumps = []
    for name in ("one", "two"):
        with closing(sqlite3.connect(tmp_path / name / NAME)) as store:
            dumps.append([line for line in store.iterdump() if not any(part in line for part in OTHER)])
    assert len(dumps[0]) > 100
    assert dumps[0] == dumps[1]


def test_python_builds_on_a_store_too(given: Path, tmp_path: Path, read: list[str]) -> None:
    first = kg.build(given, store=tmp_path / "mine.sqlite")
    read.clear()
    again = kg.build(given, store=str(tmp_path / "mine.sqlite"))
    assert read == []
    assert dict(first.nodes(data=True)) == dict(again.nodes(data=True))


def test_the_command_says_what_it_spared(
    given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], read: list[str]
) -> None:
    output = tmp_path / "out"
    assert main(["build", str(given), "-o", str(output)]) == 0
    assert "build 1, 3 articles read, 0 known already" in capsys.readouterr().out
    assert main(["build", str(given), "-o", str(output)]) == 0
    assert "build 1, 0 articles read, 3 known already" in capsys.readouterr().out
    assert (output / NAME).is_file()
    read.clear()
    assert main(["build", str(given), "-o", str(tmp_path / "none"), "--no-store"]) == 0
    assert "store" not in capsys.readouterr().out
    assert len(read) == 3
    assert sorted(file.name for file in (tmp_path / "none").iterdir()) == sorted(outputs(output))
    assert main(["build", str(given), "-o", str(tmp_path / "none"), "--store", str(output / NAME)]) == 0
    assert "3 known already" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["build", str(given), "--store", "a", "--no-store"])
