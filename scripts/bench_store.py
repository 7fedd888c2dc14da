"""What the store costs and spares: engines side by side, an increment beside a build from nothing, kg explain.

    bench_store.py engines [--articles 2000]                 # SQLite and, where it is installed, DuckDB
    bench_store.py increment [--articles 2000] [--more 20]   # articles or none are added; processor time of whole runs
    bench_store.py explain [--nodes 140000] [--edges 100000] # an invented graph in the size of 50,000 articles

Articles are the first of the corpus. Seconds are processor time of the process and its children, ratios of one run
can be compared. docs/store.md holds figures and what was decided by them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import lzma
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "news-2023.jsonl.xz"
SETTINGS = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # as installed: what is loaded was compiled before
BATCH = 32
KILLS = 20
Row = tuple[bytes, bytes, bytes, bytes]


class SQLite:
    """The engine as the store uses it."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.execute("CREATE TABLE IF NOT EXISTS r (key BLOB UNIQUE, a BLOB, b BLOB, c BLOB)")

    def put(self, rows: list[Row]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("INSERT INTO r VALUES (?, ?, ?, ?)", rows)
        self.connection.execute("COMMIT")

    def all(self) -> list[Any]:
        return self.connection.execute("SELECT * FROM r").fetchall()

    def one(self, key: bytes) -> Any:
        return self.connection.execute("SELECT a FROM r WHERE key = ?", (key,)).fetchone()

    def close(self) -> None:
        self.connection.close()


class DuckDB(SQLite):
    """The other one, with the same tables and transactions."""

    def __init__(self, path: Path) -> None:
        import duckdb

        self.connection = duckdb.connect(str(path), config={"threads": 1})
        self.connection.execute("CREATE TABLE IF NOT EXISTS r (key BLOB UNIQUE, a BLOB, b BLOB, c BLOB)")

    def put(self, rows: list[Row]) -> None:
        self.connection.execute("BEGIN")
        self.connection.executemany("INSERT INTO r VALUES (?, ?, ?, ?)", rows)
        self.connection.execute("COMMIT")


ENGINES = {"sqlite": SQLite, "duckdb": DuckDB}


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def articles(corpus: Path, count: int) -> Iterator[str]:
    """The first lines of the corpus."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        yield from islice(lines, count)


def rows(corpus: Path, count: int) -> list[Row]:
    """What the store keeps of articles."""
    from kg.model import Record
    from kg.pipeline import analyse
    from kg.store import content, encode

    found = []
    for line in articles(corpus, count):
        told = json.loads(line)
        record = Record(told["id"], told["id"], told["text"], {"published": told["published"]})
        extraction, report = analyse(record)
        if extraction is not None:
            found.append((content(record), encode(extraction), report.kept(), extraction.sketch))
    return found


def fill(engine: Any, found: list[Row]) -> None:
    for start in range(0, len(found), BATCH):
        engine.put(found[start : start + BATCH])


def engines(args: argparse.Namespace) -> None:
    found = rows(args.corpus, args.articles)
    held = sum(len(part) for row in found for part in row)
    print(f"{len(found)} articles, {held / 1e6:.2f} MB to keep, transactions of {BATCH}")
    for name, engine in ENGINES.items():
        if name == "duckdb" and importlib.util.find_spec("duckdb") is None:
            print("duckdb: is not installed here")
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            opened, store = timed(lambda engine=engine, path=path: engine(path))
            written, _ = timed(lambda store=store: fill(store, found))
            store.close()
            size = path.stat().st_size
            store = engine(path)
            read, again = timed(store.all)
            looked, _ = timed(lambda store=store: [store.one(row[0]) for row in found[:1000]])
            store.close()
            assert sorted(map(tuple, again)) == sorted(found)
            lost = sum(killed(engine, Path(folder) / f"k{i}", found, random.Random(i)) for i in range(KILLS))
        print(f"{name}: open {opened:.2f} s, write {written:.2f} s, read all {read:.2f} s, "
              f"1000 look-ups {looked:.2f} s, {size / 1e6:.2f} MB; "
              f"{KILLS} kills, {lost} times something committed was lost or damaged")


def killed(engine: Any, path: Path, found: list[Row], dice: random.Random) -> bool:
    """Whether a writer that is killed loses what it had committed."""
    told, tell = os.pipe()
    pid = os.fork()
    if not pid:
        store = engine(path)
        for start in range(0, len(found), BATCH):
            store.put(found[start : start + BATCH])
            os.write(tell, b".")
        os._exit(0)
    os.close(tell)
    time.sleep(dice.uniform(0.0, 0.4))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(told, "rb") as pipe:
        least = min(len(pipe.read()) * BATCH, len(found))
    try:
        store = engine(path)
        kept = [tuple(row) for row in store.all()]
        store.close()
    except Exception as error:
        print(type(error).__name__, error)
        return True
    return kept != found[: len(kept)] or len(kept) < least


def kg_build(paths: Path, output: Path, *more: str) -> float:
    """Processor seconds of a whole run of the command."""
    command = [sys.executable, "-m", "kg", "build", str(paths), "-o", str(output), *more]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=SETTINGS)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def increment(args: argparse.Namespace) -> None:
    folder = Path(tempfile.mkdtemp(prefix="kg-"))
    try:
        lines = list(articles(args.corpus, args.articles + args.more))
        file = folder / "articles.jsonl"
        file.write_text("".join(lines[:1]), "utf-8")
        kg_build(file, folder / "one", "--no-store")  # so that everything is compiled
        file.write_text("".join(lines[: args.articles]), "utf-8")
        first = kg_build(file, folder / "out")
        size = (folder / "out" / "kg.sqlite").stat().st_size
        print(f"{args.articles} articles into a new store: {first:.1f} s, store {size / 1e6:.1f} MB, "
              f"{size / args.articles:.0f} bytes an article", flush=True)
        again = kg_build(file, folder / "out")
        print(f"the same again, nothing new: {again:.2f} s, {again / first:.1%}", flush=True)
        (folder / "out" / "report.json").touch()  # in doubt, so that all of the graph is built
        built = kg_build(file, folder / "out")
        print(f"the same again, all built: {built:.2f} s, {built / first:.1%}", flush=True)
        file.write_text("".join(lines), "utf-8")
        added = kg_build(file, folder / "out")
        whole = kg_build(file, folder / "nothing", "--no-store")
        print(f"{args.more} added: {added:.1f} s; all from nothing: {whole:.1f} s; ratio {added / whole:.2%}")
        names = ("graph.graphml", "graph.html", "report.json")
        same = all((folder / "out" / n).read_bytes() == (folder / "nothing" / n).read_bytes() for n in names)
        print("the outputs are the same bytes" if same else "THE OUTPUTS DIFFER")
    finally:
        shutil.rmtree(folder)


def explained(args: argparse.Namespace) -> None:
    from make_big_graph import make

    from kg.export import export
    from kg.memory import Memory
    from kg.store import opened

    graph = make(args.nodes, args.edges)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with opened(folder / "kg.sqlite") as store:
            spent, _ = timed(lambda: Memory(store, None, True).keep(graph, [], {}, []))
        size = (folder / "kg.sqlite").stat().st_size / 1e6
        print(f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges kept in {spent:.1f} s, {size:.0f} MB")
        export(graph, folder / "graph.graphml")
        degrees = sorted(graph.degree, key=lambda pair: (-pair[1], pair[0]))
        for node in (degrees[0][0], degrees[len(degrees) // 2][0], "没有这个名字"):
            name = graph.nodes[node]["label"] if node in graph else node
            for file in ("kg.sqlite", "graph.graphml"):
                begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
                command = [sys.executable, "-m", "kg", "explain", name, "--graph", str(folder / file)]
                done = subprocess.run(command, capture_output=True, text=True)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                print(f"kg explain {name} from {file}: {cpu:.2f} s of processor, {time.perf_counter() - begun:.2f} s, "
                      f"{done.stdout.count(chr(10))} lines")


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("what", choices=["engines", "increment", "explain"])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--more", type=int, default=20)
    parser.add_argument("--nodes", type=int, default=140_000)
    parser.add_argument("--edges", type=int, default=100_000)
    args = parser.parse_args()
    if args.what != "explain" and not args.corpus.exists():
        print(f"{args.corpus}: there is no corpus here; name one with --corpus", file=sys.stderr)
        return 1
    {"engines": engines, "increment": increment, "explain": explained}[args.what](args)
    return 0


if __name__ == "__main__":
    sys.exit(main())
