"""Every statement is a line of JSON that says what, where, by which rule and how sure."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import HealthCheck, given, settings
from nasty import graphs, writable

from kg.export import export
from kg.export.graphml import read_graphml
from kg.export.statements import write_statements
from kg.export.values import clean
from kg.model.schema import STATUSES
from kg.pipeline import Run


def read(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    assert data == b"" or data.endswith(b"\n")
    return [json.loads(line) for line in data.decode("utf-8").split("\n")[:-1]]


def test_the_statements_of_the_samples(sample_run: Run, samples: Path, tmp_path: Path) -> None:
    graph = sample_run.graph
    lines = read(export(graph, tmp_path / "graph.jsonl"))
    stated = {s.id: s for said in graph.graph["statements"].values() for s in said}
    assert {line["statement"] for line in lines if "statement" in line} == set(stated)
    edges = {key: (a, b, d) for a, b, key, d in graph.edges(keys=True, data=True)}
    assert {line["edge"] for line in lines} == set(edges)
    texts = {file.stem: file.read_bytes().decode() for file in samples.glob("visit-*.txt")}
    seen = 0
    for line in lines:
        source, target, data = edges[line["edge"]]
        assert (line["head"]["id"], line["tail"]["id"], line["relation"]) == (source, target, data["relation"])
        assert line["head"]["label"] == graph.nodes[source]["label"]
        assert line["status"] in STATUSES
        assert line["rule"]
        assert 0 < line["confidence"] <= 1
        if "statement" in line:
            statement = stated[line["statement"]]
            assert (line["start"], line["end"]) == (statement.evidence.start, statement.evidence.end)
            assert dict(statement.attrs).keys() == line.get("attributes", {}).keys()
            if line["document"] in texts:
                assert texts[line["document"]][line["start"]:line["end"]] == line["evidence"]
                seen += 1
        else:
            assert (line["whole_edge"], line["basis"]) == (True, "background")
    assert seen > 20


def test_a_graph_from_a_file_tells_its_sentences(sample_run: Run, tmp_path: Path) -> None:
    graph = read_graphml(export(sample_run.graph, tmp_path / "graph.graphml"))
    lines = read(export(graph, tmp_path / "graph.jsonl"))
    sentences = [d.get("evidence", "").split("|") for *_, d in graph.edges(data=True)]
    assert len(lines) == sum(map(len, sentences))
    assert {line.get("evidence", "") for line in lines} == {text for texts in sentences for text in texts}
    assert all(line["whole_edge"] and line["rule"] and line["status"] == "fact" for line in lines)
    assert all("document" in line or len(line["documents"]) > 1 for line in lines)


@settings(max_examples=120, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(graph=graphs())
def test_nasty_strings(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.jsonl"
    before = copy.deepcopy(graph)
    write_statements(graph, path)
    assert repr(dict(graph.nodes)) == repr(dict(before.nodes))
    told: dict[str, list[dict[str, Any]]] = {}
    for line in read(path):
        told.setdefault(line["edge"], []).append(line)
    assert set(told) == {key for *_, key in graph.edges(keys=True)}
    for source, target, key, data in graph.edges(keys=True, data=True):
        kept = writable(data)
        for line in told[key]:
            assert (line["head"]["id"], line["tail"]["id"]) == (clean(source), clean(target))
            assert {n: line.get(n) for n in ("rule", "confidence", "status")} == {
                n: kept.get(n) for n in ("rule", "confidence", "status")}
            attributes = line.get("attributes", {})
            assert attributes == {n: kept[n] for n in attributes}
        assert [line.get("evidence", "") for line in told[key]] == kept.get("evidence", "").split("|")
    first = path.read_bytes()
    write_statements(graph, path)
    assert path.read_bytes() == first
