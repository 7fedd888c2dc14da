"""How well two articles' entities are told to be one: figures on the pairs of tests/resolve/pairs.

    measure_identity.py [--part development|test] [--misses]

Precision: of the pairs that the program joins, those that are one. Recall: of the pairs that are one, those that it
joins. What it leaves unsure is counted apart. The part `test` is looked at as figures; --misses is for development.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "resolve"))

from paired import KINDS, judged, pairs


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--part", choices=("development", "test"), default="development")
    parser.add_argument("--misses", action="store_true", help="list the pairs that are judged otherwise (development)")
    args = parser.parse_args()
    if args.misses and args.part == "test":
        parser.error("the pairs of the part test are not read")
    counts: Counter[tuple[str, str, str]] = Counter()
    for pair in pairs(args.part):
        verdict, reasons = judged(pair)
        counts[pair.kind, pair.verdict, verdict] += 1
        if args.misses and verdict != pair.verdict and not (pair.verdict == "unsure" and verdict == "different"):
            print(f"{pair.verdict} -> {verdict}\t{pair.told}\t{' '.join(reasons)}")
    for kind in (*KINDS, ""):
        chosen = {key[1:]: n for key, n in counts.items() if kind in ("", key[0])}
        print(line(kind or "all", chosen if kind else total(counts)))
    return 0


def total(counts: Counter[tuple[str, str, str]]) -> Counter[tuple[str, str]]:
    """Counts of all kinds together."""
    found: Counter[tuple[str, str]] = Counter()
    for (_, wanted, verdict), n in counts.items():
        found[wanted, verdict] += n
    return found


def line(kind: str, counts: dict[tuple[str, str], int]) -> str:
    """One line of figures."""
    right = counts.get(("same", "same"), 0)
    joined = sum(n for (_, verdict), n in counts.items() if verdict == "same")
    one = sum(n for (wanted, _), n in counts.items() if wanted == "same")
    unsure = sum(n for (_, verdict), n in counts.items() if verdict == "unsure")
    open_one = counts.get(("same", "unsure"), 0)
    return (f"{kind:<13} pairs {sum(counts.values()):>3}  P {right / joined if joined else 1:.3f}  "
            f"R {right / one if one else 1:.3f}  joined {joined} of {one}, wrongly {joined - right}; "
            f"unsure {unsure}, of them one {open_one}")


if __name__ == "__main__":
    sys.exit(main())
