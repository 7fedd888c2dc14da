"""Finding by script and by initials; filters that combine, count and are undone with one click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]


def shown(page: Any) -> set[str]:
    return set(page.evaluate("[...kg.visible].map((n) => kg.nodes.key[n])"))


def set_range(page: Any, name: str, value: int) -> None:
    page.locator(f"#{name}").evaluate(
        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input', { bubbles: true })); }", value)
    page.wait_for_timeout(250)


@pytest.mark.parametrize(("words", "first"), [
    ("zhc", "赵灏川"), ("ZH", "赵灏川"), ("赵灝", "赵灏川"), ("hc", "赵灏川"), ("qmy", "钱明远"),
    ("qhny", "青禾农业有限公司"), ("ylx", "四川省南充市仪陇县")])
def test_initials_and_traditional_characters(open_page: Open, words: str, first: str) -> None:
    page = open_page("dated")
    page.fill("#search", words)
    row = page.locator("#results [role=option]").first
    assert row.locator(".name").inner_text() == first
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == first


def test_hits_say_what_and_where(open_page: Open) -> None:
    page = open_page("dated")
    page.fill("#search", "柑橘")
    assert page.inner_text("#results .hint") == "项目 · 仪陇县"


def test_a_region_brings_what_lies_in_it_and_its_partners(open_page: Open) -> None:
    page = open_page("dated")
    page.focus("#region")
    options = [o.inner_text().strip() for o in page.locator("#region option").all()]
    assert options[0] == "全部地区"
    assert "四川省 (5)" in options
    assert "仪陇县 (5)" in options
    page.select_option("#region", label=next(o for o in options if o.startswith("浙江省")))
    assert shown(page) == {"r2", "p1", "v1", "r1", "p2", "v2"}  # the last three are linked to what lies there
    assert page.inner_text("#passing") == "符合条件：6 个节点，8 条关系"
    page.click("#reset")
    assert len(shown(page)) == 8
    assert page.is_disabled("#reset")


def test_the_period_is_that_of_events_relations_and_articles(open_page: Open) -> None:
    page = open_page("dated")
    assert page.inner_text("#period-value") == "2021-03 – 2022-06"
    set_range(page, "from", 6)
    assert page.inner_text("#period-value") == "2021-09 – 2022-06"
    assert page.get_attribute("#from", "aria-valuetext") == "2021-09"
    assert shown(page) == {"r1", "r2", "p1", "c1", "j1", "v2"}
    set_range(page, "to", 3)  # the handles can't pass each other
    assert page.inner_text("#period-value") == "2021-09"
    page.click("#reset")
    set_range(page, "to", 0)
    assert shown(page) == {"r1", "r2", "p1", "p2", "v1"}


def test_a_day_of_history_leaves_the_rest_its_room(open_page: Open) -> None:
    page = open_page("dated")
    days = [f"2019-{month:02d}-15" for month in range(1, 13)] + [f"2020-{month:02d}-02" for month in range(1, 10)]
    bins = page.evaluate("(days) => kg.makeBins(days)", ["1945-08-15", *days, ""])
    assert bins["labels"][:2] == ["≤ 2019-01", "2019-02"]
    assert bins["labels"][-1] == "2020-09"
    assert bins["of"] == [0, *range(12), *range(12, 21), -1]
    late = page.evaluate("(days) => kg.makeBins(days)", [*days, "2099-01-01"])
    assert (late["labels"][0], late["labels"][-1], late["of"][-1]) == ("2019-01", "≥ 2020-09", 20)
    many = page.evaluate("([days, told]) => kg.makeBins(days, told)", [
        [*(f"19{year}-08-15" for year in range(40, 60)), *days], [*[1] * 20, *[100] * 21]])
    assert (many["labels"][0], many["of"][0], many["of"][19]) == ("≤ 2019-01", 0, 0)
    near = page.evaluate("(days) => kg.makeBins(days)", [*days, "2018-11-20"])
    assert near["labels"][0] == "2018-11"


def test_confidence_status_and_sources(open_page: Open) -> None:
    page = open_page("dated")
    set_range(page, "confidence", 80)
    assert page.inner_text("#confidence-value") == "80%"
    assert "c1" not in shown(page)
    page.click("#reset")
    page.uncheck("[data-filter='statuses:planned']")
    assert "c1" not in shown(page)
    page.click("#reset")
    set_range(page, "sources", 2)  # an article and its repost are one source
    assert shown(page) == {"r1", "r2"}
    assert page.inner_text("#status") == "显示 2 / 8 个节点，1 条关系"


def test_filters_combine_and_each_counts_under_the_others(open_page: Open) -> None:
    page = open_page("dated")
    count = "li:has([data-filter='relations:{}']) .count"
    set_range(page, "from", 6)
    assert page.inner_text(count.format("holds_post")) == "1/3"
    assert page.inner_text("li:has([data-filter='categories:event']) .count") == "1/2"
    page.uncheck("[data-filter='relations:attended']")
    page.uncheck("[data-filter='categories:enterprise']")
    assert page.inner_text(count.format("invests_in")) == "0/1"
    assert shown(page) == {"r1", "r2", "p1", "j1", "v2"}
    page.click("#reset")
    assert page.inner_text(count.format("holds_post")) == "3"


def test_search_opens_what_period_and_region_hide(open_page: Open) -> None:
    page = open_page("dated")
    set_range(page, "from", 6)
    page.fill("#search", "钱明远")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "钱明远"
    assert page.inner_text("#period-value") == "2021-03 – 2022-06"
