"""Reposts in a run: one piece of evidence, all sources named, whoever works on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.graph import build_graph
from kg.model import Evidence, Extraction, LocalEntity, Statement
from kg.pipeline import run, write
from kg.resolve import resolve
from tests.text.test_reposts import OTHERS, TWINS, WIRE


def write_texts(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / f"{name.replace(' ', '-')}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_texts(tmp_path_factory.mktemp("news"), {"wire": WIRE, **TWINS, **OTHERS})


def visits(graph: object) -> list[dict[str, object]]:
    return [data for _, _, data in graph.edges(data=True) if data["relation"] == "holds_post"]  # type: ignore[attr-defined]


def test_reposts_count_once_and_all_sources_stay(folder: Path, tmp_path: Path) -> None:
    alone = write_texts(tmp_path, {"wire": WIRE})
    one, many = visits(kg.build(alone)), visits(kg.build(folder))
    assert one
    assert {edge["weight"] for edge in one} == {1}
    whole = [edge for edge in many if len(str(edge["documents"]).split("|")) >= len(TWINS)]
    assert whole
    assert {edge["weight"] for edge in whole} == {1}
    assert {edge["confidence"] for edge in whole} <= {edge["confidence"] for edge in one}


def test_the_report_names_what_was_reposted(folder: Path, tmp_path: Path) -> None:
    results = [run(folder, workers=workers) for workers in (1, 2)]
    write(results[0], tmp_path)
    documents = json.loads((tmp_path / "report.json").read_text("utf-8"))["documents"]
    leaders = {document["id"]: document["repost_of"] for document in documents}
    assert sum(bool(leader) for leader in leaders.values()) == len(TWINS)
    assert leaders["another-visit"] == leaders["a-short-one"] == ""
    assert [report.repost_of for report in results[1].documents] == [leaders[d.id] for d in results[1].documents]
    known = results[0].graph.graph["documents"]
    assert {name: known[name]["repost_of"] for name in known} == leaders


def said(document: str, text: str, place: int, confidence: float = 0.5) -> Statement:
    evidence = Evidence(document, place, place + len(text), text)
    return Statement(document, "visited", "person:甲", "region:110105", evidence, "r", confidence, "fact")


def extraction(document: str, *texts: str) -> Extraction:
    entities = tuple(
        LocalEntity(document, key, category, name, (name,), (Evidence(document, 0, 1, name),))
        for key, category, name in (("person:甲", "official", "林远山"), ("region:110105", "region", "北京市朝阳区"))
    )
    statements = tuple(said(document, text, 10 * n) for n, text in enumerate(texts))
    return Extraction(document, document, "", "", "", entities, statements)


def test_weights() -> None:
    found = [
        extraction("a", "甲赴乙。", "甲到乙。"),
        extraction("b", "本报讯 甲赴乙。"),
        extraction("c", "甲赴乙！", "丙。"),
    ]

    def weight(reposts: dict[str, str]) -> tuple[int, str, str]:
        graph = build_graph(found, resolve(found), reposts=reposts)
        (edge,) = (data for _, _, data in graph.edges(data=True) if data["relation"] == "visited")
        return edge["weight"], edge["evidence"], edge["documents"]

    assert weight({}) == (4, "甲赴乙。|甲到乙。|本报讯 甲赴乙。|丙。", "a|b|c")
    assert weight({"b": "a"}) == (3, "甲赴乙。|甲到乙。|丙。", "a|b|c")
    assert weight({"b": "a", "c": "a"}) == (2, "甲赴乙。|甲到乙。", "a|b|c")
