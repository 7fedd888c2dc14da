"""Killed at any moment, the next run ends with the bytes of a run that nobody killed; a full disk costs nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from builds import build, fill, from_nothing, outputs

from kg import memory, pipeline
from kg.cli import main
from kg.errors import StoreError
from kg.model import Record
from kg.store import NAME, opened, writer

OLD = ("plans-dejiang.txt", "visit-zhenhai-jinyang.txt", "school-panyu-weining.txt")
NEW = ("plans-dejiang.txt", "signing-jimo-chengxian.txt", "school-panyu-weining.txt", "dirty-haiyan-pingshan.txt")
STEPS = 42  # kills before a step of the run that is drawn by lot
MOMENTS = 8  # kills from outside, after a time that is drawn by lot


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles, a finished build of older ones, and what a build of the new ones from nothing writes."""
    folder = tmp_path_factory.mktemp("crash")
    fill(folder / "in", OLD)
    build(folder / "in", folder / "before")
    fill(folder / "in", NEW)
    from_nothing(folder / "in", folder / "nothing")
    return folder


def child(folder: Path, output: Path, tick: Callable[[], None]) -> int:
    """A build in a process of its own that calls *tick* before every step: statements of SQL, articles, renamings."""
    pid = os.fork()
    if pid:
        return pid
    try:
        connect, analyse, replace = writer.connect, pipeline.analyse, Path.replace

        def watched(path: Path, *, writing: bool) -> sqlite3.Connection:
            found = connect(path, writing=writing)
            found.set_trace_callback(lambda _: tick())
            return found

        def one(record: Record, model: bool = True) -> pipeline.Outcome:
            tick()
            return analyse(record, model)

        def rename(path: Path, target: Path) -> Path:
            tick()
            done = replace(path, target)
            tick()
            return done

        writer.connect, pipeline.analyse, Path.replace = watched, one, rename  # type: ignore[method-assign,assignment]
        memory.BATCH = 1  # type: ignore[misc]
        build(folder, output)
        os._exit(0)
    finally:
        os._exit(1)


def ended(pid: int) -> int:
    """The exit code of a child, negative for the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def steps(folder: Path, output: Path) -> int:
    """How many steps a whole build has."""
    seen, write = os.pipe()
    pid = child(folder, output, lambda: os.write(write, b".") and None)
    os.close(write)
    with os.fdopen(seen, "rb") as pipe:
        count = len(pipe.read())
    assert ended(pid) == 0
    return count


def sound(world: Path, output: Path) -> None:
    """The store is whole, and the next run ends as one from nothing; no file is left over."""
    if (output / NAME).exists():
        with closing(sqlite3.connect(output / NAME)) as store:
            assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    build(world / "in", output)
    assert outputs(output) == outputs(world / "nothing")
    assert {file.name for file in output.iterdir()} == {*outputs(output), NAME}


@pytest.mark.parametrize("before", [True, False], ids=["on an older build", "from nothing"])
def test_a_build_killed_at_any_step_is_made_good_by_the_next(world: Path, tmp_path: Path, before: bool) -> None:
    def start(place: Path) -> Path:
        return Path(shutil.copytree(world / "before", place)) if before else place

    total = steps(world / "in", start(tmp_path / "whole"))
    assert outputs(tmp_path / "whole") == outputs(world / "nothing")
    assert total > 60
    dice = random.Random(9 if before else 10)
    for number in range(STEPS // 2):
        last = dice.randint(1, total)
        left = [last]

        def tick(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        output = start(tmp_path / f"{number}")
        assert ended(child(world / "in", output, tick)) == -signal.SIGKILL, f"step {last} of {total}"
        sound(world, output)


def test_a_build_killed_again_and_again_from_outside_gets_there(world: Path, tmp_path: Path) -> None:
    dice = random.Random(11)
    output = tmp_path / "out"
    shutil.copytree(world / "before", output)
    begun = time.perf_counter()
    assert ended(child(world / "in", shutil.copytree(output, tmp_path / "whole"), lambda: None)) == 0
    whole = time.perf_counter() - begun
    for _ in range(MOMENTS):
        pid = child(world / "in", output, lambda: None)
        time.sleep(dice.uniform(0, whole))
        os.kill(pid, signal.SIGKILL)
        ended(pid)
    sound(world, output)


def test_two_builds_at_once_are_refused(world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "kg.sqlite"
    with opened(store):
        assert main(["build", str(world / "in"), "-o", str(tmp_path / "out"), "--store", str(store)]) == 1
        shown = capsys.readouterr().err
        assert shown.count("\n") == 1
        assert f"another build is using this store (process {os.getpid()})" in shown
        assert not (tmp_path / "out" / "graph.graphml").exists()
    assert main(["build", str(world / "in"), "-o", str(tmp_path / "out"), "--store", str(store)]) == 0


def test_the_lock_of_a_killed_build_is_gone(world: Path, tmp_path: Path) -> None:
    pid = os.fork()
    if not pid:
        with opened(tmp_path / NAME):
            os.kill(os.getpid(), signal.SIGKILL)
    assert ended(pid) == -signal.SIGKILL
    build(world / "in", tmp_path)


@pytest.mark.parametrize("pages", [0, 1, 2, 3, 5])
def test_a_full_disk_is_told_and_leaves_what_was(
    pages: int, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """*pages* pages of the store are still free."""
    output = shutil.copytree(world / "before", tmp_path / "out")
    connect = writer.connect

    def small(path: Path, *, writing: bool) -> sqlite3.Connection:
        found = connect(path, writing=writing)
        most = found.execute("PRAGMA page_count").fetchone()[0] + pages
        found.execute(f"PRAGMA max_page_count = {most}")
        return found

    monkeypatch.setattr(writer, "connect", small)
    monkeypatch.setattr(memory, "BATCH", 1)
    assert main(["build", str(world / "in"), "-o", str(output)]) == 1
    shown = capsys.readouterr().err
    assert "the disk is full" in shown
    assert "(remedy: free space" in shown
    with closing(sqlite3.connect(output / NAME)) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert store.execute("SELECT max(number) FROM builds").fetchone() == (1,)
        ids = {name for (name,) in store.execute("SELECT id FROM documents WHERE until IS NULL")}
        assert ids == {Path(name).stem for name in OLD}
    monkeypatch.undo()
    sound(world, output)


def test_a_disk_that_is_full_when_the_outputs_are_written(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = shutil.copytree(world / "before", tmp_path / "out")
    before = outputs(output)

    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert main(["build", str(world / "in"), "-o", str(output)]) == 1
    assert "No space left" in capsys.readouterr().err
    assert outputs(output) == before
    monkeypatch.undo()
    sound(world, output)


@pytest.mark.parametrize("kept", [0, 2000, 5000, 30_000])
def test_a_damaged_store_is_named(kept: int, world: Path, tmp_path: Path) -> None:
    output = shutil.copytree(world / "before", tmp_path / "out")
    data = bytearray((output / NAME).read_bytes())
    data[kept:] = b"\xa5" * (len(data) - kept)
    (output / NAME).write_bytes(data)
    with pytest.raises(StoreError, match="remedy"):
        build(world / "in", output)


def test_a_damaged_reading_is_named(world: Path, tmp_path: Path) -> None:
    output = shutil.copytree(world / "before", tmp_path / "out")
    with closing(sqlite3.connect(output / NAME)) as store:
        store.execute("UPDATE readings SET extraction = x'00' WHERE number = 1")
        store.commit()
    with pytest.raises(StoreError, match="damaged"):
        build(world / "in", output)
