"""What the tests of the store begin with: three articles, and a build of them as a user gives it."""

from __future__ import annotations

from pathlib import Path

import pytest
from builds import FIRST, fill
from world import World


@pytest.fixture
def given(tmp_path: Path) -> Path:
    return fill(tmp_path / "in", FIRST)


@pytest.fixture
def world(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> World:
    fill(tmp_path / "in", FIRST)
    found = World(tmp_path, capsys)
    assert not found.build()
    return found
