"""Measure the page beside plain pyvis in the same browser: size, CPU to the first frame, pan and zoom per frame, heap.

    python scripts/bench_page.py 1000 10000          # numbers of nodes; three times as many edges

CPU is the time that the main thread of the page ran, as the browser counts it, not the time that it waited for a core.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import networkx as nx
from make_big_graph import make
from playwright.sync_api import sync_playwright

from kg.export import export

FRAMES = 12


def plain_pyvis(graph: nx.MultiDiGraph, path: Path) -> None:
    """What a user of pyvis gets with positions given and physics off (the default takes minutes)."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="750px")
    network.nodes = [{"id": n, "label": d["label"], "x": d["x"], "y": d["y"], "color": d["color"], "shape": "dot",
                      "size": 10, "title": d["label"]} for n, d in graph.nodes(data=True)]
    network.edges = [{"from": a, "to": b, "title": d["evidence"], "arrows": "to"} for a, b, d in graph.edges(data=True)]
    network.toggle_physics(False)
    path.write_text(network.generate_html(), "utf-8")


def measure(browser: Any, path: Path, ready: str) -> dict[str, float]:
    """Figures of one page."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(240_000)
    page.route("http*://**", lambda route: route.abort())  # pyvis asks a CDN for Bootstrap
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def now(name: str) -> float:
        return float(next(m["value"] for m in session.send("Performance.getMetrics")["metrics"] if m["name"] == name))

    frames = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"
    begin = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    if ready.startswith("html"):
        page.wait_for_selector(ready, state="attached")
    else:
        page.wait_for_function(ready)
    page.evaluate(frames)
    found = {"MB": path.stat().st_size / 1e6, "first frame CPU s": now("TaskDuration"),
             "first frame wall s": time.perf_counter() - begin}
    for name in ("pan", "zoom"):
        page.mouse.move(640, 500)
        if name == "pan":
            page.mouse.down()
        before = now("TaskDuration")
        for i in range(FRAMES):
            if name == "pan":
                page.mouse.move(640 + 9 * (i + 1), 500 + 5 * (i + 1))
            else:
                page.mouse.wheel(0, -60)
            page.evaluate(frames)
        found[f"{name} CPU ms/frame"] = 1000 * (now("TaskDuration") - before) / FRAMES
        page.mouse.up()
    session.send("HeapProfiler.collectGarbage")
    found["heap MB"] = now("JSHeapUsedSize") / 1e6
    page.close()
    return found


def main(words: list[str]) -> int:
    """Print one table for each size."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not words or not chromium:
        print(__doc__ if not words else "no Chromium: set CHROMIUM")
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in map(int, words):
            graph, ours, theirs = make(size, 3 * size), Path(folder, "kg.html"), Path(folder, "pyvis.html")
            export(graph, ours)
            plain_pyvis(graph, theirs)
            left = measure(browser, ours, "html[data-ready]")
            right = measure(browser, theirs, "typeof network === 'object' && network?.getScale() > 0")
            print(f"\n{size} nodes, {graph.number_of_edges()} edges\n{'':22}{'kg':>10}{'pyvis':>10}{'ratio':>8}")
            for name, value in left.items():
                print(f"{name:22}{value:10.2f}{right[name]:10.2f}{right[name] / value:8.1f}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
