"""Notes spare work and change nothing: not when they are damaged, of another program, or of articles that are gone."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from builds import build, from_nothing, outputs

from kg.graph import layout
from kg.resolve import bodies, projects
from kg.store import NAME

OF_ARTICLES = ("bodies", "projects", "shapes")  # the other pages are of the lexicon: see tests/lexicon/test_ready.py


def pages(store: Path) -> dict[str, dict[str, object]]:
    with closing(sqlite3.connect(store)) as connection:
        return {name: json.loads(zlib.decompress(page))
                for name, page in connection.execute("SELECT name, answers FROM notes") if name in OF_ARTICLES}


def spoil(store: Path, change: str, *values: object) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(change, values)
        connection.commit()


def test_what_was_worked_out_is_not_worked_out_again(
    given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    build(given, output)
    first = outputs(output)
    assert set(pages(output / NAME)) == set(OF_ARTICLES)
    asked: list[object] = []
    draw = layout.draw
    for room in (bodies, projects):
        taken_apart = room._taken_apart
        monkeypatch.setattr(room, "_taken_apart", lambda *a, real=taken_apart: asked.append(a) or real(*a))
    monkeypatch.setattr(layout, "draw", lambda *a: asked.append(a[0]) or draw(*a))
    build(given, output)
    assert (asked, outputs(output)) == ([], first)
    build(given, tmp_path / "other")
    assert asked


@pytest.mark.parametrize("answers", [b"", b"x", zlib.compress(b"["), zlib.compress(b"[]"), zlib.compress(b"{}")])
def test_damaged_notes_are_made_anew(answers: bytes, given: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(given, output)
    first, noted = outputs(output), pages(output / NAME)
    spoil(output / NAME, "UPDATE notes SET answers = ?", answers)
    build(given, output)
    assert outputs(output) == first
    assert pages(output / NAME) == noted


def test_notes_of_another_program_are_not_read(given: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(given, output)
    wrong = {question: [[["错", "错", [], "", "", True, False]], []] for question in pages(output / NAME)["bodies"]}
    spoil(output / NAME, "UPDATE notes SET answers = ?, program = ? WHERE name = 'bodies'",
          zlib.compress(json.dumps(wrong).encode()), b"another")
    build(given, output)
    assert outputs(output) == from_nothing(given, tmp_path / "nothing")
    assert pages(output / NAME)["bodies"] != wrong


def test_notes_of_an_article_go_with_it(given: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(given, output)
    before = pages(output / NAME)
    (given / "school-panyu-weining.txt").unlink()
    build(given, output)
    after = pages(output / NAME)
    build(given, tmp_path / "other")
    assert set(after["bodies"]) < set(before["bodies"])
    for name in ("bodies", "projects"):
        assert set(after[name]) <= set(before[name])
        assert after[name] == pages(tmp_path / "other" / NAME)[name]


def test_the_command_prints_all_before_it_leaves(given: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", str(given), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("3 articles read, 0 known already")
    spoil(tmp_path / "out" / NAME, "DELETE FROM readings")
    subprocess.run(command, capture_output=True, check=True)
    assert outputs(tmp_path / "out") == from_nothing(given, tmp_path / "nothing")
    again = subprocess.run([*command, "--no-store"], capture_output=True, text=True, check=True)
    assert "graph.html" in again.stdout
    assert not list((tmp_path / "out").glob(".*"))
