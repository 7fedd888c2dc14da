"""What the page holds of a graph: nodes and edges as vis-network names them, sentences and documents said once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import networkx as nx

from kg.layout import drawn_labels
from kg.model import Evidence, Statement
from kg.model.schema import CATEGORIES, EVENT_KINDS, LEVELS, RELATIONS, SEPARATOR, SYMMETRIC

Row = dict[str, Any]

# Attributes that the panel lists as they are; the others are shown in a place of their own.
NODE_DETAILS: Final = ("title", "region", "adcode", "level", "path", "kind", "start_date", "end_date",
                       "first_seen", "last_seen", "mentions")
EDGE_DETAILS: Final = ("title", "titles", "body", "former", "role", "aid_kind", "amount", "agreement", "since",
                       "date", "start_date", "end_date", "status", "basis", "confidence")


class PageData:
    """The rows of a graph, sorted, numbered from 0; sentences and documents are pointed at by number."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self.categories = _words(CATEGORIES, (_word(d, "category") for _, d in graph.nodes(data=True)))
        self.relations = _words(RELATIONS, (_word(d, "relation") for _, _, d in graph.edges(data=True)))
        self.documents: dict[str, int] = {}
        self.sentences: dict[tuple[int, str], int] = {}
        self._known: Mapping[str, Mapping[str, str]] = graph.graph.get("documents") or {}
        self._statements: Mapping[str, list[Statement]] = graph.graph.get("statements") or {}
        for document in sorted(self._known):
            self._document(document)
        order = sorted(graph, key=str)
        self._drawn = drawn_labels(graph)
        self._number = {node: i for i, node in enumerate(order)}
        self.nodes = [self._node(i, node, graph.nodes[node]) for i, node in enumerate(order)]
        found = sorted(graph.edges(keys=True, data=True),
                       key=lambda e: (self._number[e[0]], self._number[e[1]], str(e[3].get("relation")), str(e[2])))
        self.edges = [self._edge(i, *edge) for i, edge in enumerate(found)]

    def rest(self) -> Row:
        """Everything beside nodes and edges."""
        known = self._known
        return {
            "categories": [[c, CATEGORIES.get(c, c)] for c in self.categories],
            "relations": [[r, RELATIONS.get(r, r), r in SYMMETRIC] for r in self.relations],
            "kinds": EVENT_KINDS, "levels": LEVELS,
            "documents": [[whole(document), *(whole(str(known.get(document, {}).get(part) or ""))
                                              for part in ("title", "published", "publisher"))]
                          for document in self.documents],
            "sentences": [[document, text] for document, text in self.sentences],
        }

    def _document(self, name: str) -> int:
        return self.documents.setdefault(name, len(self.documents))

    def _sentence(self, document: int, text: str) -> int:
        return self.sentences.setdefault((document, whole(text)), len(self.sentences))

    def _node(self, number: int, node: object, data: Mapping[str, Any]) -> Row:
        label = whole(str(data.get("label") or node))
        aliases = [a for a in whole(str(data.get("aliases") or "")).split(SEPARATOR) if a and a != label]
        return {
            "id": number, "key": whole(str(node)), "label": label, "drawn": whole(self._drawn[node]),
            "group": self.categories.index(_word(data, "category")),
            "x": _round(data.get("x")), "y": _round(data.get("y")), "size": _round(data.get("size"), 4.0),
            "aliases": aliases, "documents": [self._document(d) for d in _parts(data, "documents")],
            "more": _details(data, NODE_DETAILS),
        }

    def _edge(self, number: int, source: object, target: object, key: object, data: Mapping[str, Any]) -> Row:
        said = [self._said(s) for s in self._statements.get(str(key), ())]
        if not said:
            said = [[self._sentence(-1, text)] for text in _parts(data, "evidence")]
        return {
            "id": number, "from": self._number[source], "to": self._number[target],
            "relation": self.relations.index(_word(data, "relation")), "value": int(data.get("weight") or 1),
            "documents": [self._document(d) for d in _parts(data, "documents")],
            "said": [list(row) for row in dict.fromkeys(map(tuple, said))], "more": _details(data, EDGE_DETAILS),
        }

    def _said(self, statement: Statement) -> list[int | str]:
        """Sentence, where its parts stand in it (-1, -1 when they don't), and the date it gives."""
        evidence = statement.evidence
        spans = [n for part in (statement.head_evidence, statement.tail_evidence) for n in _inside(evidence, part)]
        return [self._sentence(self._document(evidence.document), evidence.text), *spans, statement.date]


def _inside(evidence: Evidence, part: Evidence | None) -> tuple[int, int]:
    if part is None or part.document != evidence.document:
        return -1, -1
    start, end = part.start - evidence.start, part.end - evidence.start
    return (start, end) if 0 <= start < end <= len(evidence.text) else (-1, -1)


def _words(known: Iterable[str], used: Iterable[str]) -> list[str]:
    known = list(known)
    return [*known, *sorted(set(used) - set(known))]


def _word(data: Mapping[str, Any], name: str) -> str:
    return whole(str(data.get(name) or "other"))


def _parts(data: Mapping[str, Any], name: str) -> list[str]:
    return [part for part in str(data.get(name) or "").split(SEPARATOR) if part]


def _round(value: Any, default: float = 0.0) -> float:
    return round(float(default if value is None else value), 1)


def _details(data: Mapping[str, Any], names: Iterable[str]) -> Row:
    return {n: whole(v) if isinstance(v, str) else v for n in names if (v := data.get(n)) not in (None, "", False)}


def whole(text: str) -> str:
    r"""*text* with lone surrogates replaced, which no UTF-8 file can hold; offsets stay as they are.

    >>> whole("唐\ud800县") == "唐\ufffd县"
    True
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if not text.isprintable() else text


def columns(rows: list[Row]) -> str:
    """Rows with the same names as one object of columns, ready for a script element.

    >>> columns([{"id": 0, "label": "唐县"}, {"id": 1, "label": "</script>"}])
    '{"id":[0,1],"label":["唐县","\\\\u003c/script\\\\u003e"]}'
    """
    return inert({name: [row[name] for row in rows] for name in (rows[0] if rows else ())})


def inert(value: object) -> str:
    """JSON that cannot end the script element it stands in, nor be taken for markup or for a line end."""
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = value
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
