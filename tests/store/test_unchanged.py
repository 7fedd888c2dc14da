"""A build that finds nothing new, changed or gone ends at once; whatever is in doubt is built."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from builds import FIRST, OUTPUTS, failing, outputs
from world import World

import kg
from kg import pipeline
from kg.cli import main
from kg.commands.tables import SAME
from kg.reading.explain import surroundings
from kg.store import NAME, Past, keys


def test_nothing_new_is_neither_joined_nor_drawn_nor_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, stamps, shown = outputs(world.output), world.stamps(), world.shown
    world.sound()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a build that had nothing to do")

    for name in ("resolve", "build_graph", "export", "whole_file", "analyse"):
        monkeypatch.setattr(pipeline, name, never)
    assert world.build()
    assert (outputs(world.output), world.stamps()) == (first, stamps)
    tables = shown[: shown.index("wrote")]
    assert "visited" in tables
    assert world.shown.startswith(tables)  # the same tables and notes
    assert [line for line in world.shown.splitlines() if line.startswith("kept")] == [
        line.replace("wrote", "kept") for line in shown.splitlines() if line.startswith("wrote")]
    assert world.shown.rstrip().endswith("build 1, 0 articles read, 3 known already")
    with Past.opened(world.output / NAME) as past:
        assert past.builds == (1,)
        assert all(past.wrote(world.output / name) for name in OUTPUTS)  # so that kg explain asks the store
    assert surroundings(world.output / "graph.graphml", "镇海区")


def test_again_and_again_nothing_is_done(world: World) -> None:
    stamps = world.stamps()
    assert [world.build() for _ in range(3)] == [True] * 3
    assert world.stamps() == stamps


def added(given: Path) -> None:
    shutil.copy(pipeline.HERE.parent / "samples" / "signing-jimo-chengxian.txt", given)


def edited(given: Path) -> None:
    file = given / FIRST[0]
    file.write_text(file.read_text("utf-8") + "\n顺德区副区长卞思齐赴德江县调研。\n", "utf-8")


def gone(given: Path) -> None:
    (given / FIRST[1]).unlink()


def renamed(given: Path) -> None:
    (given / FIRST[1]).rename(given / "another.txt")


def moved(given: Path) -> None:  # the report names the place
    (given / "below").mkdir()
    (given / FIRST[1]).rename(given / "below" / FIRST[1])


def skipped(given: Path) -> None:  # the report names what is passed over
    (given / "notes.xyz").write_text("no article", "utf-8")


def empty(given: Path) -> None:  # and what cannot be read
    (given / "empty.txt").write_text("", "utf-8")


@pytest.mark.parametrize("change", [added, edited, gone, renamed, moved, skipped, empty])
def test_a_change_of_the_articles_is_built(world: World, change: Callable[[Path], None]) -> None:
    change(world.given)
    assert not world.build()
    world.sound()
    assert world.build()
    world.sound()


def test_the_order_of_the_articles_counts(world: World) -> None:
    world.say("build", *(world.given / name for name in FIRST), "-o", world.output)
    assert SAME not in world.say("build", *(world.given / name for name in reversed(FIRST)), "-o", world.output)
    ids = [told["id"] for told in json.loads((world.output / "report.json").read_text("utf-8"))["documents"]]
    assert ids == [Path(name).stem for name in reversed(FIRST)]


def test_articles_that_were_there_before_come_back(world: World) -> None:
    added(world.given)
    assert not world.build()
    (world.given / "signing-jimo-chengxian.txt").unlink()
    assert not world.build()
    world.sound()


def test_the_place_of_the_articles_counts(world: World) -> None:
    world.given = world.given.rename(world.place / "elsewhere")  # the same articles in the same order
    assert not world.build()
    world.sound()


def test_metadata_of_the_source_count(world: World) -> None:
    told = {"id": "a", "title": "沈岳川赴唐县调研", "text": "镇海区区长沈岳川赴唐县调研。", "published": "2023-04-18"}
    for name in FIRST:
        (world.given / name).unlink()
    for published, same in (("2023-04-18", False), ("2023-04-18", True), ("2023-04-19", False)):
        (world.given / "a.jsonl").write_text(json.dumps(told | {"published": published}), "utf-8")
        assert world.build() == same
    assert "2023-04-19" in (world.output / "graph.graphml").read_text("utf-8")


def test_reposts_are_told_as_before(world: World) -> None:
    shutil.copy(world.given / FIRST[0], world.given / "z-again.txt")
    assert not world.build()
    table = next(line for line in world.shown.splitlines() if "reposts of another" in line)
    assert "1" in table
    assert world.build()
    assert table in world.shown
    (world.given / FIRST[0]).unlink()  # what was the repost is now the only one
    assert not world.build()
    world.sound()


def test_options_that_reach_the_outputs_are_built(world: World) -> None:
    words = world.place / "words.toml"
    words.write_text('[official]\nnames = ["卞思齐"]\n', "utf-8")
    for options, given in (
        (("--status", "fact,planned,reported"), {"statuses": ("fact", "planned", "reported")}),
        (("--no-model",), {"model": False}),
        (("--lexicon", words), {"lexicon": words}),
        ((), {}),
    ):
        assert not world.build(*options)
        world.sound(**given)
        assert world.build(*options)
    assert not world.build("--lexicon", words)
    words.write_text('[official]\nnames = ["卞思远"]\n', "utf-8")
    assert not world.build("--lexicon", words)
    assert world.build("--lexicon", words)


def test_the_order_of_statuses_and_the_processes_say_nothing(world: World) -> None:
    assert not world.build("--status", "fact,planned")
    assert world.build("--status", "planned,fact", "--workers", "2", "--limit", "9")


def test_an_engine_that_is_not_there_is_told(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--engine", "--master"):
        assert main(["build", str(world.given), "-o", str(world.output), option, "none"]) == 1
        assert "none: " in capsys.readouterr().err


def test_columns_count(world: World) -> None:
    for name in FIRST:
        (world.given / name).unlink()
    row = {"id": "a", "text": "镇海区区长沈岳川赴唐县调研。", "other": "镇海区区长沈岳川赴阜平县调研。"}
    (world.given / "a.jsonl").write_text(json.dumps(row), "utf-8")
    assert not world.build()
    assert not world.build("--column", "text=other")
    assert "阜平县" in (world.output / "graph.graphml").read_text("utf-8")


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("act", ["deleted", "edited", "touched", "linked", "a folder"])
def test_a_file_that_is_not_as_it_was_is_written_anew(world: World, name: str, act: str) -> None:
    file, first = world.output / name, outputs(world.output)
    if act == "deleted":
        file.unlink()
    elif act == "edited":
        file.write_bytes(b"?" + first[name][1:])  # as long as before
    elif act == "touched":
        os.utime(file)
    elif act == "linked":
        file.rename(world.place / name)
        file.symlink_to(world.place / name)
    else:
        file.unlink()
        file.mkdir()
        assert main(["build", str(world.given), "-o", str(world.output)]) == 1
        file.rmdir()
    assert not world.build()
    assert outputs(world.output) == first
    assert not file.is_symlink()
    assert world.build()


def test_another_folder_and_another_store_are_built(world: World) -> None:
    other, store = world.place / "other", world.place / "mine.sqlite"
    assert not world.build("--store", world.output / NAME, output=other)
    world.sound(folder=other)
    assert world.build("--store", world.output / NAME, output=other)
    assert not world.build()  # the store knows the files of its last build alone
    assert not world.build("--store", store)
    assert world.build("--store", store)
    assert not world.build()  # and what another store's build wrote is not its own
    assert not world.build("--no-store")
    assert not world.build("--no-store")
    assert not world.build()
    world.sound()


def test_a_folder_under_another_name_is_the_same(world: World) -> None:
    (world.place / "link").symlink_to(world.output)
    assert world.build(output=world.place / "link")
    world.output.rename(world.place / "new")
    assert not world.build(output=world.place / "new")


def test_a_copy_of_store_and_files_is_built(world: World) -> None:
    copy = world.place / "copy"
    shutil.copytree(world.output, copy)  # times and all
    assert not world.build(output=copy)
    world.sound(folder=copy)


def test_decisions_are_built(world: World) -> None:
    graph, sheet = world.output / "graph.graphml", world.place / "sheet.csv"
    sheet.write_text("action,value,name\nrename,沈岳山,沈岳川\n", "utf-8")
    assert not world.build("--decisions", sheet)
    world.sound(decisions=sheet)
    assert world.build("--decisions", sheet)
    held = [line for line in world.shown.splitlines() if "1" in line and ("决定" in line or "decision" in line)]
    assert held
    assert not world.build()
    world.say("review", "--graph", graph, "--apply", sheet)
    assert not world.build()
    assert "沈岳山" in graph.read_text("utf-8")
    world.sound(decisions=sheet)
    assert world.build()
    sheet.write_text("action,value,name\nrename,沈岳水,沈岳川\n", "utf-8")
    world.say("review", "--graph", graph, "--apply", sheet)
    assert not world.build()
    assert "沈岳水" in graph.read_text("utf-8")


def test_what_failed_is_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = failing(monkeypatch)
    edited(world.given)
    for _ in range(2):
        assert not world.build()
        assert "out of range" in world.shown
    broken.clear()
    assert not world.build()
    assert "out of range" not in world.shown
    world.sound()
    assert world.build()


@pytest.mark.parametrize(("place", "hashed"), [("program", keys.program), ("everything", keys.everything)])
def test_another_program_builds_all_anew(
    world: World, monkeypatch: pytest.MonkeyPatch, place: str, hashed: Callable[[], bytes]
) -> None:
    other = hashed() + b"!"
    monkeypatch.setattr(keys, place, lambda: other)
    assert not world.build()
    assert world.build()


@pytest.mark.parametrize("file", ["export/page/main.js", "decide/words.toml", "graph/build.py", "views/words.toml"])
def test_every_file_of_the_program_counts(tmp_path: Path, file: str) -> None:
    copy = tmp_path / "kg"
    shutil.copytree(keys.PACKAGE, copy, ignore=shutil.ignore_patterns("data", "__pycache__"))
    before = keys.everything.__wrapped__(copy)
    assert keys.everything.__wrapped__(copy) == before
    (copy / file).write_bytes((copy / file).read_bytes() + b"\n")
    assert keys.everything.__wrapped__(copy) != before


def test_python_gives_a_graph_and_leaves_no_files_to_rely_on(world: World) -> None:
    first = kg.build(world.given)
    again = kg.build(world.given, store=world.output / NAME)
    assert dict(first.nodes(data=True)) == dict(again.nodes(data=True))
    assert list(first.edges(keys=True, data=True)) == list(again.edges(keys=True, data=True))
    with closing(sqlite3.connect(world.output / NAME)) as store:
        assert store.execute("SELECT count(*) FROM notes WHERE name = 'build'").fetchone() == (0,)
    assert not world.build()
    assert world.build()


@pytest.mark.parametrize(
    "damage",
    ["UPDATE notes SET answers = x'00' WHERE name = 'build'", "UPDATE notes SET answers = x'789c030000000001'",
     "DELETE FROM notes", "DELETE FROM written", "DELETE FROM readings WHERE number = 1", "UPDATE written SET size = 1",
     "INSERT INTO readings (key, extraction, report, sketch) VALUES (x'00', '', '', '')", "DELETE FROM builds"],
)
def test_a_store_that_is_not_as_it_was_is_built(world: World, damage: str) -> None:
    with closing(sqlite3.connect(world.output / NAME)) as store:
        store.execute(damage)
        store.commit()
    assert not world.build()
    world.sound()
    assert world.build()
