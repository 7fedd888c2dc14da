"""Several processes: the same outcomes in the same order as one gives, whatever a record or somebody outside does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from pathlib import Path

import poison
import pytest

from kg.engines import workers
from kg.engines.guard import GivenUp, Outcome, deadly, too_slow
from kg.engines.workers import Crew, outcomes
from kg.errors import KgError, LexiconError
from kg.model import Record

HERE = Path(__file__).parent
LIMIT = 0.5
SLOW, KILLED = too_slow(LIMIT), deadly(-signal.SIGKILL)
MEMORY = "MemoryError (remedy: leave this article out and report it)"


def records(texts: list[str]) -> list[Record]:
    return [Record(f"{number:03}", f"{number:03}.txt", text) for number, text in enumerate(texts)]


def problems(found: list[Outcome]) -> dict[str, str]:
    return {report.id: report.problem for _, report in found if report.problem}


def two(texts: list[str], start: Callable[[], poison.Work] = poison.start, limit: float = LIMIT) -> list[Outcome]:
    return list(outcomes(records(texts), start, 2, limit))


@pytest.fixture(autouse=True)
def _nobody_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test ends without a living worker and without a dead one that nobody has buried."""
    monkeypatch.setattr(workers, "GRACE", 0.5)
    yield
    assert children() == []
    assert active_children() == []


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows by one with every process that is started."""
    found: list[object] = []
    real = workers._Worker

    def begin(start: Callable[[], poison.Work]) -> workers._Worker:
        found.append(start)
        return real(start)

    monkeypatch.setattr(workers, "_Worker", begin)
    return found


def children() -> list[str]:
    """The processes that this one has started, the dead among them; helpers of others aside."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = status.read_text("utf-8").rpartition(") ")[2].split()[:2]
            command = (status.parent / "cmdline").read_text("utf-8")
        except OSError:
            continue
        if int(parent) == os.getpid() and not any(other in command for other in ("resource_tracker", "playwright")):
            found.append(f"{status.parent.name} {'dead ' * (state == 'Z')}{command}")
    return sorted(found)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 100])
def test_the_outcomes_are_those_of_one_worker_in_their_order(count: int) -> None:
    texts = [f"sleep {number % 5 / 200}" if number % 3 else "x" * number for number in range(count)]
    if count > 3:
        texts[3] = "memory"
    one = list(outcomes(records(texts), poison.start, 1, LIMIT))
    assert [report.id for _, report in one] == [f"{number:03}" for number in range(count)]
    assert repr(two(texts)) == repr(one)


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("kill", KILLED),
        ("exit 3", deadly(3)),
        ("exit 0", deadly(0)),
        ("sleep 30", SLOW),
        ("deaf", SLOW),
        ("memory", MEMORY),
    ],
)
def test_a_bad_record_costs_nobody_else(bad: str, problem: str) -> None:
    texts = ["fine"] * 40
    texts[13] = bad
    found = two(texts)
    assert problems(found) == {"013": problem}
    assert [report.id for _, report in found] == [f"{number:03}" for number in range(40)]
    assert {report.characters for _, report in found if not report.problem} == {4}


def test_several_in_one_chunk_cost_nobody_else(begun: list[object]) -> None:
    """And no process ends but those that the bad ones end: twice each."""
    texts = ["fine"] * 8
    texts[1], texts[2], texts[4], texts[7] = "kill", "deaf", "exit 9", "sleep 30"
    found = list(outcomes(records(texts), poison.start, 2, LIMIT))
    assert problems(found) == {"001": KILLED, "002": SLOW, "004": deadly(9), "007": SLOW}
    assert len(begun) <= 2 + 3 * 2


def test_nothing_but_bad_records() -> None:
    found = two(["kill", "exit 3"] * 3)
    assert list(problems(found).values()) == [KILLED, deadly(3)] * 3


def test_a_record_whose_process_somebody_else_killed_is_done(tmp_path: Path) -> None:
    """Alone in its chunk or not, the first death is not held against it."""
    assert problems(two([f"once {tmp_path / 'a'}"])) == {}
    texts = ["fine"] * 20
    texts[9] = f"once {tmp_path / 'b'}"
    assert problems(two(texts)) == {}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "b"]


def test_workers_killed_from_outside_in_the_middle_of_messages_are_replaced() -> None:
    killed: list[int] = []
    over = threading.Event()
    texts = ["large 3000000"] * 200
    with Crew(poison.start, 2, 20.0) as crew:

        def kill() -> None:
            while not over.wait(0.1):
                at_work = [worker for worker in list(crew.workers) if worker.tasks and not worker.alone]
                for process in [worker.process.pid for worker in at_work[:1]]:
                    os.kill(process, signal.SIGKILL)
                    killed.append(process)

        found = crew.outcomes(records(texts))
        next(found)
        thread = threading.Thread(target=kill, daemon=True)
        thread.start()
        rest = list(found)
        over.set()
        thread.join()
    assert len(rest) == 199
    assert problems(rest) == {}
    assert {len(report.title) for _, report in rest} == {3_000_000}
    assert len(set(killed)) >= 2


def test_idle_workers_that_were_killed_are_replaced() -> None:
    """The record that the first of them gets must not be held to have killed it, and then the second too."""
    with Crew(poison.start, 2) as crew:
        first = list(crew.outcomes(records(["fine"] * 20)))
        while not (len(crew.workers) == 2 and all(worker.ready for worker in crew.workers)):
            list(crew.outcomes(records(["sleep 0.1"] * 20)))
        for child in active_children():
            child.kill()
            child.join()
        assert repr(list(crew.outcomes(records(["fine"] * 20)))) == repr(first)


def test_a_crew_stays_from_one_pass_to_the_next() -> None:
    with Crew(poison.start_telling, 1) as crew:
        passes = [{report.title for _, report in crew.outcomes(records(["x"] * 9))} for _ in range(3)]
    assert len(set.union(*passes)) == 1
    assert str(os.getpid()) not in passes[0]


def test_a_worker_does_not_hear_ctrl_c() -> None:
    """The main process does, and ends it, so that no worker fills the terminal with its own account."""
    with Crew(poison.start_telling, 1) as crew:
        first = {report.title for _, report in crew.outcomes(records(["x"] * 9))}
        for child in active_children():
            os.kill(child.pid or 0, signal.SIGINT)
        time.sleep(0.2)
        assert {report.title for _, report in crew.outcomes(records(["x"] * 9))} == first


def test_a_worker_is_replaced_after_its_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LIFE", 16)
    with Crew(poison.start_telling, 1) as crew:
        done = [report.title for _, report in crew.outcomes(records(["x"] * 48))]
    assert [done.count(process) for process in dict.fromkeys(done)] == [16, 16, 16]


def test_the_start_of_a_process_is_not_the_time_of_a_document() -> None:
    assert problems(two(["fine"] * 10, poison.start_slowly)) == {}


def test_what_starting_a_process_raises_is_raised_here() -> None:
    with pytest.raises(LexiconError, match=r"no such section \(remedy: write people"):
        two(["fine"] * 10, poison.start_badly)
    with pytest.raises(KgError, match="cannot get ready: ModuleNotFoundError: No module named 'spacy'"):
        two(["fine"] * 10, poison.start_broken)


def test_where_no_process_gets_ready_the_run_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KgError, match=r"ended before it was ready \(remedy: use 1 worker"):
        two(["fine"] * 10, poison.start_dead)


@pytest.mark.parametrize("limit", [0.0, -1.0, float("nan"), float("inf")])
def test_a_limit_that_cannot_be_kept_is_refused(limit: float) -> None:
    with pytest.raises(KgError, match="seconds cannot be kept"):
        list(outcomes(records(["fine"]), poison.start, 1, limit))


def test_records_are_read_only_so_far_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "AHEAD", 30)
    read: list[str] = []

    def source() -> Iterator[Record]:
        for record in records(["fine"] * 500):
            read.append(record.id)
            yield record

    found = outcomes(source(), poison.start, 2)
    for number in range(100):
        next(found)
        assert len(read) <= number + 1 + 30
    assert len(list(found)) == 400


def test_while_one_hangs_the_others_work() -> None:
    """The first record hangs; when it is given up all others are done already."""
    began = time.monotonic()
    times = []
    for _ in outcomes(records(["sleep 30"] + ["sleep 0.02"] * 100), poison.start, 2, 4.0):
        times.append(time.monotonic() - began)
    assert times[0] > 4
    assert times[-1] - times[0] < 1


def test_a_reader_of_outcomes_that_takes_its_time_costs_no_process(begun: list[object]) -> None:
    """Workers wait to hand over large outcomes for longer than the limit and what is granted on top."""
    found = []
    for number, outcome in enumerate(outcomes(records(["large 1000000"] * 30), poison.start, 2, LIMIT)):
        found.append(outcome)
        if number in {0, 10}:
            time.sleep(1.5)
    assert problems(found) == {}
    assert len(found) == 30
    assert len(begun) == 2


def test_whoever_stops_asking_ends_the_workers() -> None:
    found = outcomes(records(["fine"] * 10 + ["sleep 30"] * 10), poison.start, 2)
    next(found)
    assert children() != []
    began = time.monotonic()
    found.close()  # type: ignore[attr-defined]
    assert children() == []
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("count", [1, 2])
def test_the_same_article_again_is_given_up_at_once(count: int) -> None:
    given_up = GivenUp()
    list(outcomes(records(["fine", "sleep 31"]), poison.start, count, LIMIT, given_up))
    assert set(given_up.problems.values()) == {SLOW}
    found = list(outcomes(records(["sleep 31"] * 4 + ["fine"]), poison.start, count, 2 * LIMIT, given_up))
    assert problems(found) == {f"{number:03}": SLOW for number in range(4)}  # not the reason of the new limit
    assert found[-1][1].characters == 4


def alive(process: int) -> bool:
    """Whether a process still works; one that is dead and only waits to be buried by init does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_when_the_run_is_stopped_all_processes_end_at_once(how: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(HERE)!r})\n"
        "import poison\n"
        "from kg.model import Record\n"
        "from kg.engines.workers import outcomes\n"
        "if __name__ == '__main__':\n"
        f"    texts = ['alive {tmp_path}/first'] + ['fine'] * 7 + ['alive {tmp_path}/second'] + ['fine'] * 7\n"
        "    list(outcomes([Record(str(n), 'a', text) for n, text in enumerate(texts)], poison.start, 2, 5.0))\n",
        "utf-8",
    )
    run = subprocess.Popen([sys.executable, script], stderr=subprocess.PIPE, text=True, start_new_session=True)
    files = [tmp_path / "first", tmp_path / "second"]
    for _ in range(300):
        if all(file.exists() and file.read_text("utf-8") for file in files):
            break
        time.sleep(0.1)
    processes = [int(file.read_text("utf-8")) for file in files]
    assert [alive(process) for process in processes] == [True, True]
    began = time.monotonic()
    if how is signal.SIGINT:
        os.killpg(run.pid, how)  # as a terminal does
    else:
        run.kill()
    said = run.communicate(timeout=20)[1]
    while any(alive(process) for process in processes) and time.monotonic() - began < 20:
        time.sleep(0.05)
    took = time.monotonic() - began
    assert [alive(process) for process in processes] == [False, False]
    assert took < (3 if how is signal.SIGINT else 10)
    assert said.count("KeyboardInterrupt") == (1 if how is signal.SIGINT else 0)
    assert "spawn_main" not in said
