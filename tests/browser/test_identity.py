"""Why a node is one, what else may be it, what a person decided, and who came after: in the panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from test_page import click, spot

Open = Callable[..., Any]


def test_a_node_tells_why_it_is_one_and_what_a_person_decided(open_page: Open) -> None:
    page = open_page("judged")
    click(page, *spot(page, "p1"))
    section = page.locator("#panel section.identity")
    assert section.locator("h3").inner_text() == "为什么是同一个"
    assert section.locator("li").all_inner_texts() == [
        "人工：周明远 = 周明远", "周明远（d1） = 周明远（d2）：人工判定为同一",
        "周明远（d1） = 周明远（d3）：在同一县任职：云岭县（7）"]
    assert section.locator("li.decided").count() == 1
    assert "identity" not in page.inner_text("#panel dl")
    assert "姓名" not in page.inner_text("#panel dl")


def test_what_may_be_the_same_is_a_step_away(open_page: Open) -> None:
    page = open_page("judged")
    click(page, *spot(page, "p1"))
    section = page.locator("#panel section.unsure")
    assert section.locator("li").inner_text() == "周明遠 周明遠：姓名只是字形不同 (1.5)"
    section.locator("button").click()
    assert page.inner_text("#panel h2") == "周明遠"
    assert page.locator("#panel section.identity").count() == 0


def test_posts_tell_who_came_after_and_what_disagrees(open_page: Open) -> None:
    page = open_page("judged")
    click(page, *spot(page, "p1"))
    (row,) = page.locator("#panel .posts li").all_inner_texts()
    assert "曾任" in row
    assert "之后 县长：钱立言（2022-06-09起见）" in row
    assert "说法不一 县长：孙怀山（2021-03-04）也在同一时间任此职" in page.inner_text("#panel .item .facts")
    page.locator("#panel .posts li button").click()
    facts = page.inner_text("#panel dl").replace("\n", "")
    assert "独立文章2" in facts
    assert "最早报道2021-03-04" in facts


def test_the_filter_of_sources_counts_independent_articles(open_page: Open) -> None:
    page = open_page("judged")
    assert page.evaluate("Array.from(kg.edges.sources)") == [2, 1]
