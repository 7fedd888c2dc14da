"""Reading on a cluster of Dask: batches of records in flight, taken in the order in which they were handed over.

A batch travels inside its task and stays with the scheduler until it is answered, so that whatever a lost machine had,
done or not, another one does again. Only so many batches are in flight, however late the one is that is due.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Any, Final

from kg.engines.guard import GivenUp, Outcome, Work, lost, nothing
from kg.engines.job import Job
from kg.engines.machine import answer, close, opened, worked
from kg.errors import KgError
from kg.model import Record

BATCH: Final = 64  # records that travel together: about a second's work
AHEAD: Final = 64  # batches in flight for each thread of the cluster: enough while one hangs, and 8 MB at the scheduler
PATIENCE: Final = 60.0  # seconds that a cluster may be without any worker
LOOK: Final = 5.0  # seconds after which it is asked whether there still are workers

Send = Callable[[Iterable[Any]], Iterator[Any]]

# A cluster of this machine forgets a worker that dies twice within seconds; one that we started has to be there again.
LASTING: Final = {"distributed.deploy.lost-worker-timeout": "30 days"}


def outcomes(
    job: Job[Work], records: Iterable[Record], limit: float, given_up: GivenUp, workers: int, master: str
) -> Iterator[Outcome]:
    """One outcome for each of *records*, in their order; *master* is the address of a scheduler, such as tcp://a:8786.

    Raises KgError where there is no Dask, no scheduler or no worker, and where a machine has another kg.
    """
    with _client(workers, master) as (dask, client):
        yield from _Run(dask, client, master or "the local cluster", job, limit, given_up).outcomes(records)


@contextmanager
def making(job: Job[Callable[[Any], Any]], workers: int, master: str) -> Iterator[Send]:
    """Within the block: what the function of *job* makes of each batch, in their order. Raises what `outcomes` does."""
    with _client(workers, master) as (dask, client):
        yield _Run(dask, client, master or "the local cluster", job).made


@contextmanager
def _client(workers: int, master: str) -> Iterator[tuple[Any, Any]]:
    """The package and a client of the cluster at *master*, or of one of this machine, which ends with the block."""
    dask = _distributed()
    with ExitStack() as stack:
        where: Any = master
        if not master:
            stack.enter_context(import_module("dask").config.set(LASTING))
            where = stack.enter_context(
                dask.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    dashboard_address=":0",
                    memory_limit=None,
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            client = stack.enter_context(dask.Client(where, timeout=PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise KgError(master, "no worker has joined", f"start some with: dask worker {master}") from error
        except (OSError, ValueError) as error:
            what, remedy = f"no scheduler answers ({error})", "start one with: dask scheduler; give --master tcp://NAME:8786"
            raise KgError(master, what, remedy) from error
        stack.callback(_leave, client)
        yield dask, client


def _leave(client: Any) -> None:
    """End the processes of the cluster that read for us; one that is gone has none."""
    if client.status == "running":
        with suppress(OSError, TimeoutError, CancelledError):
            client.run(close, on_error="ignore")


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        remedy = "install it, for instance with: pip install '.[dask]'"
        raise KgError("--engine dask", "it needs the package distributed, which is not installed", remedy) from error


@dataclass(frozen=True, slots=True)
class _Batch:
    records: list[Record]
    future: Any


class _Run:
    """One pass over records, or over batches of something else, on a cluster."""

    def __init__(self, dask: Any, client: Any, where: str, job: Job[Any], limit: float = 0.0,
                 given_up: GivenUp | None = None) -> None:
        self.dask, self.client, self.where, self.limit = dask, client, where, limit
        self.given_up = given_up or GivenUp()
        self.job = client.submit(_same, job, pure=False)  # a task as well, so that every machine fetches it once

    def outcomes(self, records: Iterable[Record]) -> Iterator[Outcome]:
        source = iter(records)
        flying: deque[_Batch] = deque()
        while True:
            room = AHEAD * max(1, self._threads()) - len(flying)
            for _ in range(room):
                batch = list(islice(source, BATCH))
                if not batch:
                    break
                flying.append(self._hand_out(batch))
            if not flying:
                return
            yield from self._answered(flying.popleft())

    def _hand_out(self, records: list[Record]) -> _Batch:
        known = dict(self.given_up.problems)
        return _Batch(records, self.client.submit(answer, records, self.job, self.limit, known, pure=False))

    def _answered(self, batch: _Batch) -> list[Outcome]:
        """What became of a batch. If its workers died again and again, its records are tried one by one."""
        try:
            found, problems = self._opened(batch.future)
        except self.dask.KilledWorker:
            if len(batch.records) > 1:  # one after the other: what waits at a worker that ends is accused as well
                return [self._answered(self._hand_out([record]))[0] for record in batch.records]
            self.given_up.add(batch.records[0], lost())
            return [nothing(batch.records[0], lost())]
        self.given_up.problems.update(problems)
        answers: list[Outcome] = found
        return answers

    def made(self, batches: Iterable[Any]) -> Iterator[Any]:
        """What the job makes of each batch, in their order."""
        source = iter(batches)
        flying: deque[Any] = deque()
        while True:
            room = AHEAD * max(1, self._threads()) - len(flying)
            fresh = islice(source, max(0, room))  # fewer threads than before may leave none
            flying.extend(self.client.submit(worked, batch, self.job, pure=False) for batch in fresh)
            if not flying:
                return
            try:
                yield self._opened(flying.popleft())
            except self.dask.KilledWorker as error:
                raise KgError(self.where, lost(), "look at its workers: they ended over work that is small") from error

    def _opened(self, future: Any) -> Any:
        """The answer of a task. Raises KilledWorker where its workers died over it, KgError where it cannot be had."""
        try:
            return opened(self._fetched(future))
        except (KgError, self.dask.KilledWorker):
            raise
        except CancelledError as error:
            raise self._gone() from error
        except Exception as error:
            what = f"its machines cannot do the work: {type(error).__name__}: {error}"
            raise KgError(self.where, what, "install the same kg where the scheduler and the workers run") from error

    def _fetched(self, future: Any) -> bytes:
        """The answer of a task. Raises KgError where for long no worker is left that could give it.

        A worker may go with an answer that it has announced: then another one works for it, if there is one.
        """
        alone = 0.0
        while alone < PATIENCE:
            patience = LOOK
            try:
                with self.client.as_current():
                    self.dask.wait([future], timeout=LOOK)
                patience = PATIENCE
                answer: bytes = future.result(timeout=PATIENCE)
                return answer
            except TimeoutError:
                alone = 0.0 if self._threads() else alone + patience
        raise KgError(self.where, "all workers have gone", "start some again, and then the run")

    def _threads(self) -> int:
        try:
            return sum(self.client.nthreads().values())
        except OSError as error:
            raise self._gone() from error

    def _gone(self) -> KgError:
        return KgError(self.where, "the scheduler has gone", "start it again, and then the run")


def _same(job: Job[Any]) -> Job[Any]:
    return job
