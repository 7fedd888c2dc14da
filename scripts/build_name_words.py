"""Compute two word tables for finding where names begin, from unlabelled news.

`common_words.csv`: words of running text, found without a dictionary. An n-gram of 2 to 4 characters is a word when it
is frequent, holds together better than its parts (pointwise mutual information) and has varied neighbours on both sides
(branching entropy). A name made of such words alone names nothing.

`name_borders.csv`: what stands directly before names. Names that recur between marks of a list or quotation are known
without a rule; where they recur inside a sentence, the characters before them are counted, against the same characters
inside names. Words that stand almost only before names are kept.

usage: build_name_words.py NEWS.jsonl.xz REGIONS.tsv -o kg/lexicon/data
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import math
import re
from collections import Counter, defaultdict
from pathlib import Path

from kg.lexicon import table

HAN = re.compile(r"[\u4e00-\u9fff]+")
CUT = re.compile(r"([。，；！？：、“”‘’《》〈〉【】（）()\[\]\s,;:!?\"|…—]+)")
EVERY = 8  # one article in eight is enough for words
FREQUENT = {2: 25, 3: 20, 4: 20}  # documents that must hold the word
COHESION, VARIETY = 2.0, 1.8
BEFORE, PURITY = 4, 0.93
ENDING = ("中国", "国家", "美国")  # names begin with these themselves


def entropy(counts: Counter[str]) -> float:
    total = sum(counts.values())
    return -sum(v / total * math.log(v / total) for v in counts.values())


def words(articles: list[str], function: str) -> list[tuple[str, int]]:
    """Words of running text with the number of sampled articles that hold them, most frequent first."""
    sample = articles[::EVERY]
    count: Counter[str] = Counter()
    held: Counter[str] = Counter()
    total = 0
    for article in sample:
        seen = set()
        for piece in HAN.findall(article):
            total += len(piece)
            for k in range(1, 5):
                for i in range(len(piece) - k + 1):
                    count[piece[i : i + k]] += 1
                    seen.add(piece[i : i + k])
        held.update(seen)
    candidates = {w for w in count if len(w) > 1 and held[w] >= FREQUENT[len(w)] and not set(w) & set(function)}
    left: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for article in sample:
        for piece in HAN.findall(article):
            padded = f"^{piece}$"
            for k in (2, 3, 4):
                for i in range(1, len(padded) - k):
                    w = padded[i : i + k]
                    if w in candidates:
                        left[w][padded[i - 1]] += 1
                        right[w][padded[i + k]] += 1
    kept = []
    for w in candidates:
        parts = max(math.log(count[w[:i]] / total) + math.log(count[w[i:]] / total) for i in range(1, len(w)))
        holds = math.log(count[w] / total) - parts
        if holds > COHESION and min(entropy(left[w]), entropy(right[w])) > VARIETY:
            kept.append((w, held[w]))
    return sorted(kept, key=lambda x: (-x[1], x[0]))


def pieces(article: str) -> list[tuple[str, str, str]]:
    """The stretches between marks, with the mark before and the mark after."""
    cut = CUT.split(article)
    return [
        (cut[i - 1][-1] if i else "\n", cut[i], cut[i + 1][0] if i + 1 < len(cut) else "\n")
        for i in range(0, len(cut), 2)
    ]


def borders(articles: list[str], heads: list[str], places: set[str]) -> list[tuple[str, int, int]]:
    """Character strings that stand before names: string, times before a name, times inside one."""
    head = re.compile("|".join(map(re.escape, sorted(heads, key=lambda h: (-len(h), h)))))
    known: Counter[str] = Counter()
    for article in articles:
        for before, piece, after in pieces(article):
            if before in "、“《（(" and 3 <= len(piece) <= 24:
                last = max((m for m in head.finditer(piece)), key=lambda m: m.end(), default=None)
                if last and last.start() and last.end() == len(piece) and after in "、”》）)。，":
                    known[piece] += 1
    known = Counter({name: n for name, n in known.items() if n > 1})
    outside: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    seen = set()
    for article in articles:
        for _, piece, _ in pieces(article):
            for m in head.finditer(piece):
                found = [(known[piece[i : m.end()]], i) for i in range(max(0, m.end() - 22), m.start())
                         if piece[i : m.end()] in known]
                if not found:
                    continue
                start = min(i for n, i in found if 2 * n >= max(found)[0])
                here = (piece[max(0, start - 4) : start], piece[start : m.end()])
                if here in seen:
                    continue
                seen.add(here)
                outside.update(piece[start - k : start] for k in range(1, min(4, start) + 1))
                for t in range(start + 1, m.start()):
                    inside.update(piece[t - k : t] for k in range(1, min(4, t - start) + 1))
    kept: dict[str, tuple[int, int]] = {}
    for w in sorted(outside, key=lambda w: (len(w), w)):
        place = w.endswith(ENDING) or any(w.endswith(p) for p in places) or w[-1] in "县区市省州镇村乡旗盟街道路"
        shorter = any(w[i:] in kept for i in range(1, len(w)))
        pure = outside[w] / (outside[w] + inside[w])
        if len(w) > 1 and HAN.fullmatch(w) and outside[w] >= BEFORE and pure >= PURITY and not place and not shorter:
            kept[w] = outside[w], inside[w]
    return sorted(((w, a, b) for w, (a, b) in kept.items()), key=lambda x: (-x[1], x[0]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("regions", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    articles = []
    with lzma.open(args.news, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in lines if line.strip()]
    places = set()
    with args.regions.open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t"):
            places |= {name for name in row[2:4] if len(name) > 1}
    lists = table("name_borders")
    heads = [h for group in table("organisations")["head"].values() for h in group["words"]]
    with (args.output / "common_words.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["word", "articles"])
        out.writerows((w, n) for w, n in words(articles, lists["function"]["characters"]) if w not in places)
    with (args.output / "name_borders.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["before", "outside", "inside"])
        out.writerows(borders(articles, heads, places))


if __name__ == "__main__":
    main()
