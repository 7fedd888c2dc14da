"""JSON-LD: the triples of kg.export.triples as JSON, with a context of its own, so that no reader asks the network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx

from kg.export.files import whole_file
from kg.export.triples import PREFIXES, A, Literal, Name, Term, triples


def write_json_ld(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write *graph* to *path*: one object a line in `@graph`."""
    with whole_file(Path(path)) as file:
        file.write(f'{{"@context": {json.dumps(PREFIXES)}, "@graph": [')
        between = "\n"
        for subject, said in triples(graph).items():
            file.write(between + json.dumps(_object(subject, said), ensure_ascii=False))
            between = ",\n"
        file.write("\n]}\n")


def _object(subject: Name, said: list[tuple[Name, Term]]) -> dict[str, Any]:
    """A subject and what is said of it.

    >>> _object(Name("urn:kg:node:r1"), [(Name(A), Name("geo:Feature")), (Name("rdfs:label"), Literal("唐县", "@zh"))])
    {'@id': 'urn:kg:node:r1', '@type': 'geo:Feature', 'rdfs:label': {'@value': '唐县', '@language': 'zh'}}
    """
    told: dict[str, list[Any]] = {}
    for predicate, value in said:
        if predicate == A:
            told.setdefault("@type", []).append(str(value))
        else:
            told.setdefault(predicate, []).append(_value(value))
    return {"@id": subject} | {name: values[0] if len(values) == 1 else values for name, values in told.items()}


def _value(value: Term) -> Any:
    if not isinstance(value, Literal):
        return {"@id": value}
    if value.kind.startswith("@"):
        return {"@value": value.text, "@language": value.kind[1:]}
    return {"@value": value.text, "@type": value.kind} if value.kind else value.text
