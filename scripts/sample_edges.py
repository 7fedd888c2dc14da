"""A sample of edges of unlabelled articles to be judged by reading, and the share of the judged ones that is right.

    sample_edges.py draw [--corpus FILE] [--articles 2000] [--edges 200] [--seed 1] [--skip IDS] > edges.tsv
    sample_edges.py count [FILE...]                                            (default: labels/edges.csv)

`draw` reads a random sample of the corpus and prints a random sample of its statements, one a line: document, start and
end of the sentence in the article, relation, head, tail, attributes, rule, title, and the sentence with its parts in
brackets. An edge is right if its own sentence (with the title and date of its article) states it, with this direction,
these ends and these attributes. Verdicts are kept as places without text: a CSV of document, start, end, relation, head
(its place), verdict (right or wrong) and class of failure. `count` prints their share, by relation and by class.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import random
import sys
from collections import Counter
from pathlib import Path

from kg.graph.phrases import marked
from kg.model import Evidence, Record, Statement
from kg.pipeline import analyse

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "news-2023.jsonl.xz"
SHOWN = ("title", "former", "role", "aid_kind", "amount", "agreement", "since", "quantities")


def known() -> set[str]:
    """Documents of the corpus that somebody has labelled and rules were read from."""
    found: set[str] = set()
    for labels in ("names", "passages"):
        with (ROOT / "labels" / f"{labels}.csv").open(encoding="utf-8", newline="") as file:
            found |= {row["document"] for row in csv.DictReader(file)}
    lines = (ROOT / "labels" / "graphs.jsonl").read_text("utf-8").splitlines()
    labelled = {json.loads(line)["document"] for line in lines}
    return found | labelled | {f"n{name}" for name in labelled}


def draw(corpus: Path, most: int, edges: int, seed: int, skip: set[str]) -> list[list[str]]:
    """Rows of the sample; the same for the same corpus, program and seed."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chance = random.Random(seed)
    chosen = chance.sample([row for row in rows if row["id"] not in skip], most)
    found: list[tuple[Statement, dict[str, str], str]] = []
    for row in chosen:
        extraction, _ = analyse(Record(row["id"], row["id"], row["text"], {"published": row["published"]}))
        if extraction is not None:
            names = {entity.key: entity.name for entity in extraction.entities}
            about = f"{extraction.published} {extraction.title}"
            found += [(s, names, about) for s in extraction.statements if s.status == "fact" and s.basis == "text"]
    return [_row(*one) for one in chance.sample(found, min(edges, len(found)))]


def _row(statement: Statement, names: dict[str, str], about: str) -> list[str]:
    evidence = statement.evidence
    parts = (statement.head_evidence, statement.tail_evidence)
    places = ",".join(place for part in parts if (place := _place(evidence, part)))
    attrs = dict(statement.attrs)
    told = "; ".join(f"{name} {attrs[name]}" for name in SHOWN if name in attrs)
    told += f"; date {statement.date}" if statement.date else ""
    sentence = " ".join(marked(evidence.text, places).split())
    return [statement.document, str(evidence.start), str(evidence.end), statement.relation, names[statement.head],
            names[statement.tail], told, statement.rule, about, sentence]


def _place(evidence: Evidence, part: Evidence | None) -> str:
    if part is None or not evidence.start <= part.start < part.end <= evidence.end:
        return ""
    return f"{part.start - evidence.start}-{part.end - evidence.start}"


def count(files: list[Path]) -> None:
    """Print how many of the judged edges are right."""
    rows = [row for file in files for row in csv.DictReader(file.open(encoding="utf-8", newline=""))]
    right, every = Counter[str](), Counter[str]()
    for row in rows:
        for name in ("all", row["relation"]):
            every[name] += 1
            right[name] += row["verdict"] == "right"
    for name, number in every.most_common():
        print(f"{name:16} {right[name]:4} of {number:4} right  {right[name] / number:.3f}")
    for name, number in Counter(row["class"] for row in rows if row["verdict"] != "right").most_common():
        print(f"  {number:4}  {name}")


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    words = parser.add_subparsers(dest="word", required=True)
    drawing = words.add_parser("draw")
    drawing.add_argument("--corpus", type=Path, default=CORPUS)
    drawing.add_argument("--articles", type=int, default=2000)
    drawing.add_argument("--edges", type=int, default=200)
    drawing.add_argument("--seed", type=int, default=1)
    drawing.add_argument("--skip", type=Path, help="a file of further ids to leave out, one a line")
    counting = words.add_parser("count")
    counting.add_argument("files", type=Path, nargs="*", default=[ROOT / "labels" / "edges.csv"])
    args = parser.parse_args()
    if args.word == "count":
        count(args.files)
        return 0
    if not args.corpus.exists():
        print(f"{args.corpus}: there is no corpus here; name one with --corpus", file=sys.stderr)
        return 1
    skip = known() | (set(args.skip.read_text("utf-8").split()) if args.skip else set())
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerows(draw(args.corpus, args.articles, args.edges, args.seed, skip))
    return 0


if __name__ == "__main__":
    sys.exit(main())
