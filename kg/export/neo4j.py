r"""Neo4j: tables with the headers that neo4j-admin imports, and a Cypher script that makes the same graph.

Both give every node the label Entity and that of its category, every edge its relation in capital letters as type, and
hold lists (aliases, documents, titles, evidence) as lists.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from typing import Final, TypeVar

import networkx as nx

from kg.export.files import whole_file
from kg.export.order import Edge, edges, node_ids
from kg.export.stated import parts
from kg.export.values import as_type, clean, columns
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, SEPARATOR

FILES: Final = ("nodes.csv", "relationships.csv", "graph.cypher")
LISTED: Final = frozenset({"aliases", "documents", "titles", "evidence", "rule", "quantities", "aid_kind"})
TYPES: Final = {"string": "string", "int": "long", "double": "double", "boolean": "boolean"}
BATCH: Final = 500  # rows that one command of the script makes
COMMON: Final = "Entity"
ESCAPES: Final = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
Columns = list[tuple[str, str, str]]
Value = str | int | float | bool | list[str]
T = TypeVar("T")


def write_neo4j(graph: nx.MultiDiGraph, path: Path) -> list[Path]:
    """Write nodes.csv, relationships.csv and graph.cypher into the folder *path* and say where.

    neo4j-admin reads the tables with `--array-delimiter="|" --multiline-fields=true`.
    """
    files = [Path(path) / name for name in FILES]
    with ExitStack() as stack:
        nodes_file, edges_file, script = (stack.enter_context(whole_file(file)) for file in files)
        for file, rows in ((nodes_file, _node_table(graph)), (edges_file, _edge_table(graph))):
            csv.writer(file, lineterminator="\r\n").writerows(rows)  # so that a lone CR is quoted too
        script.writelines(_script(graph))
    return files


def write_cypher(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write the script alone: `cypher-shell -f graph.cypher` makes the graph, again and again the same one."""
    with whole_file(Path(path)) as file:
        file.writelines(_script(graph))


def _node_columns(graph: nx.MultiDiGraph) -> Columns:
    return _named(columns((data for _, data in graph.nodes(data=True)), NODE_ATTRIBUTES, {}))


def _edge_columns(graph: nx.MultiDiGraph) -> Columns:
    return _named(columns((data for _, _, data in graph.edges(data=True)), EDGE_ATTRIBUTES, {}))


def _named(found: Columns) -> Columns:
    """With names that need no care in a header or a script: letters, digits and underscores.

    >>> _named([("a", "label", "string"), ("b", "x:y`", "int"), ("c", "id", "int")])
    [('a', 'label', 'string'), ('b', 'x_y_', 'int'), ('c', 'id_', 'int')]
    """
    taken = {"id"}
    named = []
    for known, name, kind in found:
        plain = "".join(letter if letter.isalnum() else "_" for letter in name)
        while plain in taken:
            plain += "_"
        taken.add(plain)
        named.append((known, plain, kind))
    return named


def _node_table(graph: nx.MultiDiGraph) -> Iterator[list[str]]:
    found = _node_columns(graph)
    yield ["id:ID", ":LABEL", *map(_header, found)]
    for node, called in node_ids(graph).items():
        data = graph.nodes[node]
        yield [called, SEPARATOR.join(_labels(data)), *_cells(data, found, called)]


def _edge_table(graph: nx.MultiDiGraph) -> Iterator[list[str]]:
    found = _edge_columns(graph)
    yield [":START_ID", ":END_ID", ":TYPE", "id:string", *map(_header, found)]
    for edge, source, target, _, data in edges(graph, node_ids(graph)):
        yield [source, target, _type(data), edge, *_cells(data, found, edge)]


def _header(column: tuple[str, str, str]) -> str:
    _, name, kind = column
    return f"{name}:{TYPES[kind]}{'[]' if name in LISTED and kind == 'string' else ''}"


def _cells(data: Mapping[str, object], found: Columns, where: str) -> Iterator[str]:
    for _, value in _values(data, found, where):
        if isinstance(value, list):
            yield SEPARATOR.join(value)
        elif isinstance(value, bool):
            yield str(value).lower()
        else:
            yield "" if value is None else str(value) if isinstance(value, str) else repr(value)


def _values(data: Mapping[str, object], found: Columns, where: str) -> Iterator[tuple[str, Value | None]]:
    for known, name, kind in found:
        value = as_type(data.get(known), kind, f"{where}, attribute {known}")
        if isinstance(value, str) and name in LISTED:
            yield name, parts(value) or None
        else:
            yield name, value


def _labels(data: Mapping[str, object]) -> list[str]:
    """Entity, and the category as Neo4j writes labels.

    >>> _labels({"category": "official"}), _labels({"category": "a`b|"}), _labels({})
    (['Entity', 'Official'], ['Entity', 'Ab'], ['Entity'])
    """
    word = "".join(filter(str.isalnum, clean(str(data.get("category") or ""))))
    return [COMMON, word.capitalize()] if word else [COMMON]


def _type(data: Mapping[str, object]) -> str:
    """The relation as Neo4j writes types of relationships.

    >>> _type({"relation": "holds_post"}), _type({"relation": "x`]->() DELETE"}), _type({})
    ('HOLDS_POST', 'XDELETE', 'RELATED')
    """
    word = "".join(letter for letter in clean(str(data.get("relation") or "")) if letter.isalnum() or letter == "_")
    return word.upper() or "RELATED"


def _script(graph: nx.MultiDiGraph) -> Iterator[str]:
    yield f"CREATE CONSTRAINT kg_entity_id IF NOT EXISTS FOR (n:{COMMON}) REQUIRE n.id IS UNIQUE;\n"
    ids, found = node_ids(graph), _node_columns(graph)
    called = sorted(ids.items(), key=lambda item: _labels(graph.nodes[item[0]]))  # the order within a label stays

    def node_row(item: tuple[object, str]) -> str:
        return _map({"id": item[1]} | dict(_values(graph.nodes[item[0]], found, item[1])))

    for labels, nodes in groupby(called, key=lambda item: _labels(graph.nodes[item[0]])):
        for rows in _batches(nodes, node_row):
            names = "".join(f":`{label}`" for label in labels[1:])
            also = f", n{names}" if names else ""
            yield f"UNWIND [\n{rows}\n] AS row\nMERGE (n:{COMMON} {{id: row.id}})\nSET n += row{also};\n"
    told = _edge_columns(graph)

    def edge_row(edge: Edge) -> str:
        ends = {"id": edge.id} | dict(_values(edge.data, told, edge.id))
        return f"{{a: {_literal(edge.source)}, b: {_literal(edge.target)}, r: {_map(ends)}}}"

    for kind, group in groupby(sorted(edges(graph, ids), key=lambda e: _type(e.data)), key=lambda e: _type(e.data)):
        for rows in _batches(group, edge_row):
            yield (
                f"UNWIND [\n{rows}\n] AS row\nMATCH (a:{COMMON} {{id: row.a}}), (b:{COMMON} {{id: row.b}})\n"
                f"MERGE (a)-[r:`{kind}` {{id: row.r.id}}]->(b)\nSET r += row.r;\n"
            )


def _batches(items: Iterable[T], row: Callable[[T], str]) -> Iterator[str]:
    left = iter(items)
    while some := list(islice(left, BATCH)):
        yield ",\n".join(map(row, some))


def _map(values: Mapping[str, Value | None]) -> str:
    told = (f"`{name}`: {_literal(value)}" for name, value in values.items() if value is not None)
    return f"{{{', '.join(told)}}}"


def _literal(value: Value) -> str:
    r"""A value in Cypher. No text can end its quotes, and none can be read as \u0027: Neo4j may decode that beforehand.

    >>> print(_literal("it's"), _literal("a\\b"), _literal("a\\u0027"), _literal(["甲", "乙"]), _literal(True))
    'it\'s' 'a\\b' 'a\\' + 'u0027' ['甲', '乙'] true
    """
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, str):
        return "'" + value.translate(ESCAPES).replace("\\u", "\\' + 'u") + "'"
    return json.dumps(value).replace("e+", "e")
