"""Quantities from articles to files: both totals of two sources, conflicts in the report, the same lines read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.commands.tables import show_run
from kg.export.graphml import read_graphml
from kg.model.quantity import parse
from kg.model.schema import SEPARATOR
from kg.pipeline import Run, run, write
from kg.reading.explain import explain

ONE = "青岛市城阳区向甘肃省定西市陇西县捐赠资金200万元。\n"
OTHER = "近日获悉，青岛市城阳区向甘肃省定西市陇西县捐赠资金350万元（教育150万元、医疗100万元）。\n"
PARK = "陇西县黄芪产业园建成投产，总投资约3.2亿元，占地200亩，带动120户312人就业。\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in (("a", ONE), ("b", OTHER), ("c", PARK)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return run(folder)


def test_two_sources_with_different_totals_are_both_kept(made: Run) -> None:
    (edge,) = [d for _, _, d in made.graph.edges(data=True) if d["relation"] == "supports"]
    lines = edge["quantities"].split(SEPARATOR)
    assert [int(parse(line).value) for line in lines] == [2000000, 3500000]
    assert edge["amount"] == 3500000.0
    assert parse(lines[1]).conflict == "1500000+1000000<3500000"


def test_a_node_has_what_is_counted_of_it(made: Run) -> None:
    (park,) = [d for _, d in made.graph.nodes(data=True) if d["category"] == "project"]
    assert park["quantities"].split(SEPARATOR) == [
        "人数 312 人 指标:带动", "户数 120 户 指标:带动", "资金 320000000 元 约 指标:总投资", "面积 200 亩 指标:占地"]


def test_the_report_and_the_summary_name_the_conflict(made: Run, tmp_path: Path,
                                                      capsys: pytest.CaptureFixture[str]) -> None:
    files = write(made, tmp_path)
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))["documents"]
    assert [d["id"] for d in told if d["conflicts"]] == ["b"]
    (conflict,) = next(d["conflicts"] for d in told if d["id"] == "b")
    assert conflict == {"total": "资金 3500000 元", "parts": "1500000+1000000<3500000", "sentence": OTHER.strip()}
    show_run(made.summary(), files)
    assert "do not add up" in capsys.readouterr().out


def test_the_files_hold_the_same_lines(made: Run, tmp_path: Path) -> None:
    again = read_graphml(kg.export(made.graph, tmp_path / "graph.graphml"))
    lines = {n: d["quantities"] for n, d in made.graph.nodes(data=True) if "quantities" in d}
    assert {n: d["quantities"] for n, d in again.nodes(data=True) if "quantities" in d} == lines
    found = sorted(str(d.get("quantities", "")) for _, _, d in made.graph.edges(data=True))
    assert sorted(str(d.get("quantities", "")) for _, _, d in again.edges(data=True)) == found
    assert "指标:总投资" in kg.export(made.graph, tmp_path / "graph.html").read_text("utf-8")


def test_explain_shows_them(made: Run) -> None:
    assert any("数量" in line and "资金 2000000 元" in line for line in explain(made.graph, "陇西县"))


def test_every_line_of_the_samples_can_be_parsed(sample_run: Run) -> None:
    nodes = [d for _, d in sample_run.graph.nodes(data=True)]
    edges = [d for _, _, d in sample_run.graph.edges(data=True)]
    lines = [line for d in (*nodes, *edges) for line in str(d.get("quantities", "")).split(SEPARATOR) if line]
    assert len(lines) > 10
    assert all(parse(line).unit for line in lines)
    for d in edges:
        if "amount" in d:
            sums = [float(parse(line).upto or parse(line).value) for line in d["quantities"].split(SEPARATOR)]
            assert d["amount"] in sums
