"""Wiring: read, clean, analyse, resolve, graph, write. One bad document never stops a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Final

import networkx as nx

from kg.errors import KgError, OutputError, ReadError
from kg.export import export
from kg.extract import extract, to_doc
from kg.graph import build_graph
from kg.language import load
from kg.lexicon import use
from kg.model import Document, Extraction, Problem, Record
from kg.report import DocumentReport, as_json, line
from kg.resolve import resolve
from kg.sources import read
from kg.text import clean, reposts

if TYPE_CHECKING:
    from spacy.language import Language

Progress = Callable[[int, int], None]
Outcome = tuple[Extraction | None, DocumentReport]

HERE: Final = Path(__file__).parent
CHUNK: Final = 32  # documents that a worker takes at a time, at most
WRITTEN: Final = ("graph.html", "graph.graphml")
REPORT: Final = "report.json"
TAGGER: Final = ("kg_tagger",)  # the component that a run without the model leaves out


@dataclass(frozen=True, slots=True)
class Run:
    """The graph of a run and the account of its documents."""

    graph: nx.MultiDiGraph
    documents: tuple[DocumentReport, ...]
    problems: tuple[Problem, ...]


def build(
    paths: str | Path | Iterable[str | Path],
    *,
    workers: int = 1,
    statuses: Iterable[str] = ("fact",),
    columns: Mapping[str, str] | None = None,
    lexicon: str | Path | None = None,
    model: bool = True,
) -> nx.MultiDiGraph:
    """The graph of all articles under *paths* (files and folders).

    *columns* says which field of CSV and JSON lines holds what, where a guess is unwanted: `{"text": "content"}`.
    *lexicon* is a file of the user's own words (docs/lexicon.md); without *model* rules alone read (docs/tagger.md).
    Raises ReadError where no article could be read (single bad files are left out), and LexiconError where the
    lexicon breaks its rules.
    """
    return run(paths, workers=workers, statuses=statuses, columns=columns, lexicon=lexicon, model=model).graph


def run(
    paths: str | Path | Iterable[str | Path],
    *,
    workers: int = 1,
    statuses: Iterable[str] = ("fact",),
    progress: Progress | None = None,
    columns: Mapping[str, str] | None = None,
    lexicon: str | Path | None = None,
    model: bool = True,
) -> Run:
    """Build the graph and keep the account; *progress* is called with documents done and documents in all."""
    own = Path(lexicon) if lexicon is not None else None
    use(own)
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(p) for p in paths]
    problems: list[Problem] = []
    records = list(read(given, problems, columns))
    if not records:
        raise ReadError(_names(given), _why(problems), "give files or folders with articles")
    extractions, reports = [], []
    for extraction, report in _outcomes(records, workers, own, model):
        reports.append(report)
        if extraction is None:
            problems.append(Problem(report.path, report.problem, "report this article"))
        else:
            extractions.append(extraction)
        if progress is not None:
            progress(len(reports), len(records))
    if not extractions:
        raise ReadError(_names(given), _why(problems), "give files or folders with articles")
    again = reposts.group({extraction.document: extraction.sketch for extraction in extractions})
    graph = build_graph(extractions, resolve(extractions), frozenset(statuses), again)
    accounts = (replace(report, repost_of=again.get(report.id, "")) for report in reports)
    return Run(graph, tuple(accounts), tuple(problems))


def _names(given: list[Path]) -> str:
    return ", ".join(str(p) for p in given)


def _why(problems: list[Problem]) -> str:
    """Why there is nothing: the first thing that went wrong, else that there was nothing to read."""
    first = next((p for p in problems if p.kind == "problem"), None)
    return f"no article could be read; {line(first)}" if first else "there is no article here"


@cache
def _nlp(model: bool) -> Language:
    """The pipeline of this process, warm after the first document."""
    return load(exclude=() if model else TAGGER)


def analyse(record: Record, model: bool = True) -> Outcome:
    """What one record holds; whatever goes wrong with it becomes a line of its report."""
    _, extraction, report = inspect(record, model)
    return extraction, report


def inspect(record: Record, model: bool = True) -> tuple[Document | None, Extraction | None, DocumentReport]:
    """The same with the cleaned document."""
    nlp = _nlp(model)
    document = None
    try:
        document = clean(record)
        doc = to_doc(nlp, document)
        for _, component in nlp.pipeline:
            doc = component(doc)
        extraction = replace(extract(doc, document), sketch=reposts.sketch(document))
    except KgError as error:
        said = f"{error.what} (remedy: {error.remedy})"
        return document, None, DocumentReport(record.id, record.path, problem=said)
    except Exception as error:  # the promise of the command line: a bad document never stops a run
        said = f"{type(error).__name__}: {error} [{_place(error)}]"
        return document, None, DocumentReport(record.id, record.path, problem=said)
    return document, extraction, DocumentReport.of(document, extraction)


def _place(error: Exception) -> str:
    """The last line of kg that the error came through, for whoever mends it."""
    frames = [f for f in extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(HERE)]
    return f"{Path(frames[-1].filename).relative_to(HERE)}:{frames[-1].lineno}" if frames else "?"


def _several(records: Sequence[Record], model: bool) -> list[Outcome]:
    return [analyse(record, model) for record in records]


def _outcomes(records: Sequence[Record], workers: int, lexicon: Path | None, model: bool) -> Iterator[Outcome]:
    """The outcomes in the order of the records, whoever works on them."""
    if workers <= 1 or len(records) == 1:
        yield from (analyse(record, model) for record in records)
        return
    size = max(1, min(CHUNK, len(records) // (workers * 2)))
    chunks = [records[i : i + size] for i in range(0, len(records), size)]
    try:
        spawn = get_context("spawn")
        with ProcessPoolExecutor(min(workers, len(chunks)), spawn, initializer=use, initargs=(lexicon,)) as pool:
            for outcomes in pool.map(partial(_several, model=model), chunks):
                yield from outcomes
    except BrokenProcessPool as error:
        what = "a worker process ended before its time"
        raise KgError(f"{workers} workers", what, "use 1 worker; scripts need if __name__ == '__main__'") from error


def prepare(folder: Path) -> None:
    """Make the output folder, before any long work; raises OutputError where that cannot be."""
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(str(folder), "this folder cannot be written to", "choose another with -o")


def write(result: Run, folder: Path) -> list[Path]:
    """Write graph.html, graph.graphml and report.json into *folder*."""
    prepare(folder)
    report = folder / REPORT
    with _writing(report):
        report.write_text(as_json(result.documents, result.problems, result.graph), "utf-8", newline="\n")
    return [*(export(result.graph, folder / name) for name in WRITTEN), report]


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(
            str(path), "there is a file where a folder is needed", "choose another folder with -o"
        ) from error
    except OSError as error:
        raise OutputError(
            str(path), f"cannot be written ({error.strerror or error})", "choose another place with -o"
        ) from error
