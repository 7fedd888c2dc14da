"""Work over records that other machines can import: what poison.py does, and more that only an engine meets."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import poison

from kg.engines.guard import Outcome, Work
from kg.model import Record
from kg.report import DocumentReport


def start(lexicon: Path | None) -> Work:
    return work


def work(record: Record) -> Outcome:
    """Obey poison.py, or end the engine's worker, for which this process reads."""
    if record.text == "worker":
        os.kill(os.getppid(), signal.SIGKILL)
    return poison.work(record)


def start_telling(lexicon: Path | None) -> Work:
    return telling


def telling(record: Record) -> Outcome:
    """The process that worked on it, after so long that all threads of a worker have something to do."""
    time.sleep(0.05)
    return poison.process(record)


def start_doubling(lexicon: Path | None) -> Callable[[int], int]:
    """Work over numbers; a negative one ends the process that works."""

    def doubled(number: int) -> int:
        if number < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.02)
        return 2 * number

    return doubled


def start_badly(lexicon: Path | None) -> Work:
    return poison.start_badly()


def start_with_words(lexicon: Path | None) -> Work:
    words = lexicon.read_text("utf-8") if lexicon is not None else ""

    def told(record: Record) -> Outcome:
        return None, DocumentReport(record.id, record.path, title=words)

    return told


def start_elsewhere(lexicon: Path | None) -> Work:
    raise AssertionError("a machine with another kg has begun to work")
