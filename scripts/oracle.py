#!/usr/bin/env python3
"""Build a graph with the labelled entities put in place of the found ones: what relations and events alone are worth.

usage: oracle.py GOLD_DIR [GOLD_DIR ...] -o GRAPH.graphml [--stems 0-7] [--titles]

The components for regions, bodies, projects and people are left out; every name of every label (optional ones too) is
marked where it stands in the text. With --titles the labelled holds_post relations are taken over as well.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kg.export.graphml import write_graphml
from kg.extract import extract, to_doc
from kg.graph import build_graph
from kg.language import load
from kg.model import Claim, Document, Extraction, Mention
from kg.pipes.annotations import add_claims, set_mentions
from kg.resolve import resolve
from kg.sources import read
from kg.text import clean

GROUP = {
    "region": "regions",
    "official": "people",
    "person": "people",
    "enterprise": "bodies",
    "organization": "bodies",
    "project": "projects",
}
FOUND = ("kg_regions", "kg_bodies", "kg_projects", "kg_people")


def key_of(entity: dict[str, Any]) -> str:
    if entity["type"] == "region":
        return f"region:{entity.get('adcode') or '/' + entity['name']}"
    prefix = {"official": "person", "person": "person", "project": "project"}.get(entity["type"], "body")
    return f"{prefix}:{entity['name']}"


def mark(gold: dict[str, Any], text: str) -> dict[str, list[Mention]]:
    """All places of all names, longest first; of two readings of one name the required one wins."""
    taken: set[int] = set()
    found: dict[str, list[Mention]] = {group: [] for group in set(GROUP.values())}
    names = sorted(
        ((-len(n), bool(e.get("optional")), n, i) for i, e in enumerate(gold["entities"]) for n in e["names"])
    )
    for _, _, name, index in names:
        entity = gold["entities"][index]
        place = text.find(name)
        while place >= 0:
            span = range(place, place + len(name))
            if not taken.intersection(span):
                taken.update(span)
                attrs = {"adcode": entity["adcode"]} if entity.get("adcode") else {}
                found[GROUP[entity["type"]]].append(
                    Mention(
                        span.start, span.stop, entity["type"], key_of(entity), entity["name"], "oracle", attrs=attrs
                    )
                )
            place = text.find(name, place + 1)
    return found


def one(nlp: Any, document: Document, gold: dict[str, Any], titles: bool) -> Extraction:
    doc = to_doc(nlp, document)
    found = mark(gold, document.text)
    for name, component in nlp.pipeline:
        doc = component(doc)
        if name == "kg_dates":
            for group, mentions in found.items():
                set_mentions(doc, group, mentions)
            if titles:
                keys = {e["id"]: key_of(e) for e in gold["entities"]}
                add_claims(
                    doc,
                    [
                        Claim(
                            "holds_post",
                            keys[r["head"]],
                            keys[r["tail"]],
                            0,
                            1,
                            "oracle",
                            attrs={"title": r.get("title", "")},
                        )
                        for r in gold["relations"]
                        if r["type"] == "holds_post" and isinstance(r["head"], str) and isinstance(r["tail"], str)
                    ],
                )
    return extract(doc, document)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--titles", action="store_true")
    args = parser.parse_args()
    nlp = load(exclude=FOUND)
    extractions = []
    for record in read(args.gold):
        labels = Path(record.path).with_suffix(".json")
        if labels.exists():
            gold = json.loads(labels.read_text("utf-8"))
            extractions.append(one(nlp, clean(record), gold, args.titles))
    write_graphml(build_graph(extractions, resolve(extractions)), args.output)


if __name__ == "__main__":
    main()
