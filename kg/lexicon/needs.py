"""What a match of a pattern can begin with, read off the pattern itself.

The parse tree is that of the standard library (`re._parser`, there since Python 3.11); where it has none or holds what
is not known here, the pattern is tried everywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

try:
    from re import _constants, _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _constants = _parser = None
ops: Final = _constants
parser: Final = _parser

DIGIT: Final = "digit"  # stands for the class of digits in a set of first characters
RANGE: Final = 400  # characters in a range that is told one by one
MOST: Final = 60  # characters in a class: what asks for one of so many spares nothing


def class_of(value: Any) -> frozenset[str]:
    """The characters of a class, empty where they are too many or not told one by one."""
    chars: set[str] = set()
    for op, member in value:
        if op is ops.LITERAL:
            chars.add(chr(member))
        elif op is ops.RANGE and member[1] - member[0] < MOST:
            chars.update(map(chr, range(member[0], member[1] + 1)))
        else:
            return frozenset()
    return frozenset(chars) if len(chars) <= MOST else frozenset()


@cache
def first(pattern: str) -> frozenset[str]:
    """The characters that a match of *pattern* can begin with; empty where that is not known or it may be empty.

    >>> sorted(first("(?<!第)(?:近|约)?[甲乙]组"))
    ['乙', '甲', '约', '近']
    >>> first("甲?"), first(".甲")
    (frozenset(), frozenset())
    """
    if parser is None:
        return frozenset()
    tree = parser.parse(pattern)
    found, empty = _first(tree) if not tree.state.flags & re.IGNORECASE else (None, True)
    return frozenset(found) if found and not empty else frozenset()


@cache
def apart(pattern: str) -> bool:
    """Whether a match of *pattern* never begins right behind a digit: that is the first thing it asks for.

    >>> apart(r"(?<![\\d.])(?<!第)\\d+年"), apart(r"\\d+年"), apart(r"(?<!第)\\d+年")
    (True, False, False)
    """
    if parser is None:
        return False
    digit = (ops.CATEGORY, ops.CATEGORY_DIGIT)
    for op, value in parser.parse(pattern):
        if op is not ops.ASSERT_NOT or value[0] >= 0 or len(value[1]) != 1:
            return False
        inner, members = value[1][0]
        if inner is ops.IN and members[0] != (ops.NEGATE, None) and digit in members:
            return True
    return False


def _first(items: Any) -> tuple[set[str] | None, bool]:
    """First characters of a sequence (None where unknown), and whether it can be empty."""
    found: set[str] = set()
    for op, value in items:
        chars, empty = _first_of(op, value)
        if chars is None:
            return None, False
        found |= chars
        if not empty:
            return found, False
    return found, True


def _first_of(op: Any, value: Any) -> tuple[set[str] | None, bool]:
    if op is ops.LITERAL:
        return {chr(value)}, False
    if op is ops.IN:
        return _class(value), False
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return set(), True
    if op is ops.SUBPATTERN:
        return (None, False) if value[1] & re.IGNORECASE else _first(value[3])
    if op is ops.ATOMIC_GROUP:
        return _first(value)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        chars, empty = _first(value[2])
        return chars, empty or not value[0]
    if op is ops.BRANCH:
        parts = [_first(branch) for branch in value[1]]
        if any(chars is None for chars, _ in parts):
            return None, False
        return set[str]().union(*(chars for chars, _ in parts if chars)), any(empty for _, empty in parts)
    return None, False


def _class(value: Any) -> set[str] | None:
    chars: set[str] = set()
    for op, member in value:
        if op is ops.LITERAL:
            chars.add(chr(member))
        elif op is ops.RANGE and member[1] - member[0] < RANGE:
            chars.update(map(chr, range(member[0], member[1] + 1)))
        elif op is ops.CATEGORY and member is ops.CATEGORY_DIGIT:
            chars.update("0123456789")
            chars.add(DIGIT)
        else:
            return None
    return chars


class Several:
    """Patterns sought together: each is tried only where a character stands that it can begin with.

    >>> both = Several([re.compile("甲+"), re.compile("[甲乙]丙")])
    >>> [(number, m[0]) for number, m in both.finditer("甲甲丙乙丙")]
    [(0, '甲甲'), (1, '甲丙'), (1, '乙丙')]
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = patterns
        self._at: dict[str, list[int]] = defaultdict(list)
        self._anywhere = []
        self._behind: dict[str, list[int]] = {}  # the same for places right behind a digit
        for number, pattern in enumerate(patterns):
            chars = () if pattern.flags & re.IGNORECASE else first(pattern.pattern)
            for char in sorted(chars):
                self._at[char].append(number)
            if not chars:
                self._anywhere.append(number)
        for char, numbers in self._at.items():
            self._behind[char] = [number for number in numbers if not apart(patterns[number].pattern)]
        singles = "".join(re.escape(char) for char in sorted(self._at) if char != DIGIT)
        self._starts = re.compile(f"[{singles}{chr(92)}d]") if self._at else None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, re.Match[str]]]:
        """What `finditer` of each pattern finds in *text*, with the pattern's number: by place, then by number."""
        end = len(text) if end is None else end
        if self._anywhere:
            found = [(n, m) for n in self._anywhere for m in self._patterns[n].finditer(text, start, end)]
            found += self._placed(text, start, end)
            yield from sorted(found, key=lambda f: (f[1].start(), f[0]))
        else:
            yield from self._placed(text, start, end)

    def _placed(self, text: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
        if self._starts is None:
            return
        free = [start] * len(self._patterns)
        for begin in self._starts.finditer(text, start, end):
            place = begin.start()
            tried = self._behind if place and text[place - 1].isdecimal() else self._at
            for number in tried.get(text[place], tried.get(DIGIT, ())):
                if free[number] <= place:
                    match = self._patterns[number].match(text, place, end)
                    if match is not None:
                        free[number] = match.end()
                        yield number, match
