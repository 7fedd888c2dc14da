"""The key of a reading changes with everything that the reading depends on, and with nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import Record
from kg.store.keys import AFTER, PACKAGE, content, key, program, reading

RECORD = Record("a", "in/a.txt", "沈岳川赴唐县调研。", {"published": "2023-04-18"})


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("package") / "kg"
    ignored = shutil.ignore_patterns("villages", "__pycache__", "page")
    shutil.copytree(PACKAGE, place, ignore=ignored)
    return place


@pytest.mark.parametrize(
    "changed",
    [
        replace(RECORD, id="b"),
        replace(RECORD, text=RECORD.text + " "),
        replace(RECORD, meta={"published": "2023-04-19"}),
        replace(RECORD, meta={}),
        replace(RECORD, meta=RECORD.meta | {"source": "唐县发布"}),
    ],
)
def test_another_record_has_another_content(changed: Record) -> None:
    assert content(changed) != content(RECORD)


def test_a_record_that_was_moved_is_the_same() -> None:
    assert content(replace(RECORD, path="elsewhere/a.txt")) == content(RECORD)


def test_the_way_of_reading_counts(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[official]\ntitles = ["乡村振兴专员"]\n', "utf-8")
    plain, rules, own = reading(None, True), reading(None, False), reading(words, True)
    words.write_text('[official]\ntitles = ["乡村振兴特派员"]\n', "utf-8")
    ways = [plain, rules, own, reading(words, True)]
    assert len(set(ways)) == 4
    assert len({key(way, content(RECORD)) for way in ways}) == 4


@pytest.mark.parametrize(
    "file",
    ["lexicon/data/posts.toml", "lexicon/data/relations/visited.toml", "lexicon/data/divisions/divisions.tsv",
     "pipes/dates/calendar.py", "pipes/tagger/weights.npz", "text/clean.py", "model/statement.py", "extract.py",
     "pipeline.py", "report.py", "store/codec.py"],
)
def test_a_change_of_what_reads_changes_the_program(file: str, copy: Path) -> None:
    before = program.__wrapped__(copy)
    place = copy / file
    held = place.read_bytes()
    place.write_bytes(held + b"\n")
    try:
        assert program.__wrapped__(copy) != before
    finally:
        place.write_bytes(held)
    assert program.__wrapped__(copy) == before


def test_a_new_file_changes_the_program_and_one_after_extraction_does_not(copy: Path) -> None:
    before = program.__wrapped__(copy)
    for name in ("graph/build.py", "export/html.py", "store/writer.py", "__pycache__/x.pyc", "pipes/__pycache__/x.pyc"):
        place = copy / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"# another\n")
        assert program.__wrapped__(copy) == before
    (copy / "pipes" / "new.py").write_bytes(b"")
    assert program.__wrapped__(copy) != before


def test_nothing_that_reads_is_taken_for_what_comes_after() -> None:
    assert all((PACKAGE / name).exists() for name in AFTER)
    code = "import sys, kg.extract, kg.text, kg.language; kg.language.load(); print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    used = {name.split(".")[1] for name in loaded if name.startswith("kg.")}
    assert {"pipes", "lexicon", "text", "extract"} <= used
    assert used & {name.removesuffix(".py") for name in AFTER} == set()
