"""kg review writes a sheet, a person fills it in, the next builds hold to it; and what kg explain then says."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.reading.explain import explain, open_graph

# Invented: two articles in which a name stands that may be one person, and a post that two hold at the same time.
ARTICLES = {
    "a": "唐县召开教育工作会议\n2021-03-04\n"
         "3月3日，唐县召开教育工作会议。县委书记郗砚秋主持会议并讲话。县长周建华参加会议。\n",
    "b": "阜平县到唐县考察\n2021-05-10\n5月9日，阜平县代表团到唐县考察。唐县县委书记闵怀石陪同考察。\n",
    "c": "唐县举行技能大赛\n2021-06-02\n6月1日，唐县举行技能大赛。唐县县委书记郗砚秋到场观看比赛。\n",
    "d": "阜平县召开会议\n2021-06-20\n6月1日，阜平县召开干部大会。副县长周建华出席会议。\n",
}


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fill(path: Path, change: dict[int, dict[str, str]]) -> None:
    """What a person does in a spreadsheet."""
    known = rows(path)
    for number, cells in change.items():
        known[number] |= cells
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, list(known[0]))
        writer.writeheader()
        writer.writerows(known)


def run(*words: str | Path) -> None:
    assert main([str(word) for word in words]) == 0


def test_review_edit_apply_rebuild(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    graph, sheet, again = out / "graph.graphml", tmp_path / "review.csv", tmp_path / "again.csv"
    run("build", given, "-o", out)
    run("review", "--graph", graph, "-o", sheet)
    asked = rows(sheet)
    pair = next(n for n, row in enumerate(asked) if row["问题"] == "是否同一" and row["名称"] == "周建华")
    rival = next(n for n, row in enumerate(asked) if row["问题"] == "说法不一" and row["名称"] == "闵怀石")
    assert asked[rival]["理由"].startswith("县委书记：郗砚秋（2021-03-04 至 2021-06-02）")
    assert {row["状态"] for row in asked} == {"待定"}
    fill(sheet, {pair: {"决定": "同一", "备注": "县里核实"}, rival: {"决定": "删除"}})

    capsys.readouterr()
    run("review", "--graph", graph, "--apply", sheet)
    assert "新的决定 2 条，原有 0 条" in capsys.readouterr().out
    run("review", "--graph", graph)
    assert "[未建] 同一：周建华" in capsys.readouterr().out

    run("build", given, "-o", out)
    assert "决定：已用 2 条，矛盾 0 条，无着落 0 条" in capsys.readouterr().out
    made = open_graph(graph)
    assert sum(data["label"] == "周建华" for _, data in made.nodes(data=True)) == 1
    assert not any(data["label"] == "闵怀石" and made.out_degree(node) for node, data in made.nodes(data=True)
                   if any(d["relation"] == "holds_post" for *_, d in made.out_edges(node, data=True)))
    run("review", "--graph", graph, "-o", again)
    after = rows(again)
    open_ = {(row["问题"], row["名称"]) for row in after if row["状态"] == "待定"}
    assert not open_ & {("是否同一", "周建华"), ("说法不一", "闵怀石")}
    assert not any(row["问题"] == "说法不一" for row in after)
    done = [row for row in after if row["问题"] == "已有决定"]
    known = sorted((row["状态"], row["决定"], row["名称"]) for row in done)
    assert known == [("已用", "删除", "闵怀石"), ("已用", "同一", "周建华")]
    assert {row["备注"] for row in done} == {"", "县里核实"}

    # the same sheet once more changes nothing, nor do more articles, nor a build without the store but with the sheet
    run("review", "--graph", graph, "--apply", again)
    assert "新的决定 0 条，原有 2 条" in capsys.readouterr().out
    (given / "e.txt").write_text("阜平县召开会议\n2021-07-02\n7月1日，阜平县副县长周建华主持召开会议。\n", "utf-8")
    run("build", given, "-o", out)
    assert "决定：已用 2 条" in capsys.readouterr().out
    assert sum(data["label"] == "周建华" for _, data in open_graph(graph).nodes(data=True)) == 1
    run("build", given, "-o", tmp_path / "fresh", "--no-store", "--decisions", again)
    assert (tmp_path / "fresh" / "graph.graphml").read_bytes() == graph.read_bytes()

    # an article is gone: the decision has nothing left to decide and says so
    (given / "b.txt").unlink()
    run("build", given, "-o", out)
    told = capsys.readouterr().out
    assert "已用 1 条，矛盾 0 条，无着落 1 条" in told
    assert "[无着落] 删除：闵怀石（b） → 任职 → 河北省保定市唐县（130627）（现有文章中没有“闵怀石”）" in told
    states = [row["state"] for row in json.loads((out / "report.json").read_text("utf-8"))["decisions"]]
    assert sorted(states) == ["done", "idle"]

    # taken back, the machine judges again
    undone = [n for n, row in enumerate(after) if (row["名称"], row["决定"]) == ("周建华", "同一")]
    fill(again, {n: {"决定": "撤销"} for n in undone})
    run("review", "--graph", graph, "--apply", again)
    assert "不再有效：同一：周建华" in capsys.readouterr().out
    run("build", given, "-o", out)
    assert sum(data["label"] == "周建华" for _, data in open_graph(graph).nodes(data=True)) == 2


def test_nothing_filled_in_changes_nothing(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    run("build", given, "-o", out)
    before = (out / "graph.graphml").read_bytes()
    run("review", "--graph", out / "graph.graphml", "-o", tmp_path / "review.csv")
    run("review", "--graph", out / "graph.graphml", "--apply", tmp_path / "review.csv")
    assert "没有一行写了决定" in capsys.readouterr().out
    run("build", given, "-o", out)
    assert (out / "graph.graphml").read_bytes() == before


GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(("file", "words"), [
    ("node.txt", ["郗砚秋"]), ("judged.txt", ["周建华"]),
    ("between.txt", ["周建华", "阜平县"]), ("rival.txt", ["闵怀石", "唐县"])])
def test_explain_says_it_in_words(
        file: str, words: list[str], given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The golden texts are read by people before they are changed."""
    out, mine = tmp_path / "out", tmp_path / "mine.csv"
    mine.write_text("决定,名称,文章,另一方,另一方文章\n同一,周建华,a|,周建华,d|\n", "utf-8")
    run("build", given, "-o", out, "--decisions", mine)
    capsys.readouterr()
    run("explain", *words, "--graph", out / "graph.graphml")
    told = capsys.readouterr().out
    graph = open_graph(out / "graph.graphml")
    assert list(explain(graph, *words)) == told.split("\n")[:-1]
    assert told == (GOLDEN / file).read_text("utf-8")


def test_explain_between_names_that_may_be_one(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    run("build", given, "-o", out)
    graph = open_graph(out / "graph.graphml")
    first, second = sorted(node for node, data in graph.nodes(data=True) if data["label"] == "周建华")
    for file in ("graph.graphml", "kg.sqlite"):
        capsys.readouterr()
        run("explain", first, second, "--graph", out / file)
        told = capsys.readouterr().out.splitlines()
        assert told[0] == "可能也是下面这个，拿不准，没有合并："
        assert "同一市（州）的两个县" in told[1]
    merged = next(data for _, data in graph.nodes(data=True) if "唐县" in str(data.get("aliases")).split("|"))
    run("explain", "唐县", merged["label"], "--graph", out / "graph.graphml")
    assert "  为什么是同一个：\n    区划代码一样\n" in capsys.readouterr().out


def test_explain_of_a_relation_by_its_id(given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    run("build", given, "-o", out)
    graph = open_graph(out / "graph.graphml")
    edge = next(key for s, _, key, d in graph.edges(keys=True, data=True)
                if graph.nodes[s]["label"] == "郗砚秋" and d["relation"] == "holds_post")
    capsys.readouterr()
    run("explain", edge, "--graph", out / "graph.graphml")
    told = capsys.readouterr().out
    assert told.startswith("郗砚秋 —任职→ 河北省保定市唐县：县委书记")
    run("explain", edge, "--graph", out / "kg.sqlite")
    assert capsys.readouterr().out == told
    for file in ("graph.graphml", "kg.sqlite"):
        assert main(["explain", "郗砚秋", "阜平县", "--graph", str(out / file)]) == 1
        assert "两者之间没有关系" in capsys.readouterr().err
        assert main(["explain", "郗砚秋", "阜平", "--graph", str(out / file)]) == 1
        assert "阜平县" in capsys.readouterr().err
