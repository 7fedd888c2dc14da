"""A made-up string in place of a frequent character (玩具网 for 的), found by statistics and not by a list."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from statistics import fmean, median
from typing import Any, NamedTuple

from kg.text.tables import common, is_han, levels, neighbours, rates, settings
from kg.text.tape import Tape


class Replacement(NamedTuple):
    """*string* stands where *char* should stand, at so many `places`; `score` is the gain over all of them."""

    string: str
    char: str
    places: int
    score: float


@cache
def _han() -> re.Pattern[str]:
    return re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")


@cache
def _least(char: str) -> float:
    """How often a character must be expected to stand in a text before it is missed there."""
    return float(min((bar["least"] for bar in settings("spam")["bar"] if char in bar["chars"]), default=math.inf))


def find_replacement(text: str) -> Replacement | None:
    """The string that replaced a function character all over *text*, or None."""
    limits = settings("spam")
    size = len(text)  # as if all of the text were characters
    few = [(char, rate, count) for char, rate in rates().items()
           if rate * size >= _least(char) and (count := text.count(char)) <= limits["missing"] * rate * size]
    if not few:
        return None
    han = sum(map(len, _han().findall(text)))
    best: Replacement | None = None
    counts: Counter[str] = Counter()
    for char, rate, count in few:
        expected = rate * han
        if count > limits["missing"] * expected:
            continue
        bars = [bar for bar in limits["bar"] if char in bar["chars"] and expected >= bar["least"]]
        if not bars:
            continue
        counts = counts or _strings(text)
        for string in _frequent(text, counts, expected, min(bar["fewest"] for bar in bars)):
            gains = _gains(text, string, char)
            if any(_passes(gains, bar) for bar in bars):
                score = sum(gains)
                if best is None or (score, string) > (best.score, best.string):
                    best = Replacement(string, char, len(gains), score)
    return best


def restore(tape: Tape) -> Tape:
    """Put the frequent character back where a string replaced it.

    >>> restore(Tape.of("协作的进展")).text
    '协作的进展'
    """
    found = find_replacement(tape.text)
    if found is None:
        return tape
    return tape.edit("spam string", [(*place, found.char) for place in _places(tape.text, found.string)])


def _strings(text: str) -> Counter[str]:
    """All strings of the lengths that are looked for, with their counts."""
    limits = settings("spam")
    counts: Counter[str] = Counter()
    for size in range(limits["shortest"], limits["longest"] + 1):
        counts.update(text[i : i + size] for i in range(len(text) - size + 1))
    return counts


def _frequent(text: str, counts: Counter[str], expected: float, fewest: int) -> list[str]:
    """Strings as frequent as the missing character should be, rare in general text, with many neighbours."""
    limits = settings("spam")
    low, high = max(fewest, limits["often"][0] * expected), limits["often"][1] * expected
    found = [string for string, count in counts.items() if low <= count <= high and _strange(string)]
    kept = []
    for string in sorted(found):
        before, after = around(text, string)
        if len(before) >= low and max(_most(before), _most(after)) <= limits["varied"] * len(before):
            kept.append(string)
    return kept


def _strange(string: str) -> bool:
    """Whether no general text would hold *string* often: all letters or characters, not all pairs of them common.

    >>> _strange("玩具网"), _strange("工作"), _strange("的。"), _strange("0余"), _strange("京蒙协作")
    (True, False, False, False, False)
    """
    if any(word in string for word in settings("spam")["field"]):
        return False
    if not all(char.isalnum() and not char.isdigit() for char in string):
        return False
    return not all(second in common().get(first, ()) for first, second in pairwise(string))


def around(text: str, string: str) -> tuple[list[str], list[str]]:
    """The characters before and after all places of *string*."""
    places = _places(text, string)
    return [text[start - 1 : start] for start, _ in places], [text[end : end + 1] for _, end in places]


def _places(text: str, string: str) -> list[tuple[int, int]]:
    """Where *string* stands, one place behind the end of the last.

    >>> _places("甲甲甲乙甲甲", "甲甲")
    [(0, 2), (4, 6)]
    """
    found, place = [], text.find(string)
    while place >= 0:
        found.append((place, place + len(string)))
        place = text.find(string, place + len(string))
    return found


def _most(chars: list[str]) -> int:
    """How often the most frequent character stands there; marks and line breaks say nothing."""
    return max(Counter(char for char in chars if is_han(char)).values(), default=0)


def _gains(text: str, string: str, char: str) -> list[float]:
    """What each place gains when *char* stands there instead of *string*, in logarithms."""
    table, known, unseen = neighbours()[char], levels(), settings("spam")["unseen"]
    gains = []
    for before, after in zip(*around(text, string), strict=True):
        left = table["left"].get(before, unseen if before in known else 0)
        right = table["right"].get(after, unseen if after in known else 0)
        gains.append((left + right) / 2)
    return gains


def _passes(gains: list[float], bar: dict[str, Any]) -> bool:
    won = sum(1 for gain in gains if gain > 0)
    return bool(
        len(gains) >= bar["fewest"]
        and won >= bar["places"] * len(gains)
        and median(gains) >= bar["median"]
        and fmean(gains) >= bar["mean"]
    )
