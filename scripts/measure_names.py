#!/usr/bin/env python3
"""Precision and recall of names on labelled articles of the corpus, which no rule was written from (part test).

usage: measure_names.py [--corpus FILE] [--part test] [--most N] [--misses] [--no-model]

labels/names.csv holds labels made by reading 1,880 articles of ../shared/corpus: places of the names, no text. An
entity that the program finds is right where a labelled entity of its type shares a surface form; optional ones
neither count for nor against. Parts `development` and `further` may be read to improve rules, these and `training`
train models, `test` and `fresh` are looked at as figures only. `further` and `fresh` were labelled without regions:
there none is counted. The last line says how many private persons became nodes.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import sys
from collections import Counter, defaultdict
from pathlib import Path

from kg.extract import extract, to_doc
from kg.language import load
from kg.model import Record
from kg.text import clean

ROOT = Path(__file__).resolve().parent.parent
TYPES = ("official", "person", "region", "enterprise", "organization", "project")
PARTS = ("development", "training", "further", "test", "fresh")
BLIND = ("test", "fresh")
WITHOUT_REGIONS = ("further", "fresh")


def labels(part: str) -> dict[str, dict[str, list[list[str]]]]:
    """Document id -> entity number -> rows."""
    found: dict[str, dict[str, list[list[str]]]] = defaultdict(lambda: defaultdict(list))
    with (ROOT / "labels" / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["part"] == part:
                entity = found[row["document"]]
                if row["type"] != "none":
                    entity[row["entity"]].append([row["type"], row["optional"], row["start"], row["end"]])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus" / "news-2023.jsonl.xz")
    parser.add_argument("--part", choices=PARTS, default="test")
    parser.add_argument("--most", type=int, default=10_000, help="at most so many articles")
    parser.add_argument("--misses", action="store_true", help="list misses and errors (not for test, fresh)")
    parser.add_argument("--no-model", action="store_true", help="rules alone, without the tagger's vote")
    args = parser.parse_args()
    if not args.corpus.exists():
        print(f"{args.corpus}: there is no corpus here; name it with --corpus", file=sys.stderr)
        return 1
    gold = labels(args.part)
    nlp = load(exclude=("kg_tagger",) if args.no_model else ())
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    types = [kind for kind in TYPES if kind != "region" or args.part not in WITHOUT_REGIONS]
    shown = args.misses and args.part not in BLIND
    read = private = 0
    with lzma.open(args.corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["id"] not in gold or read == args.most:
                continue
            read += 1
            text, entities = article["text"], gold[article["id"]]
            names = {n: {text[int(r[2]) : int(r[3])] for r in rows} for n, rows in entities.items()}
            document = clean(Record(article["id"], "", text, {"published": article["published"]}))
            doc = to_doc(nlp, document)
            for _, component in nlp.pipeline:
                doc = component(doc)
            hit: set[str] = set()
            hidden = {name for n, known in names.items() if entities[n][0][0] == "private" for name in known}
            for found in extract(doc, document).entities:
                private += not hidden.isdisjoint(found.names)
                if found.category not in types or not found.names:
                    continue
                shared = [n for n, known in names.items() if known & set(found.names)]
                same = [n for n in shared if entities[n][0][0] == found.category]
                if same:
                    hit.update(same[:1])
                elif not any(entities[n][0][1] == "1" for n in shared):
                    wrong[found.category] += 1
                    if shown:
                        print("wrong", article["id"], found.category, found.name, sep="\t")
            for n, rows in entities.items():
                kind, optional = rows[0][0], rows[0][1] == "1"
                if optional or kind not in types:
                    continue
                (right if n in hit else missed)[kind] += 1
                if n not in hit and shown:
                    print("missed", article["id"], kind, max(names[n], key=len), sep="\t")
    for kind in types:
        show(kind, right[kind], wrong[kind], missed[kind])
    show("all", right.total(), wrong.total(), missed.total())
    print(f"{read} articles of part {args.part}; private persons as nodes: {private}")
    return 0


def show(name: str, right: int, wrong: int, missed: int) -> None:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(f"{name:<13} P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}  labelled {right + missed}")


if __name__ == "__main__":
    sys.exit(main())
