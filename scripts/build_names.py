"""Count how often characters stand in the names of persons, and write kg/lexicon/data/name_chars.csv.

usage: build_names.py CORPUS.jsonl.xz [CORPUS ...]     (one JSON object with a "text" a line)

A name is counted where a word of office or trade stands before it and a sign or a verb of speech behind it; the counts
of all characters in the text are the background. Only counts leave this script.
"""

from __future__ import annotations

import csv
import json
import lzma
import re
import sys
from collections import Counter
from pathlib import Path

from kg.lexicon import DATA, table

# Words before a name, for counting only; what the program reads as a post stands in posts.toml.
BEFORE = (
    "书记|主任|专家|导演|总监|选手|民警|村民|院士|演员|运动员|干部|校友|博士|律师|"
    "分析师|主播|作者|[省市县区州镇乡部厅局处科校院馆站所会社组队]长|主席|"
    "教授|记者|通讯员|经理|总裁|董事|研究员|委员|医师|老师|同学|编辑|负责人|工程师"
)
AFTER = "[、，。；：）)（( ]|坦言|透露|提醒|分析|一行|表示|介绍|指出|强调|告诉|说|认为|等"
COMMON = 30.0  # times per million from which a character is listed though no name holds it
LEAST = 3  # a character that stands less often in a place is left out there


def main(paths: list[str]) -> None:
    names = table("names")["surnames"]
    singles = sorted(set("".join(names["single"].split())))
    heads = "|".join(names["compound"]) + f"|[{''.join(singles)}]"
    pattern = re.compile(rf"(?:{BEFORE}) ?((?:{heads})[\u4e00-\u9fa5]{{1,2}}?)(?={AFTER})")
    surname: Counter[str] = Counter()
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    only: Counter[str] = Counter()
    text: Counter[str] = Counter()
    compound = tuple(names["compound"])
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)["text"]
                text.update(article)
                for name in sorted({m[1] for m in pattern.finditer(article)}):
                    head = name[:2] if name.startswith(compound) and len(name) > 2 else name[0]
                    given = name[len(head):]
                    surname[head] += 1
                    if len(given) == 1:
                        only[given] += 1
                    else:
                        first[given[0]] += 1
                        second[given[1]] += 1
    known = set(singles) | set(compound)
    target = Path(str(DATA)) / "name_chars.csv"
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["text", "surname", "first", "second", "only", "per_million"])
        total = sum(n for c, n in text.items() if "\u4e00" <= c <= "\u9fa5")
        common = {c for c, n in text.items() if "\u4e00" <= c <= "\u9fa5" and 1e6 * n / total >= COMMON}
        for char in sorted(known | set(first) | set(second) | set(only) | common):
            counts = [surname[char] if char in known else 0, first[char], second[char], only[char]]
            counts = [counts[0], *(n if n >= LEAST else 0 for n in counts[1:])]
            if char in known or char in common or any(counts):
                writer.writerow([char, *counts, round(1e6 * text[char] / total, 1) if len(char) == 1 else 0])


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
