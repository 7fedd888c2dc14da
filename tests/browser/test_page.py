"""The page in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_graphs import NASTY

Open = Callable[..., Any]


def at(page: Any, script: str) -> Any:
    return page.evaluate(script)


def spot(page: Any, node: str) -> tuple[float, float]:
    """Where a node is drawn in the window."""
    x, y = at(page, f"""(() => {{
        const n = kg.nodes.key.indexOf("{node}"), p = kg.network.canvasToDOM(kg.places.get(n));
        const b = document.getElementById("network").getBoundingClientRect();
        return [b.left + p.x, b.top + p.y]; }})()""")
    return x, y


def click(page: Any, x: float, y: float) -> None:
    page.mouse.click(x, y)
    page.wait_for_timeout(400)  # vis-network waits for a second click before it reports the first


def test_first_sight(open_page: Open) -> None:
    page = open_page("small")
    assert page.title() == "知识图谱 · kg"
    summary = page.inner_text("#summary")
    assert summary.startswith("1 篇文章，2021-03-04；8 个节点（官员 1 · 地区 3 · 企业 1")
    assert "7 条关系" in summary
    assert page.inner_text("#categories").split("\n")[:2] == ["官员", "1"]
    assert page.inner_text("#status") == "显示 8 / 8 个节点，7 条关系"
    assert page.is_hidden("#panel")
    assert page.is_hidden("#overview")
    painted = at(page, """(() => { const c = document.querySelector("#network canvas"), seen = new Set();
        const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
        for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 250) seen.add((d[i] << 16) | (d[i + 1] << 8) | d[i + 2]);
        return seen.size; })()""")
    assert painted > 20


def test_a_click_on_a_node_shows_its_evidence(open_page: Open) -> None:
    page = open_page("small")
    click(page, *spot(page, "p1"))
    panel = page.inner_text("#panel")
    assert page.inner_text("#panel h2") == "赵明远"
    for text in ("官员", "市委书记", "青河市", "趙明遠、赵书记", "→ 任职 (1)", "→ 到访 (1)", "→ 参加 (1)",
                 "赵明远到云岭县调研 · 青河日报", "2021-03-04", "青河市委书记赵明远率队出访。"):
        assert text in panel
    quote = page.locator(".item:has(.other bdi:text-is('云岭县'))").locator("blockquote p").first
    assert quote.inner_text() == "𠮷日,赵明远到云岭县调研。"
    assert quote.locator("mark.from").inner_text() == "赵明远"
    assert quote.locator("mark.to").inner_text() == "云岭县"


def test_a_click_on_an_edge_shows_its_evidence(open_page: Open) -> None:
    page = open_page("small")
    (ax, ay), (bx, by) = spot(page, "c1"), spot(page, "j1")
    click(page, (ax + bx) / 2, (ay + by) / 2)
    assert page.inner_text("#panel h2") == "承担"
    assert "青河纺织有限公司" in page.inner_text("#panel p")
    assert page.inner_text("#panel blockquote p") == "云岭县帮扶车间由青河纺织有限公司运营。"
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")


def test_the_panel_leads_on(open_page: Open) -> None:
    page = open_page("small")
    click(page, *spot(page, "r2"))
    assert "金额 3亿元" in page.inner_text("#panel")
    page.locator("#panel .other", has_text="云岭县").first.click()
    assert page.inner_text("#panel h2") == "云岭县"
    assert "← 支援 (1)" in page.inner_text("#panel")
    page.click("#close")
    assert page.is_hidden("#panel")


@pytest.mark.parametrize(("words", "first"), [
    ("赵书", "赵明远"), ("趙明遠", "赵明远"), ("云岭县", "云岭县"), ("纺织", "青河纺织有限公司")])
def test_search_with_the_keyboard_alone(open_page: Open, words: str, first: str) -> None:
    page = open_page("small")
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    assert page.get_attribute("#search", "aria-expanded") == "true"
    assert page.locator("#results [role=option]").first.locator(".name").inner_text() == first
    assert page.get_attribute("#search", "aria-activedescendant") == "hit-0"
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == first
    assert at(page, "document.activeElement.id") == "panel"
    page.keyboard.press("Tab")
    assert at(page, "document.activeElement.closest('#panel') !== null")


def test_search_says_when_there_is_nothing(open_page: Open) -> None:
    page = open_page("small")
    page.fill("#search", "不存在的名字")
    assert page.inner_text("#results") == "没有找到"
    page.keyboard.press("Escape")
    assert page.is_hidden("#results")


def test_filters(open_page: Open) -> None:
    page = open_page("small")
    page.uncheck("[data-filter='categories:region']")
    assert page.inner_text("#status") == "显示 5 / 8 个节点，2 条关系"
    page.uncheck("[data-filter='relations:attended']")
    assert page.inner_text("#status") == "显示 2 / 8 个节点，1 条关系"
    page.click("#reset")
    assert page.inner_text("#status") == "显示 8 / 8 个节点，7 条关系"
    assert page.is_checked("[data-filter='categories:region']")
    for box in page.locator("#categories input").all():
        box.uncheck()
    assert page.inner_text("#empty") == "没有符合条件的节点"


def test_search_finds_what_a_filter_hides(open_page: Open) -> None:
    page = open_page("small")
    page.uncheck("[data-filter='categories:official']")
    page.fill("#search", "赵明远")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "赵明远"
    assert page.is_checked("[data-filter='categories:official']")


def test_english_and_back(open_page: Open) -> None:
    page = open_page("small")
    click(page, *spot(page, "p1"))
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    assert "1 articles, 2021-03-04; 8 nodes (officials 1" in page.inner_text("#summary")
    assert "→ visited (1)" in page.inner_text("#panel")
    assert page.get_attribute("#search", "placeholder").startswith("Search")
    page.click("#language")
    assert "→ 到访 (1)" in page.inner_text("#panel")


def test_light_dark_and_a_phone(open_page: Open) -> None:
    page = open_page("small", color_scheme="dark", viewport={"width": 360, "height": 740})
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "light"
    page.fill("#search", "赵明远")
    page.keyboard.press("Enter")
    assert at(page, "document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator("#panel").bounding_box()
    assert box["x"] >= 0
    assert box["width"] <= 360
    x, y = spot(page, "p1")
    assert 0 < x < 360
    assert y < box["y"]


def test_a_large_graph_opens_with_a_part_and_grows(open_page: Open) -> None:
    page = open_page("large")
    assert page.inner_text("#status").startswith("显示 140 / 2008 个节点")
    assert page.is_visible("#overview")
    page.fill("#search", "松原1999村")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "松原1999村"
    assert page.inner_text("#status").startswith("显示 2 / 2008 个节点")
    page.fill("#search", "松原22村")
    page.keyboard.press("Enter")
    page.click("#around-1")
    assert page.inner_text("#status").startswith("显示 5 / 2008 个节点")
    parent = spot(page, "z00007")
    page.mouse.dblclick(*parent)
    page.wait_for_timeout(300)
    assert page.inner_text("#status") == "新增 3 个节点"
    assert at(page, "kg.nodeSet.length") == 8
    page.click("#map", position={"x": 100, "y": 70})
    assert page.inner_text("#status").startswith("显示 140 / 2008 个节点")
    page.click("#home")
    assert at(page, "kg.mode.name") == "core"
    assert at(page, "kg.nodeSet.length") <= at(page, "kg.MOST")


def test_the_picture_stands_still_when_the_panel_opens(open_page: Open) -> None:
    page = open_page("large")
    hub = at(page, "kg.nodes.key[[...kg.visible].sort((a, b) => kg.around[b].length - kg.around[a].length)[5]]")
    before = spot(page, hub)
    if before[0] > 800:
        pytest.skip("the node lies under the panel")
    click(page, *before)
    assert page.is_visible("#panel")
    assert spot(page, hub) == pytest.approx(before, abs=2)
    page.click("#close")
    assert spot(page, hub) == pytest.approx(before, abs=2)


def test_a_double_click_expands_the_node_under_it(open_page: Open) -> None:
    page = open_page("large")
    page.fill("#search", "松原22村")
    page.keyboard.press("Enter")
    page.click("#around-1")
    page.click("#close")
    page.mouse.dblclick(*spot(page, "z00022"))
    page.wait_for_timeout(400)
    assert page.inner_text("#status") == "没有更多相邻节点"
    page.mouse.dblclick(*spot(page, "z00007"))
    page.wait_for_timeout(400)
    assert page.inner_text("#panel h2") == "松原7村"
    assert page.inner_text("#status") == "新增 3 个节点"


def test_labels_of_the_opening_part_are_spread(open_page: Open) -> None:
    page = open_page("large")
    overlaps = at(page, """(() => { const m = [...kg.visible], w = (n) => 13 * kg.short(n).length; let c = 0;
        for (let i = 0; i < m.length; i++) for (let j = i + 1; j < m.length; j++) {
          const a = kg.places.get(m[i]), b = kg.places.get(m[j]);
          if (Math.abs(a.x - b.x) < (w(m[i]) + w(m[j])) / 2 && Math.abs(a.y - b.y) < 30) c++; } return c; })()""")
    assert overlaps <= 3


def test_hostile_texts_stay_texts(open_page: Open) -> None:
    page = open_page("hostile")
    for i in range(len(NASTY)):
        node = at(page, f"kg.nodes.key.findIndex((k) => k.endsWith('{i}') && k.length > 2 || k === '{i}')")
        assert node >= 0
        at(page, f"kg.goTo({node})")
        at(page, f"kg.chooseEdge(kg.around[{node}][0])")
    page.fill("#search", "<script>")
    assert page.locator("#results [role=option]").count() >= 2
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2").lower().startswith(("<script>", "</script>"))
    page.click("#language")
    assert at(page, "window.PWNED === undefined")
    assert page.locator("#panel script, #panel img, #panel a, #results img").count() == 0
    assert page.locator("script").count() == 7
    assert at(page, "kg.count") == 8 + len(NASTY)


def test_the_policy_stops_what_is_not_ours(browser: Any, pages: dict[str, Path]) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', pages["small"].read_text("utf-8"))
    assert policy is not None
    assert "default-src 'none'" in policy.group(1)
    assert "unsafe" not in policy.group(1)
    page = browser.new_page()
    page.goto(pages["small"].as_uri())
    stopped = at(page, """new Promise((done) => {
        const seen = [];
        document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
        const script = document.createElement("script");
        script.textContent = "window.PWNED = 1";
        document.body.append(script);
        const image = document.createElement("img");
        image.src = "http://127.0.0.1:9/x.png";
        document.body.append(image);
        setTimeout(() => done([window.PWNED ?? null, seen.sort()]), 300); })""")
    page.close()
    assert stopped == [None, ["img-src", "script-src-elem"]]


def test_an_empty_graph_says_so(open_page: Open) -> None:
    page = open_page("empty")
    assert page.inner_text("#empty") == "没有符合条件的节点"
    assert "0 个节点" in page.inner_text("#summary")
