"""The outcomes of records with all cores of one machine: in order, and no record can stop the run.

Every worker is a process with a pipe of its own, and there is no lock, no thread and no queue between them: one may die
at any moment, in the middle of a message too, and no other notices. It gets a few records at a time when it has none
left and answers each by itself, so that it is known at which record one died or hangs. That record is tried once more
alone, for somebody may have ended the process from outside; the others go on. Whoever reads the outcomes sets the pace:
records are read from their source, and outcomes kept, only so far ahead.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from time import monotonic
from types import TracebackType
from typing import Final

from kg.engines.guard import LIMIT, GivenUp, Outcome, Work, deadly, guarded, keepable, nothing, too_slow
from kg.errors import KgError
from kg.model import Record

Start = Callable[[], Work]

CHUNK: Final = 8  # records that a worker gets at a time, at most
AHEAD: Final = 4000  # records that may be done or in work before the next outcome in order
GRACE: Final = 5.0  # seconds after the limit until a process that does not stop by itself is ended
START: Final = 300.0  # seconds that a process may take to get ready
STARTS: Final = 3  # processes in a row that may fail to get ready
LIFE: Final = 20_000  # records until a worker is replaced: spaCy keeps every word it has seen, some 4 KB a document
END: Final = 5.0  # seconds to wait for the exit code of a process whose pipe is closed


def outcomes(
    records: Iterable[Record],
    start: Start,
    workers: int = 1,
    limit: float = LIMIT,
    given_up: GivenUp | None = None,
) -> Iterator[Outcome]:
    """One outcome for each of *records*, in their order, whoever works on them.

    *start* makes the function over one record; each process calls it once, and its time does not count. One worker
    is this process itself: `guarded` limits the time there, but a record that kills it ends the run. Several are
    processes of their own. *given_up* is read and written, for whoever wants to keep it between runs. Raises KgError
    where the limit cannot be kept, or no process gets ready.
    """
    keepable(limit)
    given_up = GivenUp() if given_up is None else given_up
    if workers <= 1:
        work = start()
        for record in records:
            yield guarded(work, record, limit, given_up)
        return
    with Crew(start, workers, limit, given_up) as crew:
        yield from crew.outcomes(records)


class Crew:
    """Worker processes that stay for as long as the block does; with one of them a record is still kept apart."""

    def __init__(self, start: Start, workers: int, limit: float = LIMIT, given_up: GivenUp | None = None) -> None:
        self.start, self.size, self.limit = start, workers, limit
        self.given_up = GivenUp() if given_up is None else given_up
        self.workers: list[_Worker] = []
        self.failed = 0  # processes in a row that did not get ready

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        _end(self.workers)

    def outcomes(self, records: Iterable[Record]) -> Iterator[Outcome]:
        """The outcomes of *records* in their order. Raises KgError where no process gets ready."""
        todo = _Todo(enumerate(records))
        try:
            while True:
                self._hand_out(todo)
                if todo.due in todo.done:
                    self._listen(todo, 0)
                    yield todo.next()
                elif any(worker.tasks for worker in self.workers) or todo.waiting or todo.alone:
                    self._listen(todo)
                else:
                    return
        finally:  # nobody wants the rest
            _end([worker for worker in self.workers if worker.tasks])
            self.workers = [worker for worker in self.workers if not worker.tasks]

    def _hand_out(self, todo: _Todo) -> None:
        """Give work to everybody who has none, and start as many processes as the work is worth."""
        todo.fill(CHUNK * self.size)
        for worker in list(self.workers):
            if worker.ready and not worker.tasks:
                if worker.done >= LIFE:
                    self._dismiss(worker)
                    continue
                alone = bool(todo.alone)
                chunk = todo.chunk(self.size, self.given_up)
                if chunk and not worker.give(chunk, alone, self.limit):  # dead while idle: no record's fault
                    worker.tasks.clear()
                    (todo.alone if alone else todo.waiting).extendleft(reversed(chunk))
                    self._died(worker, todo)
        busy = sum(len(worker.tasks) for worker in self.workers)
        wanted = min(self.size, -(-(busy + len(todo.waiting) + len(todo.alone)) // CHUNK))
        while len(self.workers) < wanted and self.failed < STARTS:
            try:
                self.workers.append(_Worker(self.start))
            except OSError:  # no room for one more
                self._not_ready()

    def _listen(self, todo: _Todo, timeout: float | None = None) -> None:
        """Take in what the workers say, for at most *timeout* seconds, and end those that are over their time."""
        first = min((worker.deadline for worker in self.workers if worker.busy), default=None)
        if timeout is None and first is not None:
            timeout = max(0.0, first - monotonic())
        heard = wait([worker.pipe for worker in self.workers], timeout)
        for worker in list(self.workers):
            if worker.pipe in heard:
                self._hear(worker, todo)
            elif worker.busy and worker.deadline < monotonic():
                self._died(worker, todo, too_slow(self.limit))

    def _hear(self, worker: _Worker, todo: _Todo) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self._died(worker, todo)
            return
        if isinstance(said, KgError):
            raise said
        if not worker.ready:
            worker.ready, self.failed = True, 0
            return
        index, record = worker.tasks.popleft()
        worker.done += 1
        worker.deadline = monotonic() + self.limit + GRACE
        todo.done[index] = said
        if said[1].problem == too_slow(self.limit):
            self.given_up.add(record, said[1].problem)

    def _died(self, worker: _Worker, todo: _Todo, why: str = "") -> None:
        """Its records go to others: the one it was at alone, or nowhere where it was alone already."""
        if not why:
            worker.process.join(END)  # it is ending by itself; let it say how
        exitcode = self._dismiss(worker)
        if not worker.ready:
            self._not_ready()
        if not worker.tasks:
            return
        index, record = worker.tasks.popleft()
        todo.waiting.extendleft(reversed(worker.tasks))
        if worker.alone:
            problem = why or deadly(exitcode)
            self.given_up.add(record, problem)
            todo.done[index] = nothing(record, problem)
        else:
            todo.alone.append((index, record))

    def _not_ready(self) -> None:
        self.failed += 1
        if self.failed >= STARTS and not self.workers:
            what = "a worker process ended before it was ready"
            raise KgError(f"{self.size} workers", what, "use 1 worker; scripts need if __name__ == '__main__'")

    def _dismiss(self, worker: _Worker) -> int | None:
        self.workers.remove(worker)
        return _end([worker])[0]


@dataclass
class _Todo:
    """What is still to do in one pass over records, and what is done but not yet asked for."""

    source: Iterator[tuple[int, Record]]
    waiting: deque[tuple[int, Record]] = field(default_factory=deque)
    alone: deque[tuple[int, Record]] = field(default_factory=deque)
    done: dict[int, Outcome] = field(default_factory=dict)
    due: int = 0
    read: int = 0

    def fill(self, number: int) -> None:
        """Read records until *number* of them wait, unless too many are ahead already."""
        more = min(number - len(self.waiting), self.due + AHEAD - self.read)
        new = list(islice(self.source, max(0, more)))
        self.waiting.extend(new)
        self.read += len(new)

    def chunk(self, workers: int, given_up: GivenUp) -> list[tuple[int, Record]]:
        """The next records for one worker: one that must be alone, else several, fewer at the end."""
        if self.alone:
            return [self.alone.popleft()]
        size = max(1, min(CHUNK, len(self.waiting) // workers))
        chunk: list[tuple[int, Record]] = []
        while self.waiting and len(chunk) < size:
            index, record = self.waiting.popleft()
            known = given_up.outcome(record)
            if known is None:
                chunk.append((index, record))
            else:
                self.done[index] = known
        return chunk

    def next(self) -> Outcome:
        self.due += 1
        return self.done.pop(self.due - 1)


class _Worker:
    """One process, seen from outside."""

    def __init__(self, start: Start) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, start), daemon=True)
        with _deaf():
            self.process.start()
        theirs.close()
        self.tasks: deque[tuple[int, Record]] = deque()
        self.ready = self.alone = False
        self.done = 0
        self.deadline = monotonic() + START

    @property
    def busy(self) -> bool:
        return bool(self.tasks) or not self.ready

    def give(self, chunk: list[tuple[int, Record]], alone: bool, limit: float) -> bool:
        """Send records to it; False where it is no longer there."""
        self.tasks.extend(chunk)
        self.alone = alone
        self.deadline = monotonic() + limit + GRACE
        try:
            self.pipe.send(([record for _, record in chunk], limit))
        except OSError:
            return False
        return True


def _end(workers: list[_Worker]) -> list[int | None]:
    """End processes, all at once, and wait until they are gone; their exit codes."""
    for worker in workers:
        worker.process.kill()
    for worker in workers:
        worker.process.join()
        worker.pipe.close()
    codes = [worker.process.exitcode for worker in workers]
    for worker in workers:
        worker.process.close()
    return codes


@contextmanager
def _deaf() -> Iterator[None]:
    """A process started here never hears Ctrl-C: its parent does, and ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # the first process would start it, and that makes this one hear again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, start: Start) -> None:
    """The life of a worker: get ready, say so, answer records, until nobody is there any more."""
    with suppress(EOFError, OSError):
        try:
            work = start()
        except KgError as error:
            pipe.send(error)
            return
        except Exception as error:
            what = f"it cannot get ready: {type(error).__name__}: {error}"
            pipe.send(KgError("a worker process", what, "use 1 worker, which shows where"))
            return
        pipe.send(None)
        while True:
            records, limit = pipe.recv()
            for record in records:
                pipe.send(guarded(work, record, limit))
