"""What a user takes along: pictures, files, paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from page_graphs import NASTY

from kg.export.graphml import read_graphml

Open = Callable[..., Any]


def saved(page: Any, kind: str, folder: Path) -> Path:
    page.locator(".menu summary").nth(1).click()
    with page.expect_download() as waiting:
        page.click(f"#save-{kind}")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_svg_and_png(open_page: Open, tmp_path: Path) -> None:
    page = open_page("dated")
    root = ElementTree.fromstring(saved(page, "svg", tmp_path).read_text("utf-8"))
    texts = {t.text for t in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"赵灏川", "仪陇县", "官员", "活动"} <= texts
    assert any("8 / 8 个节点，12 条关系" in str(t) for t in texts)
    png = saved(page, "png", tmp_path)
    assert png.name == "kg.png"
    assert png.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(png.read_bytes()[i:i + 4], "big") for i in (16, 20))
    assert (width, height) == tuple(2 * int(root.attrib[name]) for name in ("width", "height"))


def test_graphml_of_the_visible_part_can_be_read_back(open_page: Open, tmp_path: Path) -> None:
    page = open_page("dated")
    page.uncheck("[data-filter='categories:event']")
    graph = read_graphml(saved(page, "graphml", tmp_path))
    assert sorted(data["label"] for _, data in graph.nodes(data=True)) == sorted(
        ["赵灏川", "钱明远", "四川省南充市仪陇县", "浙江省台州市黄岩区", "青禾农业有限公司", "仪陇县柑橘产业园"])
    found = {data["relation"]: data for _, _, data in graph.edges(data=True)}
    assert found["supports"]["amount"] == 3e8
    assert found["supports"]["evidence"] == "黄岩区向仪陇县拨付3亿元。"
    assert found["invests_in"]["status"] == "planned"
    assert found["paired_with"]["documents"] == "d1|d2|d3"
    assert found["paired_with"]["status"] == "fact"


def test_csv_of_the_visible_part(open_page: Open, tmp_path: Path) -> None:
    page = open_page("dated")
    text = saved(page, "edges", tmp_path).read_text("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 12
    assert [r["amount"] for r in rows if r["relation"] == "supports"] == ["300000000"]
    nodes = list(csv.DictReader(io.StringIO(saved(page, "nodes", tmp_path).read_text("utf-8-sig"))))
    assert {n["Id"] for n in nodes} == {"r1", "r2", "p1", "p2", "c1", "j1", "v1", "v2"}


def test_hostile_texts_make_sound_files(open_page: Open, tmp_path: Path) -> None:
    page = open_page("hostile")
    ElementTree.fromstring(saved(page, "svg", tmp_path).read_text("utf-8"))
    graph = read_graphml(saved(page, "graphml", tmp_path))
    assert graph.number_of_nodes() == 8 + len(NASTY)
    rows = list(csv.reader(io.StringIO(saved(page, "nodes", tmp_path).read_text("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert page.evaluate("kg.csvCell('=1+1')") == "'=1+1"
    saved(page, "png", tmp_path)
    assert page.evaluate("window.PWNED === undefined")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper(open_page: Open, scheme: str) -> None:
    page = open_page("dated", color_scheme=scheme)
    page.evaluate("kg.goTo(kg.nodeOf('p1'))")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.is_visible("#printed svg")
    assert page.is_visible("#panel h2")
    assert page.is_hidden("#stage")
    assert page.is_hidden("#filters")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.querySelector('#printed rect').getAttribute('fill')") == "#ffffff"
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#printed svg").count() == 0
