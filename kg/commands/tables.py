"""What kg shows at the end of a run: documents, nodes and edges in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.table import Table

from kg.commands.screen import console as _console
from kg.commands.screen import show_counts
from kg.decide.apply import names
from kg.decide.words import words
from kg.model import Outcome
from kg.pipeline import Run
from kg.report import line

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
    show_counts(console, result.graph)
    for file in files:
        console.print(f"wrote {file}", markup=False, soft_wrap=True)


def show_decisions(result: Run) -> None:
    """How many decisions of persons hold, and each that does not, with the reason."""
    outcomes: list[Outcome] = result.graph.graph.get("decisions") or []
    if not outcomes:
        return
    console, screen = _console(), words()["screen"]
    counted = Counter(outcome.state for outcome in outcomes)
    states = {state: counted[state] for state in ("done", "conflict", "idle")}
    console.print(screen["done"].format(**states), markup=False, soft_wrap=True)
    for state in ("conflict", "idle"):
        for told in names(outcomes, state):
            said = screen["item"].format(state=words()["states"][state], decision=told)
            console.print(said, markup=False, soft_wrap=True)


def show_store(store: Path, result: Run, build: int, note: str) -> None:
    """What the store spared, and under which number it knows this build."""
    console = _console()
    if note:
        console.print(f"note: {note}", markup=False, soft_wrap=True)
    known = result.memory.remembered
    said = f"store {store}: build {build}, {len(result.documents) - known} articles read, {known} known already"
    console.print(said, markup=False, soft_wrap=True)
