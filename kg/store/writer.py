"""What a build does with the store: look up what is known, keep what is new, leave the graph of the build."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from marshal import dumps
from pathlib import Path
from typing import Final, NamedTuple

from kg.store.codec import as_json
from kg.store.file import connect, locked, prepare, told, transaction
from kg.store.keys import SIZE
from kg.store.past import Stamp, judgements

MARSHAL: Final = 2  # the version without references: equal values are equal bytes
MARK: Final = 12  # bytes of a mark
LAST: Final = "build"  # the page of notes that holds what the last build showed, by its question
BUILDS: Final = 20  # builds that `kg diff` can look back on; what was so only before them is forgotten


@dataclass(frozen=True, slots=True)
class Reading:
    """What one record says, under the hash of everything that it depends on."""

    key: bytes
    extraction: bytes
    report: bytes
    sketch: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """A document of a build: the hash of what it holds, the key of its reading, and a line about it as JSON."""

    id: str
    content: bytes
    key: bytes
    about: str


class Fact(NamedTuple):
    """An entity (`ends` is empty) or a relation of the graph: what is told of it, and the names it is found by."""

    id: str
    told: dict[str, str | int | float | bool]
    names: tuple[str, ...] = ()
    ends: tuple[str, str] | None = None

    @property
    def mark(self) -> bytes:
        """A hash of what is told: most facts are as they were, and JSON of them would only be thrown away."""
        return blake2b(dumps(self.told, MARSHAL), digest_size=MARK).digest()


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """The store of *path* for one build, made where there is none; it is locked until the block ends.

    Raises StoreError where another build uses it, or where the file is no store, of a newer version or damaged.
    """
    with locked(path), told(path):
        connection = connect(path, writing=True)
        try:
            store = Store(connection, path)
            try:
                yield store
            finally:
                with suppress(sqlite3.Error):  # one file, unless somebody reads it right now
                    connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()


class Store:
    """The store of one build. Every method is one transaction: a process that is killed leaves what was before it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection
        self.note = prepare(connection, path)  # what was done to a store of an older version

    def known(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of *keys* that are read already."""
        wanted = set(keys)
        return {key for (key,) in self._connection.execute("SELECT key FROM readings") if key in wanted}

    def put(self, readings: Iterable[Reading]) -> None:
        """Keep what some records say."""
        rows = ((r.key, r.extraction, r.report, r.sketch) for r in readings)
        with transaction(self._connection):
            self._connection.executemany(
                "INSERT OR REPLACE INTO readings (key, extraction, report, sketch) VALUES (?, ?, ?, ?)", rows
            )

    def readings(self, keys: Iterable[bytes]) -> Iterator[Reading]:
        """What the records of *keys* say, in no order; a key that is not known is passed over."""
        wanted = set(keys)
        for row in self._connection.execute("SELECT key, extraction, report, sketch FROM readings"):
            if row[0] in wanted:
                yield Reading(*row)

    def notes(self, program: bytes) -> dict[str, bytes]:
        """The pages of notes that are of this program, by name."""
        return dict(self._connection.execute("SELECT name, answers FROM notes WHERE program = ?", (program,)))

    def unchanged(self, asked: bytes, keys: Collection[bytes], files: Iterable[Path]) -> tuple[int, bytes] | None:
        """The number of the last build and what it showed, where another would do the same.

        It was *asked* the same, the store holds the readings of *keys* and no others, and *files* are those that it
        wrote and nobody has touched them. None where any of this is in doubt.
        """
        stamps: list[tuple[Path, Stamp]] = []
        for file in files:
            if not file.is_file():
                return None
            stamps.append((file, Stamp.of(file)))
        query = "SELECT answers FROM notes WHERE name = ? AND program = ?"
        row = self._connection.execute(query, (LAST, _question(asked, stamps))).fetchone()
        if row is None:
            return None
        written = {name: Stamp(*stamp) for name, *stamp in self._connection.execute("SELECT * FROM written")}
        read = {key for (key,) in self._connection.execute("SELECT key FROM readings")}
        if written != {file.name: stamp for file, stamp in stamps} or read != set(keys):
            return None
        last = self._connection.execute("SELECT max(number) FROM builds").fetchone()[0]
        return (last, row[0]) if last else None

    def judgements(self) -> list[tuple[str, str, str, str, str]]:
        """What people have judged: kind, subject, object, verdict and note."""
        return judgements(self._connection)

    def judge(self, new: Iterable[tuple[str, str, str, str, str]], gone: Iterable[tuple[str, str, str]] = ()) -> None:
        """Keep judgements, in the place of those on the same subject and object, and forget others."""
        with transaction(self._connection):
            self._connection.executemany("DELETE FROM judgements WHERE kind = ? AND subject = ? AND object = ?", gone)
            self._connection.executemany("INSERT OR REPLACE INTO judgements VALUES (?, ?, ?, ?, ?)", new)

    def finish(
        self,
        documents: Iterable[Held],
        entities: Iterable[Fact],
        relations: Iterable[Fact],
        options: str,
        counts: str,
        files: Collection[tuple[Path, Stamp]],
        notes: Mapping[str, tuple[bytes, bytes]] | None = None,
        asked: bytes = b"",
        shown: bytes = b"",
    ) -> int:
        """Keep the graph of a build and forget what no document needs any more; the answer is the build's number.

        A build that changed nothing is no new one. *files* come with their stamps: by that a reader knows whether they
        are still those of this build. *notes* are pages of notes by name, each with the program that they are of.
        What the build *asked* and has *shown* is for `unchanged`.
        """
        with transaction(self._connection):
            last = self._connection.execute("SELECT max(number) FROM builds").fetchone()[0] or 0
            build = last + 1
            changed = self._documents(list(documents), build)
            changed |= self._entities({fact.id: fact for fact in entities}, build)
            changed |= self._relations({fact.id: fact for fact in relations}, build)
            same = self._connection.execute("SELECT options FROM builds WHERE number = ?", (last,)).fetchone()
            if changed or same != (options,):
                row = (build, options, counts)
                self._connection.execute("INSERT INTO builds (number, options, counts) VALUES (?, ?, ?)", row)
            else:
                build = last
            self._forget(build - BUILDS)
            self._connection.execute("DELETE FROM notes WHERE name = ?", (LAST,))
            rows = [(name, *page) for name, page in (notes or {}).items()]
            if asked and files:
                rows.append((LAST, _question(asked, files), shown))
            self._connection.executemany("INSERT OR REPLACE INTO notes (name, program, answers) VALUES (?, ?, ?)", rows)
            self._connection.execute("DELETE FROM written")
            stamps = ((file.name, *stamp) for file, stamp in files)
            self._connection.executemany("INSERT INTO written (name, size, modified) VALUES (?, ?, ?)", stamps)
        return build

    def _documents(self, documents: list[Held], build: int) -> bool:
        now = {d.id: d for d in documents}
        old = self._now("documents", "id, number, content, key, about")
        same, new = _compared(old, {d.id: (d.content, d.key, d.about) for d in documents})
        ended = self._end("documents", old, same, build)
        rows = [(d.id, d.content, d.key, d.about, build) for d in map(now.__getitem__, new)]
        self._connection.executemany(
            "INSERT INTO documents (id, content, key, about, since) VALUES (?, ?, ?, ?, ?)", rows
        )
        return bool(ended or rows)

    def _entities(self, facts: Mapping[str, Fact], build: int) -> bool:
        old = self._now("entities", "id, number, mark")
        same, new = self._marked("entities", old, facts)
        ended = self._end("entities", old, same, build)
        self._connection.executemany("DELETE FROM names WHERE entity = ?", [(number,) for number in ended])
        for fact in map(facts.__getitem__, new):
            row = (fact.id, fact.mark, as_json(fact.told), build)
            added = self._connection.execute("INSERT INTO entities (id, mark, data, since) VALUES (?, ?, ?, ?)", row)
            names = ((name, added.lastrowid) for name in dict.fromkeys(fact.names))
            self._connection.executemany("INSERT INTO names (name, entity) VALUES (?, ?)", names)
        return bool(ended or new)

    def _relations(self, facts: Mapping[str, Fact], build: int) -> bool:
        old = self._now("relations", "id, number, mark")
        same, new = self._marked("relations", old, facts)
        ended = self._end("relations", old, same, build)
        rows = [(fact.id, fact.mark, *(fact.ends or ("", "")), as_json(fact.told), build)
                for fact in map(facts.__getitem__, new)]
        self._connection.executemany(
            "INSERT INTO relations (id, mark, source, target, data, since) VALUES (?, ?, ?, ?, ?, ?)", rows
        )
        return bool(ended or rows)

    def _marked(
        self, table: str, old: Mapping[str, tuple[object, ...]], facts: Mapping[str, Fact]
    ) -> tuple[set[str], list[str]]:
        """The ids of the facts that are as they were, and those of the others; what decides is what is told."""
        same, changed = set(), []
        for identity, fact in facts.items():
            number, before = old.get(identity, (None, None))
            if before is not None:
                if before == (mark := fact.mark):
                    same.add(identity)
                    continue
                row = self._connection.execute(f"SELECT data FROM {table} WHERE number = ?", (number,)).fetchone()
                if row == (as_json(fact.told),):  # another Python may mark otherwise
                    self._connection.execute(f"UPDATE {table} SET mark = ? WHERE number = ?", (mark, number))
                    same.add(identity)
                    continue
            changed.append(identity)
        return same, changed

    def _now(self, table: str, columns: str) -> dict[str, tuple[object, ...]]:
        """The rows that are so, by id: number and the rest."""
        rows = self._connection.execute(f"SELECT {columns} FROM {table} WHERE until IS NULL")
        return {row[0]: row[1:] for row in rows}

    def _end(self, table: str, old: Mapping[str, tuple[object, ...]], same: set[str], build: int) -> list[object]:
        """Say of all rows but the *same* that they are so no longer; the answer is their numbers."""
        ended = [row[0] for identity, row in old.items() if identity not in same]
        rows = [(build, number) for number in ended]
        self._connection.executemany(f"UPDATE {table} SET until = ? WHERE number = ?", rows)
        return ended

    def _forget(self, before: int) -> None:
        """Drop readings that no document has, and what was so only until the build *before*."""
        self._connection.execute(
            "DELETE FROM readings WHERE key NOT IN (SELECT key FROM documents WHERE until IS NULL)"
        )
        for table in ("documents", "entities", "relations"):
            self._connection.execute(f"DELETE FROM {table} WHERE until <= ?", (before + 1,))
        self._connection.execute("DELETE FROM builds WHERE number <= ?", (before,))


def _question(asked: bytes, files: Iterable[tuple[Path, Stamp]]) -> bytes:
    """What a build was asked and the files that it left, in their folder: a hash.

    The stamps stand here too, for a kg that knows nothing of this page leaves it as it is when it writes others.
    """
    told = sorted((os.path.realpath(file), *stamp) for file, stamp in files)
    return blake2b(asked + json.dumps(told).encode(), digest_size=SIZE).digest()


def _compared(
    old: Mapping[str, tuple[object, ...]], new: Mapping[str, tuple[object, ...]]
) -> tuple[set[str], list[str]]:
    """The ids that have the same values in both, and those of *new* that have not."""
    same = {identity for identity, values in new.items() if identity in old and old[identity][1:] == values}
    return same, [identity for identity in new if identity not in same]
