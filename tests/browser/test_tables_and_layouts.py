"""Tables beside the picture; map, timeline, size and colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Open = Callable[..., Any]


def rows(page: Any) -> list[list[str]]:
    return [[cell.strip() for cell in row.locator("th, td").all_inner_texts()]
            for row in page.locator("#table-body tbody tr").all()]


def test_the_support_matrix(open_page: Open) -> None:
    page = open_page("dated")
    page.click("#tables-button")
    assert page.get_attribute("#tables-button", "aria-expanded") == "true"
    assert rows(page) == [["台州市 黄岩区", "2 · 3亿元", "2"]]
    page.select_option("#matrix-level", "0")
    assert rows(page) == [["浙江省", "2 · 3亿元", "2"]]
    page.locator("#table-body td button").click()
    assert page.inner_text("#panel h2") == "浙江省 → 四川省"
    assert "黄岩区向仪陇县拨付3亿元。" in page.inner_text("#panel")
    page.fill("#table-filter", "不存在")
    assert page.inner_text("#table-body") == "没有找到"
    page.click("#tables-close")
    assert page.is_hidden("#tables")


def test_officials_enterprises_and_events(open_page: Open) -> None:
    page = open_page("dated")
    page.click("#tables-button")
    page.click("#tab-officials")
    assert [r[:3] for r in rows(page)] == [
        ["钱明远", "县长", "仪陇县"], ["赵灏川", "区长；县委副书记；副县长", "黄岩区、仪陇县"]]
    page.locator("th button", has_text="文章").click()
    page.locator("th button", has_text="文章").click()
    assert page.get_attribute("th:last-child", "aria-sort") == "descending"
    assert [r[0] for r in rows(page)] == ["赵灏川", "钱明远"]
    page.click("#tab-enterprises")
    assert [r[:4] for r in rows(page)] == [["青禾农业有限公司", "", "仪陇县柑橘产业园", "1.2亿元"]]
    page.click("#tab-events")
    assert [r[:5] for r in rows(page)] == [
        ["2022-06-09", "签约仪式", "签约", "仪陇县", "赵灏川"],
        ["2021-03-03", "联席会议", "会议", "黄岩区", "赵灏川、钱明远"]]
    page.fill("#table-filter", "簽約")  # traditional finds simplified
    assert [r[0] for r in rows(page)] == ["2022-06-09"]
    page.locator("#table-body td button", has_text="签约仪式").click()
    assert page.inner_text("#panel h2") == "2022-06-09 签约仪式"


def test_tables_hold_what_the_filters_let_through(open_page: Open) -> None:
    page = open_page("dated")
    page.click("#tables-button")
    page.click("#tab-events")
    page.select_option("#region", "-1")
    page.uncheck("[data-filter='categories:official']")
    assert [r[4] for r in rows(page)] == ["", ""]
    page.uncheck("[data-filter='categories:event']")
    assert rows(page) == []
    assert page.inner_text("#table-count") == "0 行"


def test_tabs_by_keyboard(open_page: Open) -> None:
    page = open_page("dated")
    page.click("#tables-button")
    page.focus("#tab-matrix")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-officials"
    assert page.get_attribute("#tab-officials", "aria-selected") == "true"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("kg.table") == "matrix"


def test_a_large_table_is_shown_in_parts(open_page: Open) -> None:
    page = open_page("large")
    page.evaluate("kg.openTable('officials')")
    assert len(rows(page)) == 1
    page.evaluate("""kg.TABLES.regions = () => ({
        columns: ["name"], rows: kg.ofKind("region").map((n) => [kg.names([n])]) })""")
    page.evaluate("kg.openTable('regions')")
    assert page.locator("#table-body tbody tr").count() == 150
    page.locator("#table-body > button").click()
    assert page.locator("#table-body tbody tr").count() == 300


def test_the_map_has_north_above_and_east_at_the_right(open_page: Open) -> None:
    page = open_page("dated")
    page.locator(".menu summary").first.click()
    page.select_option("#layout", "map")
    places = page.evaluate("Object.fromEntries(kg.nodes.key.map((k, n) => [k, kg.places.get(n)]))")
    assert places["r1"]["x"] < places["r2"]["x"]
    assert places["r1"]["y"] < places["r2"]["y"]
    near = max(abs(places["p2"][a] - places["r1"][a]) for a in "xy")
    assert 0 < near < 100
    assert len({(p["x"], p["y"]) for p in places.values()}) == 8
    assert any(line[2] == "115°E" for line in page.evaluate("kg.groundLines()"))


def test_the_timeline_shows_events_in_their_order(open_page: Open) -> None:
    page = open_page("dated")
    page.evaluate("kg.setLayout('time')")
    assert set(page.evaluate("[...kg.visible].map((n) => kg.nodes.key[n])")) == {"v1", "v2"}
    x = page.evaluate("['v1', 'v2'].map((k) => kg.places.get(kg.nodeOf(k)).x)")
    assert x[0] < x[1]
    page.evaluate("kg.expand(kg.nodeOf('v1'))")
    assert page.evaluate("kg.visible.size") == 5
    page.evaluate("kg.setLayout('network')")
    assert page.evaluate("kg.visible.size") == 8


def test_size_by_articles_and_colour_by_community(open_page: Open) -> None:
    page = open_page("dated")
    page.locator(".menu summary").first.click()
    before = page.evaluate("kg.radius(kg.nodeOf('p2'))")
    page.select_option("#size", "papers")
    assert page.evaluate("kg.radius(kg.nodeOf('p2'))") != before
    assert page.evaluate("kg.radius(kg.nodeOf('p1')) > kg.radius(kg.nodeOf('p2'))")
    page.select_option("#paint", "community")
    assert page.is_visible("#community-box")
    assert page.inner_text("#communities").startswith("社群 1：")
    colors = page.evaluate("kg.nodes.id.map((n) => [kg.nodes.community[n], kg.nodeSet.get(n).color.background])")
    assert len({c for _, c in colors}) == len({g for g, _ in colors}) > 1


def test_parallel_relations_lie_apart(open_page: Open) -> None:
    page = open_page("dated")
    smooth = page.evaluate("""kg.edgeSet.get().filter((e) => e.from === kg.nodeOf("r2") && e.to === kg.nodeOf("r1"))
        .map((e) => e.smooth)""")
    assert len(smooth) == 2
    assert smooth[0] is False
    assert smooth[1]["roundness"] > 0
