"""Make dirty twins of clean articles, and measure what is lost on them.

    dirty_twins.py FOLDER... [--out OUT] [--seed 1]

Each clean article (a .txt with or without its .json of labels) comes out once per kind of dirt in OUT/KIND:
traditional characters; these with readings behind a third of the changed characters; a made-up string in place of 的;
page furniture around the text; GB18030 bytes. Where the articles have labels, the F1 of entities and relations is
printed for the clean articles and for each kind of twin; exit code 1 where a twin falls more than LOST behind.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.text.clean import repair
from kg.text.tables import readings, script

LOST = 0.01  # of F1 that dirt may cost
STRINGS = ("特惠商城", "彩虹棋牌", "玩具城", "手游网")


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("s2t")


@cache
def _reading_of() -> dict[str, str]:
    found: dict[str, str] = {}
    for reading in sorted(readings(), reverse=True):
        found.update(dict.fromkeys(readings()[reading], reading))
    return found


def traditional(text: str, dice: random.Random) -> str:
    converted: str = _converter().convert(text)
    return converted if len(converted) == len(text) else text


def pinyin(text: str, dice: random.Random) -> str:
    """Traditional characters, a third of them always followed by their reading: 協(xié)作."""
    text = traditional(text, dice)
    changed = sorted(set(text) & script("traditional"))
    marked = {char for char in changed if dice.random() < 1 / 3 and char in _reading_of()}
    return "".join(f"{char}({_reading_of()[char]})" if char in marked else char for char in text)


def spam(text: str, dice: random.Random) -> str:
    return text.replace("的", dice.choice(STRINGS))


def furniture(text: str, dice: random.Random) -> str:
    """A page around the article: crumbs and counters before it, editors, codes and other headlines after it."""
    head = ["首页 > 要闻 > 正文", "字号：大 中 小", f"浏览次数：{dice.randrange(9999)}"]
    tail = [
        "(责任编辑：何小青)",
        "分享到：",
        "相关阅读：",
        "海边城市迎来旅游旺季",
        "扫一扫在手机打开当前页",
        "+1",
        "上一篇：没有了",
    ]
    return "\n".join([*head, text, *tail])


DIRT: dict[str, Callable[[str, random.Random], str]] = {
    "traditional": traditional,
    "pinyin": pinyin,
    "spam": spam,
    "furniture": furniture,
    "gb18030": lambda text, dice: text,
}


def make(folders: list[Path], out: Path, kind: str, seed: int) -> Path:
    """The twins of one kind, with copies of the labels."""
    into = out / kind
    into.mkdir(parents=True, exist_ok=True)
    for file in sorted(file for folder in folders for file in folder.glob("*.txt")):
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if repair(text).repairs:
            continue  # an article that is dirty itself says nothing
        twin = DIRT[kind](text, random.Random(f"{seed}/{kind}/{file.stem}")) if kind in DIRT else text
        (into / file.name).write_bytes(twin.encode("gb18030" if kind == "gb18030" else "utf-8"))
        labels = file.with_suffix(".json")
        if labels.exists():
            shutil.copy(labels, into / labels.name)
    return into


def figures(folder: Path) -> tuple[float, float]:
    """F1 of entities and relations on one folder of labelled articles."""
    import kg
    from kg.reading.evaluate import evaluate

    with TemporaryDirectory(prefix="kg-") as temporary:
        graph = Path(temporary) / "graph.graphml"
        kg.export(kg.build(folder), graph)
        found = evaluate(graph, [folder]).figures()
    return float(found["entity_f1"]), float(found["relation_f1"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--out", type=Path, help="keep the twins here")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(DIRT), help="of " + ", ".join(DIRT))
    given = parser.parse_args()
    missed = 0
    with TemporaryDirectory(prefix="kg-") as temporary:
        out = given.out or Path(temporary)
        clean = (0.0, 0.0)
        for kind in ("clean", *given.kinds.split(",")):
            folder = make(given.folders, out, kind, given.seed)
            if not any(folder.glob("*.json")):
                continue
            found = figures(folder)
            clean = found if kind == "clean" else clean
            lost = [value - whole for value, whole in zip(found, clean, strict=True)]
            missed += min(lost) < -LOST
            print(
                f"{kind:12} entities {found[0]:.4f} {lost[0]:+.4f}  relations {found[1]:.4f} {lost[1]:+.4f}", flush=True
            )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
