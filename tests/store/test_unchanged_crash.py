"""Builds that are killed or meet others, and the next one that has nothing to do, or only seems to."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from builds import FIRST, OUTPUTS, fill, from_nothing
from test_crash import ended
from test_unchanged import edited
from world import World

from kg import pipeline
from kg.cli import main
from kg.store import NAME, opened, writer


def killed(world: World, when: Callable[[Callable[[], None]], None]) -> None:
    """A build in a process of its own, killed where *when* has put the kill."""
    pid = os.fork()
    if not pid:
        try:
            when(lambda: os.kill(os.getpid(), signal.SIGKILL))
            main(["build", str(world.given), "-o", str(world.output)])
        finally:
            os._exit(1)
    assert ended(pid) == -signal.SIGKILL


def after_renamings(count: int) -> Callable[[Callable[[], None]], None]:
    def when(kill: Callable[[], None]) -> None:
        replace, left = Path.replace, [count]

        def rename(path: Path, target: Path) -> Path:
            if not left[0]:
                kill()
            left[0] -= 1
            return replace(path, target)

        Path.replace = rename  # type: ignore[method-assign,assignment]

    return when


def before_commit(kill: Callable[[], None]) -> None:
    writer.Store.finish = lambda *_, **__: kill()  # type: ignore[method-assign,assignment]


def after_reading(kill: Callable[[], None]) -> None:
    pipeline.resolve = lambda *_: kill()  # type: ignore[assignment]


KILLS = [after_reading, after_renamings(0), after_renamings(1), after_renamings(2), before_commit]


@pytest.mark.parametrize("when", KILLS, ids=["read", "written", "one renamed", "two renamed", "all renamed"])
@pytest.mark.parametrize("back", [False, True], ids=["the new articles stay", "the new articles go again"])
def test_a_killed_build_is_made_good(
    world: World, when: Callable[[Callable[[], None]], None], back: bool
) -> None:
    edited(world.given)
    killed(world, when)
    if back:
        fill(world.given, FIRST)
    assert not world.build()
    world.sound()
    assert {file.name for file in world.output.iterdir()} == {*OUTPUTS, NAME}
    with closing(sqlite3.connect(world.output / NAME)) as store:
        assert store.execute("SELECT count(*) FROM readings").fetchone() == (3,)
    assert world.build()


def test_what_a_killed_build_left_over_is_removed_though_nothing_is_new(world: World) -> None:
    (world.output / ".graph.html.abc.part").write_bytes(b"")
    assert world.build()
    assert {file.name for file in world.output.iterdir()} == {*OUTPUTS, NAME}


def test_two_at_once_are_refused_though_nothing_is_new(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(world.output / NAME):
        assert main(["build", str(world.given), "-o", str(world.output)]) == 1
    assert "another build is using this store" in capsys.readouterr().err
    assert world.build()


def test_files_of_another_build_are_not_taken_for_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds with stores of their own write into one folder at once: the second between the first's two steps."""
    real = pipeline.write

    def late(result: pipeline.Run, folder: Path) -> list[Path]:
        monkeypatch.setattr("kg.commands.build.write", real)
        files = real(result, folder)
        from_nothing(world.given, folder, statuses=("fact", "planned", "reported"))
        return files

    monkeypatch.setattr("kg.commands.build.write", late)
    edited(world.given)
    assert not world.build()
    assert not world.build()
    world.sound()


def test_files_of_an_older_program_are_not_taken_for_its_own(world: World) -> None:
    """One that stamps the files that it wrote and leaves the page of the last build as it stands."""
    file = world.output / "graph.html"
    file.write_bytes(file.read_bytes() + b"\n")
    found = file.stat()
    with closing(sqlite3.connect(world.output / NAME)) as store:
        told = (found.st_size, found.st_mtime_ns, file.name)
        store.execute("UPDATE written SET size = ?, modified = ? WHERE name = ?", told)
        store.commit()
    assert not world.build()
    world.sound()
