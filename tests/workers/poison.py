"""Work over records that hangs, dies or fails where the text of a record says so, for processes of their own."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

from kg.engines.guard import Outcome, Work
from kg.errors import LexiconError
from kg.model import Record
from kg.report import DocumentReport


def work(record: Record) -> Outcome:
    """Obey the first word of the text; the outcome tells the length of the text and, as title, the process."""
    order, _, what = record.text.partition(" ")
    if order == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif order == "exit":
        os._exit(int(what))
    elif order == "sleep":
        time.sleep(float(what))
    elif order == "deaf":
        deaf()
    elif order == "memory":
        raise MemoryError
    elif order == "leave":
        raise SystemExit(3)
    elif order == "once" and not Path(what).exists():
        Path(what).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    elif order == "alive":
        Path(what).write_text(str(os.getpid()), "utf-8")
        time.sleep(3600)
    title = "x" * int(what) if order == "large" else ""
    return None, DocumentReport(record.id, record.path, characters=len(record.text), title=title)


def deaf() -> None:
    """Sleep, whatever happens."""
    while True:
        try:
            time.sleep(3600)
        except BaseException:
            continue


def process(record: Record) -> Outcome:
    """The process that worked on it."""
    return None, DocumentReport(record.id, record.path, title=str(os.getpid()))


def start() -> Work:
    return work


def start_telling() -> Work:
    return process


def start_slowly() -> Work:
    time.sleep(1.0)
    return work


def start_badly() -> Work:
    raise LexiconError("own.toml", "there is no such section", "write people")


def start_broken() -> Work:
    raise ModuleNotFoundError("No module named 'spacy'")


def start_dead() -> Work:
    os._exit(1)


def start_real(lexicon: Path | None, model: bool) -> Work:
    """The real work, but for two articles."""
    from kg import pipeline

    return partial(real, pipeline._start(lexicon, model))


def real(work: Work, record: Record) -> Outcome:
    if record.id == "school-panyu-weining":
        os.kill(os.getpid(), signal.SIGKILL)
    if record.id == "plans-dejiang":
        time.sleep(3600)
    return work(record)
