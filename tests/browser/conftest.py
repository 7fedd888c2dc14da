"""A real browser, where there is one: Chromium of the system, or what `CHROMIUM` names."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from page_graphs import dated, hostile, invented, judged

from kg.export import export

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("no Chromium on this machine: the page is not tested (install chromium or set CHROMIUM)")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=found, headless=True,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    graphs: dict[str, nx.MultiDiGraph] = {
        "small": invented(), "hostile": hostile(), "large": invented(2000), "dated": dated(), "judged": judged(),
        "empty": nx.MultiDiGraph()}
    return {name: export(graph, folder / f"{name}.html") for name, graph in graphs.items()}


@pytest.fixture
def open_page(browser: Any, pages: dict[str, Path]) -> Iterator[Callable[..., Any]]:
    """A function that opens a page; at the end no page may have raised an error or asked for anything but itself."""
    contexts, errors, requests = [], [], []

    def opened(name: str, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "zh-CN"} | options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: requests.append(request.url))
        page.on("dialog", lambda dialog: errors.append(f"dialog {dialog.message}"))
        page.goto(pages[name].as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []
    assert all(url.startswith(("file:", "data:", "blob:")) for url in requests)
    assert len([url for url in requests if url.startswith("file:")]) == len(contexts)
