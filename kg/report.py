"""What a run did to its documents, for the summary on the screen and for report.json."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import networkx as nx

from kg.model import Document, Extraction, Problem

LONGEST: Final = 200  # characters of a left-out line that the report shows
SHORT: Final = 20  # characters of a repair that the report shows
EXAMPLES: Final = 5  # repairs of each step, and lines of each class, that the report shows
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


def _short(text: str) -> str:
    """The beginning of a stretch of text.

    >>> _short("四川" * 30)
    '四川四川四川四川四川四川四川四川四川四川…'
    """
    return text if len(text) <= SHORT else text[:SHORT] + "…"


def counts(graph: nx.MultiDiGraph) -> tuple[dict[str, int], dict[str, int]]:
    """How many nodes of each category and edges of each relation, most first."""
    nodes = Counter(str(data["category"]) for _, data in graph.nodes(data=True))
    edges = Counter(str(data["relation"]) for _, _, data in graph.edges(data=True))
    return _ranked(nodes), _ranked(edges)


def _ranked(found: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def as_json(documents: Iterable[DocumentReport], problems: Iterable[Problem], graph: nx.MultiDiGraph) -> str:
    """The report for machines; it holds no clock time and no place but the paths as they were given."""
    nodes, edges = counts(graph)
    listed = [_document(document) for document in documents]
    told = [asdict(problem) for problem in problems]
    content = {
        "documents": listed,
        "problems": [problem for problem in told if problem["kind"] == "problem"],
        "skipped": [problem for problem in told if problem["kind"] == "skipped"],
        "notes": [problem for problem in told if problem["kind"] == "note"],
        "graph": {
            "nodes": graph.number_of_nodes(),
            "edges": graph.number_of_edges(),
            "categories": nodes,
            "relations": edges,
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _document(document: DocumentReport) -> dict[str, Any]:
    return asdict(document) | {
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
