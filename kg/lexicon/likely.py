"""Which of several patterns a stretch of a text can hold, by the words that a match of each must contain.

The words are read off the pattern itself. A text is scanned once for the words of all patterns, whatever parts of it
are asked for; a pattern of which no words are known is always tried.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, Generic, TypeVar

from kg.lexicon.needs import class_of, first, ops, parser, tree
from kg.lexicon.ready import kept
from kg.lexicon.scan import Places, WordScan

MOST: Final = 300  # words that parts of a pattern may make together
APART: Final = "\0"  # between texts that are scanned together
KEPT: Final = 2048  # choices of items that are remembered
SEEN: Final = 0.02  # how likely text is to hold a given character at a given place

Item = TypeVar("Item")
Words = frozenset[str]


@cache
def words(pattern: str) -> Words:
    """Words, one of which every match of *pattern* holds: the rarest such set; empty where none is known.

    >>> sorted(words("(?:责任)?编辑?[:：].*")), sorted(words("(?:赴|到)(?<!不)[县市]调?")), words("(?i:ceo)|.+")
    (['编:', '编辑:', '编辑：', '编：'], ['到县', '到市', '赴县', '赴市'], frozenset())
    """
    return frozenset(kept("words", pattern, lambda: sorted(_words(pattern))))


def _words(pattern: str) -> Words:
    if parser is None:
        return frozenset()
    read = tree(pattern)
    first(pattern)  # kept: whoever compiles the pattern asks for it, and to read a pattern again takes far longer
    return _best(_sequence(read)) if not read.state.flags & re.IGNORECASE else frozenset()


def either(*patterns: re.Pattern[str]) -> Words:
    """Words, one of which every text holds that one of *patterns* matches.

    >>> sorted(either(re.compile("甲公司"), re.compile("[乙丙]局"))), either(re.compile("甲"), re.compile(".*"))
    (['丙局', '乙局', '甲公司'], frozenset())
    """
    found = [words(pattern.pattern) for pattern in patterns]
    return frozenset[str]().union(*found) if all(found) else frozenset()


def all_of(*patterns: re.Pattern[str]) -> Words:
    """Words, one of which every text holds in which all of *patterns* match: those of the pattern that asks for most.

    >>> sorted(all_of(re.compile(".*"), re.compile("甲公司"), re.compile("[乙丙]")))
    ['甲公司']
    """
    return _best([found for found in (words(pattern.pattern) for pattern in patterns) if found])


@cache
def signs(pattern: str, letters: str) -> frozenset[Words]:
    """Sets of *letters*, one of each of which every match of *pattern* holds.

    >>> sorted(map(sorted, signs("[甲乙](?:丙|丁.)[甲丁]?.甲丑", "甲乙丙丁")))
    [['丁', '丙'], ['乙', '甲'], ['甲']]
    """
    return frozenset(map(frozenset, kept(f"signs {letters}", pattern, lambda: _signs(pattern, letters))))


def _signs(pattern: str, letters: str) -> list[tuple[str, ...]]:
    if parser is None or tree(pattern).state.flags & re.IGNORECASE:
        return []
    parts = ([sorted(set(letters) & set(word)) for word in one] for one in _sequence(tree(pattern)))
    return sorted({tuple(sorted({char for held in part for char in held})) for part in parts if all(part)})


class Likely(Generic[Item]):
    """Several items, each with the `words` of its pattern; an item without words is always likely.

    An item may come with `signs` of its pattern too, which `of` asks for.

    >>> some = Likely((pattern, words(pattern)) for pattern in ("[甲乙]公司", ".+行动", ".*"))
    >>> text = "甲公司发起青石行动"
    >>> some.open(text, 0, 3), some.open(text, 0, 9), some.open(text, 1, 8)
    (['[甲乙]公司', '.*'], ['[甲乙]公司', '.+行动', '.*'], ['.*'])
    """

    def __init__(self, items: Iterable[tuple[Item, Words] | tuple[Item, Words, Iterable[Words]]]) -> None:
        held: dict[str, int] = defaultdict(int)  # of each word the items, a bit for each
        signed: dict[Words, int] = defaultdict(int)
        told = list(items)
        self.items = tuple(item for item, *_ in told)
        for place, (_, found, *more) in enumerate(told):
            for word in found or ("",):
                held[word] |= 1 << place
            for one in more[0] if more else ():
                signed[one] |= 1 << place
        self._always = held.pop("", 0)
        self._held, self._signed = dict(held), dict(signed)
        self._signs = sorted(frozenset[str]().union(*signed))
        self._without: dict[str, int] = {}  # of the signs of a text the items that ask for none beside them
        self._chosen: dict[int, list[Item]] = {}
        self._sure = self._of_bits(self._always)
        self._scan = WordScan(held, nested=True)
        self._coming: Sequence[str] = ()
        self._prepared: dict[str, list[Item]] = {}
        self._last: tuple[str, Places, list[int]] = ("", [], [])  # a text, its words by their ends

    def prepare(self, texts: Sequence[str]) -> None:
        """Scan several short texts at once; each can then be asked for as a whole, until others are prepared.

        >>> some = Likely([(1, frozenset(["公司"])), (2, frozenset(["局"]))])
        >>> some.prepare(["甲公", "司公司", "乙局"])
        >>> [some.of(text) for text in ("甲公", "司公司", "乙局", "司公司局")]
        [[], [1], [2], [1, 2]]
        """
        self._coming, self._prepared = texts, {}

    def _prepare(self) -> None:
        """What `prepare` announced: now that one of the texts is asked for."""
        joined, start = APART.join(self._coming), 0
        self._read(joined, self._scan.find(joined))
        for text in self._coming:
            self._prepared[text] = self._within(start, start + len(text), text)
            start += len(text) + len(APART)
        self._coming = ()

    def open(self, text: str, start: int, end: int) -> list[Item]:
        """The items whose pattern can match within *text* from *start* to *end*, in order; to be read only."""
        if self._last[0] is not text:
            self._read(text, self._scan.shared(text))
        return self._within(start, end)

    def of(self, text: str) -> list[Item]:
        """The same for the whole of a short text."""
        if self._coming:
            self._prepare()
        ready = self._prepared.get(text)
        if ready is not None:
            return ready
        self._read(text, self._scan.find(text))
        return self._within(0, len(text), text)

    def _read(self, text: str, found: Places) -> None:
        self._last = text, found, [last for _, last in found]

    def _within(self, start: int, end: int, whole: str = "") -> list[Item]:
        """The items of the words of the last text from *start* to *end*; those whose signs *whole* holds, if given."""
        text, found, ends = self._last
        if not ends or ends[-1] <= start:
            return self._sure
        first = bisect_right(ends, start)
        stop = bisect_right(ends, end, first)
        if first == stop:
            return self._sure
        bits, held = self._always, self._held
        for begin, last in found[first:stop]:
            if begin >= start:
                bits |= held[text[begin:last]]
        if whole and self._signs:
            here = "".join(filter(whole.__contains__, self._signs))
            without = self._without.get(here)
            bits &= self._lacking(here) if without is None else without
        chosen = self._chosen.get(bits)
        return self._of_bits(bits) if chosen is None else chosen

    def _lacking(self, here: str) -> int:
        """The items that ask for no sign beside those that are *here*."""
        bits = (1 << len(self.items)) - 1
        for one, asking in self._signed.items():
            if one.isdisjoint(here):
                bits &= ~asking
        self._without[here] = bits
        return bits

    def _of_bits(self, bits: int) -> list[Item]:
        """The items that *bits* stand for, remembered."""
        if len(self._chosen) >= KEPT:
            self._chosen.clear()
        chosen = [item for place, item in enumerate(self.items) if bits >> place & 1]
        self._chosen[bits] = chosen
        return chosen


def _rarity(found: Words) -> float:
    return sum(SEEN ** len(word) for word in found)


def _best(several: list[Words]) -> Words:
    """Of sets of words each of which would do, the one that a text is least likely to hold."""
    best = min(several, key=lambda found: (_rarity(found), sorted(found)), default=frozenset())
    return frozenset(word for word in best if not any(word[a:b] in best for a, b in _parts(len(word))))


@cache
def _parts(size: int) -> tuple[tuple[int, int], ...]:
    """The places of the shorter words in a word of so many characters."""
    return tuple((a, b) for a in range(size) for b in range(a + 1, size + 1) if b - a < size)


def _sequence(items: Any) -> list[Words]:
    """The sets of words that parts of a sequence ask for, neighbours together where they are few."""
    found: list[Words] = []
    run = frozenset([""])
    for op, value in items:
        exact = _exact(op, value)
        if exact is not None and len(run) * len(exact) <= MOST:
            run = frozenset(one + other for one in run for other in exact)
            continue
        found.append(run)
        run = exact if exact is not None else frozenset([""])
        if exact is None:
            found += _inner(op, value)
    return [one for one in (*found, run) if one and "" not in one]


def _inner(op: Any, value: Any) -> list[Words]:
    """What a part asks for that can be more than a few words."""
    if op is ops.IN:
        return [class_of(value)]
    if op is ops.SUBPATTERN:
        return [] if value[1] & re.IGNORECASE else _sequence(value[3])
    if op is ops.ATOMIC_GROUP:
        return _sequence(value)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _sequence(value[2]) if value[0] else []
    if op is ops.BRANCH:
        best = [_best(_sequence(branch)) for branch in value[1]]
        return [frozenset().union(*best)] if all(best) else []
    return []


def _exact(op: Any, value: Any) -> Words | None:
    """All that a part can match, where that is not much; None elsewhere."""
    if op is ops.LITERAL:
        return frozenset(chr(value))
    if op is ops.IN:
        return class_of(value) or None
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return frozenset([""])
    if op is ops.SUBPATTERN:
        return None if value[1] & re.IGNORECASE else _whole(value[3])
    if op is ops.ATOMIC_GROUP:
        return _whole(value)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        inner = _whole(value[2]) if value[1] == 1 else None
        return inner if inner is None or value[0] else inner | {""}
    if op is ops.BRANCH:
        parts = [_whole(branch) for branch in value[1]]
        union = frozenset[str]().union(*(part for part in parts if part))
        return union if all(parts) and len(union) <= MOST else None
    return None


def _whole(items: Any) -> Words | None:
    run = frozenset([""])
    for op, value in items:
        exact = _exact(op, value)
        if exact is None or len(run) * len(exact) > MOST:
            return None
        run = frozenset(one + other for one in run for other in exact)
    return run
