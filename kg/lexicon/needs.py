"""What a match of a pattern can begin with, read off the pattern itself.

The parse tree is that of the standard library (`re._parser`, there since Python 3.11); where it has none or holds what
is not known here, the pattern is tried everywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Final

from kg.lexicon.ready import kept

try:
    from re import _constants, _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _constants = _parser = None
ops: Final = _constants
parser: Final = _parser

DIGIT: Final = "digit"  # stands for the class of digits in a set of first characters
ANY: Final = "\0"  # stands for all that may follow
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


@lru_cache(maxsize=4)
def tree(pattern: str) -> Any:
    """A pattern as the standard library reads it."""
    return parser.parse(pattern)


def first(pattern: str) -> frozenset[str]:
    """The characters that a match of *pattern* can begin with; empty where that is not known or it may be empty.

    >>> sorted(first("(?<!第)(?:近|约)?[甲乙]组"))
    ['乙', '甲', '约', '近']
    >>> first("甲?"), first(".甲")
    (frozenset(), frozenset())
    """
    return _opening(pattern)[0]


@cache
def _opening(pattern: str) -> tuple[frozenset[str], bool]:
    """The same, and whether the pattern begins with a character or a class."""
    if parser is None:
        return frozenset(), False
    found, plain = kept("opening", pattern, lambda: _opened(pattern))
    return frozenset(found), plain


def _opened(pattern: str) -> tuple[list[str], bool]:
    read = tree(pattern)
    found, empty = _first(read) if not read.state.flags & re.IGNORECASE else (None, True)
    return sorted(found) if found and not empty else [], _plain(read)


@cache
def apart(pattern: str) -> bool:
    """Whether a match of *pattern* never begins right behind a digit: that is the first thing it asks for.

    >>> apart(r"(?<![\\d.])(?<!第)\\d+年"), apart(r"\\d+年"), apart(r"(?<!第)\\d+年")
    (True, False, False)
    """
    return bool(kept("apart", pattern, lambda: _apart(pattern)))


def _apart(pattern: str) -> bool:
    if parser is None:
        return False
    digit = (ops.CATEGORY, ops.CATEGORY_DIGIT)
    for op, value in tree(pattern):
        if op is not ops.ASSERT_NOT or value[0] >= 0 or len(value[1]) != 1:
            return False
        inner, members = value[1][0]
        if inner is ops.IN and members[0] != (ops.NEGATE, None) and digit in members:
            return True
    return False


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """*pattern* compiled, with what it can begin with asked for first: at most places that ends the trial.

    Where it begins with a character or a class of them the engine itself looks for these. Compiled once.

    >>> compiled("(?:甲|乙组)?丙").pattern, compiled("甲.*").pattern, compiled("甲?").pattern
    ('(?=[丙乙甲])(?:(?:甲|乙组)?丙)', '甲.*', '甲?')
    """
    chars, plain = _opening(pattern)
    return re.compile(pattern if plain or not chars else f"(?={_begins(chars)})(?:{pattern})")


def _plain(items: Any) -> bool:
    """Whether a sequence begins with a character or a class."""
    for op, value in items:
        if op is ops.SUBPATTERN:
            return _plain(value[3])
        if op is ops.BRANCH:
            return all(branch and branch[0][0] is ops.LITERAL for branch in value[1])
        return op in (ops.LITERAL, ops.IN)
    return False


def _begins(chars: Iterable[str]) -> str:
    """The class of first characters."""
    singles = "".join(re.escape(char) for char in sorted(chars) if char != DIGIT)
    return f"[{singles}{chr(92)}d]" if DIGIT in chars else f"[{singles}]"


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
        elif op is ops.CATEGORY and member is ops.CATEGORY_SPACE:
            chars |= _spaces()
        else:
            return None
    return chars


@cache
def _spaces() -> frozenset[str]:
    """All white space; none lies beyond the ideographic space."""
    return frozenset(char for char in map(chr, range(ord("\u3000") + 1)) if char.isspace())


def pairs(pattern: str) -> frozenset[str]:
    """What a match of *pattern* can begin with, two characters each; a single one where any may follow it.

    >>> sorted(pairs("(?:前|今)天|[今明]年?")), sorted(pairs("前(?!天).")), pairs("甲?"), pairs("(?i:a)")
    (['今', '今天', '今年', '前天', '明', '明年'], ['前'], frozenset(), frozenset())
    """
    return frozenset(kept("pairs", pattern, lambda: sorted(_pairs(pattern))))


def _pairs(pattern: str) -> set[str]:
    if parser is None:
        return set()
    found = {one.rstrip(ANY) for one in _two(tree(pattern))}
    return set() if "" in found else found


def _two(items: Any) -> set[str]:
    """The first two characters of what a sequence matches, fewer where it ends before; ANY stands for what may follow
    where that is not known."""
    found = {""}
    for op, value in items:
        if all(len(one) > 1 or one == ANY for one in found):
            break
        found = _joined(found, _two_of(op, value))
    return found


def _joined(found: set[str], more: set[str]) -> set[str]:
    return {one if one.endswith(ANY) else (one + other)[:2] for one in found for other in more}


def _two_of(op: Any, value: Any) -> set[str]:
    if op is ops.LITERAL:
        return {chr(value)}
    if op is ops.IN:
        chars = _class(value)
        return {ANY} if chars is None else chars - {DIGIT}
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return {""}
    if op is ops.SUBPATTERN:
        return {ANY} if value[1] & re.IGNORECASE else _two(value[3])
    if op is ops.ATOMIC_GROUP:
        return _two(value)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, most, inner = value[0], value[1], _two(value[2])
        once = inner | {""} if least < 1 else inner
        return _joined(once, inner | {""} if least < 2 else inner) if most > 1 else once
    if op is ops.BRANCH:
        return set[str]().union(*(_two(branch) for branch in value[1]))
    return {ANY}


_ODD: Final = "(?![0-9])\\d"  # a digit of another script


class Several:
    """Patterns sought together: each is tried only where two characters stand that it can begin with.

    >>> both = Several([re.compile("甲+"), re.compile("[甲乙]丙")])
    >>> [(number, m[0]) for number, m in both.finditer("甲甲丙乙丙")]
    [(0, '甲甲'), (1, '甲丙'), (1, '乙丙')]
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = patterns
        self._anywhere: list[int] = []
        behind: set[int] = set()  # those that may begin right behind a digit
        begun: dict[str, list[int]] = defaultdict(list)
        opened: dict[int, frozenset[str]] = {}
        for number, pattern in enumerate(patterns):
            chars = frozenset[str]() if pattern.flags & re.IGNORECASE else first(pattern.pattern)
            for char in sorted(chars):
                begun[char].append(number)
            if not chars:
                self._anywhere.append(number)
            elif not apart(pattern.pattern):
                behind.add(number)
            opened[number] = pairs(pattern.pattern)
        self._at = _by_pairs(begun, opened)
        self._behind = _by_pairs({char: [n for n in some if n in behind] for char, some in begun.items()}, opened)
        self._starts = re.compile(_openings(begun, opened)) if begun else None

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
            two = text[place : place + 2]
            numbers = tried.get(two)
            if numbers is None:
                char, other = two[0], two[1:]
                odd = other.isdecimal() and not other.isascii()  # a digit of another script
                numbers = tried.get(char + DIGIT if odd else char, tried.get(DIGIT, []))
            for number in numbers:
                if free[number] <= place:
                    match = self._patterns[number].match(text, place, end)
                    if match is not None:
                        free[number] = match.end()
                        yield number, match


def _openings(begun: dict[str, list[int]], opened: dict[int, frozenset[str]]) -> str:
    """What stands at any place where one of the patterns can begin: two characters, or one that any may follow.

    Where a digit may follow, one of another script may too.

    >>> _openings({"甲": [0], "乙": [0, 1], "丙": [1]}, {0: frozenset(["甲子", "乙丑"]), 1: frozenset(["乙", "丙丑"])})
    '[乙]|丙(?=[丑])|甲(?=[子])'
    """
    alone: list[str] = []
    parts: list[str] = []
    for char, numbers in sorted(begun.items()):
        after = {two[1:] for number in numbers for two in opened[number] if two[0] == char}
        if char == DIGIT or "" in after or not all(opened[number] for number in numbers):
            alone.append(char)
        else:
            other = f"|{_ODD}" if any(map(str.isdecimal, after)) else ""
            parts.append(f"{re.escape(char)}(?={_begins(after)}{other})")
    single = [char for char in alone if char != DIGIT]
    return "|".join([*([_begins(single)] if single else []), *parts, *([_ODD] if DIGIT in alone else [])])


def _by_pairs(begun: dict[str, list[int]], opened: dict[int, frozenset[str]]) -> dict[str, list[int]]:
    """The patterns to try where two characters stand, where one stands before any other, before an odd digit."""
    found: dict[str, list[int]] = {}
    for char, numbers in begun.items():
        for two in {char, *(two for number in numbers for two in opened[number] if two[0] == char)}:
            found[two] = [n for n in numbers if not opened[n] or two in opened[n] or char in opened[n]]
        found[char + DIGIT] = numbers
    return found | {DIGIT: begun[DIGIT]} if DIGIT in begun else found
