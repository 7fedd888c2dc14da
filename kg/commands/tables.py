"""What kg shows at the end of a run: documents, nodes and edges in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import networkx as nx
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kg.explain import best_connected
from kg.model.schema import CATEGORIES, RELATIONS
from kg.pipeline import Run
from kg.report import counts, line

WIDTH = 100  # of the summary where it goes to a file
REASONS = 20  # problems and notes that the screen shows; the report holds all of them


def show_run(result: Run, files: Iterable[Path]) -> None:
    """Documents read and skipped with the reason, then the counts of the graph, then the files."""
    console = _console()
    read = [d for d in result.documents if not d.problem]
    kinds = Counter(problem.kind for problem in result.problems)
    table = Table(title="Documents", show_header=False)
    table.add_row("read", str(len(read)))
    table.add_row("not readable", str(kinds["problem"]))
    table.add_row("passed over (no article)", str(kinds["skipped"]))
    table.add_row("repaired", str(sum(bool(d.repairs) for d in read)))
    table.add_row("with lines left out", str(sum(bool(d.left_out) for d in read)))
    table.add_row("reposts of another", str(sum(bool(d.repost_of) for d in read)))
    table.add_row("with numbers that do not add up", str(sum(bool(d.conflicts) for d in read)))
    console.print(table)
    told = [problem for problem in result.problems if problem.kind != "skipped"]
    for problem in told[:REASONS]:
        word = "not read" if problem.kind == "problem" else "note"
        console.print(f"{word}: {line(problem)}", markup=False, soft_wrap=True)
    if len(told) > REASONS:
        console.print(f"... and {len(told) - REASONS} more, all of them in report.json")
    _counts(console, result.graph)
    for file in files:
        console.print(f"wrote {file}", markup=False, soft_wrap=True)


def show_graph(graph: nx.MultiDiGraph) -> None:
    """The counts of a finished graph and its best connected nodes."""
    console = _console()
    _counts(console, graph)
    table = Table("Name", "Category", "Edges", title="Best connected")
    for label, category, degree in best_connected(graph):
        table.add_row(escape(label), category, str(degree))
    console.print(table)


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)


def _counts(console: Console, graph: nx.MultiDiGraph) -> None:
    nodes, edges = counts(graph)
    console.print(_table("Nodes", "Category", nodes, CATEGORIES))
    console.print(_table("Edges", "Relation", edges, RELATIONS))


def _table(title: str, kind: str, found: Mapping[str, int], chinese: Mapping[str, str]) -> Table:
    table = Table(kind, "", "Count", title=title, show_footer=False)
    rows: Sequence[tuple[str, int]] = list(found.items())
    for name, count in rows:
        table.add_row(name, chinese.get(name, ""), str(count))
    table.add_row("all", "", str(sum(found.values())), style="bold")
    return table
