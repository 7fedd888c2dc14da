"""Build the graph of the labelled articles, measure it with the scorer beside them, and hold the figures to the floors.

usage: evaluate.py GOLD_DIR [--output DIR] [--workers N] [--readme] [--no-model]

GOLD_DIR holds score.py and the folders seeds/ and news/. The rules were written with one half of news/ in view (stems
that end in 0-7); the other half (8-f) is the honest figure and is measured apart. Exit code 1 where a floor is missed.
--readme writes the table of README.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import kg

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / ".ci" / "floors.json"
README = ROOT / "README.md"
BEGIN, END = "<!-- figures: scripts/evaluate.py ../shared/gold --readme -->\n", "<!-- end of figures -->\n"
CEILINGS = ("split", "never")  # figures that must stay below their floor, not above
Figures = dict[str, float]


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--output", type=Path, help="keep the graph in this folder")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument("--no-model", action="store_true", help="rules alone, without the tagger's vote")
    args = parser.parse_args()
    folders = [args.gold / "seeds", args.gold / "news"]
    with TemporaryDirectory(prefix="kg-") as temporary:
        graph = (args.output or Path(temporary)) / "graph.graphml"
        kg.export(kg.build(folders, workers=args.workers, model=not args.no_model), graph)
        unseen = [file.stem for file in sorted(folders[1].glob("*.json")) if file.stem[-1] not in "01234567"]
        measured = {
            "seeds": score(args.gold, graph, folders[:1]),
            "news": score(args.gold, graph, folders[1:]),
            "unseen": score(args.gold, graph, folders[1:], unseen),
        }
    if args.readme:
        text = README.read_text("utf-8")
        before, after = text.partition(BEGIN)[0], text.partition(END)[2]
        README.write_text(before + BEGIN + table(measured) + END + after, "utf-8")
    misses = []
    for part, figures in measured.items():
        print(
            f"{part}: " + " ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items())
        )
        misses += [f"{part}: {miss}" for miss in below(figures, json.loads(FLOORS.read_text("utf-8"))[part])]
    print("\n".join(misses) or f"all floors of {FLOORS.name} hold")
    return 1 if misses else 0


def table(measured: dict[str, Figures]) -> str:
    """The figures as a table of Markdown."""
    names = list(next(iter(measured.values())))
    rows = [["", *names], ["---"] * (len(names) + 1)]
    for part, figures in measured.items():
        rows.append([part, *(f"{v:.3f}" if isinstance(v, float) else str(v) for v in figures.values())])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def score(gold: Path, graph: Path, folders: list[Path], only: list[str] | None = None) -> Figures:
    """The figures that the scorer beside the labels gives."""
    with TemporaryDirectory(prefix="kg-") as temporary:
        file = Path(temporary) / "figures.json"
        chosen = ["--docs", ",".join(only)] if only else []
        command = [sys.executable, gold / "score.py", graph, *folders, "--json", file, *chosen]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return dict(json.loads(file.read_text("utf-8")))


def below(figures: Figures, floors: Figures) -> list[str]:
    """What misses its floor (or rises above its ceiling), in words."""
    misses = []
    for name, floor in floors.items():
        value = figures[name]
        if value > floor if name in CEILINGS else value < floor:
            misses.append(f"{name} is {value:.3f}, the {'ceiling' if name in CEILINGS else 'floor'} is {floor:.3f}")
    return misses


if __name__ == "__main__":
    sys.exit(main())
