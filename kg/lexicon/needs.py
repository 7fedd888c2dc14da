"""What a text must hold for a pattern to match, and what a match can begin with, read off the pattern itself.

The parse tree is that of the standard library (`re._parser`, there since Python 3.11); where it has none or holds what
is not known here, nothing is needed and the pattern is always tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final, Generic, TypeVar

try:
    from re import _constants as ops  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    ops = parser = None

DIGIT: Final = "digit"  # stands for the class of digits in a set of first characters
RANGE: Final = 400  # characters in a range that is told one by one
MOST: Final = 60  # characters in a set: a larger one spares nothing

Item = TypeVar("Item")
Needs = tuple[frozenset[str], ...]


@cache
def needs(pattern: str) -> Needs:
    """Sets of characters, one of each of which every text holds that *pattern* matches.

    >>> [sorted(chars) for chars in needs("(?:赴|到)[县市]调?研")]
    [['研'], ['到', '赴'], ['县', '市']]
    >>> needs("(?i:ceo)?.*")
    ()
    """
    if parser is None:
        return ()
    tree = parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return ()
    return tuple(dict.fromkeys(sorted(_sequence(tree), key=len)))


class Sieve(Generic[Item]):
    """Tells which of several items a text can match, by the characters it holds and those that each item needs.

    >>> Sieve((pattern, needs(pattern)) for pattern in ("(?:赴|到)县", "县长", ".*")).open("到了县里")
    ['(?:赴|到)县', '.*']
    """

    def __init__(self, items: Iterable[tuple[Item, Needs]]) -> None:
        self.items, wanted = zip(*items, strict=True)
        numbers: dict[frozenset[str], int] = {}
        self._masks = [sum({1 << numbers.setdefault(chars, len(numbers)) for chars in found}) for found in wanted]
        self._bits: dict[str, int] = defaultdict(int)
        for chars, number in numbers.items():
            for char in chars:
                self._bits[char] |= 1 << number
        self._bits = dict(self._bits)

    def open(self, text: str) -> list[Item]:
        """The items that *text* can match, in order."""
        held, bits = 0, self._bits
        for char in set(text):
            if char in bits:
                held |= bits[char]
        return [item for item, mask in zip(self.items, self._masks, strict=True) if mask & held == mask]


def _sequence(items: Any) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    for op, value in items:
        found += _item(op, value)
    return found


def _item(op: Any, value: Any) -> list[frozenset[str]]:
    if op is ops.LITERAL:
        return [frozenset(chr(value))]
    if op is ops.IN:
        chars = _members(value)
        return [chars] if chars else []
    if op is ops.SUBPATTERN:
        _, added, _, inner = value
        return [] if added & re.IGNORECASE else _sequence(inner)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, _, inner = value
        return _sequence(inner) if least else []
    if op is ops.ATOMIC_GROUP:
        return _sequence(value)
    if op is ops.BRANCH:
        best = [min(_sequence(branch), key=len, default=None) for branch in value[1]]
        if any(chars is None for chars in best):
            return []
        union = frozenset().union(*(chars for chars in best if chars))
        return [union] if len(union) <= MOST else []
    return []


def _members(value: Any) -> frozenset[str]:
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
        for number, pattern in enumerate(patterns):
            chars = () if pattern.flags & re.IGNORECASE else first(pattern.pattern)
            for char in sorted(chars):
                self._at[char].append(number)
            if not chars:
                self._anywhere.append(number)
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
        digits = self._at.get(DIGIT, [])
        for begin in self._starts.finditer(text, start, end):
            place = begin.start()
            for number in self._at.get(text[place], digits):
                if free[number] <= place:
                    match = self._patterns[number].match(text, place, end)
                    if match is not None:
                        free[number] = match.end()
                        yield number, match
