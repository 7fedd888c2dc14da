"""Whether ten times as many articles cost ten times the time, and no more memory where each is read by itself.

    bench_flat.py [--corpus FILE] [--articles 1000] [--times 10] [--rounds 1] [--write docs/speed.md]

Takes the first articles of the corpus, and of these every tenth, so that both heaps are of one kind. Each heap goes
through extraction alone (every article read, its statements dropped) and through `kg build` with all files and a store,
with one worker and in a fresh process each. Seconds are processor time without start-up, that of one article; ratios of
one run can be compared. Medians of the rounds count. --write puts the table into a document, between its marks.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from itertools import islice
from pathlib import Path
from statistics import median

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "news-2023.jsonl.xz"
EXTRACTION = """
import json, sys
from kg.model import Record
from kg.pipeline import analyse
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        told = json.loads(line)
        analyse(Record(told["id"], told["id"], told["text"], {"published": told["published"]}))
"""
GOAL = 10.5  # times the time for ten times as much
OPEN, CLOSE = "<!-- bench_flat.py -->", "<!-- end of bench_flat.py -->"
WORK = ("extraction", "whole run")
Cost = tuple[float, float]  # seconds of processor time, MB of memory at most


def spent(command: list[str]) -> Cost:
    """What a command costs in a process of its own."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"bench_flat: this went wrong: {' '.join(command)}")
    size = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return used.ru_utime + used.ru_stime, size


def cost(work: str, file: Path) -> Cost:
    """What one kind of work costs for the articles of a file."""
    if work == "extraction":
        return spent([sys.executable, "-c", EXTRACTION, str(file)])
    with tempfile.TemporaryDirectory() as folder:
        return spent([sys.executable, "-m", "kg", "build", str(file), "-o", folder, "--workers", "1"])


def heaps(corpus: Path, few: int, times: int, folder: Path) -> tuple[Path, Path, Path, int]:
    """Files with one article, with every so many of the corpus and with all of them; how many articles that are."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        all_of_them = list(islice(lines, few * times))
    files = folder / "one.jsonl", folder / "few.jsonl", folder / "many.jsonl"
    for file, heap in zip(files, (all_of_them[:1], all_of_them[::times], all_of_them), strict=True):
        file.write_text("".join(heap), "utf-8")
    return *files, len(all_of_them)


def characters(file: Path) -> int:
    return sum(len(json.loads(line)["text"]) for line in file.read_text("utf-8").splitlines())


def table(few: Path, many: Path, costs: dict[tuple[str, Path], list[Cost]]) -> list[str]:
    """A table in Markdown: what both heaps cost, and how many times as much the larger one."""
    lines = ["| | " + " | ".join(f"{work}, seconds | MB at most" for work in WORK) + " |",
             "| --- |" + " --- |" * (2 * len(WORK))]
    middle = {key: (median(s for s, _ in found), median(m for _, m in found)) for key, found in costs.items()}
    for file in (few, many):
        count = len(file.read_text("utf-8").splitlines())
        cells = [f"{middle[work, file][0]:,.1f} | {middle[work, file][1]:,.0f}" for work in WORK]
        lines.append(f"| {count:,} articles, {characters(file):,} characters | " + " | ".join(cells) + " |")
    ratios = [f"{middle[work, many][0] / middle[work, few][0]:.2f} | {middle[work, many][1] / middle[work, few][1]:.2f}"
              for work in WORK]
    return [*lines, f"| times ({characters(many) / characters(few):.2f} in characters) | " + " | ".join(ratios) + " |"]


def main() -> int:
    """Measure both heaps, print the table, and write it where that is asked for."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--write", type=Path, help="the document that holds the table")
    args = parser.parse_args()
    if not args.corpus.exists():
        print(f"{args.corpus}: there is no corpus here; name one with --corpus", file=sys.stderr)
        return 1
    costs: dict[tuple[str, Path], list[Cost]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        one, few, many, found = heaps(args.corpus, args.articles, args.times, Path(folder))
        for _ in range(args.rounds):
            for work in WORK:
                start = cost(work, one)[0]
                for file in (few, many):
                    seconds, size = cost(work, file)
                    costs[work, file].append((max(seconds - start, 0.01), size))
                    print(f"{work}, {file.stem}: {seconds:.1f} s, {size:.0f} MB", file=sys.stderr)
        told = table(few, many, costs)
    about = (f"{found:,} articles and every {args.times}th of them, one worker, fresh processes, start-up left out, "
             f"medians of {args.rounds} rounds. Wanted: at most {GOAL} times the time for ten times as much.")
    text = "\n".join([about, "", *told])
    print(text)
    if args.write:
        before, _, rest = args.write.read_text("utf-8").partition(OPEN)
        args.write.write_text(f"{before}{OPEN}\n{text}\n{CLOSE}{rest.partition(CLOSE)[2]}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
