"""A graph as RDF triples with published vocabularies; Turtle, N-Triples and JSON-LD tell the same ones.

schema.org for people, places, events and documents, W3C ORG for posts, PROV-O for the way from an edge to its sentences
and documents, GeoSPARQL and WGS84 for places, OWL-Time for the days on which a post is known to be held. What they have
no word for stands in a small vocabulary of our own, hung under theirs. Nothing is a blank node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import networkx as nx

from kg.export.order import Edge, edges, node_ids, relation_word
from kg.export.stated import about, parts, plain_text, stated
from kg.export.times import days
from kg.export.values import as_type, clean
from kg.model.ids import content_id
from kg.model.schema import EDGE_ATTRIBUTES, LISTS, NODE_ATTRIBUTES

PREFIXES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "kg": "urn:kg:term:",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "time": "http://www.w3.org/2006/time#",
    "wgs": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
A: Final = "rdf:type"
CHINESE: Final = "@zh"
DATES: Final = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
INSTANTS: Final = {"xsd:gYear": "time:inXSDgYear", "xsd:gYearMonth": "time:inXSDgYearMonth"}
NUMBERS: Final = {"int": "xsd:integer", "double": "xsd:double", "boolean": "xsd:boolean"}
CLASSES: Final = {
    "official": ("schema:Person", "foaf:Person"),
    "person": ("schema:Person", "foaf:Person"),
    "region": ("schema:AdministrativeArea", "geo:Feature"),
    "enterprise": ("schema:Corporation", "org:FormalOrganization"),
    "organization": ("schema:Organization", "org:Organization"),
    "project": ("schema:Project", "prov:Activity"),
    "event": ("schema:Event", "prov:Activity"),
}
KINDS: Final = {
    "department": "schema:GovernmentOrganization",
    "school": "schema:EducationalOrganization",
    "hospital": "schema:Hospital",
    "institute": "schema:ResearchOrganization",
}
# The property of a relation, and whether it leads from head to tail.
PROPERTIES: Final = {
    "holds_post": ("org:memberOf", True),
    "visited": ("kg:visited", True),
    "paired_with": ("kg:pairedWith", True),
    "supports": ("schema:sponsor", False),
    "invests_in": ("schema:funder", False),
    "undertakes": ("prov:wasAssociatedWith", False),
    "cooperates_with": ("org:linkedTo", True),
    "located_in": ("schema:location", True),
    "attended": ("schema:attendee", False),
}
INSIDE: Final = "schema:containedInPlace"  # instead of schema:location between two regions
OWN: Final = {
    "kg:visited": (A, "rdf:Property"),
    "kg:pairedWith": ("rdfs:subPropertyOf", "org:linkedTo"),
    "kg:Edge": ("rdfs:subClassOf", "rdf:Statement"),
    "kg:Sentence": ("rdfs:subClassOf", "schema:Quotation"),
}
DRAWN: Final = frozenset({"x", "y", "size", "color", "degree", "category_zh"})  # of a picture, not of the things
SAID: Final = frozenset(
    {
        "relation_zh",
        "titles",
        "documents",
        "evidence",
        "marks",
        "date",
        "start_date",
        "end_date",
        "amount",
        "since",
        "title",
    }
)  # attributes of edges that are told in other ways
TOLD: Final = frozenset({"label", "aliases", "documents", "adcode", "latitude", "longitude", "start_date", "end_date"})


class Literal(NamedTuple):
    """A text and its datatype (`xsd:date`), its language (`@zh`) or nothing."""

    text: str
    kind: str = ""


class Name(str):
    """An IRI, or a prefix of PREFIXES and what follows it."""


Term = Name | Literal
Subjects = dict[Name, dict[tuple[Name, Term], None]]


def triples(graph: nx.MultiDiGraph) -> dict[Name, list[tuple[Name, Term]]]:
    """What is said of every subject, in an order that never changes: terms, nodes, edges, sentences, documents."""
    found: Subjects = {}
    for subject, predicate, value in _all(graph):
        found.setdefault(subject, {})[Name(predicate), value] = None
    return {subject: list(said) for subject, said in found.items()}


@lru_cache(maxsize=100_000)
def iri(kind: str, *called: str) -> Name:
    """The name of a node, an edge, a sentence or a document.

    >>> iri("node", "r1"), iri("document", "唐县 1")
    ('urn:kg:node:r1', 'urn:kg:document:%E5%94%90%E5%8E%BF%201')
    """
    return Name(f"urn:kg:{kind}:" + ":".join(quote(part, safe="") for part in called))


@lru_cache(maxsize=10_000)
def full(name: Name) -> str:
    """The whole IRI.

    >>> full(Name("org:Post")), full(Name("urn:kg:node:1"))
    ('http://www.w3.org/ns/org#Post', 'urn:kg:node:1')
    """
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest if prefix in PREFIXES else name


Triple = tuple[Name, str, Term]


def _all(graph: nx.MultiDiGraph) -> Iterator[Triple]:
    for term, (predicate, above) in OWN.items():
        yield Name(term), predicate, Name(above)
    ids = node_ids(graph)
    categories = {called: str(graph.nodes[node].get("category") or "") for node, called in ids.items()}
    for node, called in ids.items():
        yield from _node(iri("node", called), called, graph.nodes[node])
    for edge in edges(graph, ids):
        yield from _edge(edge, (categories[edge.source], categories[edge.target]), graph.nodes, ids)
    yield from _sentences(graph)
    yield from _documents(graph)


def _node(me: Name, called: str, data: Mapping[str, Any]) -> Iterator[Triple]:
    for name in (*CLASSES.get(str(data.get("category")), ("schema:Thing",)), KINDS.get(str(data.get("kind")), "")):
        if name:
            yield me, A, Name(name)
    label = plain_text(data.get("label")) or called
    yield me, "rdfs:label", Literal(label, CHINESE)
    yield me, "schema:name", Literal(label, CHINESE)
    for alias in parts(data.get("aliases")):
        if alias != label:
            yield me, "schema:alternateName", Literal(alias, CHINESE)
    if code := plain_text(data.get("adcode")):
        yield me, "schema:identifier", Name(f"{me}:adcode")
        yield Name(f"{me}:adcode"), A, Name("schema:PropertyValue")
        yield Name(f"{me}:adcode"), "schema:propertyID", Literal("GB/T 2260")
        yield Name(f"{me}:adcode"), "schema:value", Literal(code)
    yield from _place(me, called, data)
    for name in ("start_date", "end_date"):
        if date := plain_text(data.get(name)):
            yield me, f"schema:{name[:-5]}Date", _date(date)
    for document in parts(data.get("documents")):
        yield me, "schema:subjectOf", iri("document", document)
    yield from _rest(me, called, data, NODE_ATTRIBUTES, DRAWN | TOLD)


def _place(me: Name, called: str, data: Mapping[str, Any]) -> Iterator[Triple]:
    wanted = ("latitude", "longitude")
    north, east = (as_type(data.get(name), "double", f"{called}, attribute {name}") for name in wanted)
    if north is None or east is None:
        return
    yield me, "wgs:lat", Literal(repr(north), "xsd:double")
    yield me, "wgs:long", Literal(repr(east), "xsd:double")
    yield me, "geo:hasGeometry", Name(f"{me}:point")
    yield Name(f"{me}:point"), A, Name("geo:Geometry")
    yield Name(f"{me}:point"), "geo:asWKT", Literal(f"POINT({east!r} {north!r})", "geo:wktLiteral")


def _rest(
    me: Name, called: str, data: Mapping[str, Any], known: Mapping[str, str], told: frozenset[str]
) -> Iterator[Triple]:
    """The attributes that no published word fits, in words of our own."""
    for name, kind in known.items():
        value = None if name in told else as_type(data.get(name), kind, f"{called}, attribute {name}")
        if value is None:
            continue
        if kind != "string":
            yield me, f"kg:{name}", _number(value, kind)
            continue
        for part in parts(value) if name in LISTS or name in ("rule", "aid_kind") else [str(value)]:
            yield me, f"kg:{name}", _date(part) if name in ("first_seen", "last_seen") else Literal(part)


def _edge(edge: Edge, categories: tuple[str, str], nodes: Any, ids: Mapping[object, str]) -> Iterator[Triple]:
    me, data = iri("edge", edge.id), edge.data
    head, tail = iri("node", edge.source), iri("node", edge.target)
    relation = plain_text(data.get("relation"))
    predicate, forward = PROPERTIES.get(relation, ("org:linkedTo", True))
    if relation == "located_in" and categories == ("region", "region"):
        predicate = INSIDE
    subject, value = (head, tail) if forward else (tail, head)
    if str(data.get("status") or "fact") == "fact":
        yield subject, predicate, value
    for name in ("kg:Edge", "rdf:Statement", "prov:Entity"):
        yield me, A, Name(name)
    for predicate_, object_ in (("rdf:subject", subject), ("rdf:predicate", Name(predicate)), ("rdf:object", value)):
        yield me, predicate_, object_
    yield me, "rdfs:label", Literal(relation_word(data) or edge.id, CHINESE)
    if relation == "visited":
        yield me, A, Name("schema:TravelAction")
        yield me, "schema:agent", head
        yield me, "schema:toLocation", tail
    when = dict.fromkeys(d for name in ("date", "start_date", "end_date") if (d := plain_text(data.get(name))))
    for date in when:
        yield me, "dcterms:valid", _date(date)
    if relation == "holds_post":
        yield from _post(me, head, tail, edge, when, categories[1])
    elif since := plain_text(data.get("since")):
        yield me, "schema:startDate", _date(since)
    if (amount := as_type(data.get("amount"), "double", f"{edge.id}, attribute amount")) is not None:
        yield me, "schema:amount", Name(f"{me}:amount")
        yield Name(f"{me}:amount"), A, Name("schema:MonetaryAmount")
        yield Name(f"{me}:amount"), "schema:value", _number(amount, "double")
        yield Name(f"{me}:amount"), "schema:currency", Literal("CNY")
    yield from _rest(me, edge.id, data, EDGE_ATTRIBUTES, SAID - {"title"} if relation != "holds_post" else SAID)
    for document in parts(data.get("documents")):
        yield me, "prov:wasDerivedFrom", iri("document", document)


def _post(me: Name, person: Name, body: Name, edge: Edge, when: Iterable[str], category: str) -> Iterator[Triple]:
    """The membership, its posts, and the days on which the person is known to hold them.

    That the texts name a day says that it lies inside the time of the post, not that it begins or ends it.
    """
    data = edge.data
    yield me, A, Name("org:Membership")
    yield me, "org:member", person
    yield me, "org:organization", body
    if category in ("region", "project"):
        yield body, A, Name("org:Organization")
    for title in dict.fromkeys([*parts(data.get("titles")), *parts(data.get("title"))]):
        key = content_id(edge.target, title)
        post, role = iri("post", key), iri("role", content_id(title))
        yield me, "org:role", role
        yield role, A, Name("org:Role")
        yield role, "rdfs:label", Literal(title, CHINESE)
        yield post, A, Name("org:Post")
        yield post, "rdfs:label", Literal(title, CHINESE)
        yield post, "org:role", role
        yield post, "org:postIn", body
        if not as_type(data.get("former"), "boolean", f"{edge.id}, attribute former"):
            yield post, "org:heldBy", person
    since = plain_text(data.get("since"))
    if since or when:
        span = Name(f"{me}:time")
        yield me, "org:memberDuring", span
        yield span, A, Name("time:ProperInterval")
        told = [("time:hasBeginning", since)] if since else []
        for predicate, date in (*told, *(("time:inside", date) for date in when)):
            instant = iri("instant", date)
            yield span, predicate, instant
            yield instant, A, Name("time:Instant")
            yield instant, INSTANTS.get(_date(date).kind, "time:inXSDDate"), _date(date)


def _sentences(graph: nx.MultiDiGraph) -> Iterator[Triple]:
    for line in stated(graph):
        if not (text := line.get("evidence")):
            continue
        edge = line["edge"]
        me = iri("sentence", line["statement"]) if "statement" in line else iri("sentence", edge, content_id(text))
        yield iri("edge", edge), "prov:wasDerivedFrom", me
        for name in ("kg:Sentence", "schema:Quotation", "prov:Entity"):
            yield me, A, Name(name)
        yield me, "prov:value", Literal(text, CHINESE)
        if document := line.get("document"):
            yield me, "prov:wasQuotedFrom", iri("document", document)
        if line.get("whole_edge"):
            continue
        for name, value in (("kg:start", line["start"]), ("kg:end", line["end"])):
            yield me, name, _number(value, "int")
        yield me, "kg:confidence", _number(float(line["confidence"]), "double")
        for name in ("rule", "status", "basis"):
            if line.get(name):
                yield me, f"kg:{name}", Literal(line[name])
        if date := line.get("date"):
            yield me, "dcterms:valid", _date(date)


def _documents(graph: nx.MultiDiGraph) -> Iterator[Triple]:
    known: Mapping[str, Mapping[str, str]] = graph.graph.get("documents") or {}
    rows = [data for _, data in graph.nodes(data=True)] + [data for _, _, data in graph.edges(data=True)]
    named = {document for data in rows for document in parts(data.get("documents"))}
    for document in sorted(named | {clean(str(name)) for name in known}):
        me = iri("document", document)
        yield me, A, Name("schema:NewsArticle")
        yield me, A, Name("prov:Entity")
        yield me, "dcterms:identifier", Literal(document)
        told = about(known.get(document, {}))
        if "title" in told:
            yield me, "schema:headline", Literal(told["title"], CHINESE)
        if "published" in told:
            yield me, "schema:datePublished", _date(told["published"])
        if "publisher" in told:
            yield me, "dc:publisher", Literal(told["publisher"], CHINESE)
        if "repost_of" in told:
            yield me, "prov:wasDerivedFrom", iri("document", told["repost_of"])


def _date(text: str) -> Literal:
    """A date as precise as known, a text where it is none.

    >>> _date("2023-04"), _date("近年")
    (Literal(text='2023-04', kind='xsd:gYearMonth'), Literal(text='近年', kind=''))
    """
    return Literal(text, DATES[len(text)] if days(text) else "")


def _number(value: object, kind: str) -> Literal:
    return Literal(str(value).lower() if kind == "boolean" else repr(value), NUMBERS[kind])
