"""Statements and entities to a networkx.MultiDiGraph: the first room that knows networkx."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

import networkx as nx

from kg.decide import Decided
from kg.graph.facts import Facts
from kg.graph.layout import positions
from kg.graph.mentions import Mentions
from kg.graph.reasons import reasons
from kg.model import Entity, Extraction, Notes, Resolution, Statement, content_id
from kg.model.schema import CATEGORIES, COLORS, EDGE_ATTRIBUTES, LISTS, NODE_ATTRIBUTES, RELATIONS, SEPARATOR
from kg.text.reposts import letters

SMALLEST, LARGEST = 4.0, 100.0


def build_graph(
    extractions: Iterable[Extraction],
    resolution: Resolution,
    statuses: frozenset[str] = frozenset({"fact"}),
    reposts: Mapping[str, str] | None = None,
    decided: Decided | None = None,
    notes: Notes | None = None,
) -> nx.MultiDiGraph:
    """One node per entity, one edge per (source, target, relation) with its statements folded into it.

    *reposts* names, for each document that reposts another, the document that it reposts: its sentences are no evidence
    of their own, but it stays among the documents. *decided* are the decisions of persons, whose resolution is
    *resolution* (docs/review.md); *notes* are those of the last build.

    Nodes and edges carry the attributes of `kg.model.schema`; absent values are left out, never None. The statements
    themselves stand in `graph.graph["statements"]` (edge id to list), the documents in `graph.graph["documents"]`, the
    judgements that joined a node in `graph.graph["judgements"]` (node id to list), the pairs that were left open in
    `graph.graph["unsure"]` (docs/identity.md), and what became of decisions in `graph.graph["decisions"]`.
    """
    extractions = sorted(extractions, key=lambda e: e.document)
    published = {e.document: e.published for e in extractions}
    reposts, decided = reposts or {}, decided or Decided(resolution)
    graph = nx.MultiDiGraph(name="kg")
    folded: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for extraction in extractions:
        for statement in extraction.statements:
            if statement.status in statuses:
                source = resolution.of.get((statement.document, statement.head), "")
                target = resolution.of.get((statement.document, statement.tail), "")
                triple = source, target, statement.relation
                if source and target and source != target and triple not in decided.dropped:
                    folded[triple].append(statement)
    why = reasons(extractions, resolution)
    for entity in resolution.entities:
        graph.add_node(entity.id, **_node(entity, published), **why.get(entity.id, {}),
                       **_remarks(decided.nodes.get(entity.id)))
    labels = {entity.id: entity.name for entity in resolution.entities}
    levels = {entity.id: str(dict(entity.attrs).get("level", "")) for entity in resolution.entities}
    facts = Facts(published, reposts, labels, levels).gather(folded)
    by_edge: dict[str, list[Statement]] = {}
    for (source, target, relation), statements in sorted(folded.items()):
        sort_statements(statements)
        edge = "e" + content_id(source, relation, target)
        triple = source, target, relation
        graph.add_edge(source, target, key=edge, **_edge(relation, statements, reposts), **facts[triple],
                       **_remarks(decided.edges.get(triple)))
        by_edge[edge] = statements
    _divisions(graph, decided.dropped)
    graph.graph["statements"] = by_edge
    graph.graph["documents"] = {
        e.document: {
            "title": e.title,
            "published": e.published,
            "publisher": e.publisher,
            "path": e.path,
            "repost_of": reposts.get(e.document, ""),
        }
        for e in extractions
    }
    graph.graph["evidence"] = Mentions(extractions, resolution)
    graph.graph["judgements"] = {node: list(found) for node, found in resolution.merges.items()}
    graph.graph["unsure"] = list(resolution.unsure)
    graph.graph["decisions"] = list(decided.outcomes)
    _dress(graph, notes or Notes())
    return graph


def sort_statements(statements: list[Statement]) -> None:
    """By what they rest on; the ids of those that rest on the same are worked out only where there are such."""
    if len(statements) > 1:
        statements.sort(key=lambda s: s.evidence)
        if any(a.evidence == b.evidence for a, b in pairwise(statements)):
            statements.sort(key=lambda s: (s.evidence, s.id))


def _remarks(told: Iterable[str] | None) -> dict[str, str]:
    """What persons decided of a node or relation, as an attribute."""
    return {"decided": _join(told)} if told else {}


def _divisions(graph: nx.MultiDiGraph, dropped: frozenset[tuple[str, str, str]]) -> None:
    """Hang each coded region on the nearest region above it in the graph (GB/T 2260: 130627 in 130600 in 130000).

    These edges rest on the division tables and not on a sentence: their `basis` is background.
    """
    coded = {data["adcode"]: node for node, data in graph.nodes(data=True) if data.get("adcode")}
    for code, node in sorted(coded.items()):
        above = next((coded[c] for c in (code[:4] + "00", code[:2] + "0000") if c != code and c in coded), None)
        if above is None or (node, above, "located_in") in dropped or any(
            d["relation"] == "located_in" for d in (graph.get_edge_data(node, above) or {}).values()
        ):
            continue
        graph.add_edge(
            node,
            above,
            key="e" + content_id(node, "located_in", above),
            relation="located_in",
            relation_zh=RELATIONS["located_in"],
            status="fact",
            documents=graph.nodes[node]["documents"],
            weight=1,
            articles=0,
            confidence=1.0,
            rule="division_table",
            basis="background",
        )


def _join(values: Iterable[str]) -> str:
    """Distinct values joined by the separator, which is taken out of the values themselves."""
    found = dict.fromkeys(filter(None, values))
    if len(found) == 1:
        (value,) = found
        return value.replace(SEPARATOR, "/")
    joined = SEPARATOR.join(found)
    if joined.count(SEPARATOR) < len(found):
        return joined
    return SEPARATOR.join(dict.fromkeys(v.replace(SEPARATOR, "/") for v in found))


def _node(entity: Entity, published: dict[str, str]) -> dict[str, str | int | float | bool]:
    documents = list(dict.fromkeys([document for document, _ in entity.members]))  # members are sorted
    dates = sorted(filter(None, (published.get(d, "") for d in documents)))
    node: dict[str, str | int | float | bool] = {
        "label": entity.name,
        "category": entity.category,
        "category_zh": CATEGORIES[entity.category],
        "aliases": _join(entity.aliases),
        "documents": _join(documents),
        "mentions": entity.mentions,
        "color": COLORS[entity.category],
    }
    if dates:
        node |= {"first_seen": dates[0], "last_seen": dates[-1]}
    for name, value in entity.attrs:
        if (kind := NODE_ATTRIBUTES.get(name)) is not None:
            node[name] = _one(kind, name, value)
    return node


def _independent(statements: list[Statement], reposts: Mapping[str, str]) -> list[Statement]:
    """One statement for each sentence of its own: of a text and its reposts those of the one that has the most.

    What differs only in marks, width or spaces is the same sentence.
    """
    if len(statements) == 1:
        return statements
    said: dict[str, dict[str, dict[str, Statement]]] = defaultdict(lambda: defaultdict(dict))
    for s in statements:
        mine, words = said[reposts.get(s.document, s.document)][s.document], letters(s.evidence.text)
        if words not in mine or s.confidence > mine[words].confidence:
            mine[words] = s
    kept: dict[str, Statement] = {}
    for leader, documents in sorted(said.items()):
        richest = min(documents, key=lambda d: (-len(documents[d]), d != leader, d))
        for words, s in documents[richest].items():
            kept.setdefault(words, s)
    return list(kept.values())


def _edge(
    relation: str, statements: list[Statement], reposts: Mapping[str, str]
) -> dict[str, str | int | float | bool]:
    """Fold statements: texts joined, dates from the earliest statement that has one, confidence by noisy or."""
    independent = _independent(statements, reposts)
    edge: dict[str, str | int | float | bool] = {
        "relation": relation,
        "relation_zh": RELATIONS[relation],
        "status": statements[0].status,
        "documents": _join(sorted([s.document for s in statements])),
        "evidence": _join([s.evidence.text for s in independent]),
        "weight": len(independent),
        "rule": _join(sorted([s.rule for s in statements])),
        "basis": "text" if any(s.basis == "text" for s in statements) else statements[0].basis,
    }
    marks = [_marks(s) for s in independent]
    if any(marks):
        edge["marks"] = SEPARATOR.join(marks)
    doubt = 1.0
    for s in independent:
        doubt *= 1 - s.confidence
    edge["confidence"] = round(1 - doubt, 4)
    dates = sorted(s.date for s in statements if s.date)
    if dates:
        edge |= {"start_date": dates[0], "end_date": dates[-1]}
        edge["date"] = dates[-1] if relation == "holds_post" else dates[0]
    values: dict[str, list[str | int | float | bool]] = defaultdict(list)
    for s in statements:
        for name, value in s.attrs:
            if name in EDGE_ATTRIBUTES and name != "former" and value not in values[name]:
                values[name].append(value)
    titles = sorted((str(v) for v in values.pop("title", [])), key=lambda t: (-len(t), t))
    if titles:
        edge |= {"title": titles[0], "titles": _join(titles)}
    for name, found in sorted(values.items()):
        kind = EDGE_ATTRIBUTES[name]
        edge[name] = _one(kind, name, found[0]) if len(found) == 1 else _folded(kind, _several(name, found))
    return edge


def _one(kind: str, name: str, value: str | int | float | bool) -> str | int | float | bool:
    """A single value of an attribute, as `_folded` has it."""
    if kind == "string" and name not in LISTS:
        return str(value).replace(SEPARATOR, "/")
    return _folded(kind, _several(name, [value]))


def _several(name: str, values: list[str | int | float | bool]) -> list[str | int | float | bool]:
    """The single values of an attribute whose values are lists already."""
    return [part for value in values for part in str(value).split(SEPARATOR)] if name in LISTS else values


def _marks(statement: Statement) -> str:
    """Where head and tail stand in the statement's sentence (0-3,8-10): characters from its start, end exclusive."""
    evidence = statement.evidence
    places = []
    _, first, last, _ = evidence
    for part in (statement.head_evidence, statement.tail_evidence):
        if part is not None and first <= part.start < part.end <= last:
            places.append((part.start - first, part.end - first))
    return ",".join([f"{start}-{end}" for start, end in sorted(places)])


def _folded(kind: str, values: list[str | int | float | bool]) -> str | int | float | bool:
    """Several values of one attribute as one value of its type: texts joined, the largest number, true if all are.

    >>> _folded("string", ["funds", "donation"]), _folded("double", [5, 7]), _folded("boolean", [True, False])
    ('donation|funds', 7.0, False)
    """
    if kind == "string":
        return _join(sorted(str(v) for v in values))
    if kind == "boolean":
        return all(values)
    numbers = [float(v) for v in values]
    return int(max(numbers)) if kind == "int" else max(numbers)


def sizes(graph: nx.MultiDiGraph) -> None:
    """Give every node its degree and a size by it, from SMALLEST to LARGEST."""
    degrees = dict.fromkeys(graph, 0)
    for source, target in graph.edges():
        degrees[source] += 1
        degrees[target] += 1
    most = max(degrees.values(), default=0) or 1
    for node, data in graph.nodes(data=True):
        data["degree"] = degrees[node]
        data["size"] = round(SMALLEST + (LARGEST - SMALLEST) * (degrees[node] / most) ** 0.5, 3)
    if degrees:
        least = min(degrees, key=lambda n: (degrees[n], n))
        graph.nodes[least]["size"] = SMALLEST


def _dress(graph: nx.MultiDiGraph, notes: Notes) -> None:
    """Degree, size, position, and for officials the latest post."""
    sizes(graph)
    places = positions(graph, notes.page("shapes"))
    for node, data in graph.nodes(data=True):
        data["x"], data["y"] = places[node]
    latest: dict[str, str] = {}
    for source, target, data in graph.edges(data=True):
        date = data.get("date", "")
        if data["relation"] == "holds_post" and date >= latest.get(source, ""):
            latest[source] = date
            graph.nodes[source]["title"] = data.get("title", "")
            graph.nodes[source]["region"] = graph.nodes[target]["label"]
