r"""Neo4j gets the same graph from the tables and from the script; no text of an article breaks out of its quotes."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from antlr4 import CommonTokenStream, InputStream
from antlr4.error.ErrorListener import ErrorListener
from antlr4_cypher import CypherLexer, CypherParser
from hypothesis import HealthCheck, given, settings
from nasty import graphs, writable
from tiny import tiny

from kg.errors import OutputError
from kg.export.neo4j import LISTED, _literal, write_cypher, write_neo4j
from kg.export.values import clean
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, RELATIONS
from kg.pipeline import Run

READ = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "string[]": lambda text: text.split("|"),
}
DANGEROUS = [
    "it's",
    "\\",
    "\\'",
    "a\\u0027 OR 1=1 //",
    "\\\\u0027",
    "'}) DETACH DELETE n //",
    "换\n行\r\t",
    "`",
    "\\u005c'",
    "𠮷",
]
TOKEN = re.compile(
    r"\s*(?:'((?:[^'\\]|\\.)*)'|`([^`]+)`|(-?[0-9][0-9.]*(?:e-?[0-9]+)?)|(true|false)|(\w+)|(.))", re.DOTALL
)


def table(path: Path) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """What neo4j-admin makes of a file: the columns it knows by name, and the properties of their types."""
    data = path.read_bytes().decode("utf-8")
    assert not data.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(data, newline=""), strict=True)
    assert {len(row) for row in rows} <= {len(head)}
    found = []
    for row in rows:
        special, values = {}, {}
        for column, text in zip(head, row, strict=True):
            name, _, kind = column.partition(":")
            if kind in ("ID", "LABEL", "START_ID", "END_ID", "TYPE"):
                special[kind] = text
            if name and text:
                values[name] = str(text) if kind == "ID" else READ[kind](text)
        found.append((special, values))
    return found


def tokens(text: str) -> Iterator[tuple[str, Any]]:
    for string, quoted, number, word, name, sign in (m.groups(default="") for m in TOKEN.finditer(text)):
        if quoted or name:
            yield "name", quoted or name
        elif number:
            yield "value", json.loads(number)
        elif word:
            yield "value", word == "true"
        elif sign and not sign.isspace():
            yield "sign", sign
        elif not sign:
            yield "value", re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r", "t": "\t"}.get(m[1], m[1]), string)


def value(stream: list[tuple[str, Any]]) -> Any:
    """A literal of Cypher from the front of *stream*: maps, lists, texts joined by +, numbers, true and false."""
    kind, found = stream.pop(0)
    if (kind, found) == ("sign", "["):
        items = []
        while stream[0] != ("sign", "]"):
            items.append(value(stream))
            assert stream[0] in (("sign", ","), ("sign", "]"))
            if stream[0] == ("sign", ","):
                stream.pop(0)
        stream.pop(0)
        return items
    if (kind, found) == ("sign", "{"):
        held = {}
        while stream[0] != ("sign", "}"):
            kind, name = stream.pop(0)
            assert kind == "name"
            assert stream.pop(0) == ("sign", ":")
            held[name] = value(stream)
            if stream[0] == ("sign", ","):
                stream.pop(0)
        stream.pop(0)
        return held
    assert kind == "value", found
    while stream and stream[0] == ("sign", "+"):
        stream.pop(0)
        found += stream.pop(0)[1]
    return found


def script(
    path: Path,
) -> tuple[dict[str, tuple[set[str], dict[str, Any]]], dict[str, tuple[str, str, str, dict[str, Any]]]]:
    """What the script makes: nodes with labels and properties, relationships with ends, type and properties."""
    text = path.read_bytes().decode("utf-8")
    assert "\\u" not in text  # Neo4j may decode \u0027 before it looks for quotes
    first, *commands = text.removesuffix(";\n").split(";\n")
    assert first == "CREATE CONSTRAINT kg_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE"
    nodes: dict[str, tuple[set[str], dict[str, Any]]] = {}
    edges: dict[str, tuple[str, str, str, dict[str, Any]]] = {}
    for command in commands:
        stream = list(tokens(command))
        assert stream.pop(0) == ("name", "UNWIND")
        rows = value(stream)
        rest = command.rpartition("] AS row\n")[2]
        if match := re.fullmatch(r"MERGE \(n:Entity \{id: row.id\}\)\nSET n \+= row(?:, n:`(\w+)`)?", rest):
            nodes |= {row["id"]: ({"Entity", match[1]} - {None}, row) for row in rows}
        else:
            match = re.fullmatch(
                r"MATCH \(a:Entity \{id: row.a\}\), \(b:Entity \{id: row.b\}\)\n"
                r"MERGE \(a\)-\[r:`(\w+)` \{id: row.r.id\}\]->\(b\)\nSET r \+= row.r",
                rest,
            )
            assert match
            assert {end for row in rows for end in (row["a"], row["b"])} <= set(nodes)
            edges |= {row["r"]["id"]: (row["a"], row["b"], match[1], row["r"]) for row in rows}
    return nodes, edges


def listed(data: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    kept = {
        name: [part for part in value.split("|") if part] if name in LISTED else value
        for name, value in writable(data).items()
        if name in known
    }
    return {name: value for name, value in kept.items() if value != []}


def check(graph: nx.MultiDiGraph, folder: Path) -> None:
    nodes_file, edges_file, script_file = write_neo4j(graph, folder)
    nodes, edges = script(script_file)
    assert {values["id"]: (set(special["LABEL"].split("|")), values) for special, values in table(nodes_file)} == nodes
    assert {values["id"]: (s["START_ID"], s["END_ID"], s["TYPE"], values) for s, values in table(edges_file)} == edges
    for node, data in graph.nodes(data=True):
        assert nodes[clean(node)][1] == {"id": clean(node)} | listed(data, NODE_ATTRIBUTES)
    for tail, head, key, data in graph.edges(keys=True, data=True):
        assert edges[key] == (
            clean(tail),
            clean(head),
            data["relation"].upper(),
            {"id": key} | listed(data, EDGE_ATTRIBUTES),
        )
    assert (len(nodes), len(edges)) == (graph.number_of_nodes(), graph.number_of_edges())


def test_the_samples_and_the_tiny_graph(sample_run: Run, tmp_path: Path) -> None:
    for graph in (sample_run.graph, tiny()):
        check(graph, tmp_path)
    nodes, edges = script(tmp_path / "graph.cypher")
    assert nodes["c1"][0] == {"Entity", "Enterprise"}
    assert {kind for *_, kind, _ in edges.values()} == {relation.upper() for relation in RELATIONS}
    write_cypher(tiny(), tmp_path / "alone.cypher")
    assert (tmp_path / "alone.cypher").read_bytes() == (tmp_path / "graph.cypher").read_bytes()


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(graph=graphs())
def test_round_trip(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    before = copy.deepcopy(graph)
    check(graph, tmp_path / "out")
    assert repr(dict(graph.nodes)) == repr(dict(before.nodes))


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_stays_within_its_quotes(text: str) -> None:
    written = _literal(text)
    assert "\\u" not in written
    assert value(list(tokens(written))) == text


def faults(command: str) -> list[str]:
    """What openCypher's grammar finds wrong with a command."""
    found: list[str] = []

    class Listener(ErrorListener):  # type: ignore[misc]
        def syntaxError(self, recognizer: Any, symbol: Any, line: int, column: int, msg: str, e: Any) -> None:
            found.append(f"{line}:{column} {msg}")

    lexer = CypherLexer(InputStream(command))
    parser = CypherParser(CommonTokenStream(lexer))
    for part in (lexer, parser):
        part.removeErrorListeners()
        part.addErrorListener(Listener())
    parser.script()
    return found


def test_the_grammar_of_cypher_takes_the_script(tmp_path: Path) -> None:
    graph = tiny()
    for number, text in enumerate(DANGEROUS):
        graph.add_node(f"n{number}", label=text, category="region", aliases=text, latitude=1e300, longitude=-2.5e-12)
        graph.add_edge(f"n{number}", "r5134", key=text, relation="located_in", evidence=text, confidence=1e-300)
    write_cypher(graph, tmp_path / "graph.cypher")
    constraint, *commands = (tmp_path / "graph.cypher").read_bytes().decode("utf-8").removesuffix(";\n").split(";\n")
    assert len(commands) > 14
    assert {command[:8] for command in commands} == {"UNWIND ["}
    assert [faults(command) for command in commands] == [[] for _ in commands]
    assert faults("MERGE (n:`A` {x: 'it's'})")
    assert constraint.startswith("CREATE CONSTRAINT")  # Neo4j's own; the grammar of openCypher has none


def test_words_that_are_no_names(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", category="x`) DETACH DELETE n //", **{"a`b": 1, "a:b": 2, "id": 3})
    graph.add_edge("a", "a", key="k", relation="y`]->() DELETE")
    nodes_file, edges_file, script_file = write_neo4j(graph, tmp_path)
    nodes, edges = script(script_file)
    assert nodes["a"] == (
        {"Entity", "Xdetachdeleten"},
        {"id": "a", "a_b": 2, "a_b_": 1, "id_": 3, "category": "x`) DETACH DELETE n //"},
    )
    assert edges["k"][2] == "YDELETE"
    assert table(nodes_file)[0][1] == nodes["a"][1]
    assert table(edges_file)[0][0]["TYPE"] == "YDELETE"


def test_all_files_or_none(tmp_path: Path) -> None:
    (tmp_path / "graph.cypher").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write_neo4j(tiny(), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["graph.cypher"]
