"""Wiring: read, clean, analyse, resolve, graph, export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import networkx as nx

from kg.extract import extract, to_doc
from kg.export.graphml import write_graphml
from kg.graph import build_graph
from kg.language import load
from kg.resolve import resolve
from kg.sources import read
from kg.text import clean


def build(paths: Iterable[Path]) -> nx.MultiDiGraph:
    nlp = load()
    extractions = []
    for record in read(paths):
        document = clean(record)
        doc = to_doc(nlp, document)
        for _, component in nlp.pipeline:
            doc = component(doc)
        extractions.append(extract(doc, document))
    return build_graph(extractions, resolve(extractions))


def main(paths: list[str], output: str) -> None:
    out = Path(output)
    out.mkdir(parents=True, exist_ok=True)
    write_graphml(build([Path(p) for p in paths]), out / "graph.graphml")
