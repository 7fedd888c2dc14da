"""Graphs of 10,000 and, where KG_LARGE is set, 50,000 nodes: the page opens, finds, filters, walks and tells."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.export import export

SCRIPTS = Path(__file__).parents[2] / "scripts"
SIZES = [10_000, 50_000] if os.environ.get("KG_LARGE") else [10_000]
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"


@pytest.fixture(scope="module", params=SIZES)
def large(request: pytest.FixtureRequest, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page and how many nodes it holds, with the CPU seconds to its first frame."""
    sys.path.insert(0, str(SCRIPTS))
    try:
        from make_big_graph import make
    finally:
        sys.path.remove(str(SCRIPTS))
    path = export(make(request.param, 3 * request.param), tmp_path_factory.mktemp("large") / "g.html")
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(60_000)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.evaluate(FRAMES)
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    yield page, request.param, metrics["TaskDuration"]
    context.close()


def test_it_opens_soon_with_a_readable_part(large: Any) -> None:
    page, nodes, seconds = large
    assert seconds < 1.5 * nodes / 10_000
    assert page.inner_text("#status").startswith(f"显示 140 / {nodes} 个节点")
    assert page.is_visible("#overview")


def test_it_finds_filters_and_walks(large: Any) -> None:
    page, nodes, _ = large
    busy = "kg.nodes.id.find((n) => kg.kindOf(n) === 'official' && kg.around[n].length > 8)"
    name = page.evaluate(f"kg.nodes.label[{busy}]")
    page.fill("#search", name)
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == name
    assert page.locator(".posts li, .item").count() > 0
    page.click("#around-3")
    assert page.evaluate("kg.visible.size") == 140
    page.locator("#to").evaluate("(e) => { e.value = 3; e.dispatchEvent(new Event('input', { bubbles: true })); }")
    page.wait_for_timeout(500)
    assert "2021-01 – 2021-04" in page.inner_text("#period-value")
    assert page.evaluate("kg.links.every((e) => kg.rest.days[kg.edges.since[e]] < '2021-05')")
    page.focus("#region")
    assert page.locator("#region option").count() > nodes / 10
    page.click("#reset")
    page.click("#home")
    assert page.inner_text("#status").startswith(f"显示 140 / {nodes} 个节点")


def test_it_has_tables_and_paths(large: Any) -> None:
    page, _, _ = large
    page.evaluate("kg.openTable('officials')")
    assert page.locator("#table-body tbody tr").count() == 150
    page.evaluate("kg.openTable('matrix')")
    assert page.locator("#table-body tbody tr").count() == 40
    page.evaluate("kg.openTable(null)")
    ends = page.evaluate("kg.nodes.id.filter((n) => kg.kindOf(n) === 'event' && kg.around[n].length === 1).slice(0, 2)")
    page.evaluate(f"kg.showPath({ends[0]}, {ends[1]})")
    assert page.inner_text("#panel h2") == "最短路径"
