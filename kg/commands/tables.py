"""What kg shows at the end of a run: documents, nodes and edges in tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.table import Table

from kg.commands.screen import console as _console
from kg.commands.screen import show_counts
from kg.decide.words import words
from kg.report import Summary

SAME = "nothing is new, changed or gone since the last build: nothing was written"


def show_run(summary: Summary, files: Iterable[Path], word: str = "wrote") -> None:
    """Documents read and skipped with the reason, then the counts of the graph, then the files."""
    console = _console()
    table = Table(title="Documents", show_header=False)
    for kind, count in summary.documents.items():
        table.add_row(kind, str(count))
    console.print(table)
    for told in summary.told:
        console.print(told, markup=False, soft_wrap=True)
    if summary.more:
        console.print(f"... and {summary.more} more, all of them in report.json")
    show_counts(console, summary.nodes, summary.edges)
    for file in files:
        console.print(f"{word} {file}", markup=False, soft_wrap=True)


def show_decisions(summary: Summary) -> None:
    """How many decisions of persons hold, and each that does not, with the reason."""
    if not summary.decisions:
        return
    console, screen = _console(), words()["screen"]
    console.print(screen["done"].format(**summary.decisions), markup=False, soft_wrap=True)
    for state, told in summary.undone:
        said = screen["item"].format(state=words()["states"][state], decision=told)
        console.print(said, markup=False, soft_wrap=True)


def show_same() -> None:
    """That there was nothing to do."""
    _console().print(SAME, markup=False, soft_wrap=True)


def show_store(store: Path, build: int, read: int, known: int, note: str) -> None:
    """What the store spared, and under which number it knows this build."""
    console = _console()
    if note:
        console.print(f"note: {note}", markup=False, soft_wrap=True)
    said = f"store {store}: build {build}, {read} articles read, {known} known already"
    console.print(said, markup=False, soft_wrap=True)
