"""The tables behind repair: character levels, script, readings, neighbours (built by scripts/build_text_tables.py)."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from typing import Any

from kg.errors import LexiconError
from kg.lexicon import DATA, table

UNKNOWN = -52  # level of a character that the corpus never showed: half of the rarest one
FORBIDDEN = -80  # level of what stands in no text: control characters, private use, unassigned


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `kg/lexicon/data/text/NAME.csv`."""
    try:
        text = (DATA / "text" / f"{name}.csv").read_text("utf-8")
    except FileNotFoundError as error:
        raise LexiconError(f"text/{name}.csv", "there is no such table", "run scripts/build_text_tables.py") from error
    return list(csv.DictReader(text.splitlines()))


@cache
def levels() -> dict[str, int]:
    """How frequent a character is, in halves of a doubling: 的 stands at -11, a rare one near -50.

    >>> levels()["的"] > levels()["县"] > levels()["鲐"]
    True
    """
    return {char: int(row["level"]) for row in rows("characters") for char in row["characters"]}


def level(char: str) -> int:
    """The level of one character, known or not."""
    found = levels().get(char)
    if found is not None:
        return found
    if char.isprintable() or char.isspace():
        return UNKNOWN
    return FORBIDDEN


def mean_level(text: str, limit: int = 4000) -> float:
    """How much *text* looks like Chinese prose: the mean level of its characters beyond ASCII (of its middle).

    >>> mean_level("扶贫协作") > mean_level("诜鲐氋") > mean_level("\\x00\\x01")
    True
    """
    if len(text) > limit:
        start = (len(text) - limit) // 2
        text = text[start : start + limit]
    told = [level(char) for char in text if char > "\x7f" or not (char.isprintable() or char.isspace())]
    return sum(told) / len(told) if told else 0.0


@cache
def script(name: str) -> frozenset[str]:
    """The characters of one script alone: `traditional` or `simplified`.

    >>> "協" in script("traditional"), "协" in script("simplified"), "山" in script("traditional")
    (True, True, False)
    """
    return frozenset(next(row["characters"] for row in rows("script") if row["script"] == name))


@cache
def readings() -> dict[str, frozenset[str]]:
    """Reading -> the characters of GBK that have it.

    >>> "協" in readings()["xié"]
    True
    """
    return {row["reading"]: frozenset(row["characters"]) for row in rows("readings")}


@cache
def neighbours() -> dict[str, dict[str, dict[str, int]]]:
    """Function character -> side (left, right) -> neighbour -> gain, in halves of a natural unit."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: {"left": {}, "right": {}})
    for row in rows("neighbours"):
        if row["side"] != "rate":
            found[row["function"]][row["side"]].update(dict.fromkeys(row["characters"], int(row["level"])))
    return dict(found)


@cache
def rates() -> dict[str, float]:
    """Function character -> its share of the Han characters of clean text.

    >>> 0.01 < rates()["的"] < 0.04
    True
    """
    return {row["function"]: 2 ** float(row["level"]) for row in rows("neighbours") if row["side"] == "rate"}


@cache
def common() -> dict[str, frozenset[str]]:
    """First character -> the characters that are common behind it.

    >>> "作" in common()["工"], "贫" in common()["工"]
    (True, False)
    """
    return {row["first"]: frozenset(row["second"]) for row in rows("common")}


def is_han(char: str) -> bool:
    """Whether *char* is a Chinese character of the common blocks.

    >>> is_han("县"), is_han("，"), is_han("A")
    (True, False, False)
    """
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def settings(name: str) -> dict[str, Any]:
    """The part *name* of `kg/lexicon/data/repair.toml`."""
    part: dict[str, Any] = table("repair")[name]
    return part
