"""RDF as Turtle, for reading, and as N-Triples, one triple a line, for stores (kg.export.triples says which)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import networkx as nx

from kg.export.files import whole_file
from kg.export.triples import PREFIXES, A, Literal, Name, Term, full, triples

SHORT: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write_triples(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write *graph* as N-Triples."""
    with whole_file(Path(path)) as file:
        for subject, said in triples(graph).items():
            for predicate, value in said:
                file.write(f"<{full(subject)}> <{full(predicate)}> {_long(value)} .\n")


def write_turtle(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write *graph* as Turtle: the same triples, gathered by subject, with prefixes."""
    with whole_file(Path(path)) as file:
        file.writelines(f"@prefix {prefix}: <{start}> .\n" for prefix, start in PREFIXES.items())
        for subject, said in triples(graph).items():
            lines = " ;\n    ".join(_said(said))
            file.write(f"\n{_turtle(subject)}\n    {lines} .\n")


def _said(said: list[tuple[Name, Term]]) -> Iterator[str]:
    told: dict[Name, list[str]] = {}
    for predicate, value in said:
        told.setdefault(predicate, []).append(_turtle(value))
    for predicate, values in told.items():
        yield f"{'a' if predicate == A else _turtle(predicate)} {', '.join(values)}"


def _long(value: Term) -> str:
    if isinstance(value, Literal):
        kind = value.kind
        return _quoted(value.text) + (kind if kind[:1] in ("", "@") else f"^^<{full(Name(kind))}>")
    return f"<{full(value)}>"


def _turtle(value: Term) -> str:
    if isinstance(value, Literal):
        kind = value.kind
        return _quoted(value.text) + (kind if kind[:1] in ("", "@") else f"^^{kind}")
    return value if value.partition(":")[0] in PREFIXES else f"<{value}>"


def _quoted(text: str) -> str:
    r"""A text in quotes, with what cannot be seen written out: readers of lines end them at more than one sign.

    >>> print(_quoted('唐县"\n\u2028'))
    "唐县\"\n\u2028"
    """
    if text.isprintable() and '"' not in text and "\\" not in text:  # most texts: nothing to escape
        return f'"{text}"'
    return f'"{"".join(map(_letter, text))}"'


def _letter(letter: str) -> str:
    if letter.isprintable() and letter not in SHORT:
        return letter
    return SHORT.get(letter) or (f"\\u{ord(letter):04X}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08X}")
