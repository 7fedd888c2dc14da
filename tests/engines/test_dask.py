"""A cluster of Dask: the outcomes that one process gives, in their order, whatever becomes of its workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import poison
import pytest
import spread
from test_workers import children, problems, records

from kg.engines import job, outcomes
from kg.engines.guard import GivenUp, Outcome, deadly, lost, too_slow
from kg.errors import KgError, LexiconError
from kg.model import Record

distributed = pytest.importorskip(
    "distributed", reason="the package distributed is not installed (remedy: pip install '.[dask]')"
)
from kg.engines import dask  # noqa: E402

pytestmark = pytest.mark.skipif(
    not os.environ.get("KG_CLUSTER"),
    reason="what becomes of a cluster in every kind of trouble takes two minutes: set KG_CLUSTER=1",
)
LIMIT = 1.0
SLOW, KILLED = too_slow(LIMIT), deadly(-signal.SIGKILL)
MEMORY = "MemoryError (remedy: leave this article out and report it)"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of this machine that stays for all tests; it gives a task up when two workers died over it."""
    import dask as package

    with (
        package.config.set({"distributed.scheduler.allowed-failures": 1, **dask.LASTING}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", memory_limit=None, silence_logs=60
        ) as here,
    ):
        yield here


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "BATCH", 8)
    monkeypatch.setattr(dask, "LOOK", 0.2)


def two(cluster: Any, texts: list[str], start: job.Start = spread.start, limit: float = LIMIT) -> list[Outcome]:
    return list(outcomes(records(texts), start, None, 2, limit, "dask", cluster.scheduler_address))


def processes(cluster: Any) -> list[int]:
    with distributed.Client(cluster, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


@pytest.mark.parametrize("count", [0, 1, 7, 100])
def test_the_outcomes_are_those_of_one_process_in_their_order(cluster: Any, count: int) -> None:
    texts = [f"sleep {number % 5 / 200}" if number % 3 else "x" * number for number in range(count)]
    if count > 3:
        texts[3] = "memory"
    one = list(outcomes(records(texts), spread.start, None, 1, LIMIT))
    assert [report.id for _, report in one] == [f"{number:03}" for number in range(count)]
    assert repr(two(cluster, texts)) == repr(one)


@pytest.mark.parametrize(
    ("bad", "problem"), [("kill", KILLED), ("exit 3", deadly(3)), ("sleep 30", SLOW), ("memory", MEMORY)]
)
def test_a_bad_record_costs_nobody_else_and_no_worker(cluster: Any, bad: str, problem: str) -> None:
    before = processes(cluster)
    texts = ["fine"] * 40
    texts[13] = texts[29] = bad
    found = two(cluster, texts)
    assert problems(found) == {"013": problem, "029": problem}
    assert {report.characters for _, report in found if not report.problem} == {4}
    assert processes(cluster) == before


def test_workers_that_are_killed_in_the_middle_change_nothing(cluster: Any) -> None:
    texts = [f"sleep {number % 5 / 50}" for number in range(200)]
    one = list(outcomes(records(texts), spread.start, None, 1, LIMIT))
    found: list[Outcome] = []
    killed = []
    for outcome in outcomes(records(texts), spread.start, None, 2, LIMIT, "dask", cluster.scheduler_address):
        found.append(outcome)
        if len(found) in {20, 100}:
            killed.append(processes(cluster)[0])
            os.kill(killed[-1], signal.SIGKILL)
    assert repr(found) == repr(one)
    assert len(set(killed)) == 2
    assert not set(killed) & set(processes(cluster))


def test_a_record_over_which_whole_workers_end_is_found_and_given_up(cluster: Any) -> None:
    texts = ["fine"] * 20
    texts[11] = "worker"
    found = two(cluster, texts)
    assert problems(found) == {"011": lost()}
    assert [report.id for _, report in found] == [f"{number:03}" for number in range(20)]


def test_the_same_article_again_is_given_up_at_once(cluster: Any) -> None:
    texts = (["sleep 31"] + ["fine"] * 7) * 10
    began = time.monotonic()
    found = two(cluster, texts)
    assert set(problems(found).values()) == {SLOW}
    assert len(problems(found)) == 10
    assert time.monotonic() - began < 10 * LIMIT
    given_up = GivenUp()
    begun = job.job_of(spread.start, None)
    list(dask.outcomes(begun, records(["sleep 32"]), LIMIT, given_up, 2, cluster.scheduler_address))
    again = list(dask.outcomes(begun, records(["sleep 32"]), 2 * LIMIT, given_up, 2, cluster.scheduler_address))
    assert problems(again) == {"000": SLOW}  # not the reason of the new limit


def test_threads_of_one_worker_have_a_process_each_that_stays() -> None:
    before = children()
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, dashboard_address=":0", memory_limit=None, silence_logs=60
    ) as here:
        found = two(here, ["x"] * 64, spread.start_telling)
        assert len({report.title for _, report in found}) == 2
        assert len(children()) == len(before) + 1
    assert children() == before


def test_a_run_leaves_no_process_on_the_machines_of_a_cluster(cluster: Any) -> None:
    two(cluster, ["fine"] * 40)
    with distributed.Client(cluster, set_as_default=False) as client:
        assert client.run(lambda: len(active_children())) == dict.fromkeys(client.nthreads(), 0)


def test_a_cluster_of_this_machine_ends_with_the_run() -> None:
    before = children()
    found = outcomes(records(["fine"] * 20), spread.start, None, 2, LIMIT, "dask")
    next(found)
    assert len(children()) == len(before) + 2
    assert len(list(found)) == 19
    assert children() == before


def test_batches_of_something_else_are_answered_in_their_order_though_a_worker_is_killed(cluster: Any) -> None:
    began = processes(cluster)
    found = []
    with dask.making(job.job_of(spread.start_doubling, None), 2, cluster.scheduler_address) as send:
        for answer in send(range(120)):
            found.append(answer)
            if len(found) == 20:
                os.kill(began[0], signal.SIGKILL)
        assert list(send([])) == []
        assert list(send([7])) == [14]
    assert found == [2 * number for number in range(120)]
    assert not {began[0]} & set(processes(cluster))


def test_a_batch_over_which_workers_end_ends_the_run(cluster: Any) -> None:
    with (
        dask.making(job.job_of(spread.start_doubling, None), 2, cluster.scheduler_address) as send,
        pytest.raises(KgError, match="look at its workers"),
    ):
        list(send([1, -1, 2]))


def test_records_are_read_only_so_far_ahead(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "AHEAD", 3)
    read: list[str] = []

    def source() -> Iterator[Record]:
        for record in records(["fine"] * 200):
            read.append(record.id)
            yield record

    found = outcomes(source(), spread.start, None, 2, LIMIT, "dask", cluster.scheduler_address)
    for number in range(150):
        next(found)
        assert len(read) <= number + 2 * 3 * 8 + 8
    assert len(list(found)) == 50


def test_the_words_of_the_user_travel(cluster: Any, tmp_path: Path) -> None:
    """Their file needs to be nowhere but here; another file in the next run is another job."""
    for words in ("[people]\n", "[bodies]\n"):
        file = tmp_path / "own.toml"
        file.write_text(words, "utf-8")
        found = outcomes(records(["x"] * 9), spread.start_with_words, file, 2, LIMIT, "dask", cluster.scheduler_address)
        file.unlink()
        assert {report.title for _, report in found} == {words}


def test_what_starting_raises_is_raised_here(cluster: Any) -> None:
    with pytest.raises(LexiconError, match=r"no such section \(remedy: write people"):
        two(cluster, ["fine"] * 10, spread.start_badly)


def test_a_machine_with_another_kg_does_not_begin(cluster: Any) -> None:
    other = replace(job.job_of(spread.start_elsewhere, None), sign="Python 3.99, kg 0123456789ab")
    with pytest.raises(KgError, match=r"not what the run was started with: .*; there: Python 3.99.*install the same"):
        list(dask.outcomes(other, records(["fine"]), LIMIT, GivenUp(), 2, cluster.scheduler_address))


def test_where_nobody_answers_the_run_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "PATIENCE", 1.0)
    for master in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(KgError, match=r"no scheduler answers .*\(remedy: start one with: dask scheduler"):
            list(outcomes(records(["fine"]), spread.start, None, 2, LIMIT, "dask", master))


def test_where_nobody_works_the_run_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "PATIENCE", 1.0)
    with empty() as here, pytest.raises(KgError, match=r"no worker has joined \(remedy: start some with: dask worker"):
        two(here, ["fine"])


@pytest.mark.parametrize(("gone", "said"), [
    (1, r"all workers have gone \(remedy: start some again"), (0, r"the scheduler has gone \(remedy: start it again")])
def test_where_a_part_of_the_cluster_goes_the_run_says_so(
    commands: tuple[str, list[subprocess.Popen[bytes]]], monkeypatch: pytest.MonkeyPatch, gone: int, said: str
) -> None:
    monkeypatch.setattr(dask, "PATIENCE", 3.0)
    master, processes = commands
    found = outcomes(records(["fine"] * 8 + ["sleep 0.8"] * 40), spread.start, None, 2, LIMIT, "dask", master)
    assert next(found)[1].characters == 4
    processes[gone].kill()
    with pytest.raises(KgError, match=said):
        list(found)


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A cluster as docs/cluster.md starts it, with two commands: its address and its processes."""
    places = os.pathsep.join(str(Path(module.__file__ or "").parent) for module in (spread, poison))
    file = tmp_path / "scheduler.json"

    def start(word: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", word, "--scheduler-file", str(file), "--no-dashboard", *options]
        return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": places}, stderr=subprocess.DEVNULL)

    started = [start("scheduler", "--host", "127.0.0.1", "--port", "0")]
    while not (file.exists() and file.read_text("utf-8").endswith("}")):
        assert started[0].poll() is None
        time.sleep(0.1)
    started.append(start("worker", "--nthreads", "1"))
    address = json.loads(file.read_text("utf-8"))["address"]
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
    yield address, started
    for process in started:
        process.terminate()
    for process in started:
        process.wait(20)


def empty() -> Any:
    """A cluster that nobody has joined."""
    return distributed.LocalCluster(
        n_workers=0, threads_per_worker=1, dashboard_address=":0", memory_limit=None, silence_logs=60
    )
