"""kg build: progress on long work, three files, a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.commands.tables import show_run
from kg.pipeline import prepare, run, write


def build(
    paths: Sequence[Path],
    output: Path,
    workers: int,
    statuses: Sequence[str],
    columns: Mapping[str, str],
    lexicon: Path | None,
    model: bool,
) -> None:
    """Read *paths*, write the graph into *output*, and show what was done."""
    prepare(output)
    with progress("Reading articles") as report:
        result = run(
            paths, workers=workers, statuses=statuses, progress=report, columns=columns, lexicon=lexicon, model=model
        )
    files = write(result, output)
    show_run(result, files)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal, and nothing at all where the output goes to a file."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
