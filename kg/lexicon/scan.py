"""Many words sought at once: an Aho-Corasick automaton, some ten times as fast as an alternation of `re`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind


class WordScan:
    """The places of a set of words in a text; at each place the longest word, and none inside another unless *nested*.

    >>> scan = WordScan(["公司", "有限公司"])
    >>> scan.find("某某有限公司与公司")
    [(2, 6), (7, 9)]
    >>> WordScan(["公司", "有限公司"], nested=True).find("有限公司")
    [(0, 4), (2, 4)]
    >>> WordScan([]).find("公司")
    []
    """

    def __init__(self, words: Iterable[str], nested: bool = False) -> None:
        kind = MatchKind.Standard if nested else MatchKind.LeftmostLongest
        self._automaton = AhoCorasick(sorted(set(words)), matchkind=kind)
        self._nested = nested
        self._last: tuple[str, list[tuple[int, int]], list[int]] = ("", [], [])  # a text, its words and their ends

    def find(self, text: str) -> list[tuple[int, int]]:
        """Start and end of every word in *text*, by their ends."""
        return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(text, self._nested)]

    def longest(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
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

    def words(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The words of *text* from *start* to *end*, as if nothing stood around these. *text* is scanned once.

        >>> scan, text = WordScan(["公司", "限公", "有限公司"]), "有限公司"
        >>> scan.words(text, 0, 4), scan.words(text, 1, 4), scan.words(text, 0, 3)
        ([(0, 4)], [(1, 3)], [(1, 3)])
        """
        known, found, ends = self._last
        if known is not text:
            found = self.find(text)
            ends = [last for _, last in found]
            self._last = text, found, ends
        begin = bisect_right(ends, start)
        stop = bisect_right(ends, end, begin)
        if self._nested:
            return [word for word in found[begin:stop] if word[0] >= start]
        if (begin < len(found) and found[begin][0] < start) or (stop < len(found) and found[stop][0] < end):
            return [(first + start, last + start) for first, last in self.find(text[start:end])]  # one is cut in two
        return found[begin:stop]
