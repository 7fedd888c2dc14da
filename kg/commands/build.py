"""kg build: progress on long work, three files, a summary."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.commands.tables import show_decisions, show_run, show_same, show_store
from kg.pipeline import carried, gather, outputs, prepare, tidy, write
from kg.report import Summary
from kg.store import opened


def build(
    paths: Sequence[Path],
    output: Path,
    workers: int,
    limit: float,
    statuses: Sequence[str],
    columns: Mapping[str, str],
    lexicon: Path | None,
    model: bool,
    store: Path | None,
    decisions: Path | None = None,
    engine: tuple[str, str] = ("", ""),
) -> object:
    """Read *paths*, write the graph into *output*, and show what was done; the answer is what all this rests on.

    With a *store* only articles are read that are new or changed; the graph is left there when its files are written.
    Where nothing is new, changed or gone since the last build with it, its files are left as they are.
    *engine* is the name of what reads on many machines, and the address of its cluster.
    """
    gc.disable()  # nothing here is dropped in cycles; to switch the search on is to look at all that was made
    prepare(output)
    with opened(store) if store is not None else nullcontext() as memory:
        given = gather(paths, statuses=statuses, columns=columns, lexicon=lexicon, model=model, store=memory,
                       decisions=decisions)
        last = None if any(engine) else given.unchanged(output)  # an engine that is not there has to say so
        if last is not None:
            tidy(output)
            _show_last(*last, outputs(output), store, len(given.records))
            return None
        with progress("Reading articles") as report:
            result = carried(given, workers=workers, limit=limit, progress=report, engine=engine[0], master=engine[1])
        del given  # with the text of all articles
        files = write(result, output)
        build = result.keep(files)
    summary = result.summary()
    show_run(summary, files)
    show_decisions(summary)
    if store is not None:
        known = result.memory.remembered
        show_store(store, build, len(result.documents) - known, known, memory.note if memory is not None else "")
    return result


def _show_last(build: int, summary: Summary, files: Sequence[Path], store: Path | None, known: int) -> None:
    """What the last build showed, where this one has nothing to do."""
    show_run(summary, files, "kept")
    show_decisions(summary)
    show_same()
    if store is not None:
        show_store(store, build, 0, known, "")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal, and nothing at all where the output goes to a file."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
