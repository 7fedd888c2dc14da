"""Articles of the corpus labelled at graph level (nodes, relations, events), kept as places without text.

    graph_labels.py unpack FOLDER [--part test] [--corpus FILE]     writes NAME.txt and NAME.json for `kg evaluate`
    graph_labels.py measure [--part test] [--corpus FILE]           builds their graph and prints its figures
    graph_labels.py pack FOLDER... --part PART [--corpus FILE]      prints label files as lines for labels/graphs.jsonl

In labels/graphs.jsonl a string `@12:15` stands for characters 12 to 15 of the article; names that the article does
not print (paths of regions, kinds, dates) stand as they are. Parts: `development`, `reading` and `study` may be read to
write rules; `test`, `check`, `blind` and `sealed` are looked at as figures only. The labels follow
../shared/gold/GUIDELINE.md and were made by reading, each article once; that a body lies in the region of its name was
added as optional where a label of the older parts forgot it.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.commands.evaluate import evaluate

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "news-2023.jsonl.xz"
LABELS = ROOT / "labels" / "graphs.jsonl"
PLACE = re.compile(r"@(\d+):(\d+)")
KEPT = ("entities", "relations", "events", "never")
LITERAL = frozenset({"id", "type", "kind", "start", "end", "adcode", "head", "tail", "places", "participants", "body"})


def texts(corpus: Path, wanted: set[str]) -> dict[str, str]:
    """The articles with these ids, each with its date in a line before it where the corpus knows one."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return {row["id"].lstrip("n"): (row["published"] + "\n" if row["published"] else "") + row["text"]
                for row in rows if row["id"].lstrip("n") in wanted}


def packed(value: Any, text: str, person: bool = False, key: str = "") -> Any:
    """*value* with every string that *text* prints as its place; people's names that it does not print are left out."""
    if isinstance(value, dict):
        human = value.get("type") in ("official", "person")
        return {k: v if k in LITERAL else packed(v, text, human, k) for k, v in value.items()}
    if isinstance(value, list):
        return [found for item in value if (found := packed(item, text, person or key == "never")) is not None]
    if not isinstance(value, str) or len(value) < 2:
        return value
    place = text.find(value)
    if place < 0:
        return None if person else value
    return f"@{place}:{place + len(value)}"


def unpacked(value: Any, text: str) -> Any:
    """The inverse of `packed`."""
    if isinstance(value, dict):
        return {k: unpacked(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [unpacked(item, text) for item in value]
    found = PLACE.fullmatch(value) if isinstance(value, str) else None
    return text[int(found[1]) : int(found[2])] if found else value


def pack(folders: list[Path], part: str, corpus: Path) -> list[str]:
    files = sorted(file for folder in folders for file in folder.glob("*.json"))
    known = texts(corpus, {file.stem[1:] for file in files})
    lines = []
    for file in files:
        gold, text = json.loads(file.read_text("utf-8")), known[file.stem[1:]]
        label = {key: packed(gold.get(key, []), text, key == "never", key) for key in KEPT}
        about = {"document": file.stem[1:], "part": part, "published": gold.get("published")}
        lines.append(json.dumps({**about, "home_region": gold.get("home_region"), **label}, ensure_ascii=False))
    return lines


def unpack(folder: Path, part: str, corpus: Path) -> int:
    """Write texts and label files of one part; returns how many."""
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["part"] == part]
    known = texts(corpus, {row["document"] for row in rows})
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        name, text = "c" + row["document"], known[row["document"]]
        (folder / f"{name}.txt").write_text(text, "utf-8")
        label = {"doc": name, "published": row["published"], "home_region": row["home_region"]}
        label |= {key: unpacked(row[key], text) for key in KEPT}
        (folder / f"{name}.json").write_text(json.dumps(label, ensure_ascii=False, indent=1), "utf-8")
    return len(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("word", choices=("unpack", "measure", "pack"))
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--part", default="test")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    args = parser.parse_args()
    if not args.corpus.exists():
        print(f"{args.corpus}: there is no corpus here; name one with --corpus", file=sys.stderr)
        return 1
    if args.word == "pack":
        print("\n".join(pack(args.folders, args.part, args.corpus)))
    elif args.word == "unpack":
        print(unpack(args.folders[0], args.part, args.corpus), "articles")
    else:
        with TemporaryDirectory(prefix="kg-") as temporary:
            unpack(Path(temporary), args.part, args.corpus)
            print("\n".join(evaluate([Path(temporary)], None, None, False, None, 1)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
