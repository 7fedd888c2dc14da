"""A graph in a notebook: its page in a frame that begins without a size, shown whole, shut off from the notebook."""

from __future__ import annotations

from typing import Any

from page_graphs import invented

from kg.reading.display import faced


def test_the_frame_shows_the_whole_graph_and_cannot_reach_the_notebook(browser: Any) -> None:
    page = browser.new_context(viewport={"width": 1200, "height": 800}, locale="zh-CN").new_page()
    page.set_default_timeout(20_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.set_content("<body><div id='out' style='display: none'></div>")  # a tab that is not in front yet
    page.evaluate("""(html) => new Promise((done) => {
        const out = document.getElementById('out');
        out.innerHTML = html;  // as a notebook does it
        out.firstChild.addEventListener('load', done);
    })""", faced(invented())._repr_html_())
    page.evaluate("document.getElementById('out').style.display = 'block'")
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    root = frame.locator("html")
    assert root.evaluate("() => document.getElementById('filter-box').open")  # closed where there is no room
    inside = root.evaluate("""() => [...kg.visible].every((n) => {
        const at = kg.network.canvasToDOM(kg.places.get(n)), holder = document.getElementById('network');
        return at.x > 0 && at.y > 0 && at.x < holder.clientWidth && at.y < holder.clientHeight; })""")
    assert inside
    assert root.evaluate("() => window.origin") == "null"
    frame.locator("#search").fill("赵明远")
    page.keyboard.press("Enter")
    assert "赵明远" in frame.locator("#panel").inner_text()
    assert errors == []
    page.context.close()
