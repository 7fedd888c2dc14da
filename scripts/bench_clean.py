"""What cleaning costs beside extraction, as a ratio: at most a quarter.

    bench_clean.py [FOLDER...] [--times 3]

Reads the articles (samples/ where no folder is given), as they are and as traditional twins with readings, and prints
the processor time of cleaning, of the pipeline behind it, and their ratio. Exit code 1 where the ratio is above MOST.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import kg
from kg.extract import extract, to_doc
from kg.model import Record
from kg.sources import read
from kg.text import clean, reposts

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
MOST = 0.25


def measure(records: list[Record], times: int) -> tuple[float, float]:
    """Seconds of cleaning (the sketch of reposts with it) and of extraction, the best of some rounds."""
    nlp = kg.load()
    best: list[float] = []
    for _ in range(times + 1):  # the first round loads tables
        begun = time.process_time()
        documents = [clean(record) for record in records]
        for document in documents:
            reposts.sketch(document)
        between = time.process_time()
        for document in documents:
            doc = to_doc(nlp, document)
            for _, component in nlp.pipeline:
                doc = component(doc)
            extract(doc, document)
        ended = time.process_time()
        best = min(best or [between - begun, ended - between], [between - begun, ended - between], key=sum)
    return best[0], best[1]


def main() -> int:
    from scripts.dirty_twins import DIRT

    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*", default=[ROOT / "samples"])
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    plain = list(read(given.folders))
    dirty = [Record(r.id, r.path, DIRT["pinyin"](r.text, random.Random(r.id)), r.meta) for r in plain]
    worst = 0.0
    for name, records in (("as they are", plain), ("traditional, with readings", dirty)):
        cleaning, extraction = measure(records, given.times)
        ratio = cleaning / extraction
        worst = max(worst, ratio)
        per = 1000 / len(records)
        print(f"{name}: cleaning {cleaning * per:.1f} ms, extraction {extraction * per:.1f} ms, ratio {ratio:.3f}")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
