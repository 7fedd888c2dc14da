"""What a store says of its builds: documents, entities and relations as they were, and what a name stands for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.errors import StoreError
from kg.store.file import connect, is_store, told, version

LETTERS: Final = 50  # of a name that are sought in others
_ALIVE: Final = "since <= ? AND (until IS NULL OR until > ?)"


class Stamp(NamedTuple):
    """By what a file is known to be the one that was written: cheap, and gone with any other writing of it."""

    size: int
    modified: int

    @classmethod
    def of(cls, file: Path) -> Stamp:
        """The stamp of *file* as it is now."""
        found = file.stat()
        return cls(found.st_size, found.st_mtime_ns)


class Row(NamedTuple):
    """An entity (source and target are empty) or a relation."""

    id: str
    source: str
    target: str
    data: dict[str, Any]


def judgements(connection: sqlite3.Connection) -> list[tuple[str, str, str, str, str]]:
    """What people have judged, in the order of the key."""
    query = "SELECT kind, subject, object, verdict, note FROM judgements ORDER BY kind, subject, object"
    return [(str(a), str(b), str(c), str(d), str(e)) for a, b, c, d, e in connection.execute(query)]


class Past:
    """The builds of a store, for reading; a build that goes on at the same time is not seen."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.builds: tuple[int, ...] = tuple(
            number for (number,) in connection.execute("SELECT number FROM builds ORDER BY number")
        )
        if not self.builds:
            raise StoreError(str(path), "no build of this store was finished", "run kg build")

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[Past]:
        """The builds of the store *path*; raises StoreError where there is none that can be read."""
        if not path.is_file():
            raise StoreError(str(path), "there is no such store", "run kg build, or name another file")
        if not is_store(path):
            raise StoreError(str(path), "this is no store", "name a kg.sqlite that kg build wrote")
        with told(path):
            connection = connect(path, writing=False)
            try:
                connection.execute("BEGIN")  # one state for all questions
                if version(connection, path) is None:
                    raise StoreError(str(path), "the store is empty", "run kg build")
                yield cls(connection, path)
            finally:
                connection.close()

    def wrote(self, file: Path) -> bool:
        """Whether *file* is still the one that the last build wrote."""
        row = self._connection.execute("SELECT size, modified FROM written WHERE name = ?", (file.name,)).fetchone()
        return row is not None and file.is_file() and Stamp.of(file) == row

    def checked(self, build: int | None) -> int:
        """*build*, or the last one; raises StoreError where the store does not hold it."""
        if build is None:
            return self.builds[-1]
        if build not in self.builds:
            known = ", ".join(map(str, self.builds))
            raise StoreError(str(self.path), f"it holds no build {build}", f"choose from {known}")
        return build

    def counts(self, build: int) -> dict[str, Any]:
        """What the build counted."""
        row = self._connection.execute("SELECT counts FROM builds WHERE number = ?", (build,)).fetchone()
        return dict(json.loads(row[0]))

    def documents(self, build: int) -> dict[str, tuple[bytes, dict[str, Any]]]:
        """The documents of a build: id to the hash of what each holds, and what is told of it."""
        rows = self._connection.execute(f"SELECT id, content, about FROM documents WHERE {_ALIVE}", (build, build))
        return {identity: (content, json.loads(about)) for identity, content, about in rows}

    def entities(self, build: int) -> Iterator[Row]:
        """The entities of a build."""
        rows = self._connection.execute(f"SELECT id, data FROM entities WHERE {_ALIVE} ORDER BY id", (build, build))
        return (Row(identity, "", "", json.loads(data)) for identity, data in rows)

    def relations(self, build: int) -> Iterator[Row]:
        """The relations of a build."""
        query = f"SELECT id, source, target, data FROM relations WHERE {_ALIVE} ORDER BY id"
        rows = self._connection.execute(query, (build, build))
        return (Row(identity, source, target, json.loads(data)) for identity, source, target, data in rows)

    def about(self, name: str) -> tuple[list[Row], list[Row]]:
        """The entities that carry *name* with all their neighbours, and the relations between the first and these."""
        query = "SELECT e.id FROM names n JOIN entities e ON e.number = n.entity WHERE n.name = ?"
        found = {identity for (identity,) in self._connection.execute(query, (name,))}
        found |= {row.id for row in self._entities([name])}
        relations: dict[str, Row] = {}
        for column in ("source", "target"):
            for identity in sorted(found):
                rows = self._connection.execute(
                    f"SELECT id, source, target, data FROM relations WHERE {column} = ? AND until IS NULL", (identity,)
                )
                relations |= {row[0]: Row(row[0], row[1], row[2], json.loads(row[3])) for row in rows}
        ends = {end for row in relations.values() for end in (row.source, row.target)}
        return list(self._entities(sorted(found | ends))), [relations[key] for key in sorted(relations)]

    def judgements(self) -> list[tuple[str, str, str, str, str]]:
        """What people have judged: kind, subject, object, verdict and note."""
        return judgements(self._connection)

    def relation(self, identity: str) -> Row | None:
        """A relation of the last build."""
        query = "SELECT id, source, target, data FROM relations WHERE id = ? AND until IS NULL"
        row = self._connection.execute(query, (identity,)).fetchone()
        return Row(row[0], row[1], row[2], json.loads(row[3])) if row else None

    def ends(self, relation: Row) -> list[Row]:
        """The entities at the ends of a relation."""
        return list(self._entities(sorted({relation.source, relation.target})))

    def near(self, name: str) -> set[str]:
        """The names of the last build that share a character with *name*."""
        letters = sorted(set(name))[:LETTERS]
        tests = " OR ".join("instr(name, ?)" for _ in letters)
        rows = self._connection.execute(f"SELECT DISTINCT name FROM names WHERE {tests or '0'}", letters)
        return {found for (found,) in rows}

    def _entities(self, ids: Iterable[str]) -> Iterator[Row]:
        for identity in ids:
            query = "SELECT id, data FROM entities WHERE id = ? AND until IS NULL"
            for row in self._connection.execute(query, (identity,)):
                yield Row(row[0], "", "", json.loads(row[1]))
