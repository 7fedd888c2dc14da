"""Engines that spread the reading of articles over many machines. Each is a module here and an optional extra.

An engine's module has two functions: `outcomes(job, records, limit, given_up, workers, master)`, one outcome for each
record, in their order, whatever becomes of single machines, and `making(job, workers, master)`, within whose block a
function works on batches of something else. *master* is the address of a cluster that runs, or empty for *workers*
processes of this machine. What each machine does with a batch is the same for all engines (`kg.engines.machine`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kg.engines import workers as crew
from kg.engines.guard import LIMIT, GivenUp, Outcome, keepable
from kg.engines.job import Start, job_of
from kg.errors import KgError
from kg.model import Record

Send = Callable[[Iterable[Any]], Iterator[Any]]

ENGINES: Final = {"dask": "kg.engines.dask"}


def outcomes(
    records: Iterable[Record],
    start: Start,
    lexicon: Path | None = None,
    workers: int = 1,
    limit: float = LIMIT,
    engine: str = "",
    master: str = "",
) -> Iterator[Outcome]:
    """One outcome for each of *records*, in their order, by the processes of this machine or by an engine.

    *start* makes the function over one record, given the user's own *lexicon*; it must be something that another
    machine can import. The outcomes are the same, whoever works. Raises KgError where there is no such engine, where
    it cannot be used, and where its machines hold another version of kg.
    """
    keepable(limit)
    named(engine, master)
    if not engine:
        return crew.outcomes(records, partial(start, lexicon), workers, limit)
    spread: Callable[..., Iterator[Outcome]] = import_module(ENGINES[engine]).outcomes
    return spread(job_of(start, lexicon), records, limit, GivenUp(), workers, master)


def named(engine: str, master: str) -> None:
    """Raises KgError where there is no such engine, or an address of none."""
    if engine and engine not in ENGINES:
        raise KgError(engine, "there is no such engine", f"use {' or '.join(ENGINES)}")
    if master and not engine:
        raise KgError(master, "an address is given, but no engine", f"name one of {', '.join(ENGINES)}")


def making(
    start: Callable[[Path | None], Callable[[Any], Any]], lexicon: Path | None, workers: int, engine: str, master: str
) -> AbstractContextManager[Send]:
    """Within the block: what the function that *start* makes answers to each batch, in their order, by an engine."""
    block: Callable[..., AbstractContextManager[Send]] = import_module(ENGINES[engine]).making
    return block(job_of(start, lexicon), workers, master)
