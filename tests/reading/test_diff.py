"""kg diff: what is new, gone or changed, whatever the ids of nodes and edges are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from builds import build, fill

from kg.cli import main
from kg.export import export
from kg.model.schema import CATEGORIES, RELATIONS
from kg.reading.diff import MAIN, Difference, compare, snapshots
from kg.store import NAME

NODES = {
    "沈岳川": "official", "罗文翰": "official", "镇海区": "region", "金阳县": "region", "唐县": "region",
    "金阳县电商服务中心": "project", "唐县帮扶车间": "project",
}
POST = ("沈岳川", "holds_post", "镇海区", {"titles": "区委书记", "title": "区委书记", "evidence": "区委书记沈岳川说。"})
VISIT = ("沈岳川", "visited", "金阳县", {"date": "2023-04-12", "weight": 1, "evidence": "沈岳川赴金阳县调研。"})
PAIR = ("镇海区", "paired_with", "金阳县", {"since": "2021"})
GIFT = ("镇海区", "supports", "金阳县", {"amount": 3_000_000.0})
LIES = ("金阳县电商服务中心", "located_in", "金阳县", {})


def graph(*edges: tuple[str, str, str, dict[str, Any]], salt: str = "", **kinds: str) -> nx.MultiDiGraph:
    """These relations between nodes whose ids hang on *salt*; *kinds* are projects with their kind."""
    made = nx.MultiDiGraph()
    names = {name for edge in edges for name in (edge[0], edge[2])} | set(kinds)
    for name in sorted(names, reverse=bool(salt)):
        more = {"kind": kinds[name]} if name in kinds else {}
        category = NODES[name]
        made.add_node(salt + name, label=name, category=category, category_zh=CATEGORIES[category], **more)
    for head, relation, tail, data in edges[::-1] if salt else edges:
        values = {"relation": relation, "relation_zh": RELATIONS[relation], "status": "fact", "weight": 1} | data
        made.add_edge(salt + head, salt + tail, key=f"e{salt}{head}{relation}{tail}", **values)
    return made


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """The difference of two graphs, written and read again."""

    def difference(old: nx.MultiDiGraph, new: nx.MultiDiGraph) -> Difference:
        files = [export(g, tmp_path / name) for g, name in ((old, "old.graphml"), (new, "new.graphml"))]
        return compare(*snapshots(*map(str, files)))

    return difference


def found(difference: Difference) -> set[tuple[str, str, str, str]]:
    return {(s.name, c.kind, c.head, c.tail) for s in difference.sections for c in s.changes}


ALL = (POST, VISIT, PAIR, GIFT, LIES)


def test_the_same_graph_under_other_ids_differs_in_nothing(told: Any) -> None:
    difference = told(graph(*ALL), graph(*ALL, salt="x"))
    assert found(difference) == set()
    assert not any(section.again for section in difference.sections)


@pytest.mark.parametrize("edge", ALL, ids=lambda edge: edge[1])
def test_what_comes_and_goes(edge: tuple[str, str, str, dict[str, Any]], told: Any) -> None:
    rest = [other for other in ALL if other is not edge]
    without, whole = graph(*rest, 金阳县电商服务中心=""), graph(*ALL, salt="x")
    assert found(told(without, whole)) == {(edge[1], "new", edge[0], edge[2])}
    assert found(told(whole, without)) == {(edge[1], "gone", edge[0], edge[2])}


@pytest.mark.parametrize(
    ("edge", "after", "name", "pair"),
    [
        (POST, {"titles": "区委书记|市委常委", "title": "区委书记"}, "titles", ("区委书记", "区委书记|市委常委")),
        (VISIT, {"date": "2023-05-01"}, "date", ("2023-04-12", "2023-05-01")),
        (PAIR, {}, "since", ("2021", "")),
        (GIFT, {"amount": 5_500_000.0}, "amount", ("3000000", "5500000")),
        (GIFT, {"amount": 3_000_000.0, "aid_kind": "funds"}, "aid_kind", ("", "funds")),
        (GIFT, {"amount": 3_000_000.0, "status": "planned"}, "status", ("", "planned")),
    ],
)
def test_what_changes(edge: Any, after: dict[str, Any], name: str, pair: tuple[str, str], told: Any) -> None:
    difference = told(graph(edge), graph((*edge[:3], after), salt="x"))
    (change,) = [c for s in difference.sections for c in s.changes]
    assert (change.kind, change.head, change.tail) == ("changed", edge[0], edge[2])
    assert change.changes == {name: pair}


def test_more_sentences_for_the_same_are_no_change(told: Any) -> None:
    said = {"weight": 3, "evidence": "沈岳川赴金阳县调研。|沈岳川到金阳县。", "confidence": 0.99}
    more = (*VISIT[:3], VISIT[3] | said)
    difference = told(graph(VISIT), graph(more))
    assert found(difference) == set()
    assert {s.name: s.again for s in difference.sections if s.again} == {"visited": 1}


def test_projects_are_nodes(told: Any) -> None:
    old = graph(POST, 唐县帮扶车间="workshop")
    new = graph(POST, salt="x", 唐县帮扶车间="base", 金阳县电商服务中心="facility")
    difference = told(old, new)
    changed, new = ("project", "changed", "唐县帮扶车间", ""), ("project", "new", "金阳县电商服务中心", "")
    assert found(difference) == {changed, new}


def test_namesakes_are_told_together(told: Any) -> None:
    two = graph(POST)
    two.add_node("other", label="沈岳川", category="person", category_zh="人物")
    two.add_edge("other", "镇海区", key="e2", relation="holds_post", relation_zh="任职", titles="教师", weight=1)
    difference = told(graph(POST), two)
    (change,) = [c for s in difference.sections for c in s.changes]
    assert change.changes == {"titles": ("区委书记", "区委书记|教师")}


def test_the_command_on_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output, store = tmp_path / "out", str(tmp_path / "out" / NAME)
    build(fill(tmp_path / "in", ["plans-dejiang.txt"]), output)
    assert main(["diff", store]) == 1
    assert "holds one build" in capsys.readouterr().err
    first = (output / "graph.graphml").rename(tmp_path / "first.graphml")
    build(fill(tmp_path / "in", ["plans-dejiang.txt", "visit-zhenhai-jinyang.txt"]), output)
    assert main(["diff", store]) == 0
    shown = capsys.readouterr().out
    lines = shown.splitlines()
    assert lines[0].startswith(f"old: {store}@1 (1 articles, ")
    assert lines[2] == "articles: 1 new"
    assert lines[3] == "  new: visit-zhenhai-jinyang 镇海区党政代表团赴金阳县对接东西部协作工作 (2023-04-18)"
    assert "  new: 沈岳川 → 浙江省宁波市镇海区  (titles 区委书记; body party)" in lines
    assert "      “4月12日至14日，区委书记沈岳川率镇海区党政代表团赴四川省凉山州金阳县对接东西部协作工作。”" in lines
    assert any(line.startswith("位于 located_in: ") for line in lines)
    assert not any("青花椒现代农业园区 → " in line for line in lines)
    for old, new in ((f"{store}@1", f"{store}@2"), (f"{output}@1", str(output)), (f"{store}@1", str(output))):
        assert main(["diff", old, new]) == 0
        assert capsys.readouterr().out.splitlines()[2:] == lines[2:]
    assert main(["diff", str(first), str(output / "graph.graphml")]) == 0  # files know nothing of their articles
    assert capsys.readouterr().out.splitlines()[2:] == lines[4:]
    assert main(["diff", str(first), store, "--all"]) == 0
    assert any("青花椒现代农业园区 → " in line for line in capsys.readouterr().out.splitlines())
    assert main(["diff", store, store]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == ["no relation and no project differs"]


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out"
    build(fill(tmp_path / "in", ["plans-dejiang.txt", "visit-zhenhai-jinyang.txt"]), output)
    build(fill(tmp_path / "in", ["plans-dejiang.txt"]), output)
    assert main(["diff", str(output), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [document["id"] for document in told["documents"]["gone"]] == ["visit-zhenhai-jinyang"]
    assert set(MAIN) | set(RELATIONS) <= set(told)
    post = next(change for change in told["holds_post"]["gone"] if change["head"] == "沈岳川")
    assert post["attributes"] == {"titles": "区委书记", "body": "party"}
    assert post["evidence"].startswith("4月12日至14日")
    assert told["visited"]["new"] == []


@pytest.mark.parametrize("word", ["nowhere", "out@7", "out/kg.sqlite@x", "out/graph.graphml@1"])
def test_what_is_not_there_is_told(
    word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(fill(tmp_path / "in", ["plans-dejiang.txt"]), tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    for words in ([word], [word, "out"], ["out", word]):
        assert main(["diff", *words]) == 1
        shown = capsys.readouterr().err
        assert shown.startswith("kg: ")
        assert "(remedy: " in shown
