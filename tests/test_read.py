"""kg read: metadata, repairs with their place, lines left out with their class."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import main
from tests.text.test_reposts import WIRE

DIRTY = (
    "來源：海州報 2019-05-24 作者：李小文\n海州區代表團赴青河縣\n"
    "海州區委書記林遠山率隊赴青河縣，看望援派干部，簽訂協(xié)作協(xié)議。\n"
    "代表團察看了產業園區，海州區\u200b向青河縣捐贈資金三百萬元。\n相關閱讀：\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(DIRTY, "utf-8")
    return tmp_path / "a.txt"


def test_show(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--show", str(file)]) == 0
    lines = capsys.readouterr().out.split("\n")
    for line in (
        f"=== a ({file})",
        "title: 海州区代表团赴青河县",
        "published: 2019-05-24",
        "publisher: 海州报",
        "reporters: 李小文",
        "海州区委书记林远山率队赴青河县，看望援派干部，签订协作协议。",
        "代表团察看了产业园区，海州区向青河县捐赠资金三百万元。",
        "3:26 pinyin: '(xié)' -> ''",
        "4:15 invisible: '\\u200b' -> ''",
        "1:1 meta (header): 来源：海州报 2019-05-24 作者：李小文",
    ):
        assert line in lines, line
    assert any(line.startswith("5:1 noise (furniture): 相关阅读") for line in lines)


def test_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--json", str(file), str(file.parent / "lost.txt")]) == 0
    told, problem = map(json.loads, capsys.readouterr().out.splitlines())
    assert problem["kind"] == "problem"
    assert told["original"] == DIRTY
    assert {repair["step"] for repair in told["repairs"]} == {"pinyin", "invisible", "traditional"}
    for repair in told["repairs"]:
        assert DIRTY[repair["start"] : repair["end"]] == repair["before"]
    kinds = [line["class"] for line in told["lines"]]
    assert kinds == ["meta", "title", "body", "body", "noise"]
    assert DIRTY[told["lines"][1]["start"] : told["lines"][1]["end"]] == "海州區代表團赴青河縣"


def test_one_line_each(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "b.txt").write_text(WIRE, "utf-8")
    (file.parent / "c.txt").write_text("短讯。\n" + WIRE, "utf-8")
    assert main(["read", str(file.parent)]) == 0
    first, *others = capsys.readouterr().out.splitlines()
    assert first.startswith("a: ")
    assert "2 lines left out" in first
    assert all("0 repairs, 0 lines left out" in other for other in others)
    assert ["repost of" in other for other in others] in ([True, False], [False, True])


def test_nothing_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert main(["read", str(tmp_path)]) == 1
    assert "the file is empty" in capsys.readouterr().err


def test_columns_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text(f"a,b\n甲,{WIRE.splitlines()[1]}\n", "utf-8")
    assert main(["read", str(tmp_path)]) == 1
    assert "--column text=NAME" in capsys.readouterr().err
    assert main(["read", str(tmp_path), "--column", "text=b", "--column", "id=a"]) == 0
    assert capsys.readouterr().out.startswith("甲: ")
    with pytest.raises(SystemExit) as end:
        main(["read", str(tmp_path), "--column", "words=b"])
    assert end.value.code == 2


def test_an_inferred_year_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = WIRE + "\n今年是2021年，也是协作的第三年，5月两地再次会商。"
    (tmp_path / "a.txt").write_text(body, "utf-8")
    (tmp_path / "b.txt").write_text(f"2021-05-24 来源：海州报\n{body}", "utf-8")
    assert main(["read", "--json", str(tmp_path)]) == 0
    a, b = map(json.loads, capsys.readouterr().out.splitlines())
    assert (a["published"], a["inferred_year"]) == ("", 2021)
    assert (b["published"], b["inferred_year"]) == ("2021-05-24", 0)


def test_the_report_of_a_run(file: Path) -> None:
    (file.parent / "empty.txt").write_bytes(b"")
    assert main(["build", str(file.parent), "-o", str(file.parent / "out")]) == 0
    report = json.loads((file.parent / "out" / "report.json").read_text("utf-8"))
    (document,) = report["documents"]
    assert [(repair["step"], repair["count"]) for repair in document["repairs"]] == [
        ("invisible", 1), ("pinyin", 2), ("traditional", 19),
    ]  # fmt: skip
    assert all(repair["examples"] for repair in document["repairs"])
    assert [(part["class"], part["told_by"], part["count"]) for part in document["left_out"]] == [
        ("meta", "header", 1), ("noise", "furniture", 1),
    ]  # fmt: skip
    assert document["reporters"] == ["李小文"]
    assert [(Path(p["path"]).name, p["what"]) for p in report["problems"]] == [("empty.txt", "the file is empty")]
