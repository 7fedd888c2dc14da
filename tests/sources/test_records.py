"""Records of JSON lines and CSV: fields guessed or given, bad lines named, ids kept."""

from __future__ import annotations

import json
from pathlib import Path

from kg.model import Problem
from kg.sources import LONGEST, read

LINES = [
    json.dumps({"id": "甲-1", "content": "海州区代表团赴青河县。", "title": "海州赴青河", "date": "2020-01-02"}),
    "{broken",
    "[1, 2]",
    json.dumps({"id": "乙", "content": ["第一段。", "第二段。"]}),
    json.dumps({"name": "nothing"}),
    json.dumps({"content": " "}),
    json.dumps({"id": "乙", "content": "同一个编号。\ud800"}),
]


def test_json_lines(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text("\n".join(LINES), "utf-8")
    problems: list[Problem] = []
    records = list(read([tmp_path], problems))
    assert [(record.id, record.text) for record in records] == [
        ("甲-1", "海州赴青河\n海州区代表团赴青河县。"),
        ("乙", "第一段。\n第二段。"),
        ("乙-2", "同一个编号。?"),
    ]
    assert records[0].meta == {"title": "海州赴青河", "published": "2020-01-02"}
    told = {(problem.path.rsplit(":", 1)[1], problem.kind) for problem in problems}
    assert told == {("2", "problem"), ("3", "problem"), ("5", "problem"), ("6", "problem"), ("7", "note")}


def test_columns_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,text\n一,海州区来了。,别的。\n", "utf-8")
    assert [record.text for record in read([tmp_path])] == ["别的。"]
    assert [record.text for record in read([tmp_path], columns={"text": "b", "id": "a"})] == ["海州区来了。"]
    problems: list[Problem] = []
    assert list(read([tmp_path], problems, columns={"text": "c"})) == []
    assert problems[0].what == "there is no column c for text"


def test_csv_without_a_text_column(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", "utf-8")
    problems: list[Problem] = []
    assert list(read([tmp_path], problems)) == []
    assert "no column holds the text" in problems[0].what


def test_long_fields_and_quotes(tmp_path: Path) -> None:
    long = "协作" * 100_000
    (tmp_path / "a.csv").write_text(f'id;正文\nx;"{long}"\ny;"他说""要抓实""。\n第二行"\n', "utf-8")
    assert [(r.id, len(r.text)) for r in read([tmp_path])] == [("x", 200_000), ("y", 12)]


def test_a_document_beyond_the_limit_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("协" * (LONGEST + 1), "utf-8")
    (tmp_path / "news.jsonl").write_text(json.dumps({"text": "协" * (LONGEST + 1)}) + "\n" + LINES[0], "utf-8")
    problems: list[Problem] = []
    assert [record.id for record in read([tmp_path], problems)] == ["甲-1"]
    assert [("1,000,001" in p.what, "1,000,000" in p.what) for p in problems] == [(True, True)] * 2


def test_a_table_of_nothing_but_a_mark(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf")
    (tmp_path / "b.tsv").write_bytes(b"\xef\xbb\xbf\xef\xbb\xbf")
    problems: list[Problem] = []
    assert list(read([tmp_path], problems)) == []
    assert [problem.what for problem in problems if "the reader failed" in problem.what] == []
    assert len(problems) == 2
