"""An extraction as bytes and back, exactly: JSON, compressed.

What a document shares with all its parts (its id) is said once; the id, the path and the sketch stand beside the bytes.
A new plain field of the dataclasses is carried without a change here; the tests notice one that is not plain.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final, overload

from kg.model import Evidence, Extraction, LocalEntity, Statement

LEVEL: Final = 6  # of compression: above it nothing is gained on texts so short

_BESIDE: Final = ("document", "path", "sketch")


_EXTRACTION: Final = tuple(f.name for f in fields(Extraction) if f.name not in (
    *_BESIDE, "entities", "statements", "notes", "conflicts"))
_NAMES, _MENTIONS = (LocalEntity._fields.index(name) for name in ("names", "mentions"))
_ENTITY_ATTRS, _STATEMENT_ATTRS = (kind._fields.index("attrs") for kind in (LocalEntity, Statement))
_SPANS: Final = tuple(Statement._fields.index(name) for name in ("evidence", "head_evidence", "tail_evidence"))
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_extraction = attrgetter(*_EXTRACTION)


class Later(Sequence[Evidence]):
    """Mentions that are unpacked when somebody looks at them: a build on a store only counts them.

    >>> mentions = Later([[0, 2, "唐县"]], "a")
    >>> len(mentions), mentions[0].text, mentions == (Evidence("a", 0, 2, "唐县"),)
    (1, '唐县', True)
    """

    __slots__ = ("_document", "_rows")

    def __init__(self, rows: list[list[Any]], document: str) -> None:
        self._rows, self._document = rows, document

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Evidence: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Evidence, ...]: ...

    def __getitem__(self, place: int | slice) -> Evidence | tuple[Evidence, ...]:
        return tuple(_to_evidence(row, self._document) for row in self._rows)[place]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Later | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __iter__(self) -> Iterator[Evidence]:
        return (_to_evidence(row, self._document) for row in self._rows)

    def __repr__(self) -> str:
        return repr(tuple(self))


def as_json(value: object) -> str:
    """JSON that any file can hold: paths may have bytes that are no UTF-8.

    >>> as_json(["唐县"]), as_json("a\\udc80")
    ('["唐县"]', '"a\\\\udc80"')
    """
    text = _json(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(value, separators=(",", ":"))
    return text


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
        [e._replace(document=_own(e.document, me), mentions=_spans(e.mentions, me))
         for e in extraction.entities],
        [s._replace(document=_own(s.document, me), evidence=_span(s.evidence, me),
                    head_evidence=_span(s.head_evidence, me), tail_evidence=_span(s.tail_evidence, me))
         for s in extraction.statements],
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


def _own(document: str, me: str) -> Any:
    return None if document == me else document


def _span(evidence: Evidence | None, me: str) -> Any:
    if evidence is None:
        return None
    span = (evidence.start, evidence.end, evidence.text)
    return span if evidence.document == me else (*span, evidence.document)


def _spans(mentions: Sequence[Evidence], me: str) -> Any:
    return [_span(mention, me) for mention in mentions]


def _to_evidence(span: list[Any], me: str) -> Evidence:
    return Evidence(me, *span) if len(span) == 3 else Evidence(span[3], *span[:3])


def _to_entity(row: list[Any], me: str) -> LocalEntity:
    if row[0] is None:
        row[0] = me
    row[_NAMES] = tuple(row[_NAMES])
    row[_MENTIONS] = Later(row[_MENTIONS], me)
    row[_ENTITY_ATTRS] = tuple(map(tuple, row[_ENTITY_ATTRS]))
    return _entity(row)


def _to_statement(row: list[Any], me: str) -> Statement:
    if row[0] is None:
        row[0] = me
    for place in _SPANS:
        if row[place] is not None:
            row[place] = _to_evidence(row[place], me)
    row[_STATEMENT_ATTRS] = tuple(map(tuple, row[_STATEMENT_ATTRS]))
    return _statement(row)


_entity, _statement = LocalEntity._make, Statement._make
