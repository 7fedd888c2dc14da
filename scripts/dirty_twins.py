"""Make dirty twins of clean articles, to measure what the repair of noise is worth.

    dirty_twins.py FOLDER OUT [--seed 1]

Each article (a .txt with or without its .json of labels) comes out once per kind of dirt in OUT/KIND: traditional
characters; these with readings behind a third of the changed characters; a made-up string in place of 的;
page furniture around the text; GB18030 bytes. Labels are copied, so that twins and originals can be compared.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from kg.text.tables import readings, script

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for kind, dirty in DIRT.items():
        (given.out / kind).mkdir(parents=True, exist_ok=True)
        for file in sorted(given.folder.glob("*.txt")):
            try:
                text = file.read_text("utf-8")
            except UnicodeDecodeError:
                continue
            twin = dirty(text, random.Random(f"{given.seed}/{kind}/{file.stem}"))
            (given.out / kind / file.name).write_bytes(twin.encode("gb18030" if kind == "gb18030" else "utf-8"))
            labels = file.with_suffix(".json")
            if labels.exists():
                shutil.copy(labels, given.out / kind / labels.name)


if __name__ == "__main__":
    main()
