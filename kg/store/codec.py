"""An extraction as bytes and back, exactly: JSON, compressed.

What a document shares with all its parts (its id) is said once; the id, the path and the sketch stand beside the bytes.
A new plain field of the dataclasses is carried without a change here; the tests notice one that is not plain.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

from kg.model import Evidence, Extraction, LocalEntity, Statement

LEVEL: Final = 6  # of compression: above it nothing is gained on texts so short

_BESIDE: Final = ("document", "path", "sketch")


def _plain(kind: type, special: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name not in special)


_ENTITY: Final = _plain(LocalEntity, ("document", "names", "mentions", "attrs"))
_STATEMENT: Final = _plain(Statement, ("document", "evidence", "head_evidence", "tail_evidence", "attrs"))
_EXTRACTION: Final = _plain(Extraction, (*_BESIDE, "entities", "statements", "notes", "conflicts"))
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_entity, _statement, _extraction = (attrgetter(*names) for names in (_ENTITY, _STATEMENT, _EXTRACTION))


def encode(extraction: Extraction) -> bytes:
    """All of *extraction* but its id, its path and its sketch.

    >>> said = Evidence("a", 0, 8, "沈岳川赴唐县调研")
    >>> one = Extraction("a", "a.txt", "", "2023", "", statements=(
    ...     Statement("a", "visited", "person:沈岳川", "region:130627", said, "visited/goes", 0.9, "fact"),))
    >>> decode(encode(one), "a", "a.txt", b"") == one
    True
    """
    me = extraction.document
    content = [
        _extraction(extraction),
        extraction.notes,
        extraction.conflicts,
        [(*_own(e.document, me), _entity(e), e.names, [_span(m, me) for m in e.mentions], e.attrs)
         for e in extraction.entities],
        [(*_own(s.document, me), _statement(s), _span(s.evidence, me), _span(s.head_evidence, me),
          _span(s.tail_evidence, me), s.attrs) for s in extraction.statements],
    ]
    return zlib.compress(_json(content).encode("utf-8", "surrogatepass"), LEVEL)


def decode(data: bytes, document: str, path: str, sketch: bytes) -> Extraction:
    """The extraction that `encode` made *data* of, under the id and the path that it has now."""
    own, notes, conflicts, entities, statements = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    return Extraction(
        **dict(zip(_EXTRACTION, own, strict=True)),
        document=document,
        path=path,
        sketch=sketch,
        notes=tuple(notes),
        conflicts=tuple([tuple(conflict) for conflict in conflicts]),
        entities=tuple([_to_entity(row, document) for row in entities]),
        statements=tuple([_to_statement(row, document) for row in statements]),
    )


def _own(document: str, me: str) -> tuple[str | None]:
    return (None,) if document == me else (document,)


def _span(evidence: Evidence | None, me: str) -> tuple[Any, ...] | None:
    if evidence is None:
        return None
    span = (evidence.start, evidence.end, evidence.text)
    return span if evidence.document == me else (*span, evidence.document)


def _to_entity(row: list[Any], me: str) -> LocalEntity:
    document, own, names, mentions, attrs = row
    return LocalEntity(
        **dict(zip(_ENTITY, own, strict=True)),
        document=me if document is None else document,
        names=tuple(names),
        mentions=tuple([Evidence(me if len(m) == 3 else m[3], m[0], m[1], m[2]) for m in mentions]),
        attrs=tuple([(name, value) for name, value in attrs]),
    )


def _to_statement(row: list[Any], me: str) -> Statement:
    document, own, evidence, head, tail, attrs = row
    return Statement(
        **dict(zip(_STATEMENT, own, strict=True)),
        document=me if document is None else document,
        evidence=Evidence(me if len(evidence) == 3 else evidence[3], evidence[0], evidence[1], evidence[2]),
        head_evidence=head and Evidence(me if len(head) == 3 else head[3], head[0], head[1], head[2]),
        tail_evidence=tail and Evidence(me if len(tail) == 3 else tail[3], tail[0], tail[1], tail[2]),
        attrs=tuple([(name, value) for name, value in attrs]),
    )
