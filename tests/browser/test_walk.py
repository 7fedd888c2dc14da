"""Walking: posts, facts, steps, paths, folding, pinning, hiding, history, links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]


def go(page: Any, node: str) -> None:
    page.evaluate(f"kg.goTo(kg.nodeOf('{node}'))")
    page.wait_for_timeout(50)


def keys(page: Any, script: str = "[...kg.visible]") -> set[str]:
    return set(page.evaluate(f"{script}.map((n) => kg.nodes.key[n])"))


def test_posts_stand_in_the_order_of_time(open_page: Open) -> None:
    page = open_page("dated")
    go(page, "p1")
    assert page.locator(".posts li").all_inner_texts() == [
        "2021-03-03\n黄岩区 区长", "2022-06-09\n仪陇县 县委副书记；副县长"]
    page.locator(".posts button").first.click()
    assert page.inner_text("#panel h2") == "任职"


def test_relations_say_date_amount_status_rule_and_confidence(open_page: Open) -> None:
    page = open_page("dated")
    go(page, "r2")
    panel = page.inner_text("#panel")
    for text in ("→ 支援 (1)", "帮扶方式 资金 · 金额 3亿元 · 2022-06-09 · 事实", "可信度 90%",
                 "黄岩区向仪陇县拨付3亿元。"):
        assert text in panel
    go(page, "c1")
    assert "金额 1.2亿元 · 2022-06-09 · 计划" in page.inner_text("#panel")
    go(page, "p1")
    assert "可信度 95% · 规则 people.titled" in page.inner_text("#panel")


def test_surroundings_in_one_two_and_three_steps(open_page: Open) -> None:
    page = open_page("dated")
    go(page, "c1")
    third = {"c1", "j1", "r1", "r2", "p1", "p2", "v2"}
    for steps, expected in ((1, {"c1", "j1"}), (2, {"c1", "j1", "r1"}), (3, third)):
        page.click(f"#around-{steps}")
        assert keys(page) == expected


def test_expanding_and_folding(open_page: Open) -> None:
    page = open_page("dated")
    go(page, "c1")
    page.click("#around-1")
    go(page, "j1")
    page.click("#expand")
    assert keys(page) == {"c1", "j1", "r1"}
    page.click("#fold")
    assert keys(page) == {"j1"}
    assert page.inner_text("#status") == "收起 2 个节点"


def test_the_shortest_path(open_page: Open) -> None:
    page = open_page("dated")
    go(page, "c1")
    page.click("#path")
    assert page.inner_text("#path-start bdi") == "路径起点：青禾农业有限公司"
    go(page, "r2")
    page.click("#path")
    assert page.inner_text("#panel h2") == "最短路径"
    assert page.locator(".stop bdi").all_inner_texts() == [
        "青禾农业有限公司", "仪陇县柑橘产业园", "四川省南充市仪陇县", "浙江省台州市黄岩区"]
    assert "3 步" in page.inner_text("#panel")
    assert "公司计划投资1.2亿元。" in page.inner_text("#panel")
    assert page.is_hidden("#path-start")
    assert keys(page, "[...kg.trail.nodes]") == {"c1", "j1", "r1", "r2"}
    page.uncheck("[data-filter='relations:invests_in']")
    page.evaluate("kg.showPath(kg.nodeOf('c1'), kg.nodeOf('r2'))")
    assert "没有路径" in page.inner_text("#panel")


def test_back_and_forward(open_page: Open) -> None:
    page = open_page("dated")
    assert page.is_disabled("#back")
    go(page, "p1")
    go(page, "r1")
    page.click("#back")
    page.wait_for_function("document.querySelector('#panel h2')?.textContent === '赵灏川'")
    page.go_back()
    page.wait_for_selector("#panel", state="hidden")
    assert page.is_disabled("#back")
    page.click("#forward")
    page.wait_for_function("document.querySelector('#panel h2')?.textContent === '赵灏川'")
    assert page.is_enabled("#forward")


def test_pinned_nodes_stay_and_hidden_ones_leave(open_page: Open) -> None:
    page = open_page("dated")
    go(page, "c1")
    page.click("#pin")
    before = page.evaluate("kg.places.get(kg.nodeOf('c1'))")
    go(page, "r2")
    page.click("#around-1")
    assert "c1" in keys(page)
    assert page.evaluate("kg.places.get(kg.nodeOf('c1'))") == before
    go(page, "p1")
    page.click("#hide")
    assert "p1" not in keys(page)
    assert page.is_hidden("#panel")
    assert page.inner_text("#unhide") == "隐藏 1 个 · 恢复显示"
    page.click("#unhide")
    assert "p1" in keys(page)


def test_dragging_moves_a_node(open_page: Open) -> None:
    page = open_page("dated")
    x, y = page.evaluate("""(() => { const p = kg.network.canvasToDOM(kg.places.get(kg.nodeOf('v2')));
        const b = document.getElementById("network").getBoundingClientRect();
        return [b.left + p.x, b.top + p.y]; })()""")
    before = page.evaluate("kg.places.get(kg.nodeOf('v2')).x")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 20, steps=4)
    page.mouse.up()
    assert page.evaluate("kg.places.get(kg.nodeOf('v2')).x") > before + 20


@pytest.mark.parametrize("name", ["dated", "large"])
def test_a_link_restores_the_view(open_page: Open, pages: dict[str, Any], name: str) -> None:
    page = open_page(name)
    node = {"dated": "p1", "large": "z00007"}[name]
    go(page, node)
    page.click("#around-2")
    page.uncheck("[data-filter='relations:attended']" if name == "dated" else "[data-filter='categories:event']")
    page.click("#pin")
    page.evaluate("kg.setLayout('map')")
    page.click("#language")
    page.locator(".menu summary").nth(1).click()
    page.click("#save-link")
    page.wait_for_timeout(300)
    state, view = page.evaluate("String(kg.state())"), page.evaluate("kg.viewWords()")
    members, url = keys(page), page.evaluate("location.href")
    other = page.context.new_page()
    other.goto(url)
    other.wait_for_selector("html[data-ready]", state="attached")
    assert other.evaluate("String(kg.state())") == state
    assert keys(other) == members
    assert other.evaluate("kg.viewWords()") == view
    assert other.get_attribute("html", "lang") == "en"
    assert other.inner_text("#panel h2") == page.inner_text("#panel h2")
    assert other.input_value("#layout") == "map"


def test_a_broken_link_opens_the_page_all_the_same(open_page: Open, pages: dict[str, Any]) -> None:
    page = open_page("dated")
    for words in ("around=%ZZ&steps=9&node=nobody", "region=x&period=9,1&sources=-4&confidence=zz&pinned=@@&view=a,b,c",
                  "layout=<script>&changes=zq&edge=a,b&path=r1&table=toString&hidden=__proto__"):
        page.evaluate(f"kg.restore({words!r})")
        assert page.evaluate("kg.visible.size") == 8
        assert page.input_value("#layout") == "network"
