"""Label files of names (NAME.txt beside NAME.json) as rows of labels/names.csv: places in the article, no text.

    name_labels.py pack FOLDER... --part PART [--only FILE] [--corpus FILE]     prints rows, without the header

A row is one surface form at the first place where it stands. Types are those of the label files, `private` for the
people under `never`, and one row `none` for an article without any. --only names a file with document ids, one a line.
The parts `further` and `fresh` were labelled without regions: such labels are left out there.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "labels" / "names.csv"
CORPUS = ROOT.parent / "shared" / "corpus" / "news-2023.jsonl.xz"
WITHOUT_REGIONS = frozenset({"further", "fresh"})
Row = tuple[str, str, int, str, int, int, int]


def rows(document: str, part: str, gold: dict[str, Any], text: str) -> Iterator[Row]:
    """The labels of one article as places; forms that the text does not print are left out.

    >>> gold = {"entities": [{"type": "enterprise", "names": ["云谷智造"]}], "never": ["何小满"]}
    >>> list(rows("n1", "fresh", gold, "云谷智造的何小满"))
    [('fresh', 'n1', 1, 'enterprise', 0, 0, 4), ('fresh', 'n1', 2, 'private', 0, 5, 8)]
    """
    entities = [(e["type"], int(bool(e.get("optional"))), e["names"]) for e in gold["entities"]
                if e["type"] != "region" or part not in WITHOUT_REGIONS]
    entities += [("private", 0, [name]) for name in gold.get("never", [])]
    number = 0
    for kind, optional, names in entities:
        places = [(text.find(name), len(name)) for name in dict.fromkeys(names) if name]
        places = [(start, length) for start, length in places if start >= 0]
        number += bool(places)
        for start, length in places:
            yield part, document, number, kind, optional, start, start + length
    if not number:
        yield part, document, 0, "none", 0, 0, 0


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("word", choices=("pack",))
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--part", required=True)
    parser.add_argument("--only", type=Path, help="a file of document ids")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    args = parser.parse_args()
    only = set(args.only.read_text("utf-8").split()) if args.only else None
    files = {file.stem: file for folder in args.folders for file in folder.glob("*.json")}
    files = {name: file for name, file in sorted(files.items()) if only is None or name in only}
    with lzma.open(args.corpus, "rt", encoding="utf-8") as lines:
        texts = {a["id"]: a["text"] for a in map(json.loads, lines) if a["id"] in files}
    if missing := sorted(files.keys() - texts.keys()):
        print(f"{missing[0]}: no such article in {args.corpus}; name the corpus with --corpus", file=sys.stderr)
        return 1
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for name, file in files.items():
        writer.writerows(rows(name, args.part, json.loads(file.read_text("utf-8")), texts[name]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
