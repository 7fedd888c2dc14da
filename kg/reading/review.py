"""What a person should look at in a graph: pairs that may be one, facts that disagree, relations of low confidence; and
what persons have decided before, with what became of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import networkx as nx

from kg.decide.kept import keep, kept
from kg.decide.sheet import COLUMNS, Row, row_of, thing_cells
from kg.decide.words import limit, phrase, say, words
from kg.errors import StoreError
from kg.export.cells import write_rows
from kg.export.files import whole_file
from kg.graph.phrases import unsure_entry
from kg.model import Decision, Outcome, Thing
from kg.model.schema import SEPARATOR
from kg.store import Past, is_store

LONGEST: Final = 300  # characters of a sentence in a sheet
QUESTIONS: Final = ("pair", "conflict", "doubt")


class Question(NamedTuple):
    """One thing to decide: its kind (pair, conflict, doubt), the cells that name it, its score, why, and a sentence."""

    kind: str
    cells: Row
    score: float
    why: str
    evidence: str = ""


def questions(graph: nx.MultiDiGraph, below: float | None = None) -> list[Question]:
    """All that is open: pairs the most alike first, then facts that disagree, then relations the most doubtful first.

    Relations are doubtful *below* a confidence (`limits.confidence` of words.toml). What a person has decided is not
    asked again.
    """
    least = limit("confidence") if below is None else below
    found = [*_pairs(graph), *_edges(graph, least)]
    sign = {"pair": -1.0, "conflict": 0.0, "doubt": 1.0}
    return sorted(found, key=lambda q: (QUESTIONS.index(q.kind), sign[q.kind] * q.score, sorted(q.cells.items())))


def thing(graph: nx.MultiDiGraph, node: str) -> Thing:
    """A node by what stays: its name, its category, its code, its first documents."""
    data = graph.nodes[node]
    code = str(data.get("adcode") or (data.get("start_date") if data.get("category") == "event" else "") or "")
    documents = [part for part in str(data.get("documents") or "").split(SEPARATOR) if part]
    return Thing(str(data["label"]), str(data.get("category") or ""), code,
                 () if code.isdigit() else tuple(documents[: int(limit("documents"))]))


def _pairs(graph: nx.MultiDiGraph) -> Iterator[Question]:
    for node, data in graph.nodes(data=True):
        for entry in filter(None, str(data.get("unsure") or "").split(SEPARATOR)):
            other, score, told = unsure_entry(entry)
            if other in graph and str(node) < other:
                yield Question("pair", _cells(thing(graph, node), thing(graph, other)), _number(score),
                               told.partition(say("explain", "colon"))[2])


def _edges(graph: nx.MultiDiGraph, least: float) -> Iterator[Question]:
    for source, target, data in graph.edges(data=True):
        if data.get("decided") or data.get("basis") == "background":
            continue
        cells = _cells(thing(graph, source), thing(graph, target)) | {
            "relation": str(data.get("relation_zh") or data.get("relation") or "")}
        sentence = str(data.get("evidence") or "").split(SEPARATOR)[0][:LONGEST]
        confidence = float(data.get("confidence") or 0)
        if data.get("conflict"):
            why = say("texts", "also").join(str(data["conflict"]).split(SEPARATOR))
            yield Question("conflict", cells, confidence, why, sentence)
        elif confidence < least:
            yield Question("doubt", cells, confidence, str(data.get("titles") or data.get("title") or ""), sentence)


def _cells(first: Thing, second: Thing) -> Row:
    other = {f"other_{name}" if name != "name" else "other": text for name, text in thing_cells(second).items()}
    return thing_cells(first) | other


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def decided(graph: Path, store: Path) -> list[Outcome | Decision]:
    """What persons have decided: by the report beside the *graph* what became of it, by the *store* what is not built.

    Either may be missing.
    """
    report = graph.with_name("report.json")
    found: list[Outcome | Decision] = []
    try:
        rows = json.loads(report.read_text("utf-8")).get("decisions", ())
        found += [_outcome(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # no report, or one of another program: only the store is asked
    known = {keep(outcome.decision)[:4] for outcome in found if isinstance(outcome, Outcome)}
    held: list[Decision] = []
    if is_store(store):
        try:
            with Past.opened(store) as past:
                held = kept(past.judgements())
        except StoreError:
            held = []  # no build of it was finished
    return [*found, *(d for d in held if keep(d)[:4] not in known)]


def _outcome(row: Mapping[str, Any]) -> Outcome:
    told = dict(row["decision"])
    for name in ("subject", "other"):
        told[name] = Thing(**(told[name] | {"documents": tuple(told[name]["documents"])}))
    return Outcome(Decision(**told), row["state"], row["why"])


def sheet(open_: Iterable[Question], done: Iterable[Outcome | Decision]) -> Iterator[Row]:
    """The rows of a sheet: what is open, then what is decided."""
    for question in open_:
        yield question.cells | {"state": words()["states"]["open"], "question": words()["questions"][question.kind],
                                "score": f"{question.score:g}", "why": question.why, "evidence": question.evidence}
    for one in done:
        decision = one.decision if isinstance(one, Outcome) else one
        state, why = (one.state, one.why) if isinstance(one, Outcome) else ("waiting", "")
        yield row_of(decision) | {"state": words()["states"][state], "question": words()["questions"]["decided"],
                                  "why": why}


def write_sheet(rows: Iterable[Row], path: Path) -> Path:
    """Write a sheet that Excel and WPS open as it is meant."""
    with whole_file(path) as file:
        titles = [words()["columns"][name] for name in COLUMNS]
        write_rows(file, [titles, *([row.get(name, "") for name in COLUMNS] for row in rows)])
    return path


def told(open_: list[Question], done: Iterable[Outcome | Decision], top: int) -> Iterator[str]:
    """The same for the screen, *top* of each kind."""
    screen = words()["screen"]
    for kind in QUESTIONS:
        found = [q for q in open_ if q.kind == kind]
        if found:
            yield screen["head"].format(question=words()["questions"][kind], count=len(found))
        for q in found[:top]:
            yield "  " + _line(q)
            yield from (f"    {text}" for text in (q.why, f"“{q.evidence}”" if q.evidence else "") if text)
        if len(found) > top:
            yield "  " + screen["more"].format(count=len(found) - top)
    listed = list(done)
    if listed:
        yield screen["head"].format(question=words()["questions"]["decided"], count=len(listed))
    for one in listed:
        decision = one.decision if isinstance(one, Outcome) else one
        state, why = (one.state, one.why) if isinstance(one, Outcome) else ("waiting", "")
        yield f"  [{words()['states'][state]}] {phrase(decision)}" + (f"（{why}）" if why else "")
    if not open_ and not listed:
        yield screen["nothing"]


def _line(question: Question) -> str:
    cells, between = question.cells, say("texts", "between")
    if question.kind == "pair":
        ends = []
        for name, where in (("name", "documents"), ("other", "other_documents")):
            documents = between.join([part for part in cells[where].split(SEPARATOR) if part][:2])
            ends.append(f"{cells[name]}（{documents}）" if documents else cells[name])
        return f"{between.join(ends)} [{question.score:g}]"
    edge = say("texts", "relation", head=cells["name"], relation=cells["relation"], tail=cells["other"])
    return f"{edge} [{question.score:g}]"
