"""Many words sought at once: an Aho-Corasick automaton, some ten times as fast as an alternation of `re`.

Some thirty such sets of words are sought in every article. What takes time is not to walk through its characters but to
fetch another automaton into the processor's memory, so those that are asked again and again become one (`Board`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from operator import le
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

FIRST: Final = 2  # texts after which the scans that were asked become one; and again after twice as many
FEW: Final = 600  # words of which the automaton is spelled out: twice as fast, but many times as large
KEPT: Final = 2  # texts whose words the board remembers: that of a document as it was read, and as it was cleaned

Places = list[tuple[int, int]]


class WordScan:
    """The places of a set of words in a text; at each place the longest word, and none inside another unless *nested*.

    *alone*: the words are those of one article, no others are sought with them.

    >>> scan = WordScan(["公司", "有限公司"])
    >>> scan.find("某某有限公司与公司")
    [(2, 6), (7, 9)]
    >>> WordScan(["公司", "有限公司"], nested=True).find("有限公司")
    [(0, 4), (2, 4)]
    >>> WordScan([]).find("公司")
    []
    """

    def __init__(self, words: Iterable[str], nested: bool = False, alone: bool = False) -> None:
        self.held = sorted(set(words))
        self.nested, self._alone = nested, alone
        kind = MatchKind.Standard if nested else MatchKind.LeftmostLongest
        quick = Implementation.DFA if len(self.held) <= FEW else None
        self._automaton = AhoCorasick(self.held, matchkind=kind, implementation=quick)
        self._last: tuple[str, Places, list[int]] = ("", [], [])  # a text, its words and their ends

    def find(self, text: str) -> Places:
        """Start and end of every word in *text*, by their ends."""
        return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(text, self.nested)]

    def shared(self, text: str) -> Places:
        """The same for the text of an article, in which other scans look for their words too, if not *alone*."""
        found = None if self._alone else board().find(self, text)
        return self.find(text) if found is None else found

    def longest(self, text: str, start: int, end: int) -> Places:
        """The longest word at every place of *text* from *start* to *end*, in order; the scan has to be *nested*.

        >>> WordScan(["公司", "有限公司", "限公"], nested=True).longest("有限公司", 0, 4)
        [(0, 4), (1, 3), (2, 4)]
        """
        found = self.words(text, start, end)
        if len(found) < 2:
            return found
        best: dict[int, int] = {}
        for first, last in found:
            best[first] = max(last, best.get(first, 0))
        return sorted(best.items())

    def words(self, text: str, start: int, end: int) -> Places:
        """The words of *text* from *start* to *end*, as if nothing stood around these. *text* is scanned once.

        >>> scan, text = WordScan(["公司", "限公", "有限公司"]), "有限公司"
        >>> scan.words(text, 0, 4), scan.words(text, 1, 4), scan.words(text, 0, 3)
        ([(0, 4)], [(1, 3)], [(1, 3)])
        """
        known, found, ends = self._last
        if known is not text:
            found = self.shared(text)
            ends = [last for _, last in found]
            self._last = text, found, ends
        if not ends or ends[-1] <= start:
            return []
        begin = bisect_right(ends, start)
        stop = bisect_right(ends, end, begin)
        if self.nested:
            return [word for word in found[begin:stop] if word[0] >= start]
        if (begin < len(found) and found[begin][0] < start) or (stop < len(found) and found[stop][0] < end):
            return [(first + start, last + start) for first, last in self.find(text[start:end])]  # one is cut in two
        return found[begin:stop]


class Board:
    """The scans of a process as one automaton: it reads a text once for all of them.

    A scan that it does not know yet looks for itself. After FIRST texts, and whenever it has seen twice as many, those
    that have asked are taken in: most at once, and a run over one article builds nothing in vain.

    >>> one, other, made = WordScan(["甲乙", "乙"], nested=True), WordScan(["甲", "乙", "甲乙"]), Board()
    >>> [made.find(scan, text) for text in ("甲", "乙丙甲乙") for scan in (one, other)]
    [None, None, None, None]
    >>> [made.find(scan, "乙丙甲乙甲") for scan in (one, other)]
    [[(0, 1), (2, 4), (3, 4)], [(0, 1), (2, 4), (4, 5)]]
    """

    def __init__(self) -> None:
        self._automaton: AhoCorasick | None = None
        self._members: dict[WordScan, int] = {}
        self._owners: list[list[int]] = []  # of each word the scans that seek it
        self._sole: list[int] = []  # of each word the one scan that seeks it, -1 where there are several
        self._waiting: dict[WordScan, None] = {}
        self._seen, self._due = 0, FIRST
        self._texts: dict[str, list[Places]] = {}

    def find(self, scan: WordScan, text: str) -> Places | None:
        """Start and end of every word of *scan* in *text*, by their ends; None where the board does not know it yet."""
        found = self._texts.get(text)
        if found is None:
            found = self._read(text)
        number = self._members.get(scan)
        if number is None:
            self._waiting[scan] = None
            return None
        return found[number] if scan.nested else _apart(found[number])

    def _read(self, text: str) -> list[Places]:
        if self._waiting and self._seen >= self._due:
            self._due = 2 * self._seen
            self._grow()
        self._seen += 1
        found: list[Places] = [[] for _ in self._members]
        if self._automaton is not None:
            sole, owners, add = self._sole, self._owners, [places.append for places in found]
            for word, start, end in self._automaton.find_matches_as_indexes(text, True):
                number = sole[word]
                if number >= 0:
                    add[number]((start, end))
                    continue
                place = start, end
                for number in owners[word]:
                    add[number](place)
        while len(self._texts) >= KEPT:
            del self._texts[next(iter(self._texts))]
        self._texts[text] = found
        return found

    def _grow(self) -> None:
        """Take in the scans that wait."""
        for scan in self._waiting:
            self._members[scan] = len(self._members)
        self._waiting.clear()
        self._texts.clear()
        owners: dict[str, list[int]] = {}
        for scan, number in self._members.items():
            for word in scan.held:
                owners.setdefault(word, []).append(number)
        self._automaton = AhoCorasick(list(owners), matchkind=MatchKind.Standard)
        self._owners = list(owners.values())
        self._sole = [numbers[0] if len(numbers) == 1 else -1 for numbers in self._owners]


def _apart(found: Places) -> Places:
    """Of words that overlap the first, of those that begin together the longest."""
    if len(found) < 2:
        return found
    starts, ends = zip(*found, strict=True)
    if all(map(le, ends, starts[1:])):
        return found
    longest = dict(found)  # they are sorted by their ends: the longest comes last
    kept, free = [], 0
    for start in sorted(longest):
        if start >= free:
            free = longest[start]
            kept.append((start, free))
    return kept


@cache
def board() -> Board:
    """The board of this process; with another lexicon it begins anew."""
    return Board()
