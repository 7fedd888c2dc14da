"""What keeps one bad document from stopping a run: a limit of time, a net for errors, a list of those given up.

All of it works within one process and knows nothing of others, so that any engine that calls a function over records
can use it. What no process can do for itself, to survive its own death, `kg.engines.workers` does from outside.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from kg.errors import KgError
from kg.model import Extraction, Record, content_id
from kg.report import DocumentReport

Outcome = tuple[Extraction | None, DocumentReport]
Work = Callable[[Record], Outcome]

LIMIT: Final = 60.0  # seconds for one document; a long one takes less than one
LONGEST: Final = 86_400.0  # seconds that may be allowed
AGAIN: Final = 1.0  # seconds until the alarm rings once more, where a document has swallowed it
LEAVE: Final = "leave this article out and report it"


class OutOfTime(BaseException):
    """The alarm of a document; no Exception, so that no `except Exception` on the way keeps it."""


class GivenUp:
    """The documents that were given up, by content: whoever brings one again gets the same answer, at no cost.

    >>> given_up = GivenUp()
    >>> given_up.add(Record("a", "a.txt", "唐县"), "too slow")
    >>> given_up.outcome(Record("b", "b.txt", "唐县"))[1].problem, given_up.outcome(Record("c", "c.txt", "阜平县"))
    ('too slow', None)
    """

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}

    def add(self, record: Record, problem: str) -> None:
        self.problems[_content(record)] = problem

    def outcome(self, record: Record) -> Outcome | None:
        problem = self.problems.get(_content(record)) if self.problems else None
        return None if problem is None else nothing(record, problem)


def keepable(limit: float) -> None:
    """Raises KgError for a limit that cannot be kept."""
    if not 0 < limit <= LONGEST:
        raise KgError("the limit", f"{limit:g} seconds cannot be kept", f"give more than 0, at most {LONGEST:g}")


def guarded(work: Work, record: Record, limit: float = LIMIT, given_up: GivenUp | None = None) -> Outcome:
    """What *work* makes of *record*, or an outcome that says why there is nothing: too slow, an error, known as bad.

    The limit is a signal: it holds in the main thread of a process, not on Windows, and it ends whatever lets Python
    run its handlers, regular expressions included. It rings again each second, should something swallow it.

    >>> def work(record: Record) -> Outcome: raise MemoryError
    >>> guarded(work, Record("a", "a.txt", "唐县"))[1].problem
    'MemoryError (remedy: leave this article out and report it)'
    """
    known = given_up.outcome(record) if given_up is not None else None
    if known is not None:
        return known
    try:
        with _alarm(limit):
            return work(record)
    except OutOfTime:
        problem = too_slow(limit)
        if given_up is not None:
            given_up.add(record, problem)
        return nothing(record, problem)
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return nothing(record, _with_remedy(said, LEAVE))


def nothing(record: Record, problem: str) -> Outcome:
    """The outcome of a document that could not be read."""
    return None, DocumentReport(record.id, record.path, problem=problem)


def too_slow(limit: float) -> str:
    """What the report says of a document that took too long.

    >>> too_slow(60.0)
    'given up: not read within 60 seconds (remedy: allow more with --limit, or leave this article out and report it)'
    """
    return _with_remedy(f"given up: not read within {limit:g} seconds", f"allow more with --limit, or {LEAVE}")


def deadly(exitcode: int | None) -> str:
    """What the report says of a document whose process died, and died again with it alone.

    >>> deadly(-9)
    'given up: its process ended twice (SIGKILL) (remedy: use fewer workers if memory is short, or leave this article \
out and report it)'
    >>> deadly(3)[:47]
    'given up: its process ended twice (exit code 3)'
    """
    try:
        how = signal.Signals(-(exitcode or 0)).name
    except ValueError:
        how = f"exit code {exitcode}"
    return _with_remedy(
        f"given up: its process ended twice ({how})", f"use fewer workers if memory is short, or {LEAVE}"
    )


def lost() -> str:
    """What the report says of a document over which whole machines of an engine ended, again and again.

    >>> lost()
    'given up: the workers that read it ended (remedy: give them more memory, or leave this article out and report it)'
    """
    return _with_remedy("given up: the workers that read it ended", f"give them more memory, or {LEAVE}")


def _with_remedy(what: str, remedy: str) -> str:
    return f"{what} (remedy: {remedy})"


def _content(record: Record) -> str:
    return content_id(record.text, *(part for item in sorted(record.meta.items()) for part in item), length=32)


def _ring(*_: object) -> None:
    raise OutOfTime


@contextmanager
def _alarm(limit: float) -> Iterator[None]:
    """Raise OutOfTime in the block after *limit* seconds, where this process can and its alarm is free."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    if signal.getitimer(signal.ITIMER_REAL)[0]:  # somebody else's
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, limit, AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)  # the alarm may have rung in the line that stops it
        signal.signal(signal.SIGALRM, before)
