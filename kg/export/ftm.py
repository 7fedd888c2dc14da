"""FollowTheMoney: entities as JSON lines, for Aleph, OpenAleph, Yente and the `ftm` command.

Only properties that versions 3.8 and 4 of the model both know. An edge becomes the entity that fits its relation and
its ends (Occupancy of a Position, ProjectParticipant, Payment, Event), else an UnknownLink with the relation as role.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from unicodedata import normalize

import networkx as nx

from kg.export.files import whole_file
from kg.export.order import Edge, edges, node_ids, relation_word
from kg.export.stated import about, parts, plain_text
from kg.export.times import days
from kg.export.values import as_type
from kg.model.ids import content_id

SCHEMATA: Final = {
    "official": "Person",
    "person": "Person",
    "region": "PublicBody",
    "enterprise": "Company",
    "organization": "Organization",
    "project": "Project",
    "event": "Event",
}
PUBLIC: Final = "department"  # the kind of organization that is a public body
BODIES: Final = frozenset({"Company", "Organization", "PublicBody"})
LEGAL: Final = BODIES | {"Person", "LegalEntity"}
# The package takes these out of every text, and composes letters with their accents.
QUOTES: Final = "\"'"
UNSEEN: Final = dict.fromkeys([*range(0x7F, 0xA0), 0x200B, 0x200C, 0x200D, 0x2028, 0x2029, 0xFEFF])
CHINA: Final = "cn"
YUAN: Final = "CNY"
Properties = dict[str, list[str]]


class _Entities:
    """Entities under their ids: what is said twice of one is kept once, in the order in which it was said."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, dict[str, dict[str, None]]]] = {}

    def add(self, identity: str, schema: str, **properties: str | Iterable[str]) -> str:
        _, held = self.found.setdefault(identity, (schema, {}))
        for name, values in properties.items():
            for value in [values] if isinstance(values, str) else values:
                if value := normalize("NFC", value.translate(UNSEEN)).strip():
                    held.setdefault(name, {})[value] = None
        return identity

    def schema(self, identity: str) -> str:
        return self.found[identity][0]

    def lines(self) -> Iterator[dict[str, Any]]:
        for identity, (schema, held) in self.found.items():
            yield {"id": identity, "schema": schema, "properties": {name: list(held[name]) for name in sorted(held)}}


def write_ftm(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write *graph* as entities of FollowTheMoney, one a line: documents, nodes, then what the edges say."""
    with whole_file(Path(path)) as file:
        for line in _entities(graph).lines():
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _entities(graph: nx.MultiDiGraph) -> _Entities:
    found, ids = _Entities(), node_ids(graph)
    named = {called: _identity("node", called) for called in ids.values()}
    _documents(found, graph)
    for node, called in ids.items():
        _node(found, named[called], called, graph.nodes[node])
    data_of = {named[called]: graph.nodes[node] for node, called in ids.items()}
    for edge in edges(graph, ids):
        source, target = named[edge.source], named[edge.target]
        _edge(found, Edge(_identity("edge", edge.id), source, target, edge.key, edge.data), data_of)
    return found


def _documents(found: _Entities, graph: nx.MultiDiGraph) -> None:
    known: Mapping[str, Mapping[str, str]] = graph.graph.get("documents") or {}
    named = {document for _, data in graph.nodes(data=True) for document in parts(data.get("documents"))}
    for document in sorted(named | {plain_text(name) for name in known}):
        told = about(known.get(document, {}))
        found.add(
            _document(document),
            "Article",
            fileName=document,
            title=told.get("title", ""),
            language="zho",
            publishedAt=_dates(told.get("published")),
            publisher=told.get("publisher", ""),
        )


def _identity(kind: str, called: str) -> str:
    """An id that FollowTheMoney takes: letters of ASCII, digits, points and hyphens.

    >>> _identity("node", "r130627"), _identity("node", "唐县")
    ('r130627', 'node-8eefd8e713a9')
    """
    plain = called.isascii() and called.replace("-", "").replace(".", "").isalnum()
    return called if plain and called[0].isalnum() and called[-1].isalnum() else f"{kind}-{content_id(called)}"


def _document(name: str) -> str:
    return "document-" + content_id(name)


def _node(found: _Entities, me: str, called: str, data: Mapping[str, Any]) -> None:
    schema = SCHEMATA.get(str(data.get("category")), "LegalEntity")
    if schema == "Organization" and data.get("kind") == PUBLIC:
        schema = "PublicBody"
    name = _name(data.get("label")) or _name(called) or me
    aliases = (alias for part in parts(data.get("aliases")) if (alias := _name(part)) != name)
    found.add(me, schema, name=name, alias=aliases, proof=map(_document, parts(data.get("documents"))))
    if schema == "Person":
        found.add(me, schema, position=parts(data.get("title")))
    elif schema == "Event":
        found.add(me, schema, startDate=_dates(data.get("start_date")), endDate=_dates(data.get("end_date")))
    if schema in ("Event", "Project") and data.get("kind"):
        found.add(me, schema, keywords=plain_text(data["kind"]))
    if data.get("category") == "region":
        north, east = (as_type(data.get(n), "double", f"{called}, attribute {n}") for n in ("latitude", "longitude"))
        point = {} if north is None or east is None else {"latitude": repr(north), "longitude": repr(east)}
        full = _name(data.get("path")) or name
        place = found.add(f"{me}-address", "Address", full=full, country=CHINA, **point)
        found.add(me, schema, country=CHINA, idNumber=plain_text(data.get("adcode")), addressEntity=place, address=full)


def _edge(found: _Entities, edge: Edge, nodes: Mapping[str, Mapping[str, Any]]) -> None:
    head, tail, data = edge.source, edge.target, edge.data
    relation = plain_text(data.get("relation"))
    ends, word = (found.schema(head), found.schema(tail)), relation_word(data) or relation
    labels = tuple(_name(nodes[end].get("label")) or end for end in (head, tail))
    amount = as_type(data.get("amount"), "double", f"{edge.id}, attribute amount")
    told: dict[str, Any] = {
        "date": _dates(*(data.get(name) for name in ("date", "start_date", "end_date"))),
        "description": parts(data.get("evidence")),
        "recordId": parts(data.get("documents")),
        "summary": parts(data.get("quantities")),
    }
    if data.get("status") not in (None, "", "fact"):
        told["summary"] = [plain_text(data["status"]), *told["summary"]]
    regions = tuple(nodes[end].get("category") == "region" for end in (head, tail))
    if relation == "located_in" and regions == (True, True):
        return  # their addresses tell it
    if relation == "located_in" and regions[1]:
        found.add(head, ends[0], addressEntity=f"{tail}-address", address=_name(nodes[tail].get("path")) or labels[1])
        if ends[0] == "Event":
            found.add(head, "Event", location=_name(nodes[tail].get("path")) or labels[1])
    elif relation == "attended" and ends[1] == "Event" and ends[0] in LEGAL and head != tail:
        found.add(tail, "Event", involved=head, description=told["description"])
    elif relation == "holds_post" and ends[0] == "Person" and ends[1] in BODIES:
        _post(found, edge, told, nodes[tail], labels[1])
    elif relation == "visited" and ends[0] == "Person" and ends[1] in BODIES:
        place = {"addressEntity": f"{tail}-address"} if regions[1] else {}
        found.add(
            f"{edge.id}-event",
            "Event",
            name=_name(f"{labels[0]}{word}{labels[1]}"),
            involved=(head, tail),
            location=_name(nodes[tail].get("path")) or labels[1],
            **told,
            **place,
        )
    elif ends[1] == "Project" and ends[0] in LEGAL:
        found.add(
            f"{edge.id}-participant",
            "ProjectParticipant",
            participant=head,
            project=tail,
            role=parts(data.get("title")) or word,
            startDate=_dates(data.get("since")),
            **told,
        )
    elif amount is not None and relation in ("supports", "invests_in") and {*ends} <= LEGAL:
        found.add(
            f"{edge.id}-payment",
            "Payment",
            payer=head,
            beneficiary=tail,
            amount=f"{amount:.15g}",
            currency=YUAN,
            purpose=(word, *parts(data.get("aid_kind"))),
            **told,
        )
    else:
        found.add(
            f"{edge.id}-link",
            "UnknownLink",
            subject=head,
            object=tail,
            startDate=_dates(data.get("since")),
            role=(word, *parts(data.get("aid_kind")), *parts(data.get("agreement"))),
            **told,
        )


def _post(found: _Entities, edge: Edge, told: Mapping[str, Any], body: Mapping[str, Any], label: str) -> None:
    """An Occupancy for each title; a Position belongs to the body and is one for all who hold it."""
    data = edge.data
    region = label if body.get("category") == "region" else ""
    titles = dict.fromkeys(_name(title) for name in ("titles", "title") for title in parts(data.get(name)))
    former = as_type(data.get("former"), "boolean", f"{edge.id}, attribute former")
    for title in [title for title in titles if title] or [relation_word(data) or edge.id]:
        key = content_id(edge.target, title)
        post = found.add(
            f"position-{key}", "Position", name=title, organization=edge.target, country=CHINA, subnationalArea=region
        )
        found.add(
            f"{edge.id}-{key}",
            "Occupancy",
            holder=edge.source,
            post=post,
            startDate=_dates(data.get("since")),
            status="ended" if former else "",
            **told,
        )


def _name(value: object) -> str:
    r"""A name on one line, without straight quotes around it, which the package takes off.

    >>> _name("唐县\n电商 "), _name(None), _name("'唐县'")
    ('唐县 电商', '', '唐县')
    """
    name = " ".join(plain_text(value).translate(UNSEEN).split())
    while len(name) > 1 and name[0] in QUOTES and name[-1] in QUOTES:
        name = name[1:-1].strip()
    return name


def _dates(*values: object) -> list[str]:
    """Those of *values* that are dates, each once.

    >>> _dates("2023-04", "近年", None, "2023-04")
    ['2023-04']
    """
    return list(dict.fromkeys(str(value) for value in values if days(value)))
