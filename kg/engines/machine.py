"""What a machine does with a batch of records, whatever engine hands it over.

Records are kept apart in a process of their own (`kg.engines.workers.Crew`), so that one that hangs or kills costs the
engine neither a worker nor a retry. These processes are warm: they stay from one batch to the next.
"""

from __future__ import annotations

import gc
import pickle
import zlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import current_process
from threading import Lock
from typing import Any, Final

from kg.engines.guard import GivenUp, Work
from kg.engines.job import Job
from kg.engines.workers import Crew
from kg.model import Record

Problems = dict[str, str]

FAST: Final = 1  # zlib's level: a third of the bytes for a hundredth of the time that reading takes


@dataclass(frozen=True, slots=True)
class _Kept:
    """A crew of one, which lives until it is closed."""

    job: Job[Work]
    limit: float
    crew: Crew
    life: ExitStack = field(default_factory=ExitStack)


_idle: list[_Kept] = []
_lock: Final = Lock()
_alone: Final = Lock()  # the words of a user hold for a whole process


def answer(records: Sequence[Record], job: Job[Work], limit: float, known: Problems) -> bytes:
    """The outcomes of *records* with the problems of all that were given up, to be opened with `opened`.

    *known* are the problems of those that were given up elsewhere. Threads that call this at the same time have a
    process each. Raises what starting a process raises.
    """
    kept = _take(job, limit)
    try:
        kept.crew.given_up.problems.update(known)
        found = list(kept.crew.outcomes(records))
    except BaseException:
        kept.life.close()
        raise
    with _lock:
        _idle.append(kept)
    return _packed((found, kept.crew.given_up.problems))


def worked(batch: Any, job: Job[Callable[[Any], Any]]) -> bytes:
    """What the function of a job makes of a batch, to be opened with `opened`; one at a time in a process.

    It is work that neither hangs nor kills, in the process of the engine itself.
    """
    with _alone:
        return _packed(job()(batch))


def _packed(value: Any) -> bytes:
    return zlib.compress(pickle.dumps(value), FAST)


def opened(packed: bytes) -> Any:
    """What `answer` or `worked` has packed: outcomes with problems, or what a function made.

    Without the search for cycles, among objects that all stay, it takes a third of the time; everybody waits for it.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        return pickle.loads(zlib.decompress(packed))
    finally:
        if searched:
            gc.enable()


def _take(job: Job[Work], limit: float) -> _Kept:
    """A crew for this job that has nothing to do, or a new one; those of other jobs are closed."""
    with _lock:
        others = [kept for kept in _idle if (kept.job, kept.limit) != (job, limit)]
        fit = [kept for kept in _idle if (kept.job, kept.limit) == (job, limit)]
        _idle[:] = fit[1:]
    for kept in others:
        kept.life.close()
    if fit:
        return fit[0]
    current_process().daemon = False  # an engine's daemon may have children: they end when it does
    kept = _Kept(job, limit, Crew(job, 1, limit, GivenUp()))
    kept.life.enter_context(kept.crew)
    return kept


def close() -> None:
    """End the processes that have nothing to do."""
    with _lock:
        kept, _idle[:] = _idle[:], []
    for one in kept:
        one.life.close()
