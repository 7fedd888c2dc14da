"""kg stats: the figures of a graph on the screen, as JSON, or on its nodes."""

from __future__ import annotations

import json
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from kg.commands.screen import console, show_counts
from kg.export import written
from kg.pipeline import REPORT
from kg.reading.analysis import Stats, marked
from kg.reading.analysis import stats as measure
from kg.reading.explain import open_graph
from kg.report import counts as counted
from kg.views.table import shown
from kg.views.words import word

ENGLISH = {"degree": "best connected", "betweenness": "most between", "pagerank": "most pointed at",
           "communities": "communities", "components": "connected parts", "unvisited": "pairs without a visit",
           "silent": "documents without a statement"}
NARROW = 48  # a list is no narrower than its title
NUMBERS = {"degree", "betweenness", "pagerank", "size"}


def stats(file: Path, top: int, as_json: bool, counts: bool, output: Path | None) -> None:
    """Show the figures of the graph in *file*; write it to *output* with the figures on its nodes."""
    graph = open_graph(file)
    if counts and not as_json and output is None:
        show_counts(console(), *counted(graph))
        return
    figures = measure(graph, documents=_documents(file))
    files = written(marked(graph, figures), output) if output is not None else []
    if as_json:
        print(json.dumps(figures.as_dict(top), ensure_ascii=False, indent=1))
        return
    screen = console()
    show_counts(screen, *counted(graph))
    _show(figures, top)
    for name in files:
        screen.print(f"wrote {name}", markup=False, soft_wrap=True)


def _show(figures: Stats, top: int) -> None:
    screen = console()
    totals = {"communities": len(figures.groups()), "components": len(figures.groups("components")),
              "unvisited": len(figures.unvisited), "silent": len(figures.silent)}
    for found in figures.tables(top):
        if not found.rows:
            continue
        total = f" ({totals[found.name]})" if found.name in totals else ""
        about = "" if found.name != "betweenness" or figures.exact else ", estimated"
        title = f"{word('stats', found.name)} {ENGLISH[found.name].capitalize()}{about}{total}"
        lines = Table(title=title, min_width=NARROW)
        for column, heading in zip(found.columns, found.headings(), strict=True):
            lines.add_column(heading, justify="right" if column in NUMBERS else "left")
        for row in found.rows:
            lines.add_row(*(escape(shown(value)) for value in row))
        screen.print(lines)
    if not figures.complete:
        note = "documents in which nothing was found are not in this file (report.json beside it would name them)"
        screen.print(note, soft_wrap=True)


def _documents(file: Path) -> list[str] | None:
    """The documents that were read for the graph, where the report of that run lies beside it."""
    try:
        report = json.loads((file.parent / REPORT).read_text("utf-8"))
        return [str(document["id"]) for document in report["documents"] if not document.get("problem")]
    except (OSError, ValueError, KeyError, TypeError):
        return None
