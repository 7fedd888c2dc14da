"""Where a name can begin: the borders in the text before the part that tells what the name is of.

与成都金瑞生物科技有限公司 and 走进唐县实验小学: 与 and 走进 stand before names and hardly ever inside them. They come
from `name_borders.toml` (by hand) and `name_borders.csv` (counted in unlabelled news).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from kg.lexicon import table
from kg.lexicon.needs import compiled
from kg.lexicon.scan import WordScan

_MARK = re.compile(r"[^\u3400-\u9fffA-Za-z0-9·•\-－+&.○〇]")
REACH = 38
SIGNS = "，。；：！？（）()“”\n "  # what no unknown name of a list or frame reaches across
WORD = 5  # characters of the longest border word


def column(name: str) -> list[str]:
    """The first column of a word table beside the TOML files."""
    text = (files("kg.lexicon") / "data" / f"{name}.csv").read_text("utf-8")
    return [row[0] for row in list(csv.reader(text.splitlines()))[1:]]


def alternation(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of words, the longest first.

    >>> alternation(["公司", "有限公司"]).search("某某有限公司").group()
    '有限公司'
    """
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


def opens_with(text: str, words: Sequence[str], start: int, end: int | None = None) -> str:
    """The first of many *words* that stands in *text* at *start*, or nothing.

    >>> opens_with("某有限公司", ["公司", "有限", "有限公司"], 1)
    '有限'
    """
    if not text.startswith(tuple(words), start, end):  # one look, and seldom more
        return ""
    return next(word for word in words if text.startswith(word, start, end))


class Borders:
    """The borders of a text, computed once per document."""

    def __init__(self, text: str) -> None:
        self.text = text
        hard, soft, self._kept = _found(text)
        self._hard = dict(hard)  # the place after a border to the length of its word
        self._soft = soft

    def close(self, place: int) -> None:
        """Set a certain border of one character before *place*."""
        self._hard.setdefault(place, 1)

    def ignore(self, start: int, end: int) -> None:
        """Forget the borders inside start..end, which is one name."""
        for place in range(start + 1, end):
            self._hard.pop(place, None)

    def closes(self, place: int) -> bool:
        """Whether a border word ends right before *place*."""
        return place in self._hard

    def is_mark(self, place: int) -> bool:
        """Whether the character at *place* is a mark that no name crosses."""
        return _is_mark(self.text[place : place + 1])

    def opens(self, place: int) -> bool:
        """Whether a mark or a certain border stands right before *place*."""
        return place == 0 or place in self._hard or _is_mark(self.text[place - 1 : place])

    def within(self, place: int) -> int:
        """Where the border word ends that has *place* inside it, or *place*."""
        for end in range(place + 1, place + WORD):
            if end - self._hard.get(end, 0) < place < end and self._hard.get(end, 0) > 1:
                return end
        return place

    def splits(self, place: int) -> bool:
        """Whether a border at *place* would cut a protected word in two: 暨|南."""
        return bool(self._kept[place])

    def crosses(self, start: int, end: int) -> bool:
        """Whether a certain border lies inside start..end."""
        return any(place in self._hard for place in range(start + 1, end + 1))

    def _national(self, nations: tuple[str, ...], place: int) -> bool:
        """Whether the word for a nation ends at *place* and begins a name itself: not 青石中国|携手."""
        return any(self.text.endswith(nation, 0, place) and self.opens(place - len(nation)) for nation in nations)

    def candidates(self, head: int, brackets: dict[int, int], company: bool = False) -> list[tuple[int, bool]]:
        """Places where a name with its head at *head* may begin, the nearest first; True for a certain border.

        *brackets* maps the end of a bracket that belongs to a name to its start. The last candidate is always certain.
        Border words are words of the trade right before the legal form of a company (设备安装有限公司) and right after
        the word for a nation (中国上市公司协会).
        """
        nations, trades = tuple(table("name_borders")["nation"]["words"]), table("name_borders")["trade"]["words"]
        found: list[tuple[int, bool]] = []
        i = head
        floor = max(0, head - REACH)
        while True:
            size = self._hard.get(i, 0)
            trade = size > 1 and ((company and i == head and self.text[i - size : i] in trades)
                                  or self._national(nations, i - size))
            if size and not trade:
                found.append((i, True))
                return found
            if i <= floor:
                found.append((i, True))
                return found
            if i in brackets:
                i = brackets[i]
                continue
            if _is_mark(self.text[i - 1]):
                found.append((i, True))
                return found
            if i < head and i in self._soft:
                found.append((i, False))
            i -= 1


@cache
def _is_mark(char: str) -> bool:
    return bool(_MARK.match(char))


@lru_cache(maxsize=2)
def _found(text: str) -> tuple[dict[int, int], frozenset[int], bytes]:
    """The certain borders of a text (place to length of the word), the doubtful ones, and which places protected words
    cover; kept for another caller."""
    strong, inside, protect, counted = _patterns()
    kept = bytearray(len(text) + 1)
    covered = bytearray(len(text) + 1)  # length of the protected word over a character
    for start, end in protect.shared(text):
        kept[start + 1 : end] = b"\1" * (end - start - 1)
        covered[start:end] = bytes([end - start]) * (end - start)

    def whole(start: int, end: int) -> bool:
        """Whether the word belongs to a longer one that is protected."""
        if end - start > 1:
            return covered[start] > end - start and min(covered[start:end]) > end - start
        return bool(kept[start] or kept[end])

    soft = {end for start, end in inside.shared(text) if not whole(start, end)}
    hard = {end: end - start for start, end in strong.shared(text)
            if not (whole(start, end) if end - start > 1 else kept[start] or kept[end])}
    for m in counted.finditer(text):
        if not whole(m.start(), m.end()):
            hard.setdefault(m.end(), 1)
    return hard, frozenset(soft), bytes(kept)


@cache
def _patterns() -> tuple[WordScan, WordScan, WordScan, re.Pattern[str]]:
    lists = table("name_borders")
    inside = set(lists["inside"]["words"])
    protect = set(lists["protect"]["words"])
    words = set(lists["border"]["words"]) - inside
    inside |= set(column("name_borders")) - words - protect
    numbers, counting = lists["border"]["numbers"], lists["border"]["counting"]
    return (
        WordScan(words | set(lists["border"]["characters"])),
        WordScan(inside),
        WordScan(protect),
        compiled(f"(?<![{numbers}{lists['border']['ordinal']}])[{numbers}]+[{counting}](?![{counting}])|{lists['border']['this']}[{counting}]|{lists['border']['date']}"),
    )
