"""Views as files: tables that a spreadsheet opens as they are meant, networks that can be read back, the command."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from nasty import graphs

import kg
from kg.cli import main
from kg.errors import GraphError, OutputError
from kg.export.cells import FORMULA
from kg.pipeline import Run, write
from kg.views import VIEWS
from kg.views.writing import write_view


def read(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    assert data.startswith("\ufeff".encode())
    assert data.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    return rows


@pytest.fixture(scope="module")
def output(sample_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    write(sample_run, folder)
    return folder


def test_a_folder_takes_tables_and_network(sample_run: Run, tmp_path: Path) -> None:
    found = kg.view(sample_run.graph, "support", "province")
    files = write_view(found, tmp_path / "out")
    names = ["support.csv", "support-count.csv", "support-amount.csv", "support.graphml"]
    assert [file.name for file in files] == names
    table = read(files[0])
    assert table[0][:3] == ["支援方代码", "支援方", "支援方级别"]
    assert len(table) == len(found) + 1
    network = kg.open(files[3])
    assert network.number_of_edges() == len(found)
    assert all(data["x"] is not None and data["size"] >= 4 for _, data in network.nodes(data=True))
    again = write_view(kg.view(sample_run.graph, "support", "province"), tmp_path / "again")
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in files]


def test_the_suffix_says_what_is_wanted(sample_run: Run, tmp_path: Path) -> None:
    support, events = (kg.view(sample_run.graph, name) for name in ("support", "events"))
    assert [f.name for f in write_view(support, tmp_path / "a.csv")] == ["a.csv", "a-count.csv", "a-amount.csv"]
    assert [f.name for f in write_view(support, tmp_path / "a.gexf")] == ["a.gexf"]
    assert [f.name for f in write_view(events, tmp_path)] == ["events.csv"]  # a folder that is there
    with pytest.raises(OutputError, match="is no network"):
        write_view(events, tmp_path / "e.graphml")
    with pytest.raises(OutputError, match=r"no format for '\.docx'"):
        write_view(support, tmp_path / "e.docx")
    names = ["a-amount.csv", "a-count.csv", "a.csv", "a.gexf", "events.csv"]
    assert sorted(f.name for f in tmp_path.iterdir()) == names


def test_columns_by_their_names_in_python(sample_run: Run, tmp_path: Path) -> None:
    found = kg.view(sample_run.graph, "visits")
    (file,) = write_view(found, tmp_path / "v.csv", chinese=False)
    assert tuple(read(file)[0]) == found.columns


@settings(max_examples=40, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(graph=graphs())
def test_no_text_breaks_a_table_or_becomes_a_formula(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    for name in VIEWS:
        try:
            files = write_view(kg.view(graph, name), tmp_path / "out")
        except GraphError:  # a value of the wrong type, named with its place
            continue
        for file in (f for f in files if f.suffix == ".csv"):
            for value in (value for row in read(file) for value in row):
                number = value.translate(dict.fromkeys(map(ord, "-.e+"))).isdecimal()
                assert number or value[:1] not in FORMULA


def test_a_formula_in_a_name_stays_a_text(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("p", label="=HYPERLINK(1)", category="official", category_zh="官员")
    graph.add_node("r", label="唐县", category="region", category_zh="地区")
    graph.add_edge("p", "r", "e", relation="holds_post", title="@县长", documents="d")
    file, _ = write_view(kg.view(graph, "posts"), tmp_path / "out")
    row = dict(zip(*read(file), strict=True))
    assert (row["姓名"], row["职务"], row["地区"]) == ("'=HYPERLINK(1)", "'@县长", "唐县")


@pytest.mark.parametrize("name", VIEWS)
def test_the_command_shows_a_view_and_writes_it(
    name: str, output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = str(output / "graph.graphml")
    assert main(["view", name, "--graph", graph]) == 0
    shown = capsys.readouterr().out
    assert kg.view(kg.open(graph), name).tables[0].headings()[0][:2] in shown or "支援方" in shown
    assert main(["view", name, "--graph", graph, "-o", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert sorted(told) == sorted(str(f) for f in (tmp_path / "out").iterdir())
    assert str(tmp_path / "out" / f"{name}.csv") in told


def test_the_command_lists_the_views(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["view"]) == 0
    shown = capsys.readouterr().out
    assert all(f"kg view {name}" in shown for name in VIEWS)
    assert "支援矩阵" in shown


def test_the_command_refuses_what_it_does_not_know(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph = str(output / "graph.graphml")
    assert main(["view", "friends", "--graph", graph]) == 1
    assert "use one of support" in capsys.readouterr().err
    assert main(["view", "support", "--graph", graph, "--level", "town"]) == 1
    assert "use one of province" in capsys.readouterr().err


EVERYTHING = """
import sys
from kg.cli import main
from kg.views import VIEWS
graph, folder = sys.argv[1:]
for name in VIEWS:
    assert main(["view", name, "--graph", graph, "-o", folder]) == 0
    assert main(["view", name, "--graph", graph]) == 0
assert main(["stats", "--json", "--graph", graph, "--write", folder + "/stats.graphml"]) == 0
"""


def test_the_same_bytes_whatever_the_hash_seed(output: Path, tmp_path: Path) -> None:
    written = []
    for seed in ("1", "2"):
        command = [sys.executable, "-c", EVERYTHING, str(output / "graph.graphml"), str(tmp_path / "out")]
        told = subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True)
        written.append([told.stdout, *((f.name, f.read_bytes()) for f in sorted((tmp_path / "out").iterdir()))])
    assert len(written[0]) > 2 * len(VIEWS)
    assert written[0] == written[1]
