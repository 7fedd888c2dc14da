"""Turtle, N-Triples and JSON-LD tell the same triples, and rdflib reads them as they were meant."""

from __future__ import annotations

import copy
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from nasty import graphs
from rdflib.compare import isomorphic
from tiny import tiny

from kg.export import export
from kg.export.triples import PREFIXES, Literal, full, triples
from kg.export.values import clean
from kg.pipeline import Run
from kg.reading.explain import open_graph

FORMATS = {"nt": "nt", "ttl": "turtle", "jsonld": "json-ld"}


@pytest.fixture(autouse=True)
def _as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # rdflib would write 2022 (a year) as 2022-01-01


def read(graph: nx.MultiDiGraph, folder: Path) -> list[rdflib.Graph]:
    found = []
    for suffix, name in FORMATS.items():
        file = export(graph, folder / f"graph.{suffix}")
        found.append(rdflib.Graph().parse(data=file.read_bytes(), format=name))
    return found


def told(graph: nx.MultiDiGraph) -> set[tuple[object, object, object]]:
    """The triples as rdflib holds them, made without any file."""
    found = set()
    for subject, said in triples(graph).items():
        for predicate, value in said:
            if isinstance(value, Literal):
                kind = value.kind
                made = (
                    rdflib.Literal(value.text, lang=kind[1:])
                    if kind.startswith("@")
                    else rdflib.Literal(value.text, datatype=full(kind) if kind else None)
                )
            else:
                made = rdflib.URIRef(full(value))
            found.add((rdflib.URIRef(full(subject)), rdflib.URIRef(full(predicate)), made))
    return found


def same(graph: nx.MultiDiGraph, folder: Path) -> rdflib.Graph:
    first, *others = read(graph, folder)
    assert set(first) == told(graph)
    for other in others:
        assert set(other) == set(first)
        assert isomorphic(other, first)
    return first


def ask(graph: rdflib.Graph, query: str) -> set[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {prefix}: <{start}>\n" for prefix, start in PREFIXES.items())
    return {tuple(str(value) for value in row) for row in graph.query(prefixes + query)}


def test_the_samples(sample_run: Run, tmp_path: Path) -> None:
    graph = sample_run.graph
    read = same(graph, tmp_path)
    assert len(ask(read, "SELECT ?e { ?e a kg:Edge }")) == graph.number_of_edges()
    quoted = ask(read, "SELECT ?t ?d { ?s prov:value ?t ; prov:wasQuotedFrom/dcterms:identifier ?d }")
    assert quoted == {
        (s.evidence.text, s.evidence.document) for all_ in graph.graph["statements"].values() for s in all_
    }
    from_file = open_graph(export(graph, tmp_path / "graph.graphml"))
    again = same(from_file, tmp_path)
    assert len(ask(again, "SELECT ?e { ?e a kg:Edge }")) == graph.number_of_edges()
    assert {text for text, *_ in ask(again, "SELECT ?t { ?s prov:value ?t }")} == {
        text for *_, data in graph.edges(data=True) for text in data.get("evidence", "").split("|") if text
    }


def test_questions_to_the_tiny_graph(tmp_path: Path) -> None:
    graph = same(tiny(), tmp_path)
    assert ask(
        graph,
        """SELECT ?who ?title ?body ?day {
        ?m a org:Membership ; org:member/rdfs:label ?who ; org:organization ?o ; org:role ?r ;
           org:memberDuring/time:inside/time:inXSDDate ?day .
        ?o rdfs:label ?body .
        ?p a org:Post ; org:role ?r ; org:postIn ?o ; rdfs:label ?title ; org:heldBy/rdfs:label ?who
    }""",
    ) == {("顾闻笛", title, "浙江省宁波市镇海区", "2023-04-12") for title in ("区委副书记、区长", "区长")}
    assert ask(
        graph,
        """SELECT ?giver ?sum ?text ?headline {
        ?e rdf:predicate schema:sponsor ; rdf:object/rdfs:label ?giver ; schema:amount/schema:value ?sum ;
           prov:wasDerivedFrom ?s . ?s prov:value ?text ; prov:wasQuotedFrom/schema:headline ?headline
    }""",
    ) == {
        ("浙江省宁波市镇海区", "3200000.0", "镇海区向金阳县拨付“山海”资金320万元；\n用于花椒园。", "镇海区、金阳县签约")
    }
    assert ask(
        graph,
        """SELECT ?above ?lat ?wkt { ?r schema:identifier/schema:value "513430" ; wgs:lat ?lat ;
        schema:containedInPlace/rdfs:label ?above ; geo:hasGeometry/geo:asWKT ?wkt }""",
    ) == {("四川省凉山彝族自治州", "27.7", "POINT(103.25 27.7)")}
    assert ask(
        graph, "SELECT ?d { ?d prov:wasDerivedFrom/schema:headline '镇海区、金阳县签约'@zh ; a schema:NewsArticle }"
    ) == {("urn:kg:document:jinyang-brief",)}
    assert ask(graph, "SELECT ?y { ?e kg:relation 'paired_with' ; schema:startDate ?y }") == {("2021",)}


def test_what_is_only_planned_is_not_stated(tmp_path: Path) -> None:
    graph = tiny()
    graph.edges["r330211", "r513430", "k03"]["status"] = "planned"
    graph.edges["o1", "r330211", "k00"]["former"] = True
    read = same(graph, tmp_path)
    assert not ask(read, "SELECT ?a { ?a schema:sponsor ?b }")
    assert ask(read, "SELECT ?s { ?e rdf:predicate schema:sponsor ; kg:status ?s }") == {("planned",)}
    assert not ask(read, "SELECT ?a { ?p org:heldBy ?a }")
    assert ask(read, "SELECT ?a { ?m org:member ?a ; kg:former true }") == {("urn:kg:node:o1",)}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(graph=graphs())
def test_nasty_strings(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    before = copy.deepcopy(graph)
    read = same(graph, tmp_path)
    assert repr(dict(graph.nodes)) == repr(dict(before.nodes))
    assert len(ask(read, "SELECT ?e { ?e a kg:Edge }")) == graph.number_of_edges()
    names = {clean(str(data.get("label") or "")) or clean(node) for node, data in graph.nodes(data=True)}
    label = rdflib.URIRef(PREFIXES["schema"] + "name")
    assert {str(name) for name in read.objects(None, label)} == names
    texts = {text for *_, data in graph.edges(data=True) for text in clean(data.get("evidence", "")).split("|")} - {""}
    assert {str(text) for text in read.objects(None, rdflib.URIRef(PREFIXES["prov"] + "value"))} == texts
