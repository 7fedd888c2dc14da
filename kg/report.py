"""What a run did to its documents, for the summary on the screen and for report.json."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

import networkx as nx

from kg.decide.apply import names
from kg.model import Document, Extraction, Outcome, Problem

LONGEST: Final = 200  # characters of a left-out line that the report shows
SHORT: Final = 20  # characters of a repair that the report shows
EXAMPLES: Final = 5  # repairs of each step, and lines of each class, that the report shows
REASONS: Final = 20  # problems and notes that the screen shows; the report holds all of them
STATES: Final = ("done", "conflict", "idle")  # of decisions
OUT: Final = ("meta", "noise")  # classes of lines that are not read


def line(problem: Problem) -> str:
    """One line for the screen.

    >>> line(Problem("a.txt", "the file is empty", "remove it"))
    'a.txt: the file is empty (remedy: remove it)'
    """
    remedy = f" (remedy: {problem.remedy})" if problem.remedy else ""
    return f"{problem.path}: {problem.what}{remedy}"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document: what was repaired, what was left out, what was found, what went wrong."""

    id: str
    path: str
    characters: int = 0
    title: str = ""
    published: str = ""
    inferred_year: int = 0
    publisher: str = ""
    home: str = ""
    reporters: tuple[str, ...] = ()
    repairs: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    left_out: tuple[tuple[str, str, int, tuple[str, ...]], ...] = ()
    entities: int = 0
    statements: tuple[tuple[str, int], ...] = ()
    problem: str = ""
    repost_of: str = ""
    conflicts: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def of(cls, document: Document, extraction: Extraction) -> DocumentReport:
        steps: dict[str, list[str]] = {}
        for repair in document.repairs:
            steps.setdefault(repair.step, []).append(f"{_short(repair.before)} > {_short(repair.after)}")
        lines: dict[tuple[str, str], list[str]] = {}
        for line in document.lines:
            if line.kind in OUT:
                lines.setdefault((line.kind, line.name), []).append(document.text[line.start : line.end][:LONGEST])
        return cls(
            id=document.id,
            path=document.path,
            characters=len(document.text),
            title=document.title,
            published=document.published,
            inferred_year=extraction.inferred_year,
            publisher=document.publisher,
            home=extraction.home,
            reporters=document.reporters,
            repairs=tuple(
                (step, len(found), tuple(dict.fromkeys(found))[:EXAMPLES]) for step, found in sorted(steps.items())
            ),
            left_out=tuple((*key, len(found), tuple(found[:EXAMPLES])) for key, found in sorted(lines.items())),
            entities=len(extraction.entities),
            conflicts=extraction.conflicts,
            statements=tuple(sorted(Counter(s.status for s in extraction.statements).items())),
        )

    def kept(self) -> bytes:
        """All of it but id and path, for the store.

        >>> one = DocumentReport("a", "a.txt", 3, "标题", repairs=(("pinyin", 1, ("協(xié) > 協",)),))
        >>> DocumentReport.again("a", "a.txt", one.kept()) == one
        True
        """
        values = [getattr(self, name) for name in _KEPT]
        return _json(values).encode("utf-8", "surrogatepass")

    @classmethod
    def again(cls, identity: str, path: str, kept: bytes) -> DocumentReport:
        """The account that `kept` gave, under the id and the path that the document has now."""
        values = json.loads(kept.decode("utf-8", "surrogatepass"))
        return cls(identity, path, **dict(zip(_KEPT, map(_tuples, values), strict=True)))


_NAMES: Final = tuple(field.name for field in fields(DocumentReport))
_KEPT: Final = tuple(field.name for field in fields(DocumentReport) if field.name not in ("id", "path", "repost_of"))


def _tuples(value: Any) -> Any:
    return tuple([_tuples(part) if type(part) is list else part for part in value]) if type(value) is list else value


def problem_of(report: DocumentReport) -> Problem:
    """The problem of a document that could not be read, with its remedy apart.

    >>> line(problem_of(DocumentReport("a", "a.txt", problem="it is too long (remedy: cut it)")))
    'a.txt: it is too long (remedy: cut it)'
    >>> line(problem_of(DocumentReport("a", "a.txt", problem="IndexError: 3")))
    'a.txt: IndexError: 3 (remedy: report this article)'
    """
    what, _, remedy = report.problem.partition(" (remedy: ")
    return Problem(report.path, what, remedy.removesuffix(")") or "report this article")


def _short(text: str) -> str:
    """The beginning of a stretch of text.

    >>> _short("四川" * 30)
    '四川四川四川四川四川四川四川四川四川四川…'
    """
    return text if len(text) <= SHORT else text[:SHORT] + "…"


def counts(graph: nx.MultiDiGraph) -> tuple[dict[str, int], dict[str, int]]:
    """How many nodes of each category and edges of each relation, most first."""
    nodes = Counter(str(category) for _, category in graph.nodes(data="category", default=""))
    edges = Counter(str(relation) for _, _, relation in graph.edges(data="relation", default=""))
    return _ranked(nodes), _ranked(edges)


def _ranked(found: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Summary:
    """What the screen shows of a run; it goes into JSON and comes back the same."""

    documents: Mapping[str, int]  # how many there are of a kind
    told: Sequence[str]  # the first problems and notes
    more: int  # how many more there are
    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    decisions: Mapping[str, int]  # by what became of them
    undone: Sequence[tuple[str, str]]  # those that do not hold: state, and a line

    @classmethod
    def of(cls, documents: Iterable[DocumentReport], problems: Iterable[Problem], graph: nx.MultiDiGraph) -> Summary:
        """The summary of a run."""
        read = [d for d in documents if not d.problem]
        kinds = Counter(problem.kind for problem in problems)
        told = [problem for problem in problems if problem.kind != "skipped"]
        nodes, edges = counts(graph)
        outcomes: list[Outcome] = graph.graph.get("decisions") or []
        states = Counter(outcome.state for outcome in outcomes)
        return cls(
            documents={
                "read": len(read),
                "not readable": kinds["problem"],
                "passed over (no article)": kinds["skipped"],
                "repaired": sum(bool(d.repairs) for d in read),
                "with lines left out": sum(bool(d.left_out) for d in read),
                "reposts of another": sum(bool(d.repost_of) for d in read),
                "with numbers that do not add up": sum(bool(d.conflicts) for d in read),
            },
            told=[f"{'not read' if p.kind == 'problem' else 'note'}: {line(p)}" for p in told[:REASONS]],
            more=max(0, len(told) - REASONS),
            nodes=nodes,
            edges=edges,
            decisions={state: states[state] for state in STATES} if outcomes else {},
            undone=[(state, said) for state in STATES[1:] for said in names(outcomes, state)],
        )


def as_json(documents: Iterable[DocumentReport], problems: Iterable[Problem], graph: nx.MultiDiGraph) -> str:
    """The report for machines; it holds no clock time and no place but the paths as they were given."""
    nodes, edges = counts(graph)
    told = [asdict(problem) for problem in problems]
    lists: dict[str, Iterable[Mapping[str, Any]]] = {
        "documents": map(_document, documents),
        "problems": (problem for problem in told if problem["kind"] == "problem"),
        "skipped": (problem for problem in told if problem["kind"] == "skipped"),
        "notes": (problem for problem in told if problem["kind"] == "note"),
    }
    built = {
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "categories": nodes,
        "relations": edges,
    }
    if decided := graph.graph.get("decisions"):
        lists["decisions"] = map(asdict, decided)
    parts = [f'"{name}": [{_lines(rows)}\n]' for name, rows in lists.items()]
    return "{" + ",\n".join([*parts, f'"graph": {_json(built)}']) + "}\n"


_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """One object a line: long reports are read by line, and written ten times as fast as with each value on its own."""
    return ",".join(f"\n{_json(row)}" for row in rows)


def _document(document: DocumentReport) -> dict[str, Any]:
    values = {name: getattr(document, name) for name in _NAMES}
    return values | {
        "repairs": [{"step": step, "count": count, "examples": list(shown)} for step, count, shown in document.repairs],
        "left_out": [
            {"class": kind, "told_by": name, "count": count, "lines": list(shown)}
            for kind, name, count, shown in document.left_out
        ],
        "statements": dict(document.statements),
        "conflicts": [
            {"total": total, "parts": parts, "sentence": sentence} for total, parts, sentence in document.conflicts
        ],
    }
