"""Wiring: read, clean, analyse, resolve, graph, write. One bad document never stops a run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock
from traceback import extract_tb
from typing import TYPE_CHECKING, Final

import networkx as nx

from kg.decide import Decisions
from kg.decide.sheet import read_sheet
from kg.engines import making, named, outcomes
from kg.engines.guard import LIMIT, Outcome, Work
from kg.errors import KgError, OutputError, ReadError
from kg.export import export
from kg.export.files import whole_file
from kg.graph import build_graph
from kg.lexicon import use
from kg.memory import Memory, Progress, uncollected
from kg.model import Decision, Document, Extraction, Problem, Record
from kg.model.schema import CATEGORIES
from kg.reading.display import Graph, faced
from kg.report import DocumentReport, Summary, as_json, line, problem_of
from kg.resolve import resolve
from kg.resolve.parts import comparing, here, over
from kg.sources import read
from kg.store import Store, opened
from kg.text import clean, reposts

if TYPE_CHECKING:
    from spacy.language import Language

HERE: Final = Path(__file__).parent
WRITTEN: Final = ("graph.html", "graph.graphml")
REPORT: Final = "report.json"
ALONE: Final = Lock()  # spaCy's memory zones are for one document of a process at a time, whatever threads there are
TAGGER: Final = ("kg_tagger",)  # the component that a run without the model leaves out


@dataclass(frozen=True, slots=True)
class Run:
    """The graph of a run and the account of its documents."""

    graph: nx.MultiDiGraph
    documents: tuple[DocumentReport, ...]
    problems: tuple[Problem, ...]
    memory: Memory
    statuses: tuple[str, ...] = ()
    asked: bytes = b""

    def keep(self, files: Sequence[Path]) -> int:
        """Leave the graph in the store, once its *files* are written; the number of the build, 0 without a store."""
        options, summary = {"statuses": self.statuses}, self.summary() if files else None
        return self.memory.keep(self.graph, self.documents, options, files, self.asked, summary)

    def summary(self) -> Summary:
        """What the screen shows of it."""
        return Summary.of(self.documents, self.problems, self.graph)


@dataclass(frozen=True, slots=True)
class Input:
    """What a run begins with: the articles, nothing of them read yet, and all that its outputs rest on beside them."""

    paths: tuple[Path, ...]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]  # of the sources
    lexicon: Path | None
    model: bool
    statuses: tuple[str, ...]
    decisions: tuple[Decision, ...]
    memory: Memory
    asked: bytes  # a hash of all of it

    def unchanged(self, folder: Path) -> tuple[int, Summary] | None:
        """The number of the last build and what it showed, where all of this is as it was then and its outputs stand
        in *folder* as it left them: a run would write the same bytes. None where that is in doubt.
        """
        return self.memory.unchanged(self.asked, outputs(folder))


@uncollected()
def build(
    paths: str | Path | Iterable[str | Path],
    *,
    workers: int = 1,
    limit: float = LIMIT,
    statuses: Iterable[str] = ("fact",),
    columns: Mapping[str, str] | None = None,
    lexicon: str | Path | None = None,
    model: bool = True,
    store: str | Path | None = None,
    decisions: str | Path | None = None,
    engine: str = "",
    master: str = "",
) -> Graph:
    """The graph of all articles under *paths* (files and folders): a `networkx.MultiDiGraph` that notebooks show.

    A document that takes more than *limit* seconds is given up (docs/workers.md).
    *columns* says which field of CSV and JSON lines holds what, where a guess is unwanted: `{"text": "content"}`.
    *lexicon* is a file of the user's own words (docs/lexicon.md); without *model* rules alone read (docs/tagger.md).
    With *store*, a file, only articles are read that are new or changed since the last build with it (docs/store.md).
    *decisions* is a sheet of what persons decided (docs/review.md); what the store keeps of these counts too.
    *engine* names what spreads the reading over many machines, *master* the address of its cluster (docs/cluster.md).
    Raises ReadError where no article could be read (single bad files are left out), LexiconError where the
    lexicon breaks its rules, and StoreError where the store cannot be used.
    """
    with opened(Path(store)) if store is not None else nullcontext() as memory:
        result = run(paths, workers=workers, limit=limit, statuses=statuses, columns=columns, lexicon=lexicon,
                     model=model, store=memory, decisions=decisions, engine=engine, master=master)
        result.keep(())
    return faced(result.graph)


@uncollected()
def run(
    paths: str | Path | Iterable[str | Path],
    *,
    workers: int = 1,
    limit: float = LIMIT,
    statuses: Iterable[str] = ("fact",),
    progress: Progress | None = None,
    columns: Mapping[str, str] | None = None,
    lexicon: str | Path | None = None,
    model: bool = True,
    store: Store | None = None,
    decisions: str | Path | None = None,
    engine: str = "",
    master: str = "",
) -> Run:
    """Build the graph and keep the account; *progress* is called with documents done and documents in all.

    What the *store* holds of the articles is not read again; call `Run.keep` when the graph is written.
    """
    given = gather(paths, statuses=statuses, columns=columns, lexicon=lexicon, model=model, store=store,
                   decisions=decisions)
    return carried(given, workers=workers, limit=limit, progress=progress, engine=engine, master=master)


@uncollected()
def gather(
    paths: str | Path | Iterable[str | Path],
    *,
    statuses: Iterable[str] = ("fact",),
    columns: Mapping[str, str] | None = None,
    lexicon: str | Path | None = None,
    model: bool = True,
    store: Store | None = None,
    decisions: str | Path | None = None,
) -> Input:
    """The first part of `run`: find the articles, and what is decided."""
    own = Path(lexicon) if lexicon is not None else None
    use(own)
    said = [one.decision for one in read_sheet(Path(decisions)) if not one.undone] if decisions is not None else []
    given = [Path(paths)] if isinstance(paths, str | Path) else [Path(p) for p in paths]
    problems: list[Problem] = []
    records = tuple(read(given, problems, columns))
    if not records:
        raise ReadError(_names(given), _why(problems), "give files or folders with articles")
    memory = Memory(store, own, model)
    memory.hold(records)
    decided, chosen = (*memory.decisions(), *said), tuple(sorted(set(statuses)))
    asked = memory.asked(records, problems, decided, chosen)
    return Input(tuple(given), records, tuple(problems), own, model, chosen, decided, memory, asked)


@uncollected()
def carried(
    given: Input,
    *,
    workers: int = 1,
    limit: float = LIMIT,
    progress: Progress | None = None,
    engine: str = "",
    master: str = "",
) -> Run:
    """The second part: read what is new, and build the graph."""
    named(engine, master)  # though there may be nothing to read
    own, memory, problems = given.lexicon, given.memory, list(given.problems)
    extractions, reports = [], []

    def outcomes_of(fresh: Sequence[Record]) -> Iterator[Outcome]:
        return outcomes(fresh, partial(_start, model=given.model), own, workers, limit, engine, master)

    with memory.lexicon():
        for extraction, report in memory.outcomes(given.records, outcomes_of, progress):
            reports.append(report)
            if extraction is None:
                problems.append(problem_of(report))
            else:
                extractions.append(extraction)
        if not extractions:
            raise ReadError(_names(given.paths), _why(problems), "give files or folders with articles")
        again = reposts.group({extraction.document: extraction.sketch for extraction in extractions})
        judged = Decisions(extractions, given.decisions)
        with making(comparing, own, workers, engine, master) if engine else nullcontext() as send:
            joined = resolve(extractions, judged.judgements(), memory.notes, over(send) if send else here)
        decided = judged.apply(joined)
        graph = build_graph(extractions, decided.resolution, frozenset(given.statuses), again, decided, memory.notes)
    accounts = (replace(report, repost_of=again[report.id]) if report.id in again else report for report in reports)
    return Run(graph, tuple(accounts), tuple(problems), memory, given.statuses, given.asked)


def _names(given: Iterable[Path]) -> str:
    return ", ".join(str(p) for p in given)


def _why(problems: list[Problem]) -> str:
    """Why there is nothing: the first thing that went wrong, else that there was nothing to read."""
    first = next((p for p in problems if p.kind == "problem"), None)
    return f"no article could be read; {line(first)}" if first else "there is no article here"


@cache
def _nlp(model: bool) -> Language:
    """The pipeline of this process, warm after the first document."""
    from kg.language import load  # spaCy takes a second to load: only where something is to be read

    return load(exclude=() if model else TAGGER)


def analyse(record: Record, model: bool = True) -> Outcome:
    """What one record holds; whatever goes wrong with it becomes a line of its report."""
    _, extraction, report = inspect(record, model)
    return extraction, report


def inspect(record: Record, model: bool = True) -> tuple[Document | None, Extraction | None, DocumentReport]:
    """The same with the cleaned document."""
    nlp = _nlp(model)
    from kg.extract import extract, to_doc  # after kg.language, which loads spaCy without its command line

    document = None
    try:
        document = clean(record)
        with ALONE:
            doc = to_doc(nlp, document)
            with nlp.memory_zone():  # spaCy keeps every word that it has seen; none of this document's outlives it
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


@uncollected()
def _start(lexicon: Path | None, model: bool) -> Work:
    """The function over one record, warm: what is loaded at the first document is no document's time."""
    use(lexicon)
    analyse(Record("", "", "".join(CATEGORIES.values())), model)
    return partial(analyse, model=model)


def prepare(folder: Path) -> None:
    """Make the output folder, before any long work; raises OutputError where that cannot be."""
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(str(folder), "this folder cannot be written to", "choose another with -o")


@uncollected()
def write(result: Run, folder: Path) -> list[Path]:
    """Write graph.html, graph.graphml and report.json into *folder*."""
    prepare(folder)
    tidy(folder)
    *written, report = outputs(folder)
    memory = result.memory
    with whole_file(report) as file:
        file.write(as_json(result.documents, result.problems, result.graph))
    memory.wrote(report)
    with memory.lexicon():
        return [*(memory.wrote(export(result.graph, file)) for file in written), report]


def outputs(folder: Path) -> list[Path]:
    """The files that `write` writes into *folder*, in the order in which it names them."""
    return [folder / name for name in (*WRITTEN, REPORT)]


def tidy(folder: Path) -> None:
    """Remove what a run that was killed while it wrote has left over in *folder*."""
    for leftover in (part for file in outputs(folder) for part in folder.glob(f".{file.name}.*.part")):
        leftover.unlink(missing_ok=True)


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
