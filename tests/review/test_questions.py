"""What is asked, in which order, and what is not asked again."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from kg.decide.sheet import read_sheet
from kg.model import Decision, Outcome, Thing
from kg.reading.review import questions, sheet, told, write_sheet


def graph() -> nx.MultiDiGraph:
    made = nx.MultiDiGraph()
    for node, label, unsure in (("o1", "周立山", "o2 1.5 周立山：姓名相同|o3 2.5 周立珊：读音相同"),
                                ("o2", "周立山", "o1 1.5 周立山：姓名相同"),
                                ("o3", "周立珊", "o1 2.5 周立山：读音相同|gone 2.0 已删：x")):
        made.add_node(node, label=label, category="official", documents="|".join(f"{node}-{n:02}" for n in range(30)),
                      unsure=unsure)
    made.add_node("r1", label="唐县", category="region", adcode="130627", documents="a")
    made.add_node("v1", label="签约仪式", category="event", start_date="2021-03-05", documents="a|b")
    for number, (source, data) in enumerate((
            ("o1", {"confidence": 0.6, "evidence": "甲|乙"}), ("o2", {"confidence": 0.5}), ("o3", {"confidence": 0.76}),
            ("o1", {"confidence": 0.2, "decided": "人工：正确"}), ("o1", {"confidence": 0.1, "basis": "background"}),
            ("o2", {"confidence": 0.99, "conflict": "县长：周立珊也在同一时间任此职"}))):
        made.add_edge(source, "r1", key=f"e{number}", relation="holds_post", relation_zh="任职", **data)
    return made


def test_pairs_come_first_then_conflicts_then_doubts() -> None:
    asked = questions(graph())
    assert [(q.kind, q.cells["name"], q.cells["other"], q.score) for q in asked] == [
        ("pair", "周立山", "周立珊", 2.5), ("pair", "周立山", "周立山", 1.5), ("conflict", "周立山", "唐县", 0.99),
        ("doubt", "周立山", "唐县", 0.5), ("doubt", "周立山", "唐县", 0.6)]
    assert [q.evidence for q in asked[-2:]] == ["", "甲"]
    assert asked[0].why == "读音相同"
    assert [q.score for q in questions(graph(), 0.9) if q.kind == "doubt"] == [0.5, 0.6, 0.76]


def test_the_sheet_names_what_stays(tmp_path: Path) -> None:
    rows = list(sheet(questions(graph()), []))
    assert rows[0]["documents"].count("|") == 20
    assert (rows[2]["other_code"], rows[2]["other_documents"]) == ("130627", "")
    for row in rows:
        row["action"] = "同一" if row["question"] == "是否同一" else "正确"
    said = [one.decision for one in read_sheet(write_sheet(rows[1:3], tmp_path / "review.csv"))]
    assert [(d.action, d.relation) for d in said] == [("same", ""), ("keep", "holds_post")]
    assert said[0].subject.documents[0] == "o1-00"


def test_the_screen_shows_some_and_says_how_many() -> None:
    done = [Outcome(Decision("drop", Thing("王伟")), "idle", "现有文章中没有“王伟”"), Decision("drop", Thing("王炜"))]
    lines = list(told(questions(graph()), done, 1))
    assert lines[0] == "是否同一：2"
    assert "  另有 1 条；全部写成表：kg review -o review.csv" in lines
    assert lines[-2:] == ["  [无着落] 删除：王伟（现有文章中没有“王伟”）", "  [未建] 删除：王炜"]
    assert list(told([], [], 9)) == ["没有要看的"]
