"""The page as a file: self-contained, the same bytes each time, everything in it as data."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export import export
from kg.export.graphml import read_graphml
from kg.export.html import SCRIPTS, _library, render
from kg.export.page_data import EDGE_DETAILS, NODE_DETAILS, inert
from kg.model import Evidence, Statement


@pytest.fixture
def graph() -> nx.MultiDiGraph:
    made = nx.MultiDiGraph()
    made.add_node("b", label="云岭县", category="region", aliases="云岭县|云岭", documents="d1|d2", x=1.04, y=2.0,
                  size=100.0)
    made.add_node("a", label="赵明远", category="official", documents="d1", x=0.0, y=0.0, size=4.0, title="市委书记")
    text = "3日,赵明远到云岭县调研。"
    made.add_edge("a", "b", key="e1", relation="visited", relation_zh="到访", weight=2, documents="d1|d2",
                  date="2021-03-03", evidence=f"{text}|另一句。")
    made.graph["documents"] = {"d2": {"title": "另一篇", "published": "", "publisher": None},
                               "d1": {"title": "题", "published": "2021-03-04", "publisher": "报"}}
    head, tail = Evidence("d1", 103, 106, "赵明远"), Evidence("d2", 107, 110, "云岭县")
    made.graph["statements"] = {"e1": [
        Statement("d1", "visited", "p", "r", Evidence("d1", 100, 100 + len(text), text), "x", 0.9, "fact", "2021-03-03",
                  head_evidence=head, tail_evidence=tail),
        Statement("d2", "visited", "p", "r", Evidence("d2", 9, 13, "另一句。"), "x", 0.9, "fact")]}
    return made


NAMESPACES = r"http://www\.w3\.org/2000/svg|http://graphml\.graphdrawing\.org/xmlns"  # names, never fetched


def data(page: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="kg-{name}">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found.group(1))


def test_rows(graph: nx.MultiDiGraph) -> None:
    page = render(graph)
    nodes, edges, rest, evidence = (data(page, name) for name in ("nodes", "edges", "rest", "evidence"))
    assert nodes["key"] == ["a", "b"]
    assert nodes["aliases"] == [[], ["云岭"]]
    assert nodes["x"] == [0.0, 1.0]
    assert nodes["more"][0] == {"title": "市委书记"}
    assert (edges["from"], edges["to"]) == ([0], [1])
    assert rest["relations"][edges["relation"][0]] == ["visited", "到访", False]
    assert rest["documents"] == [["d1", "题", "2021-03-04", "报"], ["d2", "另一篇", "", ""]]
    assert evidence["sentences"] == [[0, "3日,赵明远到云岭县调研。"], [1, "另一句。"]]
    # a part of another document has no place in this sentence
    assert evidence["said"] == [[[0, 3, 6, -1, -1, "2021-03-03"], [1, -1, -1, -1, -1, ""]]]


def test_a_graph_from_a_file_keeps_its_evidence(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    page = render(read_graphml(export(graph, tmp_path / "g.graphml")))
    rest, edges, evidence = (data(page, name) for name in ("rest", "edges", "evidence"))
    assert evidence["sentences"] == [[-1, "3日,赵明远到云岭县调研。"], [-1, "另一句。"]]
    assert evidence["said"] == [[[0], [1]]]
    assert [d[0] for d in rest["documents"]] == ["d1", "d2"]
    assert edges["documents"] == [[0, 1]]


def test_nothing_comes_from_elsewhere(graph: nx.MultiDiGraph) -> None:
    page = render(graph).replace(_library(), "")
    assert re.findall(r"(?:https?:)?//(?:www|[a-z]+\.)", re.sub(NAMESPACES, "", page)) == []
    assert not re.search(r"<(?:link|img|iframe|object|embed|base|form)\b", page)
    assert not re.search(r"\b(?:src|href)=\"(?!#)", page)
    assert "sourceMappingURL" not in render(graph)
    assert not re.search(r"\son[a-z]+=", page.split("<script>")[0])


def test_the_policy_names_every_script_and_style(graph: nx.MultiDiGraph) -> None:
    page = render(graph)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    parts = re.findall(r"<(script|style)>(.*?)</\1>", page, re.DOTALL)
    assert [name for name, _ in parts] == ["style", "script", "script"]
    for _, part in parts:
        assert b64encode(sha256(part.encode()).digest()).decode() in policy.group(1)
    assert "\r" not in page


def test_every_script_of_ours_is_in_the_page(graph: nx.MultiDiGraph) -> None:
    folder = Path(sys.modules["kg.export.html"].__file__ or "").parent / "page"
    assert {p.stem for p in folder.glob("*.js")} == set(SCRIPTS)
    page = render(graph)
    assert all(p.read_text("utf-8").strip() in page for p in folder.glob("*.js"))
    words = (folder / "words.js").read_text("utf-8")
    zh, en = words.split("  en: {")
    names = [set(re.findall(r"(\w+): \"", part)) for part in (zh, en)]
    assert names[0] ^ names[1] == {*re.findall(r"(\w+): \"", en.split("kg.categoryWords")[1])} - names[0]
    details = {*NODE_DETAILS, *EDGE_DETAILS} - {"path"} | {"path_name"}
    assert details - names[0] == set()


def test_same_bytes_whatever_the_run(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    first, second = export(graph, tmp_path / "a.html"), tmp_path / "b.html"
    turned = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(graph.edges(keys=True, data=True))
    export(turned, second)
    assert first.read_bytes() == second.read_bytes()
    code = ("import networkx as nx; from zlib import crc32; from kg.export.html import render\n"
            "links = [(f'n{i}', f'n{i * 7 % 60}') for i in range(90)]\n"  # enough for several communities
            "graph = nx.MultiDiGraph(links)\n"
            "for n in graph: graph.nodes[n].update(label=f'四川省{n}县', category='region' if n > 'n3' else 'person')\n"
            "print(crc32(render(graph).encode()))")
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                           env=os.environ | {"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")}
    assert len(runs) == 1


def test_the_graph_stays_as_it_is(graph: nx.MultiDiGraph) -> None:
    before = copy.deepcopy(graph)
    render(graph)
    assert dict(before.nodes(data=True)) == dict(graph.nodes(data=True))
    assert before.graph == graph.graph


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("<>&\u2028\u2029\"'\\/!-"))))
def test_inert_text_is_data(text: str) -> None:
    written = inert([text])
    assert json.loads(written) == [text]
    assert not set(written) & set("<>&\u2028\u2029")


def test_unknown_words_of_others_do_not_break_it() -> None:
    other = nx.MultiDiGraph()
    other.add_edge(1, "二", relation="knows")
    other.add_edge("二", "二")
    page = render(other)
    assert data(page, "nodes")["label"] == ["1", "二"]
    rest = data(page, "rest")
    assert ["knows", "knows", False] in rest["relations"]
    assert ["other", "other"] in rest["categories"]
