"""The sheet: what Excel and people do to it is understood, and what cannot be is refused by its row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from worlds import CASES

from kg.decide.sheet import COLUMNS, read_sheet, row_of
from kg.decide.words import words
from kg.errors import DecisionError
from kg.model import Decision, Thing
from kg.reading.review import write_sheet

TITLES = [words()["columns"][name] for name in COLUMNS]
A = Thing("周立山", "official", "", ("001", "b"))
B = Thing("=周立山", "person", "", ("c",))
EVERY = [
    Decision("different", B, A, note="问过,两人"), Decision("rename", A, value="周立珊"),
    Decision("alias", A, value="-周"),
    Decision("retype", A, value="person"), Decision("drop", Thing("签约仪式", "event", "2021-03-05", ("b",))),
    Decision("keep", A, Thing("唐县", "region", "130627"), "visited", note="第一行\n第二行"),
]


def sheet(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([TITLES, *([row.get(name, "") for name in COLUMNS] for row in rows)])
    return path


def test_a_sheet_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = write_sheet(map(row_of, EVERY), tmp_path / "review.csv")
    assert path.read_bytes().startswith("\ufeff状态,问题,决定,".encode())
    said = read_sheet(path)
    assert [one.decision for one in said] == [d.ordered() for d in EVERY]
    assert [one.row for one in said] == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_what_a_spreadsheet_saves_is_read(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "review.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        rows = [[row_of(d).get(name, "") for name in COLUMNS] for d in EVERY]
        rows[4] = [cell.replace("2021-03-05", "2021/3/5") for cell in rows[4]]
        csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows([TITLES, *rows])
    assert [one.decision for one in read_sheet(path)] == [d.ordered() for d in EVERY]


def test_a_sheet_of_ones_own_needs_few_columns_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("名称,说明,新值,决定\n县教育局,x,唐县教育局, 改名 \n\n周立山,,,\n王伟,,,撤销\n", "utf-8")
    assert read_sheet(path) == [(Decision("rename", Thing("县教育局"), value="唐县教育局"), 2, False),
                                (Decision("drop", Thing("王伟")), 5, True)]


NAMED = {"name": "周立山", "other": "王伟"}


@pytest.mark.parametrize(("row", "told"), [
    ({"action": "也许", **NAMED}, "看不懂的决定“也许” (remedy: 写 同一、不同、改名"),
    ({"action": "同一", "name": "周立山"}, "“同一”要有两方"),
    ({"action": "同一", "relation": "到访", **NAMED}, "“同一”要有两方，不要关系"),
    ({"action": "删除", **NAMED}, "“删除”只说一个节点"),
    ({"action": "改名", "relation": "到访", "value": "x", **NAMED}, "有关系的行只能写 删除、正确"),
    ({"action": "改名", "name": "周立山"}, "“改名”没有新值"),
    ({"action": "改类", "name": "周立山", "value": "动物"}, "没有“动物”这一类 (remedy: 写 官员、人物"),
    ({"action": "删除", "name": "周立山", "category": "动物"}, "没有“动物”这一类"),
    ({"action": "删除", "relation": "路过", **NAMED}, "没有“路过”这种关系 (remedy: 写 任职、到访"),
    ({"action": "删除"}, "没有写名称"),
])
def test_a_row_that_cannot_be_understood_is_refused(row: dict[str, str], told: str, tmp_path: Path) -> None:
    path = sheet(tmp_path / "review.csv", {}, row)
    with pytest.raises(DecisionError) as error:
        read_sheet(path)
    assert str(error.value).startswith(f"{path} 第 3 行: ")
    assert told in str(error.value)


def test_what_is_no_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    for text in ("", "甲,乙\n1,2\n", "名称\n周立山\n"):
        path.write_text(text, "utf-8")
        with pytest.raises(DecisionError, match="这不是决定表"):
            read_sheet(path)
    with pytest.raises(DecisionError, match="cannot be read"):
        read_sheet(tmp_path / "missing.csv")


@pytest.mark.parametrize("case", [c for c in CASES if c.get("contradict")], ids=lambda case: case["why"])
def test_rows_that_contradict_one_another_are_refused(case: dict[str, object], tmp_path: Path) -> None:
    rows = case["rows"]
    assert isinstance(rows, list)
    with pytest.raises(DecisionError, match="第 3 行: 与第 2 行矛盾"):
        read_sheet(sheet(tmp_path / "review.csv", *rows))


@pytest.mark.parametrize("case", [c for c in CASES if not c.get("contradict")], ids=lambda case: case["why"])
def test_other_rows_are_not(case: dict[str, object], tmp_path: Path) -> None:
    rows = case["rows"]
    assert isinstance(rows, list)
    assert len(read_sheet(sheet(tmp_path / "review.csv", *rows))) == len(rows)
