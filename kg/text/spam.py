"""A made-up string in place of a frequent character (玩具网 for 的), found by statistics and not by a list."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from statistics import fmean, median
from typing import NamedTuple

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
    return re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def find_replacement(text: str) -> Replacement | None:
    """The string that replaced a function character all over *text*, or None."""
    limits = settings("spam")
    han = len(_han().findall(text))
    best: Replacement | None = None
    for char, rate in rates().items():
        expected = rate * han
        if expected < limits["least"] or text.count(char) > limits["missing"] * expected:
            continue
        for string, count in _frequent(text, expected):
            score = _gain(text, string, char)
            if score is not None and (best is None or (score, string) > (best.score, best.string)):
                best = Replacement(string, char, count, score)
    return best


def restore(tape: Tape) -> Tape:
    """Put the frequent character back where a string replaced it.

    >>> restore(Tape.of("协作的进展")).text
    '协作的进展'
    """
    found = find_replacement(tape.text)
    if found is None:
        return tape
    places = [m.start() for m in re.finditer(re.escape(found.string), tape.text)]
    return tape.edit("spam string", [(place, place + len(found.string), found.char) for place in places])


def _frequent(text: str, expected: float) -> list[tuple[str, int]]:
    """Strings as frequent as the missing character should be, rare in general text, with many neighbours."""
    limits = settings("spam")
    low, high = max(limits["fewest"], limits["often"][0] * expected), limits["often"][1] * expected
    found = []
    for size in range(limits["shortest"], limits["longest"] + 1):
        counts = Counter(text[i : i + size] for i in range(len(text) - size + 1))
        found += [string for string, count in counts.items() if low <= count <= high and _strange(string)]
    kept = []
    for string in sorted(found):
        before, after = around(text, string)
        if len(before) >= low and max(_most(before), _most(after)) <= limits["varied"] * len(before):
            kept.append((string, len(before)))
    return kept


def _strange(string: str) -> bool:
    """Whether no general text would hold *string* often: all letters or characters, not all pairs of them common.

    >>> _strange("玩具网"), _strange("工作"), _strange("的。"), _strange("0余")
    (True, False, False, False)
    """
    if not all(char.isalnum() and not char.isdigit() for char in string):
        return False
    return not all(second in common().get(first, ()) for first, second in pairwise(string))


def around(text: str, string: str) -> tuple[list[str], list[str]]:
    """The characters before and after all places of *string*."""
    places = [m.span() for m in re.finditer(re.escape(string), text)]
    return [text[start - 1 : start] for start, _ in places], [text[end : end + 1] for _, end in places]


def _most(chars: list[str]) -> int:
    """How often the most frequent character stands there; marks and line breaks say nothing."""
    return max(Counter(char for char in chars if is_han(char)).values(), default=0)


def _gain(text: str, string: str, char: str) -> float | None:
    """What all places gain when *char* stands there instead of *string*, in logarithms, or None where too few gain."""
    limits = settings("spam")
    table, known = neighbours()[char], levels()
    gains = []
    for before, after in zip(*around(text, string), strict=True):
        left = table["left"].get(before, limits["unseen"] if before in known else 0)
        right = table["right"].get(after, limits["unseen"] if after in known else 0)
        gains.append((left + right) / 2)
    won = sum(1 for gain in gains if gain > 0)
    if won < limits["places"] * len(gains) or median(gains) < limits["median"] or fmean(gains) < limits["mean"]:
        return None
    return sum(gains)
