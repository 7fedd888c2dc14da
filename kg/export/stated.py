"""What each statement of a graph says, as plain data, for every format that tells statements and not only edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

import networkx as nx

from kg.export.order import Edge, edges, node_ids
from kg.export.values import as_type, clean
from kg.model import Evidence, Statement
from kg.model.schema import EDGE_ATTRIBUTES, RELATIONS, SEPARATOR

# What an edge has for the whole of its statements; the rest of its attributes are told as `attributes`.
OWN: Final = frozenset({"relation", "relation_zh", "status", "documents", "evidence", "marks", "weight", "confidence",
                        "rule", "basis", "date", "start_date", "end_date"})
TOLD: Final = ("rule", "basis", "status", "confidence", "date")
ABOUT: Final = ("title", "published", "publisher", "repost_of")


def stated(graph: nx.MultiDiGraph) -> Iterator[dict[str, Any]]:
    """The statements that the edges of *graph* rest on, in the order of the edges.

    A graph that was read from a file has no statements of its own: then there is one for every sentence of an edge,
    with status, rules and confidence of the edge as a whole (`"whole_edge": true`), without its place in a document.
    """
    ids = node_ids(graph)
    ends = {called: _end(called, graph.nodes[node]) for node, called in ids.items()}
    statements: Mapping[object, list[Statement]] = graph.graph.get("statements") or {}
    documents: Mapping[str, Mapping[str, str]] = graph.graph.get("documents") or {}
    for edge in edges(graph, ids):
        relation = clean(str(edge.data.get("relation") or ""))
        head = {"edge": edge.id, "relation": relation, "head": ends[edge.source], "tail": ends[edge.target],
                "relation_zh": RELATIONS.get(relation, relation)}
        said = statements.get(edge.key)
        for line in map(_stated, said) if said else _told(edge):
            yield head | line | about(documents.get(line.get("document", ""), {}))


def about(document: Mapping[str, object]) -> dict[str, str]:
    """Title, date and publisher of a document, and what it reposts, as far as they are known."""
    told = {name: plain_text(document.get(name)) for name in ABOUT}
    return {name: value for name, value in told.items() if value}


def _end(called: str, data: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: plain_text(data.get(name)) for name in ("label", "category", "adcode")}
    return {"id": called} | {name: value for name, value in told.items() if value}


def _stated(statement: Statement) -> dict[str, Any]:
    evidence = statement.evidence
    line = {
        "statement": statement.id, "document": plain_text(evidence.document), "evidence": plain_text(evidence.text),
        "start": evidence.start, "end": evidence.end, "rule": plain_text(statement.rule), "basis": statement.basis,
        "confidence": statement.confidence, "status": statement.status,
        "attributes": {name: _plain(name, value, statement.id) for name, value in statement.attrs},
        "head_at": _place(statement.head_evidence), "tail_at": _place(statement.tail_evidence),
        "date": plain_text(statement.date),
    }
    return {name: value for name, value in line.items() if value not in (None, "", {})}


def _place(part: Evidence | None) -> list[int] | None:
    return None if part is None else [part.start, part.end]


def _told(edge: Edge) -> Iterator[dict[str, Any]]:
    """A line for every sentence of an edge whose statements are not known, and one for an edge without a sentence."""
    data = edge.data
    shared: dict[str, Any] = {name: _plain(name, data.get(name), edge.id) for name in TOLD}
    shared["attributes"] = {name: value for name in EDGE_ATTRIBUTES if name not in OWN
                            and (value := _plain(name, data.get(name), edge.id)) is not None}
    documents = parts(data.get("documents"))
    shared |= {"document": documents[0]} if len(documents) == 1 else {"documents": documents}
    sentences, marks = (plain_text(data.get(name)).split(SEPARATOR) for name in ("evidence", "marks"))
    marks = marks if len(marks) == len(sentences) else []
    for sentence, places in zip_longest(sentences, marks, fillvalue=""):
        line = {"whole_edge": True, "evidence": sentence, "marks": places} | shared
        yield {name: value for name, value in line.items() if value not in (None, "", {}, [])}


def _plain(name: str, value: object, where: str) -> str | int | float | bool | None:
    return as_type(value, EDGE_ATTRIBUTES.get(name, "string"), f"{where}, attribute {name}")


def plain_text(value: object) -> str:
    r"""A text that any reader takes: no control characters, no surrogates.

    >>> plain_text("唐县\x00\ud800"), plain_text(None)
    ('唐县', '')
    """
    return clean(str(value)) if value is not None else ""


def parts(value: object) -> list[str]:
    """The texts that an attribute holds, joined by the separator or as a list.

    >>> parts("甲|乙||"), parts(None), parts(["甲", "乙"])
    (['甲', '乙'], [], ['甲', '乙'])
    """
    joined = as_type(value, "string", "")
    return [part for part in str(joined).split(SEPARATOR) if part] if joined is not None else []
