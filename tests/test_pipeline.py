"""The wiring: isolation of bad documents, progress, workers, the report."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg import pipeline
from kg.errors import OutputError, ReadError
from kg.model import Document, Record
from kg.pipeline import Run, run, write


def test_build_takes_a_string_a_path_and_a_list(samples: Path) -> None:
    file = samples / "plans-dejiang.txt"
    graphs = [kg.build(str(file)), kg.build(file), kg.build([file])]
    assert all(isinstance(graph, nx.MultiDiGraph) for graph in graphs)
    assert len({tuple(sorted(graph)) for graph in graphs}) == 1


def test_one_bad_document_does_not_stop_the_run(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.clean

    def clean(record: Record) -> Document:
        if record.id == "school-panyu-weining":
            raise IndexError("out of range")
        return real(record)

    monkeypatch.setattr(pipeline, "clean", clean)
    result = run([samples / "school-panyu-weining.txt", samples / "visit-zhenhai-jinyang.txt"])
    bad, good = result.documents
    assert bad.problem == "IndexError: out of range [pipeline.py:" + bad.problem.rpartition(":")[2]
    assert good.problem == ""
    assert good.entities > 5
    assert [problem.path for problem in result.problems if problem.kind == "problem"] == [bad.path]
    assert {d["documents"] for _, d in result.graph.nodes(data=True)} == {"visit-zhenhai-jinyang"}


def test_where_every_document_fails_the_run_says_why(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def clean(record: Record) -> Document:
        raise IndexError("out of range")

    monkeypatch.setattr(pipeline, "clean", clean)
    with pytest.raises(ReadError, match="out of range"):
        run(samples / "plans-dejiang.txt")


def test_progress_is_told_for_every_document(samples: Path) -> None:
    told: list[tuple[int, int]] = []
    run(
        [samples / "plans-dejiang.txt", samples / "signing-jimo-chengxian.txt"],
        progress=lambda a, b: told.append((a, b)),
    )
    assert told == [(1, 2), (2, 2)]


def test_planned_statements_come_only_when_asked_for(samples: Path) -> None:
    file = samples / "plans-dejiang.txt"
    facts, all_ = kg.build(file), kg.build(file, statuses=("fact", "planned", "reported"))
    assert {d["status"] for *_, d in facts.edges(data=True)} == {"fact"}
    assert all_.number_of_edges() >= facts.number_of_edges()


def test_the_report_says_what_was_done_to_each_document(sample_run: Run, tmp_path: Path) -> None:
    files = write(sample_run, tmp_path / "out")
    assert [file.name for file in files] == ["graph.html", "graph.graphml", "report.json"]
    report = json.loads(files[-1].read_text("utf-8"))
    documents = {document["id"]: document for document in report["documents"]}
    assert {step["step"] for step in documents["dirty-haiyan-pingshan"]["repairs"]}
    assert documents["visit-zhenhai-jinyang"]["repairs"] == []
    assert documents["visit-zhenhai-jinyang"]["published"] == "2023-04-18"
    assert documents["page-jingan-guangnan"]["publisher"] == "静安报"
    assert documents["traditional-huangyan-yilong"]["repairs"]
    assert report["problems"] == []
    assert {problem["path"].rpartition(".")[2] for problem in report["skipped"]} == {"json"}
    assert report["graph"]["nodes"] == sample_run.graph.number_of_nodes()
    assert sum(report["graph"]["relations"].values()) == report["graph"]["edges"]


@pytest.mark.parametrize("name", ["graph", "graph.docx", "graph.graphml.gz"])
def test_an_unknown_format_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="format"):
        kg.export(nx.MultiDiGraph(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []
