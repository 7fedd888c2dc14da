"""What every reader owes: the article whole, an id, no exception and a clear word about what it cannot read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.model import Problem
from kg.sources import FORMATS, read
from tests.sources.files import ARTICLES, PARAGRAPHS, TITLE, pdf

SUFFIXES = sorted(FORMATS)


def test_every_format_has_an_article() -> None:
    assert set(ARTICLES) == set(FORMATS)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_article_comes_out_whole(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"article{suffix}"
    file.write_bytes(ARTICLES[suffix])
    problems: list[Problem] = []
    (record,) = read([file], problems)
    assert problems == []
    assert record.id.startswith("article")
    assert str(file) in record.path
    found = [line.strip() for line in record.text.split("\n") if line.strip()]
    for part in (TITLE, *PARAGRAPHS):
        assert found.count(part) == 1, part
    assert "其他新闻" not in record.text
    assert "删去" not in record.text


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_is_a_problem(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"a{suffix}").write_bytes(b"")
    (tmp_path / f"b{suffix}").write_bytes(b" \n\n")
    problems: list[Problem] = []
    assert list(read([tmp_path], problems)) == []
    assert [(Path(p.path).name, p.kind, p.what) for p in problems] == [
        (f"{name}{suffix}", "problem", "the file is empty") for name in "ab"
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("seed", range(3))
def test_broken_bytes_never_stop_the_run(suffix: str, seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    whole = ARTICLES[suffix]
    (tmp_path / f"1-noise{suffix}").write_bytes(dice.randbytes(3000))
    (tmp_path / f"2-half{suffix}").write_bytes(whole[: len(whole) // 2])
    torn = bytearray(whole)
    for _ in range(40):
        torn[dice.randrange(len(torn))] = dice.randrange(256)
    (tmp_path / f"3-torn{suffix}").write_bytes(bytes(torn))
    (tmp_path / "4-good.txt").write_bytes(ARTICLES[".txt"])
    problems: list[Problem] = []
    records = list(read([tmp_path], problems))
    assert [record.id for record in records][-1] == "4-good"
    assert any("1-noise" in problem.path and problem.what for problem in problems)
    assert all(problem.remedy for problem in problems if problem.kind == "problem")


@pytest.mark.parametrize("suffix", [".docx", ".zip"])
def test_torn_archives(suffix: str, tmp_path: Path) -> None:
    dice = random.Random(5)
    for number in range(150):
        torn = bytearray(ARTICLES[suffix])
        place = dice.randrange(len(torn))
        del torn[place : place + dice.randrange(1, 40)]
        (tmp_path / f"{number}{suffix}").write_bytes(bytes(torn))
    problems: list[Problem] = []
    list(read([tmp_path], problems))
    assert len(problems) > 100
    assert [problem.what for problem in problems if "the reader failed" in problem.what] == []


def test_a_defect_of_a_reader_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(source: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("kg.sources.markdown.read", stumble)
    (tmp_path / "a.md").write_bytes(ARTICLES[".md"])
    (tmp_path / "b.txt").write_bytes(ARTICLES[".txt"])
    problems: list[Problem] = []
    assert [record.id for record in read([tmp_path], problems)] == ["b"]
    assert problems[0].what == "the reader failed (ZeroDivisionError: by nothing)"


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLES[".docx"])
    (tmp_path / "b.docx").write_bytes(ARTICLES[".txt"])
    problems: list[Problem] = []
    assert list(read([tmp_path], problems)) == []
    assert ["office file" in problems[0].what, "no sound .docx" in problems[1].what] == [True, True]


def test_a_scan_says_that_it_has_no_text(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf(lines=()))
    problems: list[Problem] = []
    assert list(read([tmp_path], problems)) == []
    assert "no text layer" in problems[0].what


def test_a_page_of_links_is_no_article(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="/{i}">某地召开东西部协作推进会并签约之{i}</a></li>' for i in range(60))
    (tmp_path / "list.html").write_text(f"<html><body><ul>{links}</ul></body></html>", "utf-8")
    problems: list[Problem] = []
    assert list(read([tmp_path], problems)) == []
    assert "no article" in problems[0].what


def test_metadata_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(ARTICLES[".html"])
    (record,) = read([tmp_path])
    assert record.meta["title"] == TITLE
    assert record.meta["published"] == "2019-05-24"
    assert record.meta["source"] == "海州报"
    assert record.meta["encoding"] == "gb18030"
