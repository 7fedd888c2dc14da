"""Folders: sorted, hidden and unknown files told, loops refused, ids unique."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kg.model import Problem
from kg.sources import read
from tests.sources.files import packed

TEXT = "海州区党政代表团赴青河县对接协作。"


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden/x.txt", "b/.y.txt", "labels.json", "c/table.xlsx", "c/1.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(TEXT, "utf-8")
    problems: list[Problem] = []
    assert [(r.id, Path(r.path).parent.name) for r in read([tmp_path], problems)] == [
        ("a", tmp_path.name), ("1", "b"), ("2", "b"), ("1-2", "c"),
    ]  # fmt: skip
    told = {(Path(p.path).name, p.kind) for p in problems}
    assert told == {
        (".hidden", "skipped"), (".y.txt", "skipped"), ("labels.json", "skipped"), ("table.xlsx", "skipped"),
        ("1.txt", "note"),
    }  # fmt: skip
    assert all(p.what for p in problems)


def test_links_that_lead_back_are_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    (tmp_path / "in" / "lost.txt").symlink_to(tmp_path / "nowhere")
    problems: list[Problem] = []
    assert [record.id for record in read([tmp_path], problems)] == ["a"]
    assert [p.what.split("leads ")[1].split()[0] for p in problems] == ["back", "nowhere"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    assert [record.id for record in read([file, tmp_path])] == ["a"]


@pytest.mark.parametrize("name", ["missing.txt", "picture.png"])
def test_a_path_that_cannot_be_read_is_a_problem(name: str, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    problems: list[Problem] = []
    assert list(read([tmp_path / name], problems)) == []
    assert [(p.kind, bool(p.remedy)) for p in problems] == [("problem", True)]


def test_ids_can_stand_in_every_output(tmp_path: Path) -> None:
    (tmp_path / "a|b\x07.txt").write_text(TEXT, "utf-8")
    assert [record.id for record in read([tmp_path])] == ["a_b_"]


def test_archives_inside_archives_and_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sources.zip._MEMBER", 10_000)
    inner = packed(x_txt=TEXT.encode())
    (tmp_path / "a.zip").write_bytes(packed(bomb_txt=b"0" * 20_000, good_txt=TEXT.encode(), more_zip=inner))
    problems: list[Problem] = []
    assert [record.id for record in read([tmp_path], problems)] == ["good"]
    assert [(p.path.rsplit("!", 1)[1], p.kind) for p in problems] == [("bomb.txt", "problem"), ("more.zip", "skipped")]


def test_member_names_of_a_chinese_windows(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("PLACEHOLDER.txt", TEXT.encode("gb18030"))
    data = out.getvalue().replace(b"PLACEHOLDER", "协作海州协".encode("gb18030") + b"1")
    (tmp_path / "a.zip").write_bytes(data)
    assert [(record.id, record.text) for record in read([tmp_path])] == [("协作海州协1", TEXT)]


def test_a_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    data = packed(good_txt=TEXT.encode(), z_txt=TEXT.encode())
    place = data.rindex(b"z.txt") - 46 + 28  # where the list of the archive keeps the length of the last name
    (tmp_path / "1.zip").write_bytes(data[:place] + b"\0\0\0\0\5\0" + data[place + 6 :])
    problems: list[Problem] = []
    assert [record.id for record in read([tmp_path], problems)] == ["good"]
    assert problems
    assert [problem.what for problem in problems if "the reader failed" in problem.what] == []
