"""Works among bodies: whether the words before 项目 or 平台 tell one undertaking, or only a kind of help."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.pipes.names.borders import alternation
from kg.pipes.names.generic import generic, rare

CUE: Final = 12  # characters before a name in which a word stands that shows it to be one undertaking
SHORTEST: Final = 4  # characters that tell one work among others


def named_work(rest: str) -> bool:
    """Whether the words before 项目 tell work on a road, a river or a house that has a name.

    >>> named_work("青石河综合治理"), named_work("中小河流治理"), named_work("背街小巷改造")
    (True, False, False)
    """
    m = _works().fullmatch(rest)
    if m is None or any(word in m["what"] for word in table("organisations")["generic"]["nameless"]):
        return False
    return not generic(m["what"])


def generic_work(rest: str) -> bool:
    """Whether only words about the kind of help stand before 项目: 重大民生项目 of a region is no project by name.

    >>> generic_work("重大民生"), generic_work("单株碳汇")
    (True, False)
    """
    return bool(_plain().fullmatch(rest))


def measured(rest: str) -> bool:
    """Whether a number with its measure opens the words before 项目: 200MW光伏发电."""
    return bool(_measure().match(rest))


def cued_work(text: str, floor: int, start: int, rest: str) -> bool:
    """Whether the words between *floor* and *start* show that one undertaking is meant (启动, 总投资12亿元的).

    The words before its head, *rest*, must tell one work among others: rare ones, no kind of help.
    """
    cue = _cues().search(text, max(floor, start - CUE), start)
    return bool(cue) and len(rest) >= SHORTEST and rare(rest) > 1 and not generic_work(rest)


@cache
def _works() -> re.Pattern[str]:
    return re.compile(table("organisations")["generic"]["works"])


@cache
def _measure() -> re.Pattern[str]:
    return re.compile(table("organisations")["generic"]["measure"])


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(table("projects")["head"]["named_work"]["cues"])


@cache
def _plain() -> re.Pattern[str]:
    words = alternation(table("organisations")["generic"]["plain"])
    return re.compile(f"(?:{words.pattern})+")
