"""docs/python.md and docs/example.ipynb tell the truth: their code runs, and they name what the package has."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import kg

ROOT = Path(__file__).parent.parent
DOC = (ROOT / "docs" / "python.md").read_text("utf-8")
NOTEBOOK = ROOT / "docs" / "example.ipynb"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_the_pieces_of_code_run_one_after_the_other(place: Path) -> None:
    code = "\n".join(re.findall(r"```python\n(.*?)```", DOC, re.DOTALL))
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    shown = subprocess.run([sys.executable, "-c", code], cwd=place, env=environment, capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    for told in ("Graph", "区委书记[沈岳川]", "浙江省 → 四川省", "support.graphml", "四川省", "try 沈岳川"):
        assert told in shown.stdout


def test_both_tables_name_what_is_public() -> None:
    chinese, english = DOC.split("# kg in Python")
    public = set(kg.__all__) - {"__version__"}
    for part in (chinese, english):
        assert set(re.findall(r"^\| `kg\.(\w+)", part, re.MULTILINE)) == public


def test_both_languages_name_every_view() -> None:
    from kg.views import VIEWS

    for part in DOC.split("# kg in Python"):
        assert set(VIEWS) <= set(re.findall(r"`(\w+)`", part) + re.findall(r"`(\w+)` ", part))


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    place = tmp_path_factory.mktemp("notebook")
    (place / "samples").symlink_to(ROOT / "samples")
    (place / "docs").mkdir()
    book = nbformat.read(NOTEBOOK, as_version=4)
    where = {"metadata": {"path": str(place / "docs")}}
    NotebookClient(book, timeout=120, kernel_name="python3", resources=where).execute()
    return book


def outputs(book: nbformat.NotebookNode, kind: str) -> list[str]:
    return [output["data"][kind] for cell in book.cells if cell.cell_type == "code" for output in cell.outputs
            if "data" in output and kind in output["data"]]


def test_the_notebook_runs_and_shows_graph_tables_and_text(executed: nbformat.NotebookNode) -> None:
    page, aid, visits = outputs(executed, "text/html")
    assert page.startswith("<iframe")
    assert "srcdoc=" in page
    assert "支援矩阵" in aid
    assert "<td>浙江省</td>" in aid
    assert "<td>沈岳川</td>" in visits
    told = "\n".join(outputs(executed, "text/plain"))
    assert "沈岳川 —到访→ 四川省凉山彝族自治州金阳县" in told


def test_the_notebook_is_kept_without_outputs() -> None:
    book = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert len(code) >= 8
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
