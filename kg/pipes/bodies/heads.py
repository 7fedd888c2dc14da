"""The heads of names as the lexicon lists them (有限公司, 小学, 工作队), and what makes another word of an end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.lexicon import table
from kg.lexicon.scan import WordScan


@dataclass(frozen=True, slots=True)
class Head:
    """A group of heads from a lexicon file: what they make of a name and what a name needs before them."""

    name: str
    category: str
    need: str
    kind: str
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]


@cache
def heads(file: str) -> tuple[WordScan, dict[str, Head]]:
    """The scan for all heads of a lexicon file and the group that each word belongs to (the first that lists it)."""
    groups: dict[str, Head] = {}
    entries: dict[str, dict[str, Any]] = table(file)["head"]
    for name, entry in entries.items():
        around = (tuple(entry.get(key, ())) for key in ("not_before", "not_after"))
        group = Head(name, entry["category"], entry["need"], entry.get("kind", ""), *around)
        for word in entry["words"]:
            groups.setdefault(word, group)
    return WordScan(groups, nested=True), groups


def another(text: str, end: int) -> bool:
    """Whether what follows a known company makes another word of its name: 中国银行|业, but not 中国移动|业务.

    >>> another("中国银行业", 4), another("中国移动业务", 4), another("京东到家", 2)
    (True, False, True)
    """
    lists = table("enterprises")["known_not_before"]
    return text.startswith(tuple(lists["words"]), end) and not text.startswith(tuple(lists["but"]), end)
