"""Bodies that an article only quotes (路透社报道称), and ministries of another country under their plain name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.context import Context

BESIDE = 12  # characters beside a name that tell whether it is quoted


@cache
def _frames() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before and after the name of an agency that is quoted."""
    lists = table("organisations")["cited"]
    return re.compile(lists["before"]), re.compile(lists["after"])


def acting(context: Context, found: Iterable[Mention]) -> list[Mention]:
    """*found* without agencies of the press that are quoted and do nothing, and without foreign ministries."""
    kept = list(found)
    agencies = set(table("organisations")["cited"]["agencies"])
    done = {m.name for m in kept if m.name in agencies and not quoted(context.text, m.start, m.end)}
    never = agencies - done
    return [m for m in kept if m.name not in never and not (
        m.name in _ministries() and context.text[m.start : m.end] == m.name and abroad(context.text, m.name))]


def quoted(text: str, start: int, end: int) -> bool:
    """Whether the name at start..end is that of who reports.

    >>> quoted("据路透社报道，石桥县有雨。", 1, 4), quoted("路透社与石桥县签约。", 0, 3)
    (True, False)
    """
    before, after = _frames()
    return bool(after.match(text, end, end + BESIDE) or before.search(text[max(0, start - BESIDE) : start]))


@cache
def _ministries() -> frozenset[str]:
    ends = tuple(table("organisations")["cited"]["ministries"])
    return frozenset(word for word in table("departments")["national"]["words"] if word.endswith(ends))


@cache
def _countries() -> tuple[str, ...]:
    lists = table("organisations")["lead"]
    return tuple(word for word in lists["nation"] if word not in lists["domestic"])


def abroad(text: str, name: str) -> bool:
    """Whether a ministry is another country's wherever the text tells whose it is.

    >>> abroad("沙特财政部公布数据。财政部说收入下降。", "财政部"), abroad("财政部说，沙特财政部公布数据。", "财政部")
    (True, False)
    >>> abroad("沙特财政部来访，与中国财政部会谈。财政部表示欢迎。", "财政部")
    False
    """
    first = text.find(name)
    if first < 0 or not text.endswith(_countries(), 0, first):
        return False  # told plainly first: the state's own
    own = table("organisations")["cited"]["own"]
    return not any(word + name in text for word in own)
