"""The README tells the truth: its Python runs, its commands and links exist, its ten lines are ten."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_ten_lines_run(tmp_path: Path) -> None:
    (code,) = blocks("python")
    assert len([line for line in code.splitlines() if line.strip()]) == 10
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    shown = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    first, *rest = shown.stdout.splitlines()
    assert re.fullmatch(r"\d{2,} nodes, \d{2,} edges", first)
    assert any(
        line.startswith("沈岳川 -> ") and "2023-04-12" in line and "沈岳川率镇海区党政代表团赴" in line for line in rest
    )
    assert "kg_relations" in rest[-1]
    assert (tmp_path / "output" / "graph.graphml").stat().st_size > 10_000
    assert (tmp_path / "output" / "graph.html").stat().st_size > 100_000


@pytest.mark.parametrize(
    "command", [line.partition("#")[0].strip() for block in blocks("sh") for line in block.splitlines()]
)
def test_the_commands_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    program, *arguments = command.split()
    if program == ".venv/bin/kg":
        with pytest.raises(SystemExit) as end:
            main([arguments[0], "--help"])
        assert end.value.code == 0
        assert capsys.readouterr().out.startswith(f"usage: kg {arguments[0]}")
    else:
        assert os.access(ROOT / program, os.X_OK)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_the_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def test_every_format_that_the_readme_names_has_a_reader() -> None:
    from kg.sources import FORMATS

    (named,) = re.findall(r"It reads (txt[^;]+);", README)
    words = set(re.findall(r"[a-z]+", named)) & {"txt", "md", "html", "jsonl", "csv", "docx", "pdf", "zip"}
    assert len(words) == 8
    assert {f".{word}" for word in words} <= set(FORMATS)


def test_the_figures_are_not_below_the_floors() -> None:
    floors = json.loads((ROOT / ".ci" / "floors.json").read_text("utf-8"))
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in README.splitlines() if line.startswith("|")
    ]
    names = next(row for row in rows if "entity_f1" in row)
    measured = {row[0]: dict(zip(names[1:], map(float, row[1:]), strict=True)) for row in rows if row[0] in floors}
    assert set(measured) == {"seeds", "news", "unseen"}
    for part, figures in measured.items():
        for name, floor in floors[part].items():
            assert figures[name] <= floor if name in ("split", "never") else figures[name] >= floor, (part, name)
