"""The guard within one process: time, errors, the list of those given up."""

from __future__ import annotations

import re
import signal
import threading
import time

import pytest
from poison import work

from kg.engines.guard import GivenUp, Outcome, OutOfTime, guarded, too_slow
from kg.model import Record


def record(text: str, name: str = "a") -> Record:
    return Record(name, f"{name}.txt", text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("memory", "MemoryError (remedy: leave this article out and report it)"),
        ("leave", "SystemExit: 3 (remedy: leave this article out and report it)"),
        ("sleep 30", too_slow(0.2)),
        ("fine", ""),
    ],
)
def test_whatever_happens_there_is_an_outcome(text: str, problem: str) -> None:
    began = time.monotonic()
    extraction, report = guarded(work, record(text), 0.2)
    assert (extraction, report.id, report.path, report.problem) == (None, "a", "a.txt", problem)
    assert time.monotonic() - began < 5


def test_a_pattern_that_never_ends_is_ended() -> None:
    def search(_: Record) -> Outcome:
        re.search("(a+)+b", "a" * 40)
        raise AssertionError

    assert guarded(search, record("x"), 0.2)[1].problem == too_slow(0.2)


def test_an_alarm_that_was_swallowed_rings_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[float] = []

    def swallow(_: Record) -> Outcome:
        while True:
            try:
                time.sleep(30)
            except OutOfTime:
                rung.append(time.monotonic())
                if len(rung) == 3:
                    raise

    monkeypatch.setattr("kg.engines.guard.AGAIN", 0.05)
    assert guarded(swallow, record("x"), 0.1)[1].problem == too_slow(0.1)
    assert len(rung) == 3


def test_the_alarm_is_left_as_it_was() -> None:
    def mine(*_: object) -> None:
        raise AssertionError

    before = signal.signal(signal.SIGALRM, mine)
    try:
        for text in ("sleep 30", "fine", "memory"):
            guarded(work, record(text), 0.1)
            assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
            assert signal.getsignal(signal.SIGALRM) is mine
    finally:
        signal.signal(signal.SIGALRM, before)


def test_an_alarm_of_somebody_else_is_not_touched() -> None:
    signal.setitimer(signal.ITIMER_REAL, 100)
    try:
        assert guarded(work, record("sleep 0.3"), 0.1)[1].problem == ""
        assert 90 < signal.getitimer(signal.ITIMER_REAL)[0] < 100
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def test_in_a_thread_there_is_no_alarm_but_all_the_rest() -> None:
    found: list[Outcome] = []
    for text in ("sleep 0.3", "memory"):
        thread = threading.Thread(target=lambda text=text: found.append(guarded(work, record(text), 0.1)))
        thread.start()
        thread.join()
    assert [report.problem.partition(" ")[0] for _, report in found] == ["", "MemoryError"]


def test_a_document_that_was_given_up_is_not_tried_again() -> None:
    tried: list[str] = []

    def slow(given: Record) -> Outcome:
        tried.append(given.id)
        time.sleep(30 if given.text == "slow" else 0)
        return work(given)

    given_up = GivenUp()
    found = [
        guarded(slow, record(text, name), 0.1, given_up) for name, text in (("a", "slow"), ("b", "slow"), ("c", "fine"))
    ]
    assert [report.id for _, report in found] == ["a", "b", "c"]
    assert [report.problem for _, report in found] == [too_slow(0.1), too_slow(0.1), ""]
    assert tried == ["a", "c"]


def test_the_same_text_with_other_metadata_is_another_document() -> None:
    given_up = GivenUp()
    given_up.add(Record("a", "a.txt", "x", {"published": "2023-01-01"}), "too slow")
    assert given_up.outcome(Record("b", "b.txt", "x", {"published": "2023-01-02"})) is None
    assert given_up.outcome(Record("b", "b.txt", "x", {"published": "2023-01-01"})) is not None


def test_ctrl_c_is_nobodys_outcome() -> None:
    def interrupted(_: Record) -> Outcome:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guarded(interrupted, record("x"))
