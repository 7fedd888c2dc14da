"""How often cleaning changes text that is already clean, and how fast it is.

    check_clean.py ../shared/corpus/news-2023.jsonl.xz [--documents 2000] [--show 10]

(For what cleaning costs beside extraction see bench_clean.py.)
Counts the documents whose letters were changed (readings, shifted bytes, script, strings for characters) apart from
those where only notation was (invisible characters, dots, look-alike forms): of the former at most 1 in 10,000.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.model import Document, Record
from kg.text import clean

NOTATION = {"line break", "invisible", "dot", "look-alike"}


def texts(path: Path, wanted: int) -> Iterator[str]:
    """*wanted* documents spread evenly over the file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        every = max(1, sum(1 for _ in lines) // wanted)
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0 and number // every < wanted:
                yield json.loads(line)["text"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--show", type=int, default=10)
    given = parser.parse_args()
    documents = characters = letters = notation = 0
    seconds = 0.0
    steps: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    shown: list[str] = []
    for text in texts(given.corpus, given.documents):
        begun = time.perf_counter()
        document: Document = clean(Record(str(documents), "", text))
        seconds += time.perf_counter() - begun
        documents += 1
        characters += len(text)
        found = {repair.step for repair in document.repairs}
        steps.update(found)
        letters += bool(found - NOTATION)
        notation += bool(found and not found - NOTATION)
        for line in document.lines:
            kinds[line.kind] += line.end - line.start
        shown += [
            f"{repair.step}: {repair.before[:40]!r} -> {repair.after[:40]!r}"
            for repair in document.repairs
            if repair.step not in NOTATION
        ]
    print(f"documents {documents}, characters {characters:,}, {characters / seconds / 1e6:.2f} M characters/s")
    print(f"letters changed in {letters} ({10_000 * letters / documents:.1f} of 10,000), notation only in {notation}")
    print("documents by step:", dict(sorted(steps.items())))
    print("characters by class:", {kind: f"{count / characters:.3f}" for kind, count in sorted(kinds.items())})
    print(*shown[: given.show], sep="\n")
    return int(letters > max(1, documents / 10_000))


if __name__ == "__main__":
    raise SystemExit(main())
