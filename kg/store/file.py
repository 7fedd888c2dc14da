"""The file of a store: opening, locking, its tables, and what to tell the user when SQLite cannot go on."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from kg.errors import StoreError

NAME: Final = "kg.sqlite"  # beside the outputs
APPLICATION: Final = 0x6B677374  # "kgst", by which `file` and kg know a store
VERSION: Final = 2  # of the tables; docs/store.md tells what each version holds
HEAD: Final = b"SQLite format 3\0"
KEPT: Final = ("judgements",)  # tables that only people can fill: no migration drops them

# A row of `documents`, `entities` and `relations` is so from build `since` until before build `until` (null: still).
# `mark` is a hash by which a fact is known to be as it was.
TABLES: Final = """
CREATE TABLE IF NOT EXISTS judgements (
    kind TEXT NOT NULL, subject TEXT NOT NULL, object TEXT NOT NULL, verdict TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '', PRIMARY KEY (kind, subject, object)) WITHOUT ROWID;
CREATE TABLE builds (number INTEGER PRIMARY KEY, options TEXT NOT NULL, counts TEXT NOT NULL);
CREATE TABLE written (name TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE readings (
    number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, extraction BLOB NOT NULL, report BLOB NOT NULL,
    sketch BLOB NOT NULL);
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, content BLOB NOT NULL, key BLOB NOT NULL, about TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER);
CREATE TABLE entities (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, mark BLOB NOT NULL, data TEXT NOT NULL, since INTEGER NOT NULL,
    until INTEGER);
CREATE TABLE notes (name TEXT PRIMARY KEY, program BLOB NOT NULL, answers BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE names (
    name TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (name, entity)) WITHOUT ROWID;
CREATE TABLE relations (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, mark BLOB NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
    data TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER);
CREATE INDEX documents_now ON documents (id) WHERE until IS NULL;
CREATE INDEX entities_now ON entities (id, number, mark) WHERE until IS NULL;
CREATE INDEX names_of ON names (entity);
CREATE INDEX relations_now ON relations (id, number, mark) WHERE until IS NULL;
CREATE INDEX relations_from ON relations (source) WHERE until IS NULL;
CREATE INDEX relations_to ON relations (target) WHERE until IS NULL;
"""
# What SQLite says, and what the user can do about it.
_REMEDIES: Final = (
    ("full", "the disk is full; what the store held is still there", "free space, then run again"),
    ("malformed", "the store is damaged", "remove it, the next build makes it again"),
    ("not a database", "this is no store", "name another file with --store"),
    ("locked", "another program is writing to the store", "wait until it is done"),
    ("readonly", "the store cannot be written to", "check its rights, or use --no-store"),
    ("unable to open", "the store cannot be opened", "check that its folder is there and may be written"),
)


def is_store(path: Path) -> bool:
    """Whether *path* is a file of SQLite."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEAD)) == HEAD
    except OSError:
        return False


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Errors of SQLite in the block as StoreError, in words of the user."""
    try:
        yield
    except sqlite3.Error as error:
        said = str(error)
        for word, what, remedy in _REMEDIES:
            if word in said:
                raise StoreError(str(path), what, remedy) from error
        raise StoreError(str(path), f"SQLite says: {said}", "remove the store, or use --no-store") from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Only one build at a time on a store. The lock goes with its process, however that ends."""
    place = path.with_name(f".{path.name}.lock")
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = place.open("a+", encoding="ascii")
        except OSError as error:
            what = f"the store cannot be locked ({error.strerror or error})"
            raise StoreError(str(path), what, "check the rights of its folder, or use --no-store") from error
        with file:
            _lock(file, path)
            if not _same(file, place):  # another build ended just now and took its file away
                continue
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            try:
                yield
            finally:
                place.unlink(missing_ok=True)
            return


def _same(file: TextIO, place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), place.stat())
    except FileNotFoundError:
        return False


def _lock(file: TextIO, path: Path) -> None:
    """Lock *file*; raises StoreError where another process has done so, or nobody can."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        holder = file.read().strip()
        what = f"another build is using this store{f' (process {holder})' if holder else ''}"
        raise StoreError(str(path), what, "wait until it is done, or name another with --store") from error
    except OSError as error:  # a file system without locks
        what = f"the store cannot be locked ({error.strerror or error})"
        raise StoreError(str(path), what, "put it on another disk with --store, or use --no-store") from error


def connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    """A connection; errors are those of SQLite."""
    if writing:
        found = sqlite3.connect(path, isolation_level=None)
    else:
        found = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            found.execute("PRAGMA schema_version")
        except sqlite3.OperationalError:  # a folder that may only be read: nobody writes there either
            found.close()
            found = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None)
    return found


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled it back already
            connection.execute("ROLLBACK")
        raise


def version(connection: sqlite3.Connection, path: Path) -> int | None:
    """The version of the tables, None for a file without any; raises StoreError for what is no store or is newer."""
    application, found = (connection.execute(f"PRAGMA {name}").fetchone()[0]
                          for name in ("application_id", "user_version"))
    if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        return None
    if application != APPLICATION:
        raise StoreError(str(path), "this file of SQLite is no store of kg", "name another file with --store")
    if found > VERSION:
        what = f"the store has version {found}, this kg reads up to {VERSION}"
        raise StoreError(str(path), what, "use the newer kg, or another store with --store")
    return int(found)


def prepare(connection: sqlite3.Connection, path: Path) -> str:
    """Make the tables where they are missing or older; what was done to an older store is the answer.

    What a build can find again is dropped and read anew, what people have judged is kept.
    """
    found = version(connection, path)  # a file that is no store of ours stays as it is
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if found == VERSION:
        return ""
    with transaction(connection):
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name not in KEPT:
                connection.execute(f'DROP TABLE "{name}"')
        for statement in TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    return "" if found is None else f"the store was of version {found}: all articles are read anew"
