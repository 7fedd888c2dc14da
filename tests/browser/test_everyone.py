"""Everyone: no barrier that axe-core finds, in every state of the page; everything by keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

Open = Callable[..., Any]

AXE = Path(os.environ.get("AXE") or Path(__file__).parents[2] / ".venv/axe/node_modules/axe-core/axe.min.js")
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

TYPE = """(() => {{ const s = document.getElementById("search"); s.focus(); s.value = "{}";
    s.dispatchEvent(new Event("input")); }})()"""
# What the page looks like when it is searched for barriers.
STATES = {
    "first sight": "0",
    "a node": "kg.goTo(kg.nodeOf('p1'))",
    "a relation": "kg.chooseEdge(0)",
    "a path": "kg.showPath(kg.nodeOf('c1'), kg.nodeOf('r2'))",
    "start of a path": "kg.startPath(kg.nodeOf('c1'))",
    "matrix": "kg.openTable('matrix')",
    "officials": "kg.openTable('officials')",
    "results": TYPE.format("y"),
    "nothing found": TYPE.format("?"),
    "menus": "document.querySelectorAll('details.menu').forEach((m) => { m.open = true; })",
    "keys": "kg.showHelp()",
    "communities": """(() => { const p = document.getElementById("paint"); p.value = "community";
        p.dispatchEvent(new Event("change")); })()""",
    "filtered": "document.querySelector('[data-filter=\"categories:official\"]').click()",
}
RESET = """document.activeElement.blur(); document.getElementById("help").close(); kg.closeMenus(); kg.choose(null);
    kg.openTable(null)"""


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not here, so the page is not searched for barriers (scripts/axe fetches it by npm)")
    text = AXE.read_bytes()
    assert sha256(text).hexdigest() == SHA256, f"{AXE} is another version than scripts/axe names"
    return text.decode()


def barriers(page: Any) -> list[str]:
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", RULES)
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_no_barrier(open_page: Open, axe: str, scheme: str, width: int) -> None:
    page = open_page("dated", color_scheme=scheme, viewport={"width": width, "height": 800})
    page.evaluate(axe)
    if width < 900:
        page.evaluate("document.getElementById('filter-box').open = true")
    found = []
    for name, script in STATES.items():
        page.evaluate(RESET)
        page.evaluate(script)
        page.wait_for_timeout(50)
        found += [f"{name}: {barrier}" for barrier in barriers(page)]
    page.evaluate("document.activeElement.blur()")
    page.click("#language")
    found += [f"english: {barrier}" for barrier in barriers(page)]
    assert not found, "\n".join(found)


def test_a_small_graph_and_none_have_no_barrier(open_page: Open, axe: str) -> None:
    for name in ("empty", "hostile"):
        page = open_page(name)
        page.evaluate(axe)
        assert barriers(page) == []


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def test_walking_the_picture_with_the_keyboard(open_page: Open) -> None:
    page = open_page("dated")
    page.focus("#network")
    page.keyboard.press("ArrowRight")
    first = page.evaluate("kg.chosen")
    assert first is not None
    assert page.is_hidden("#panel")
    assert "关系数" in page.inner_text("#status")  # read out by a screen reader
    places = "kg.places.get({}).{}"
    page.keyboard.press("ArrowLeft")
    second = page.evaluate("kg.chosen")
    assert page.evaluate(places.format(second, "x")) < page.evaluate(places.format(first, "x"))
    page.keyboard.press("Enter")
    assert page.is_visible("#panel")
    assert focused(page) == "panel"
    page.keyboard.press("Escape")
    assert focused(page) == "network"
    scale = page.evaluate("kg.network.getScale()")
    page.keyboard.press("+")
    assert page.evaluate("kg.network.getScale()") > scale
    x = page.evaluate("kg.network.getViewPosition().x")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("kg.network.getViewPosition().x") > x
    page.keyboard.press("ArrowDown")
    page.keyboard.press("p")
    assert page.evaluate("kg.pinned.size") == 1
    page.keyboard.press("h")
    assert page.evaluate("kg.visible.size") == 7


def test_every_control_can_be_reached_and_shows_its_focus(open_page: Open) -> None:
    page = open_page("dated")
    page.evaluate("kg.goTo(kg.nodeOf('p1')); kg.openTable('matrix'); document.activeElement.blur()")
    wanted = set(page.evaluate("""[...document.querySelectorAll("button, input, select, summary")]
        .filter((e) => e.id && e.checkVisibility() && !e.disabled && e.tabIndex >= 0).map((e) => e.id)"""))
    assert {"search", "from", "to", "region", "confidence", "expand", "path", "tables-close"} <= wanted
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        name = focused(page)
        reached.add(name)
        if name in wanted and name not in ("from", "to"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", name
        if wanted <= reached:
            break
    assert wanted - reached == set()


def test_menus_and_help_close_with_escape(open_page: Open) -> None:
    page = open_page("dated")
    page.locator(".menu summary").first.focus()
    page.keyboard.press("Enter")
    assert page.is_visible("#layout")
    page.keyboard.press("Escape")
    assert page.is_hidden("#layout")
    page.keyboard.press("?")
    assert page.is_visible("#help-list")
    page.keyboard.press("Escape")
    assert page.is_hidden("#help-list")
