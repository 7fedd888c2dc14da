"""How well reposts are told from other articles, and by which method: precision, recall, seconds.

    bench_reposts.py ../shared/corpus/news-2023.jsonl.xz [--articles 1500] [--seed 1] [--show 5]

Twins are made as sites make them: other header and footer, another title, first or last part cut, words changed,
traditional script. A pair is right where both come from one article; every other pair that is joined
counts as wrong if the two articles were published more than three days apart; the corpus itself holds reposts, so pairs
of nearly the same day are shown (--show) and counted apart. datasketch and rensa are measured where installed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from kg.model import Document, Record
from kg.text import clean, reposts

Texts = Mapping[str, str]
Method = Callable[[Texts], dict[str, str]]
TITLES = ("两地携手谱新篇", "把好事办到群众心坎上", "新闻早知道", "一组数字看变化")
PAPERS = ("海州日报", "青河新闻网", "北山发布")


def sentences(text: str) -> list[str]:
    return [part for part in re.split("(?<=[。！？])", text) if part.strip()]


def paragraphs(text: str) -> list[str]:
    """A text without line breaks in four parts, at the ends of sentences."""
    parts = sentences(text)
    size = max(1, -(-len(parts) // 4))
    return ["".join(parts[i : i + size]) for i in range(0, len(parts), size)]


def header(text: str, dice: random.Random) -> str:
    paper = dice.choice(PAPERS)
    items = f"2023-08-{dice.randrange(10, 28)} 09:{dice.randrange(10, 59)} 来源：{paper} 字号：大 中 小"
    return f"{items}\n{paper}讯（记者 李小文 通讯员 王大明）{text}"


def footer(text: str, dice: random.Random) -> str:
    return f"{text}\n（责任编辑：何小青）\n分享到：\n相关阅读：\n{dice.choice(TITLES)}\n上一篇：没有了"


def title(text: str, dice: random.Random) -> str:
    return f"{dice.choice(TITLES)}\n{text}"


def cut_first(text: str, dice: random.Random) -> str:
    return "".join(paragraphs(text)[1:]) or text


def cut_last(text: str, dice: random.Random) -> str:
    return "".join(paragraphs(text)[:-1]) or text


def edited(text: str, dice: random.Random) -> str:
    """A third of the sentences with a word lost, doubled or changed, and marks in another width."""
    changed = []
    for part in sentences(text):
        place = dice.randrange(len(part))
        if dice.random() < 1 / 3:
            part = part[:place] + dice.choice(("", "也", "进一步")) + part[place + dice.choice((0, 1, 2)) :]
        changed.append(part.replace("，", ",") if dice.random() < 1 / 2 else part)
    return "".join(changed)


def traditional(text: str, dice: random.Random) -> str:
    return str(_converter().convert(text))


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("s2t")


TWINS: dict[str, tuple[Callable[[str, random.Random], str], ...]] = {
    "header": (header,),
    "footer": (footer,),
    "title": (title,),
    "first cut": (cut_first, header),
    "last cut": (cut_last, footer),
    "edited": (edited, header),
    "traditional": (traditional,),
    "all": (edited, cut_last, title, header, footer),
}


def body(text: str) -> str:
    doc: Document = clean(Record("a", "", text))
    return "".join(doc.text[line.start : line.end] for line in doc.lines if line.kind == "body")


def strings(text: str, size: int = 8) -> set[str]:
    plain = reposts.letters(text)
    return {plain[i : i + size] for i in range(len(plain) - size + 1)}


def own(texts: Texts) -> dict[str, str]:
    return reposts.group({name: reposts.of_text(text) for name, text in texts.items()})


def by_sentence(texts: Texts) -> dict[str, str]:
    """The simplest: the first text that holds half of this one's sentences letter by letter."""
    sets = {name: {reposts.letters(part) for part in sentences(text)} for name, text in texts.items()}
    found: dict[str, str] = {}
    leaders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(sets, key=lambda name: (-len(sets[name]), name)):
        near: dict[str, int] = defaultdict(int)
        for part in sets[name]:
            for leader in leaders[part]:
                near[leader] += 1
        best = max(((count, leader) for leader, count in near.items()), default=(0, ""))
        if best[0] >= 0.5 * len(sets[name]) and best[0] >= 0.3 * len(sets.get(best[1], ())):
            found[name] = best[1]
            continue
        for part in sets[name]:
            leaders[part].append(name)
    return found


def minhash(threshold: float) -> Method:
    def method(texts: Texts) -> dict[str, str]:
        from datasketch import MinHash, MinHashLSH

        index, found = MinHashLSH(threshold=threshold, num_perm=128), {}
        for name in sorted(texts, key=lambda name: (-len(texts[name]), name)):
            mine = MinHash(num_perm=128)
            mine.update_batch([string.encode() for string in sorted(strings(texts[name]))])
            near = sorted(index.query(mine))
            if near:
                found[name] = near[0]
            else:
                index.insert(name, mine)
        return found

    return method


def rensa(threshold: float) -> Method:
    def method(texts: Texts) -> dict[str, str]:
        from rensa import RMinHash, RMinHashLSH

        bands = 32
        index, found, names, kept = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=bands), {}, [], []
        for name in sorted(texts, key=lambda name: (-len(texts[name]), name)):
            mine = RMinHash(num_perm=128, seed=42)
            mine.update(sorted(strings(texts[name])))
            near = [n for n in sorted(index.query(mine)) if kept[n].jaccard(mine) >= threshold]
            if near:
                found[name] = names[near[0]]
            else:
                index.insert(len(names), mine)
                names.append(name)
                kept.append(mine)
        return found

    return method


METHODS: dict[str, Method] = {
    "kg (strings, containment)": own,
    "whole sentences": by_sentence,
    "datasketch 0.5": minhash(0.5),
    "datasketch 0.3": minhash(0.3),
    "rensa 0.5": rensa(0.5),
    "rensa 0.3": rensa(0.3),
}


def articles(path: Path, wanted: int) -> Iterator[tuple[str, str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        every = max(1, sum(1 for _ in lines) // wanted)
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0 and number // every < wanted:
                row = json.loads(line)
                yield row["id"], row["text"], row["published"]


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5)
    given = parser.parse_args()
    texts, kinds, days = {}, {}, {}
    for number, (name, text, day) in enumerate(articles(given.corpus, given.articles)):
        texts[name], days[name] = body(text), day
        kind = list(TWINS)[number % (len(TWINS) + 2)] if number % (len(TWINS) + 2) < len(TWINS) else ""
        if kind:
            dice, twin = random.Random(f"{given.seed}/{name}"), text
            for step in TWINS[kind]:
                twin = step(twin, dice)
            texts[f"{name}/twin"] = body(twin)
            kinds[f"{name}/twin"] = kind
    print(f"{len(texts)} texts, {len(kinds)} of them twins")
    for called, method in METHODS.items():
        begun = time.perf_counter()
        try:
            found = method(texts)
        except ImportError:
            print(f"{called}: not installed")
            continue
        seconds = time.perf_counter() - begun
        other = [(name, leader) for name, leader in found.items() if origin(name) != origin(leader)]
        wrong = [pair for pair in other if apart(days[origin(pair[0])], days[origin(pair[1])])]
        measure(called, found, kinds, (len(wrong), len(other) - len(wrong)), seconds)
        for name, leader in [*wrong, *(pair for pair in other if pair not in wrong)][: given.show]:
            word = "wrong" if (name, leader) in wrong else "of nearly one day"
            print(f"  {word}: {texts[name][:60]!r} and {texts[leader][:60]!r}")


def origin(name: str) -> str:
    return name.partition("/")[0]


def apart(first: str, second: str) -> bool:
    """Whether two articles were published so far apart that the one is no repost of the other."""
    if not first or not second:
        return True
    return abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days) > 3


def measure(
    called: str, found: Mapping[str, str], kinds: Mapping[str, str], others: tuple[int, int], seconds: float
) -> None:
    """A twin is found where it and its article have one leader."""
    missed: dict[str, int] = defaultdict(int)
    for twin, kind in kinds.items():
        if found.get(twin, twin) != found.get(origin(twin), origin(twin)):
            missed[kind] += 1
    right = len(kinds) - sum(missed.values())
    print(
        f"{called}: precision {right / max(1, right + others[0]):.4f}, recall {right / len(kinds):.4f},"
        f" {seconds:.1f} s; wrong {others[0]}, of nearly one day {others[1]}; missed {dict(sorted(missed.items()))}"
    )


if __name__ == "__main__":
    main()
