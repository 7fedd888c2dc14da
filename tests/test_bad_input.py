"""Bad input gets a clear message or a place in the report; the run goes on, and the files stay valid and harmless."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.cli import main
from kg.pipeline import Run, run, write

GOOD = "5月9日，北京市朝阳区委书记冯远山率党政代表团赴河北省保定市唐县考察。唐县县委书记高立群陪同。\n"
EVIL = (
    "2023-05-09\n<script>alert(1)</script>\n5月9日，北京市朝阳区委书记<b>冯远山</b>\x00\x07\x1b[31m率团赴河北省保定市唐县考察。\n"
    "]]>&lt;img src=x onerror=alert(2)>\u202e\ufffe\u2028</script><!-- \n"
    "北京</script><script>alert(3)</script>商贸有限公司向唐县捐赠资金10万元。\n"
)


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "good.txt").write_text(GOOD, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\u3000\n", "utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "points.txt").write_text("。。。！！！———…………\n" * 20, "utf-8")
    (folder / "evil.txt").write_text(EVIL, "utf-8")
    (folder / "broken.html").write_text("<html><body><div><p>" + "<" * 2000, "utf-8")
    (folder / "nested.html").write_text("<div>" * 5000 + GOOD, "utf-8")
    (folder / "truncated.docx").write_bytes(b"PK\x03\x04" + bytes(40))
    (folder / "english.txt").write_text("Nothing here is Chinese.\n" * 5, "utf-8")
    (folder / "surrogates.txt").write_bytes(GOOD.encode() + b"\xed\xa0\x80")
    (folder / "name|with bar & <tags>.txt").write_text(GOOD, "utf-8")
    return run(folder)


@pytest.mark.parametrize("name", ["empty.txt", "blank.txt", "binary.txt", "points.txt", "truncated.docx"])
def test_what_cannot_be_read_is_told(bad: Run, name: str) -> None:
    (problem,) = (p for p in bad.problems if p.path.endswith(name))
    assert problem.kind == "problem"
    assert problem.what
    assert problem.remedy


def test_the_run_goes_on(bad: Run) -> None:
    read = {document.id for document in bad.documents if not document.problem}
    assert {"good", "evil"} <= read
    assert not [document for document in bad.documents if document.problem], "a document failed inside the program"
    labels = {d["label"] for _, d in bad.graph.nodes(data=True) if "good" in d["documents"].split("|")}
    assert {"冯远山", "高立群"} <= labels


def test_the_files_stay_valid_and_harmless(bad: Run, tmp_path: Path) -> None:
    write(bad, tmp_path)
    root = ElementTree.parse(tmp_path / "graph.graphml").getroot()
    assert len(list(root.iter("{http://graphml.graphdrawing.org/xmlns}node"))) == bad.graph.number_of_nodes()
    report = (tmp_path / "report.json").read_text("utf-8")
    assert json.loads(report)["graph"]["nodes"] == bad.graph.number_of_nodes()
    page = (tmp_path / "graph.html").read_text("utf-8")
    for text in ("<script>alert", "</script><script>alert", "onerror=alert(2)>", "\x00", "\x07", "\x1b"):
        assert text not in page


def test_a_line_of_20_megabytes_is_told_and_does_not_take_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "long.txt").write_text("唐县" * 3_500_000, "utf-8")
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    start = time.monotonic()
    assert main(["build", str(tmp_path), "-o", str(tmp_path / "out")]) == 0
    assert time.monotonic() - start < 20
    assert "long.txt: " in capsys.readouterr().out


def test_a_long_line_within_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(GOOD.strip() * 150, "utf-8")
    (document,) = run(tmp_path).documents
    assert document.problem == ""
    assert document.entities >= 4


def test_only_bad_files_end_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 4)
    assert main(["build", str(tmp_path), "-o", str(tmp_path / "out")]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("kg: ")
    assert "binary.txt" in shown or "empty.txt" in shown


def test_a_zip_in_disguise_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("x.txt", "x")
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    result = run(tmp_path)
    assert [p.path.rpartition("/")[2] for p in result.problems] == ["a.docx"]
