"""docs/export.md tells the truth: its commands run on the samples, its tables name every format and option."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.cli import main
from kg.export import export, names
from kg.pipeline import Run

TEXT = (Path(__file__).parent.parent / "docs" / "export.md").read_text("utf-8")
COMMANDS = [
    line.partition("#")[0].split()
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_commands_run(
    command: list[str],
    sample_run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    export(sample_run.graph, "output/graph.graphml")
    assert command[0] == ".venv/bin/kg"
    assert main(command[1:]) == 0
    written = capsys.readouterr().out.split()
    assert written
    assert all(Path(name).stat().st_size > 500 for name in written)


def test_the_tables_are_complete(capsys: pytest.CaptureFixture[str]) -> None:
    chinese, english = TEXT.split("\n---\n")
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--output", "--format"}
    assert len(options) == 10
    for text in (chinese, english):
        rows = " ".join(line for line in text.splitlines() if line.startswith("|"))
        assert all(f"`{name}`" in rows for name in names())
        assert options <= set(re.findall(r"--[a-z-]+", rows))
