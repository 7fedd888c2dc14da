"""Readers: one module per input format, one table line each. A bad file never stops a run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final

from kg.errors import ReadError
from kg.model import Problem, Record
from kg.sources.source import LONGEST, Source
from kg.text.decoding import unmangle

__all__ = ["FORMATS", "LONGEST", "files", "read", "read_source"]

# Suffix -> module of this package with `read(source) -> Iterator[Record | Problem]`.
FORMATS: Final[dict[str, str]] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".docx": "docx",
    ".pdf": "pdf",
    ".zip": "zip",
}

BIGGEST = 1 << 30  # bytes of one file that are read into memory


def read(
    paths: Iterable[Path], problems: list[Problem] | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Record]:
    """All records of files and folders, folders sorted; *problems* collects what could not be read.

    Every record has an id of its own: the second of the same name gets a suffix, and a note says so.
    *columns* overrides the guess which field of JSON lines and CSV holds what: `{"text": "content"}`.
    """
    told: list[Problem] = [] if problems is None else problems
    taken: set[str] = set()
    for file in files(paths, told):
        for found in _read_file(file, columns or {}):
            if isinstance(found, Problem):
                told.append(found)
                continue
            record = _sound(found, told)
            if record is not None:
                yield _unique(record, taken, told)


def files(paths: Iterable[Path], problems: list[Problem]) -> list[Path]:
    """The files that `read` would read, in its order; what is passed over or missing is told in *problems*."""
    found: dict[str, Path] = {}
    for path in paths:
        try:
            there = path.exists()
        except OSError as error:
            problems.append(Problem(str(path), f"cannot be looked at ({error.strerror})", "check its rights"))
            continue
        if not there:
            problems.append(Problem(str(path), "there is no such file or folder", "check the path"))
            continue
        for file in _walk(path, problems) if path.is_dir() else [path]:
            if file.suffix.lower() in FORMATS:
                found.setdefault(os.path.realpath(file), file)
            elif path.is_dir():
                problems.append(Problem(str(file), _skipped(file), kind="skipped"))
            else:
                problems.append(Problem(str(file), _skipped(file), f"give one of {', '.join(FORMATS)}"))
    return list(found.values())


def read_source(source: Source, suffix: str) -> Iterator[Record | Problem]:
    """The records of one source by the reader of *suffix*; what the reader cannot read becomes a problem."""
    try:
        if not source.data.strip():
            raise ReadError(source.path, "the file is empty", "remove it or fill it")
        yield from import_module(f"kg.sources.{FORMATS[suffix]}").read(source)
    except ReadError as error:
        yield Problem(error.where or source.path, error.what, error.remedy)
    except (MemoryError, RecursionError) as error:
        yield Problem(source.path, f"the file cannot be taken apart ({type(error).__name__})", "split or simplify it")
    except Exception as error:  # a defect of a reader must not cost the user the other files
        yield Problem(source.path, f"the reader failed ({type(error).__name__}: {error})"[:200], "report this file")


def _read_file(file: Path, columns: Mapping[str, str]) -> Iterator[Record | Problem]:
    try:
        if not file.is_file():
            yield Problem(str(file), "this is no regular file", "give a file or a folder")
            return
        if file.stat().st_size > BIGGEST:
            yield Problem(str(file), f"the file is bigger than {BIGGEST:,} bytes", "split it")
            return
        data = file.read_bytes()
    except OSError as error:
        yield Problem(str(file), f"the file cannot be opened ({error.strerror})", "check its rights")
        return
    yield from read_source(Source(str(file), file.stem, data, columns), file.suffix.lower())


def _walk(folder: Path, problems: list[Problem], above: tuple[str, ...] = ()) -> Iterator[Path]:
    here = os.path.realpath(folder)
    if here in above:
        problems.append(Problem(str(folder), "this link leads back to a folder above it", kind="skipped"))
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(str(folder), f"the folder cannot be opened ({error.strerror})", "check its rights"))
        return
    for entry in entries:
        if entry.name.startswith((".", "~$", "__MACOSX")):
            problems.append(Problem(str(entry), "hidden or temporary", kind="skipped"))
        elif entry.is_dir():
            yield from _walk(entry, problems, (*above, here))
        elif entry.exists():
            yield entry
        else:
            problems.append(Problem(str(entry), "this link leads nowhere", kind="skipped"))


def _skipped(file: Path) -> str:
    if file.suffix.lower() == ".json":
        return "a .json file holds labels or settings, not articles (articles: .jsonl, one object a line)"
    return f"no reader for {file.suffix or 'a file without suffix'}"


def _sound(record: Record, problems: list[Problem]) -> Record | None:
    """The record with text that can be written again, or None (and a problem) where there is nothing to read."""
    text = record.text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode("utf-8")
    repaired = unmangle(text)
    if repaired is not None:
        text = repaired[0]
        problems.append(Problem(record.path, f"{repaired[1]} read as latin-1: repaired", kind="note"))
    if not any(char.isalnum() for char in text):
        problems.append(Problem(record.path, "there is no text in it", "remove it or fill it"))
        return None
    if len(text) > LONGEST:
        what = f"the document has {len(text):,} characters, the limit is {LONGEST:,}"
        problems.append(Problem(record.path, what, "split it into articles"))
        return None
    if "broken" in record.meta.get("encoding", ""):
        problems.append(Problem(record.path, f"damaged: {record.meta['encoding']}", kind="note"))
    return record if text is record.text else replace(record, text=text)


def _unique(record: Record, taken: set[str], problems: list[Problem]) -> Record:
    """The record under an id that no other record of the run has and that every output can hold."""
    name = record.id.strip()
    if not name.isprintable():
        name = "".join(char if char.isprintable() else "_" for char in name)
    name = (name.replace("|", "_") or "document").encode("utf-8", "replace").decode("utf-8")
    wanted, number = name, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken.add(name)
    if name != wanted:
        problems.append(Problem(record.path, f"the id {wanted} is taken, this document is called {name}", kind="note"))
    return record if name == record.id else replace(record, id=name)
