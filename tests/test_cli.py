"""The command words: what they print and how they end."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg import __version__
from kg.cli import main
from kg.pipeline import Run, write

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold"


@pytest.fixture(scope="module")
def output(sample_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    write(sample_run, folder)
    return folder


def test_build_writes_its_files_and_a_summary(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(samples / "visit-zhenhai-jinyang.txt"), "-o", str(tmp_path / "new" / "out")]) == 0
    assert sorted(f.name for f in (tmp_path / "new" / "out").iterdir()) == [
        "graph.graphml",
        "graph.html",
        "kg.sqlite",
        "report.json",
    ]
    shown = capsys.readouterr()
    assert shown.err == ""
    for word in ("Documents", "read", "official", "官员", "visited", "到访", "wrote"):
        assert word in shown.out
    assert "\x1b" not in shown.out  # no colours where no terminal is


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["build"],
        ["build", "samples", "--workers", "0"],
        ["build", "samples", "--workers", "two"],
        ["build", "samples", "--limit", "0"],
        ["build", "samples", "--limit", "nan"],
        ["build", "samples", "--limit", "1e9"],
        ["build", "samples", "--limit", "long"],
        ["build", "samples", "--status", "wished"],
        ["explain"],
        ["path", "A"],
        ["export", "graph.graphml"],
        ["export", "graph.graphml", "-o", "a.json", "--ego", "A", "--depth", "two"],
        ["export", "graph.graphml", "-o", "a.json", "--min-weight", "many"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(arguments)
    except SystemExit as end:
        code = int(str(end.code))
    assert code == 2
    assert "usage: kg" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out.strip() == f"kg {__version__}"


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    shown = capsys.readouterr()
    assert shown.err.startswith("kg: ")
    assert shown.err.count("\n") == 1
    assert "(remedy: " in shown.err
    return shown.err


def test_a_missing_path_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(tmp_path / "nowhere"), "-o", str(tmp_path)]) == 1
    assert "nowhere" in one_line(capsys)


def test_a_folder_without_articles_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    assert main(["build", str(tmp_path / "in"), "-o", str(tmp_path)]) == 1
    assert "no article" in one_line(capsys)


def test_an_output_that_is_a_file_ends_with_1(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "file"
    place.write_text("mine")
    assert main(["build", str(samples), "-o", str(place)]) == 1
    assert "file" in one_line(capsys)
    assert main(["build", str(samples), "-o", str(place / "below")]) == 1
    one_line(capsys)
    assert place.read_text() == "mine"


def test_explain_shows_post_visit_and_sentence(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "沈岳川", "--graph", str(output / "graph.graphml")]) == 0
    shown = capsys.readouterr().out
    assert "沈岳川 —任职→ 浙江省宁波市镇海区：区委书记" in shown
    assert "沈岳川 —到访→ " in shown
    assert "区委书记[沈岳川]率镇海区党政代表团赴四川省凉山州[金阳县]对接东西部协作工作。" in shown
    assert "出处：visit-zhenhai-jinyang" in shown
    assert "谁到何处的句式（visited/goes）" in shown


def test_explain_of_an_unknown_name_offers_the_nearest(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "沈岳", "--graph", str(output / "graph.graphml")]) == 1
    assert "沈岳川" in one_line(capsys)


def test_path_leads_from_one_name_to_another(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["path", "沈岳川", "罗文翰", "--graph", str(output / "graph.graphml")]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("沈岳川 - ")
    assert first.endswith(" - 罗文翰")
    assert any("“" in line for line in rest)


def test_path_between_strangers_ends_with_1(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["path", "沈岳川", "骆咏诗", "--graph", str(output / "graph.graphml")]) == 1
    assert "no way" in one_line(capsys)


def test_stats_counts(output: Path, sample_run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--graph", str(output / "graph.graphml")]) == 0
    shown = capsys.readouterr().out
    assert str(sample_run.graph.number_of_nodes()) in shown
    assert "Best connected" in shown


def test_export_writes_the_same_graph_again(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = output / "graph.graphml"
    assert main(["export", str(file), "-o", str(tmp_path / "again.graphml")]) == 0
    assert (tmp_path / "again.graphml").read_bytes() == file.read_bytes()
    assert main(["export", str(file), "-o", str(tmp_path / "again.docx")]) == 1
    assert "format" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["-o", "a.gexf"], ["a.gexf"]),
        (["-o", "a.jsonl"], ["a.jsonl"]),
        (["-o", "a.csv"], ["a-nodes.csv", "a-edges.csv"]),
        (["-f", "csv", "-o", "tables"], ["tables/nodes.csv", "tables/edges.csv"]),
        (["-f", "GEXF", "-o", "a.xml"], ["a.xml"]),
        (["-o", "a.json"], ["a.json"]),
        (["-o", "a.JSONLD"], ["a.JSONLD"]),
        (["-o", "a.nt"], ["a.nt"]),
        (["-o", "a.ttl"], ["a.ttl"]),
        (["-o", "a.cypher"], ["a.cypher"]),
        (["-f", "neo4j", "-o", "db"], ["db/nodes.csv", "db/relationships.csv", "db/graph.cypher"]),
        (["-o", "a.ftm.json"], ["a.ftm.json"]),
        (["-f", "ftm", "-o", "a.json"], ["a.json"]),
        (["-o", "a.parquet"], ["a-nodes.parquet", "a-edges.parquet", "a-statements.parquet"]),
        (["-f", "parquet", "-o", "p"], ["p/nodes.parquet", "p/edges.parquet", "p/statements.parquet"]),
        (["--format", ".html", "-o", "page"], ["page"]),
    ],
)
def test_export_by_name_and_by_suffix(
    arguments: list[str],
    written: list[str],
    output: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", str(output / "graph.graphml"), *arguments]) == 0
    assert capsys.readouterr().out.splitlines() == [str(Path(name)) for name in written]
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()) == sorted(written)
    assert all((tmp_path / name).stat().st_size > 1000 for name in written)


@pytest.mark.parametrize(
    ("arguments", "labels", "relations"),
    [
        (["--ego", "沈岳川", "--relation", "visited"], {"沈岳川"}, {"visited"}),
        (
            ["--category", "官员，region", "--region", "陕西", "--from", "2021-11", "--to", "2021"],
            {"陕西省汉中市宁强县"},
            None,
        ),
        (["--relation", "paired_with,结对", "--relation", "支援"], {"陕西省汉中市宁强县"}, {"paired_with", "supports"}),
        (["--min-confidence", "0.99", "--min-weight", "2"], set(), None),
        (["--to", "2022", "--undated"], set(), None),
    ],
)
def test_export_of_a_part(
    arguments: list[str], labels: set[str], relations: set[str] | None, output: Path, tmp_path: Path
) -> None:
    from kg.reading.explain import open_graph

    assert main(["export", str(output / "graph.graphml"), "-o", str(tmp_path / "part.graphml"), *arguments]) == 0
    whole, part = open_graph(output / "graph.graphml"), open_graph(tmp_path / "part.graphml")
    assert 0 < len(part) < len(whole)
    assert labels <= set(dict(part.nodes(data="label")).values())
    if relations is not None:
        assert {data["relation"] for *_, data in part.edges(data=True)} == relations


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--ego", "沈岳"], "try 沈岳川"),
        (["--region", "沈岳川"], "沈岳川: is in the graph, but is no region"),
        (["--from", "二〇二三年"], "二〇二三年: is no date (remedy: write 2021, 2021-06 or 2021-06-30)"),
        (["--category", "people"], "people: there is no such category"),
        (["--relation", "visited", "--to", "1999"], "nothing in it meets all the conditions"),
    ],
)
def test_a_part_that_cannot_be(
    arguments: list[str], said: str, output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(output / "graph.graphml"), "-o", str(tmp_path / "part.graphml"), *arguments]) == 1
    assert said in one_line(capsys)
    assert list(tmp_path.iterdir()) == []


def test_export_names_the_formats_it_knows(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.export import FORMATS, names

    graph = str(output / "graph.graphml")
    assert main(["export", graph, "-f", "pdf", "-o", str(tmp_path / "a.gexf")]) == 1
    shown = one_line(capsys)
    assert "there is no format 'pdf'" in shown
    assert all(name in shown for name in names())
    assert main(["export", graph, "-o", str(tmp_path / "a.pdf")]) == 1
    shown = one_line(capsys)
    assert all(suffix in shown for suffix in FORMATS)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    shown = capsys.readouterr().out
    assert all(name in shown for name in names())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no xml",
        "<graphml/>x",
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><node id="a"/></graph></graphml>',
    ],
)
def test_what_is_no_graph_is_refused(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "graph.graphml"
    file.write_text(content)
    assert main(["stats", "--graph", str(file)]) == 1
    one_line(capsys)
    assert main(["stats", "--graph", str(tmp_path / "none.graphml")]) == 1
    one_line(capsys)


def test_evaluate_builds_and_measures(
    samples: Path, output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    assert main(["evaluate", str(samples), "--json", str(file)]) == 0
    built = capsys.readouterr().out
    assert main(["evaluate", str(samples), "--graph", str(output / "graph.graphml")]) == 0
    assert capsys.readouterr().out == built
    assert json.loads(file.read_text())["documents"] == len(list(samples.glob("*.json")))
    assert built.splitlines()[-1].startswith("documents ")


def test_evaluate_without_labels_ends_with_1(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path), "--graph", str(output / "graph.graphml")]) == 1
    assert "no label file" in one_line(capsys)


@pytest.mark.skipif(not (GOLD / "score.py").exists(), reason="there is no scorer beside the repository")
def test_evaluate_prints_what_the_scorer_prints(
    samples: Path, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = output / "graph.graphml"
    assert main(["evaluate", str(samples), "--graph", str(graph), "--misses"]) == 0
    command = [sys.executable, GOLD / "score.py", graph, samples, "--misses"]
    scorer = subprocess.run(command, check=True, capture_output=True, text=True)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "\tevent" not in line] == scorer.stdout.splitlines()  # the scorer lists no events


def test_import_is_cheap() -> None:
    code = "import sys, kg; print(sorted(set(sys.modules) & {'spacy', 'networkx', 'rich', 'numpy', 'lxml'}))"
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == "[]"
    )


def test_the_three_verbs_work_whatever_was_imported_before() -> None:
    code = "import kg.pipeline, kg.export.graphml, kg; kg.load; kg.export(kg.pipeline.nx.MultiDiGraph(), sys.argv[1])"
    for first in ("import kg.export;", "from kg import build;"):
        shown = subprocess.run(
            [sys.executable, "-c", f"import sys; {first} {code}", "/dev/null/x.graphml"], capture_output=True, text=True
        )
        assert "OutputError" in shown.stderr


def test_what_may_not_be_looked_at_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    place = tmp_path / "secret"
    monkeypatch.setattr(Path, "exists", lambda path: refuse(path) if path.name == "secret" else True)
    assert main(["build", str(place), "-o", str(tmp_path / "out")]) == 1
    assert "secret: cannot be looked at (Permission denied)" in one_line(capsys)


def test_a_disk_that_fails_ends_with_1(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "report.json")

    monkeypatch.setattr("kg.commands.build.write", full)
    assert main(["build", str(samples / "plans-dejiang.txt"), "-o", str(tmp_path)]) == 1
    assert "No space left" in one_line(capsys)


def test_cycles_are_searched_for_again_after_a_build(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("周立山赴唐县调研。", "utf-8")
    frozen = gc.get_freeze_count()
    for paths, code in (([str(tmp_path / "a.txt")], 0), ([str(tmp_path / "none")], 1)):
        assert main(["build", *paths, "-o", str(tmp_path / "out")]) == code
        assert (gc.isenabled(), gc.get_freeze_count()) == (True, frozen)
