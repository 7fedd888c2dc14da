"""What the page holds of a graph: nodes and edges as vis-network names them, sentences and documents said once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import networkx as nx

from kg.export.page_communities import communities
from kg.export.page_reading import initials, variants
from kg.export.page_regions import Regions
from kg.export.times import days
from kg.graph.labels import drawn_labels
from kg.model import Evidence, Statement
from kg.model.schema import (
    CATEGORIES,
    EDGE_ATTRIBUTES,
    EVENT_KINDS,
    LEVELS,
    NODE_ATTRIBUTES,
    RELATIONS,
    SEPARATOR,
    SYMMETRIC,
)

Row = dict[str, Any]

# Attributes that have a column or a place of their own; the panel lists all others of the schema.
NODE_DETAILS: Final = tuple(n for n in NODE_ATTRIBUTES if n not in {
    "label", "category", "category_zh", "aliases", "documents", "degree", "x", "y", "size", "color"})
EDGE_DETAILS: Final = tuple(n for n in EDGE_ATTRIBUTES if n not in {
    "relation", "relation_zh", "documents", "evidence", "marks", "weight", "articles"})
# What is so of nearly every relation is said once.
USUAL: Final[Row] = {"status": "fact", "basis": "text"}
NOTHING: Final = (None, "", False)


class PageData:
    """The rows of a graph, sorted, numbered from 0; sentences and documents are pointed at by number."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self._told: dict[Any, Mapping[str, Any]] = dict(graph.nodes(data=True))
        links = list(graph.edges(keys=True, data=True))
        self.categories = _words(CATEGORIES, {_word(data, "category") for data in self._told.values()})
        self.relations = _words(RELATIONS, {_word(data, "relation") for *_, data in links})
        self._category = {word: i for i, word in enumerate(self.categories)}
        self._relation = {word: i for i, word in enumerate(self.relations)}
        self.documents: dict[str, int] = {}
        self.sentences: dict[tuple[int, str], int] = {}
        self._known: Mapping[str, Mapping[str, str]] = graph.graph.get("documents") or {}
        self._statements: Mapping[str, list[Statement]] = graph.graph.get("statements") or {}
        for document in sorted(self._known):
            self._document(document)
        self._lists: dict[str, list[int]] = {}  # documents as an attribute joins them: their numbers
        self._dated: dict[str, list[int]] = {}  # the days on which they were published
        self._spread: dict[str, list[int]] = {}  # and those that are known, in order
        order = sorted(graph, key=str)
        self._drawn = drawn_labels(graph)
        self._number = {node: i for i, node in enumerate(order)}
        self._regions = Regions(graph, self._number)
        self._days = Days()
        self._groups = communities(len(order), ((self._number[a], self._number[b]) for a, b, *_ in links))
        self.nodes = [self._node(i, node, self._told[node]) for i, node in enumerate(order)]
        links.sort(key=lambda e: (self._number[e[0]], self._number[e[1]], str(e[3].get("relation")), str(e[2])))
        self.edges = [self._edge(i, *edge) for i, edge in enumerate(links)]
        self.said = [self._sayings(source, key, data) for source, _, key, data in links]

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
            "regions": self._regions.rows, "days": self._days.names, "usual": USUAL,
            "types": {"node": NODE_ATTRIBUTES, "edge": EDGE_ATTRIBUTES},
            "initials": initials(names := self._characters()), "variants": variants(names),
        }

    def evidence(self) -> Row:
        """What the page reads only when the first sentence is wanted."""
        return {"said": self.said, "sentences": [[document, text] for document, text in self.sentences]}

    def _characters(self) -> set[str]:
        return {c for row in self.nodes for name in (row["label"], *row["aliases"]) for c in name}

    def _document(self, name: str) -> int:
        return self.documents.setdefault(name, len(self.documents))

    def _sentence(self, document: int, text: str) -> int:
        return self.sentences.setdefault((document, whole(text)), len(self.sentences))

    def _node(self, number: int, node: object, data: Mapping[str, Any]) -> Row:
        label, told = whole(str(data.get("label") or node)), str(data.get("aliases") or "")
        aliases = [a for a in whole(told).split(SEPARATOR) if a and a != label] if told != label else []
        documents = str(data.get("documents") or "")
        return {
            "id": number, "key": whole(str(node)), "label": label, "drawn": whole(self._drawn[node]),
            "group": self._category[_word(data, "category")],
            "x": _round(data.get("x")), "y": _round(data.get("y")), "size": _round(data.get("size"), 4.0),
            "aliases": aliases, "documents": self._numbers(documents),
            "places": self._regions.of.get(node, []), "community": self._groups[number],
            "days": self._when(documents, data), "more": _details(data, NODE_DETAILS),
        }

    def _when(self, documents: str, data: Mapping[str, Any]) -> list[int]:
        """The first and the last day of an event, or the days of a node's articles."""
        if (told := data.get("start_date")) and (start := self._days.first(told)):
            return [start, self._days.last(data.get("end_date")) or self._days.last(told)]
        if (known := self._spread.get(documents)) is None:
            known = self._spread[documents] = sorted({*self._published(documents)} - {0})
        return known or [d for d in (self._days.first(data.get("first_seen")),) if d]

    def _numbers(self, documents: str) -> list[int]:
        """The numbers of documents that stand in one text: many nodes and edges have the same ones."""
        if (found := self._lists.get(documents)) is None:
            found = self._lists[documents] = [self._document(d) for d in documents.split(SEPARATOR) if d]
        return found

    def _published(self, documents: str) -> list[int]:
        """The days on which documents were published, 0 where that is not known."""
        if (found := self._dated.get(documents)) is None:
            known = (self._known.get(d, {}).get("published") for d in documents.split(SEPARATOR) if d)
            found = self._dated[documents] = [self._days.first(date) for date in known]
        return found

    def _edge(self, number: int, source: object, target: object, key: object, data: Mapping[str, Any]) -> Row:
        documents = str(data.get("documents") or "")
        told = [str(date) for name in ("start_date", "date", "end_date") if (date := data.get(name))]
        days = [day for day in (map(self._days.first, told) if told else self._published(documents)) if day]
        since = self._days.first(told[0]) if told else self._days.least(days)
        until = self._days.last(told[-1]) if told else self._days.most(days)
        more = _details(data, EDGE_DETAILS)
        for name, value in USUAL.items():
            if more.get(name) == value:
                del more[name]
        return {
            "id": number, "from": self._number[source], "to": self._number[target],
            "relation": self._relation[_word(data, "relation")], "value": int(data.get("weight") or 1),
            "sources": int(data.get("articles") or 0) or len(self._origins(data)), "since": since,
            "until": until or since, "documents": self._numbers(documents), "more": more,
        }

    def _origins(self, data: Mapping[str, Any]) -> set[str]:
        return {str(self._known.get(d, {}).get("repost_of") or d) for d in _parts(data, "documents")}

    def _sayings(self, source: object, key: object, data: Mapping[str, Any]) -> list[list[int | str]]:
        """The sentences of an edge: its statements', or, in a graph that was read from a file, its attributes'."""
        if not (said := [self._said(s) for s in self._statements.get(str(key), ())]):
            texts, marks = _parts(data, "evidence"), str(data.get("marks") or "").split(SEPARATOR)
            marks = marks if len(marks) == len(texts) else [""] * len(texts)
            document = self.documents[d[0]] if len(d := _parts(data, "documents")) == 1 else -1
            head = {whole(str(self._told[source].get("label"))), *_parts(self._told[source], "aliases")}
            said = [[self._sentence(document, text), *_spans(mark, text, head)]
                    for text, mark in zip(texts, marks, strict=True)]
        return [list(row) for row in dict.fromkeys(map(tuple, said))] if len(said) > 1 else said

    def _said(self, statement: Statement) -> list[int | str]:
        """Sentence, where its parts stand in it (-1, -1 when they don't), and the date it gives."""
        evidence = statement.evidence
        spans = *_inside(evidence, statement.head_evidence), *_inside(evidence, statement.tail_evidence)
        return [self._sentence(self._document(evidence.document), evidence.text), *spans, statement.date]


def _inside(evidence: Evidence, part: Evidence | None) -> tuple[int, int]:
    if part is None or part.document != evidence.document:
        return -1, -1
    start, end = part.start - evidence.start, part.end - evidence.start
    return (start, end) if 0 <= start < end <= len(evidence.text) else (-1, -1)


class Days:
    """Dates by number from 1, in the order of their first use; what is no date is 0, a month or a year is all its days.

    >>> days = Days()
    >>> days.first("2021-03"), days.last("2021-03"), days.last("2021"), days.first("3月"), days.names
    (1, 2, 3, 0, ['', '2021-03-01', '2021-03-31', '2021-12-31'])
    """

    def __init__(self) -> None:
        self.names = [""]
        self._numbers: dict[str, int] = {}
        self._firsts: dict[str, int] = {}

    def first(self, date: object) -> int:
        if not isinstance(date, str):
            return 0
        if date not in self._firsts:
            span = days(date)
            self._firsts[date] = self._number(span[0]) if span else 0
        return self._firsts[date]

    def least(self, days: list[int]) -> int:
        return min(days, key=self.names.__getitem__, default=0)

    def most(self, days: list[int]) -> int:
        return max(days, key=self.names.__getitem__, default=0)

    def last(self, date: object) -> int:
        span = days(date)
        return self._number(span[1]) if span else 0

    def _number(self, day: str) -> int:
        if day not in self._numbers:
            self._numbers[day] = len(self.names)
            self.names.append(day)
        return self._numbers[day]


def _spans(mark: str, text: str, head: set[str]) -> list[int]:
    """The places of head and tail in a sentence from its mark, 0-3,8-10, in which they stand in the order of the text.

    >>> _spans("0-2,3-5", "甲县到乙县", {"乙县"}), _spans("3-5", "甲县到乙县", {"甲县"}), _spans("x", "甲县", {"甲县"})
    ([3, 5, 0, 2], [-1, -1, 3, 5], [])
    """
    numbers = mark.replace(",", "-").split("-")
    if len(numbers) not in (2, 4) or not all(map(str.isdecimal, numbers)):
        return []
    places = [int(n) for n in numbers]
    first = text[places[0]:places[1]] in head
    if len(places) == 2:
        return places if first else [-1, -1, *places]
    return [*places[2:], *places[:2]] if not first and text[places[2]:places[3]] in head else places


def _words(known: Iterable[str], used: Iterable[str]) -> list[str]:
    known = list(known)
    return [*known, *sorted(set(used) - set(known))]


def _word(data: Mapping[str, Any], name: str) -> str:
    return whole(str(data.get(name) or "other"))


def _parts(data: Mapping[str, Any], name: str) -> list[str]:
    return [part for part in str(data.get(name) or "").split(SEPARATOR) if part]


def _round(value: Any, default: float = 0.0) -> float:
    return round(float(default if value is None else value), 1)


def _details(data: Mapping[str, Any], names: tuple[str, ...]) -> Row:
    return {n: v if not isinstance(v, str) or v.isprintable() else whole(v)
            for n in _held(tuple(data), names) if (v := data[n]) or v not in NOTHING}


@lru_cache(maxsize=1 << 12)
def _held(attributes: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of *names* that are among the attributes: most nodes have few of the many, and the same."""
    return tuple(name for name in names if name in attributes)


def whole(text: str) -> str:
    r"""*text* with lone surrogates replaced, which no UTF-8 file can hold; offsets stay as they are.

    >>> whole("唐\ud800县") == "唐\ufffd县"
    True
    """
    if text.isprintable():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
