"""Build kg/lexicon/data/text/*.csv: character levels, script, readings and neighbours, from a large body of clean text.

    build_text_tables.py ../shared/corpus/news-2023.jsonl.xz

The corpus is JSON lines with a field `text`, simplified. Readings are those of pypinyin (MIT), the pairs of
traditional and simplified characters those of opencc-python-reimplemented (Apache-2.0). Only counts of single
characters and of pairs leave this script, never text.
"""

from __future__ import annotations

import csv
import json
import lzma
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import opencc
from pypinyin import pinyin_dict
from pypinyin.contrib.tone_convert import to_tone

OUT = Path(__file__).resolve().parent.parent / "kg" / "lexicon" / "data" / "text"
LEAST = 3  # characters seen less often tell nothing
STEP = 2  # levels per doubling (characters) or per natural unit (neighbours)
FUNCTION = "的在和了是有不一为对等与以上要"  # what a spam string can stand for; topic words would give false alarms
LEAST_PAIR = 40
COMMON = 1 / 40_000  # share of all pairs from which on two characters are common together


def texts(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def pairs() -> dict[str, str]:
    """Traditional character -> simplified one, where they differ."""
    path = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    found = {}
    for line in path.read_text("utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 2 and parts[0] not in parts[1:] and len(parts[0]) == 1:
            found[parts[0]] = parts[1]
    return found


def write(name: str, header: list[str], rows: Iterable[list[object]]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def by_level(levels: dict[str, int]) -> list[list[object]]:
    grouped: dict[int, list[str]] = defaultdict(list)
    for char, level in levels.items():
        grouped[level].append(char)
    return [[level, "".join(sorted(grouped[level]))] for level in sorted(grouped, reverse=True)]


def main(path: Path) -> None:
    singles: Counter[str] = Counter()
    left: dict[str, Counter[str]] = {c: Counter() for c in FUNCTION}
    right: dict[str, Counter[str]] = {c: Counter() for c in FUNCTION}
    together: Counter[str] = Counter()
    for text in texts(path):
        singles.update(text)
        together.update(map("".join, pairwise(text)))
        for char in FUNCTION:
            place = text.find(char)
            while place >= 0:
                if place:
                    left[char][text[place - 1]] += 1
                if place + 1 < len(text):
                    right[char][text[place + 1]] += 1
                place = text.find(char, place + 1)
    total = sum(singles.values())
    traditional = pairs()

    # A traditional character is as frequent in traditional text as its simplified twin here; rare twins get a share.
    counts = Counter({c: n for c, n in singles.items() if n >= LEAST and (c.isprintable() or c == "\n")})
    twins: dict[str, list[str]] = defaultdict(list)
    for old, new in traditional.items():
        twins[new].append(old)
    usual = opencc.OpenCC("s2t")
    for new, olds in twins.items():
        first = usual.convert(new)
        for old in olds:
            counts[old] = max(
                counts[old], int(singles[new] * (0.9 if old == first else 0.02)), LEAST if singles[new] else 0
            )
    counts["\n"] = max(counts["\n"], total // 200)  # the corpus has no line breaks, files have
    levels = {c: round(STEP * math.log2(n / total)) for c, n in counts.items() if n >= LEAST}
    write("characters.csv", ["level", "characters"], by_level(levels))

    # Traditional-only: with a simplified twin and not met in simplified text (乾, 於, 著 are); the reverse.
    kept = set(traditional.values())
    only_old = sorted(
        o for o, n in traditional.items() if is_han(o) and singles[o] < max(30, singles[n] * 0.002) and o not in kept
    )
    only_new = sorted(
        n for n in kept if is_han(n) and n not in traditional and usual.convert(n) != n and singles[n] > 100
    )
    write(
        "script.csv", ["script", "characters"], [["traditional", "".join(only_old)], ["simplified", "".join(only_new)]]
    )

    readings: dict[str, set[str]] = defaultdict(set)
    for code, values in pinyin_dict.pinyin_dict.items():
        char = chr(code)
        if not is_han(char):
            continue
        try:
            char.encode("gbk")
        except UnicodeEncodeError:
            continue
        for value in values.split(","):
            readings[to_tone(value)].add(char)
    write("readings.csv", ["reading", "characters"], [[r, "".join(sorted(readings[r]))] for r in sorted(readings)])

    han = sum(n for c, n in singles.items() if is_han(c))
    rows: list[list[object]] = []
    for char in FUNCTION:
        rows.append([char, "rate", round(math.log2(singles[char] / han), 3), ""])
        for side, seen in (("left", left[char]), ("right", right[char])):
            all_pairs = sum(seen.values())
            gains = {
                c: round(STEP * math.log((n / all_pairs) / (singles[c] / total)))
                for c, n in seen.items()
                if n >= LEAST_PAIR and c.isprintable() and not c.isascii()
            }
            rows.extend([char, side, level, chars] for level, chars in by_level(gains))
    write("neighbours.csv", ["function", "side", "level", "characters"], rows)

    common: dict[str, list[str]] = defaultdict(list)
    for pair, seen_together in together.items():
        if is_han(pair[0]) and is_han(pair[1]) and seen_together >= COMMON * total:
            common[pair[0]].append(pair[1])
    write("common.csv", ["first", "second"], [[c, "".join(sorted(common[c]))] for c in sorted(common)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
