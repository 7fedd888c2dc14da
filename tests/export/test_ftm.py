"""The package followthemoney validates every entity and reads back what was written."""

from __future__ import annotations

import copy
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from nasty import graphs
from tiny import BRIEF, NEWS, tiny

from kg.export import export
from kg.pipeline import Run
from kg.reading.explain import open_graph

ROOT = Path(__file__).parent.parent.parent
PYTHON = ROOT / ".venv" / "ftm" / "bin" / "python"
READER = Path(__file__).parent / "ftm_reader.py"
Entities = dict[str, dict[str, Any]]
Read = Callable[[Path], Entities]


def lines(path: Path) -> Entities:
    data = path.read_bytes().decode("utf-8")
    assert data.endswith("\n")
    found = [json.loads(line) for line in data.split("\n")[:-1]]
    assert len({entity["id"] for entity in found}) == len(found)
    return {entity["id"]: entity for entity in found}


@pytest.fixture(scope="module")
def package() -> Iterator[Read]:
    """A function from a file to its entities as the package reads them; fails on whatever it finds wrong."""
    if not (PYTHON.parent.parent / "stamp").exists():
        pytest.skip("the package followthemoney is not there (remedy: ./scripts/ftm)")
    reader = subprocess.Popen(
        [PYTHON, READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert reader.stdin
    assert reader.stdout

    def read(path: Path) -> Entities:
        assert reader.stdin
        assert reader.stdout
        reader.stdin.write(f"{path}\n")
        reader.stdin.flush()
        told = json.loads(reader.stdout.readline())
        assert told["wrong"] == []
        entities: Entities = told["entities"]
        return entities

    yield read
    reader.stdin.close()
    reader.wait(timeout=30)
    reader.stdout.close()


def plain(entities: Entities) -> Entities:
    return {
        key: {"id": key, "schema": e["schema"], "properties": {n: sorted(v) for n, v in e["properties"].items()}}
        for key, e in entities.items()
    }


def test_the_package_reads_what_was_written(package: Read, sample_run: Run, tmp_path: Path) -> None:
    from_file = open_graph(export(sample_run.graph, tmp_path / "graph.graphml"))
    for graph in (tiny(), sample_run.graph, from_file):
        file = export(graph, tmp_path / "entities.ftm.json")
        assert plain(package(file)) == plain(lines(file))


def test_the_reader_finds_faults(package: Read, tmp_path: Path) -> None:
    file = tmp_path / "wrong.ftm.json"
    good = {"id": "p", "schema": "Person", "properties": {"name": ["顾闻笛"]}}
    post = {"id": "o", "schema": "Occupancy", "properties": {"holder": ["p"], "post": ["p"], "date": ["2023-13"]}}
    file.write_text(f"{json.dumps(good)}\n{json.dumps(post)}\n", "utf-8")
    with pytest.raises(AssertionError, match=r"line 2.*'date': 'Invalid value'"):
        package(file)
    post["properties"] = {"holder": ["p"], "post": ["p"]}
    file.write_text(f"{json.dumps(good)}\n{json.dumps(post)}\n", "utf-8")
    with pytest.raises(AssertionError, match="post points to p, which is Person"):
        package(file)
    file.write_text(json.dumps(good | {"properties": {}}) + "\n", "utf-8")
    with pytest.raises(AssertionError, match="name"):
        package(file)


def test_every_node_and_edge_is_told(sample_run: Run, tmp_path: Path) -> None:
    graph = sample_run.graph
    found = lines(export(graph, tmp_path / "graph.ftm"))
    assert {found[node]["properties"]["name"][0] for node in graph} == {
        " ".join(label.split()) for _, label in graph.nodes(data="label")
    }
    kinds = Counter(entity["schema"] for entity in found.values())
    relations = Counter(data["relation"] for *_, data in graph.edges(data=True))
    assert kinds["Occupancy"] >= relations["holds_post"] >= kinds["Position"] * 0.5
    assert kinds["Article"] == len(graph.graph["documents"])
    told = {text for entity in found.values() for text in entity["properties"].get("description", ())}
    assert told == {
        text
        for *_, data in graph.edges(data=True)
        for text in data.get("evidence", "").split("|")
        if text and data["relation"] != "located_in"
    }


def test_the_tiny_graph(tmp_path: Path) -> None:
    graph = tiny()
    graph.edges["o1", "r330211", "k00"].update(former=True, since="2019", documents=f"{BRIEF}|{NEWS}")
    found = {
        key: e["properties"] | {"schema": e["schema"]}
        for key, e in lines(export(graph, tmp_path / "x.ftm.json")).items()
    }
    posts = {key: e for key, e in found.items() if e["schema"] == "Occupancy"}
    assert {found[e["post"][0]]["name"][0] for e in posts.values()} == {"区委副书记、区长", "区长"}
    for post in posts.values():
        assert (post["holder"], post["status"], post["startDate"], post["recordId"]) == (
            ["o1"],
            ["ended"],
            ["2019"],
            [BRIEF, NEWS],
        )
        assert found[post["post"][0]]["organization"] == ["r330211"]
    (payment,) = (e for e in found.values() if e["schema"] == "Payment")
    assert (payment["payer"], payment["beneficiary"], payment["amount"], payment["currency"]) == (
        ["r330211"],
        ["r513430"],
        ["3200000"],
        ["CNY"],
    )
    visit = next(e for key, e in found.items() if key == "k01-event")
    assert (visit["involved"], visit["addressEntity"], visit["date"]) == (
        ["o1", "r513430"],
        ["r513430-address"],
        ["2023-04-12"],
    )
    assert found["v1"]["involved"] == ["o1", "p1"]
    assert (found["d1"]["schema"], found["c1"]["schema"]) == ("PublicBody", "Company")
    assert found["r513430-address"]["latitude"] == ["27.7"]
    assert {(e["participant"][0], e["role"][0]) for e in found.values() if e["schema"] == "ProjectParticipant"} == {
        ("c1", "投资"),
        ("d1", "承担"),
    }


def test_what_is_only_planned_says_so(tmp_path: Path) -> None:
    graph = tiny()
    graph.edges["r330211", "r513430", "k03"]["status"] = "planned"
    found = lines(export(graph, tmp_path / "x.ftm"))
    assert found["k03-payment"]["properties"]["summary"][0] == "planned"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(graph=graphs())
def test_nasty_strings(graph: nx.MultiDiGraph, package: Read, tmp_path: Path) -> None:
    before = copy.deepcopy(graph)
    file = export(graph, tmp_path / "graph.ftm")
    assert repr(dict(graph.nodes)) == repr(dict(before.nodes))
    assert plain(package(file)) == plain(lines(file))
