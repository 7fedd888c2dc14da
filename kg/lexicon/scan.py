"""Many words sought at once: an Aho-Corasick automaton, some ten times as fast as an alternation of `re`."""

from __future__ import annotations

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

    def find(self, text: str) -> list[tuple[int, int]]:
        """Start and end of every word in *text*, by their ends."""
        return [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(text, self._nested)]

    def longest(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The longest word at every place of *text* from *start* to *end*, in order; the scan has to be *nested*.

        >>> WordScan(["公司", "有限公司", "限公"], nested=True).longest("有限公司", 0, 4)
        [(0, 4), (1, 3), (2, 4)]
        """
        best: dict[int, int] = {}
        for first, last in self.find(text[start:end]):
            best[first + start] = max(last + start, best.get(first + start, 0))
        return sorted(best.items())

    def words(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The words of *text* from *start* to *end*."""
        return [(first + start, last + start) for first, last in self.find(text[start:end])]
