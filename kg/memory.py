"""What a run takes from the store and what it leaves there: only what is new or changed is read."""

from __future__ import annotations

import gc
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict, astuple
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg.decide.kept import kept
from kg.engines.guard import Outcome
from kg.errors import StoreError
from kg.lexicon.ready import ready
from kg.model import Decision, Notes, Problem, Record
from kg.model.schema import SEPARATOR
from kg.report import DocumentReport, Summary, counts
from kg.store import SIZE, Fact, Held, Reading, Stamp, Store, as_json, content, decode, encode, key, noted, reading

Reader = Callable[[Sequence[Record]], Iterator[Outcome]]
Progress = Callable[[int, int], None]

BATCH: Final = 32  # documents that a killed run loses, at most
PLACED: Final = ("x", "y", "size", "color", "degree")  # where a picture shows it: nothing that is known


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles: among millions of objects that stay it finds nothing and costs a third.

    Each end of such a block makes Python look at all of them once, so the outermost should hold all of a run.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


@contextmanager
def collected() -> Iterator[None]:
    """A part of an `uncollected` block that makes and drops objects without end: here cycles are searched for.

    Not among the objects that were there before: all of them would be looked at, and they stay.
    """
    searched = gc.isenabled()
    frozen = searched or gc.get_freeze_count()
    if not frozen:
        gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        if not searched:
            gc.disable()
        if not frozen:
            gc.unfreeze()


class Memory:
    """The store of a run, if it has one, with the way in which the run reads."""

    def __init__(self, store: Store | None, lexicon: Path | None, model: bool) -> None:
        self.store = store
        self._reading = reading(lexicon, model) if store is not None else b""
        self.remembered = 0  # documents that were not read again
        self._program = noted(lexicon) if store is not None else b""
        self._held: dict[str, tuple[bytes, bytes]] = {}  # document: what it holds, and the key of its reading
        self._stamps: dict[Path, Stamp] = {}  # of the files that this run wrote

    @cached_property
    def notes(self) -> Notes:
        """What pure functions answered in the last build."""
        return Notes(self._noted())

    def hold(self, records: Iterable[Record]) -> None:
        """Know what each of the records holds."""
        if self.store is not None:
            for record in records:
                held = content(record)
                self._held[record.id] = held, key(self._reading, held)

    def asked(self, records: Iterable[Record], problems: Iterable[Problem], decisions: Iterable[Decision],
              statuses: Sequence[str]) -> bytes:
        """A hash of all that the outputs of this run rest on, once it holds the records; without a store nothing.

        Records in their order, the places that the report names, what the sources told, decisions, options, and the
        program with all its libraries. How many processes read, and for how long, is not among it.
        """
        if self.store is None:
            return b""
        told = [[self._held[record.id][1].hex(), record.path] for record in records]
        rest = [*map(astuple, problems)], [*map(astuple, decisions)], sorted(set(statuses))
        asked = json.dumps([self._program.hex(), self._reading.hex(), told, *rest])
        return blake2b(asked.encode(), digest_size=SIZE).digest()

    def unchanged(self, asked: bytes, files: Iterable[Path]) -> tuple[int, Summary] | None:
        """The number of the last build and what it showed, where this one would find and write the same."""
        if self.store is None:
            return None
        found = self.store.unchanged(asked, {said for _, said in self._held.values()}, files)
        with suppress(zlib.error, ValueError, TypeError):  # what is damaged is built
            if found is not None:
                return found[0], Summary(**json.loads(zlib.decompress(found[1])))
        return None

    def wrote(self, file: Path) -> Path:
        """*file* was written just now: what it becomes later is not of this run."""
        if self.store is not None:
            self._stamps[file] = Stamp.of(file)
        return file

    def lexicon(self) -> AbstractContextManager[None]:
        """A block in which what the last build made of the lexicon is not made again."""
        return ready(self.notes) if self.store is not None else nullcontext()

    def outcomes(self, records: Sequence[Record], read: Reader, progress: Progress | None = None) -> list[Outcome]:
        """The outcomes in the order of the records; *read* is asked for those that the store does not hold.

        What could not be read is tried again by the next run.
        """
        known = self._known(records)
        self.remembered = len(known)
        fresh = [record for record in records if record.id not in known]

        def told(done: int) -> None:
            if progress is not None:
                progress(len(known) + done, len(records))

        if known:
            told(0)
        found = self._read(fresh, read, told)
        found |= self._remembered([record for record in records if record.id in known])
        return [found[record.id] for record in records]

    def decisions(self) -> list[Decision]:
        """What persons have decided and the store keeps."""
        return kept(self.store.judgements()) if self.store is not None else []

    def _noted(self) -> dict[str, dict[str, Any]]:
        """The notes of the last build. What is damaged is worked out anew."""
        found: dict[str, dict[str, Any]] = {}
        for name, page in (self.store.notes(self._program) if self.store is not None else {}).items():
            with suppress(zlib.error, ValueError):
                answers = json.loads(zlib.decompress(page))
                found[name] = answers if isinstance(answers, dict) else {}
        return found

    def _known(self, records: Sequence[Record]) -> set[str]:
        """The ids of the records that the store holds."""
        if self.store is None:
            return set()
        keys = self.store.known(said for _, said in self._held.values())
        return {identity for identity, (_, said) in self._held.items() if said in keys}

    def _read(self, fresh: Sequence[Record], read: Reader, told: Callable[[int], None]) -> dict[str, Outcome]:
        found: dict[str, Outcome] = {}
        batch: list[Reading] = []
        with collected():
            for record, (extraction, report) in zip(fresh, read(fresh) if fresh else (), strict=True):
                found[record.id] = extraction, report
                if self.store is not None and extraction is not None:
                    said = self._held[record.id][1]
                    batch.append(Reading(said, encode(extraction), report.kept(), extraction.sketch))
                    if len(batch) == BATCH:
                        self.store.put(batch)
                        batch = []
                told(len(found))
        if self.store is not None and batch:
            self.store.put(batch)
        return found

    def _remembered(self, records: Sequence[Record]) -> dict[str, Outcome]:
        found: dict[str, Outcome] = {}
        if self.store is None or not records:
            return found
        by_key = {self._held[record.id][1]: record for record in records}
        for row in self.store.readings(by_key):
            record = by_key[row.key]
            try:
                extraction = decode(row.extraction, record.id, record.path, row.sketch)
                found[record.id] = extraction, DocumentReport.again(record.id, record.path, row.report)
            except (zlib.error, ValueError, TypeError, LookupError) as error:
                what = f"what it holds of {record.id} is damaged ({type(error).__name__})"
                raise StoreError(str(self.store.path), what, "remove it, the next build makes it again") from error
        return found

    def keep(self, graph: nx.MultiDiGraph, reports: Iterable[DocumentReport], options: Mapping[str, Any],
             files: Sequence[Path], asked: bytes = b"", summary: Summary | None = None) -> int:
        """Leave the graph of the run, once its *files* are written; the number of the build, 0 without a store."""
        if self.store is None:
            return 0
        read = [report for report in reports if not report.problem]
        nodes, edges = counts(graph)
        counted = {"documents": len(read), "entities": nodes, "relations": edges}
        held = [Held(r.id, *self._held[r.id], as_json({"title": r.title, "published": r.published, "path": r.path}))
                for r in read]
        notes = {name: (self._program, zlib.compress(as_json(page.asked).encode(), 1))
                 for name, page in self.notes.pages.items() if page.changed}
        entities, relations = _entities(graph), _relations(graph)
        stamps = [(file, self._stamps.get(file) or Stamp.of(file)) for file in files]
        shown = zlib.compress(as_json(asdict(summary)).encode("utf-8", "surrogatepass"), 1) if summary else b""
        return self.store.finish(held, entities, relations, as_json(options), as_json(counted), stamps, notes,
                                 asked if summary else b"", shown)


def _entities(graph: nx.MultiDiGraph) -> Iterator[Fact]:
    for node, data in graph.nodes(data=True):
        names = (str(data["label"]), *str(data.get("aliases", "")).split(SEPARATOR))
        yield Fact(node, _told(data), tuple(filter(None, names)))


def _relations(graph: nx.MultiDiGraph) -> Iterator[Fact]:
    for source, target, edge, data in graph.edges(keys=True, data=True):
        yield Fact(edge, _told(data), ends=(source, target))


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(data)
    for name in PLACED:
        told.pop(name, None)
    return told
