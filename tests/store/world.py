"""A folder of articles, one for the outputs, and the command as a user gives it."""

from __future__ import annotations

from pathlib import Path

import pytest
from builds import OUTPUTS, from_nothing, outputs

from kg.cli import main
from kg.commands.tables import SAME


class World:
    """A folder of articles, one for the outputs, and the command; each test has its own."""

    def __init__(self, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.place, self.given, self.output = place, place / "in", place / "out"
        self._capsys = capsys

    def build(self, *more: object, output: Path | None = None) -> bool:
        """Whether `kg build` said that there was nothing to do."""
        self.shown = self.say("build", self.given, "-o", output or self.output, *more)
        return SAME in self.shown

    def say(self, *words: object) -> str:
        assert main([*map(str, words)]) == 0
        return self._capsys.readouterr().out

    def stamps(self) -> list[tuple[int, int]]:
        """By which anything that is written, even with the same bytes, is noticed."""
        return [(found.st_mtime_ns, found.st_ino) for found in ((self.output / name).stat() for name in OUTPUTS)]

    def sound(self, *, folder: Path | None = None, **options: object) -> None:
        """The outputs are those of a build from nothing."""
        fresh = from_nothing(self.given, self.place / "nothing", **options)
        assert outputs(folder or self.output) == fresh
