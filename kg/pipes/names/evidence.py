"""Borders of names told by words and by the article itself: 健全|港珠澳大桥, 带|动圆通, 福特|尚未.

A name that opens with a verb, or begins inside a word, is cut where what is left is a name for certain: it begins with
a region or a well-known company, or it opens elsewhere in the article. Behind a name an adverb is cut where the rest is
well known or stands elsewhere as a name. Two houses printed without a mark between them are two names. Names of
foreigners and countries are no companies.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.borders import Borders, column
from kg.pipes.names.context import joined
from kg.pipes.names.generic import generic

LONGEST = 4  # characters of a word before a name
KNOWN = 2  # characters of the shortest well-known name
QUOTES = "“‘《「"  # what opens the name of an undertaking that may begin with a verb
WORD = 2  # characters of a word that a name begins inside
LED = {"project": 6, "organization": 6}  # characters of common words before a name, at most
GIVEN = 20  # characters of a given name in Latin letters, at most


@dataclass(frozen=True, slots=True)
class Lead:
    """Words before names: of several characters, which suffice where a region follows, and of a single one."""

    words: frozenset[str]
    single: frozenset[str]


@cache
def leads() -> Lead:
    """The words of name_evidence.toml, and the border words that stand inside no name."""
    lists, own = table("name_borders"), table("name_evidence")["lead"]
    hard = set(lists["border"]["words"]) - set(lists["inside"]["words"])
    words = {word for word in hard if 1 < len(word) <= LONGEST} | set(own["words"])
    return Lead(frozenset(words - set(lists["protect"]["words"])), frozenset(own["single"]))


@cache
def _known() -> frozenset[str]:
    return frozenset(table("enterprises")["known"]["words"])


@cache
def _common() -> frozenset[str]:
    return frozenset(word for word in column("common_words") if len(word) == WORD)


@cache
def _own_words() -> re.Pattern[str]:
    return re.compile(table("name_evidence")["lead"]["own"])


@cache
def _given() -> re.Pattern[str]:
    return re.compile(table("name_evidence")["person"]["before"])


class Evidence:
    """What an article says about the borders of the names *found* in it."""

    def __init__(self, text: str, found: Collection[Mention], places: dict[int, Mention], borders: Borders) -> None:
        self.text, self.places, self.borders = text, places, borders
        self.found = found
        self.names = Counter(text[m.start : m.end] for m in found)
        self.begun: dict[str, list[str]] = defaultdict(list)  # names and those that are a little longer
        kinds = {(m.category, text[m.start : m.end]) for m in found}
        for kind, name in sorted(kinds):
            for size in (1, 2):
                if (kind, name[:-size]) in kinds:
                    self.begun[name[:-size]].append(name)
        self.inside = {i for region in places.values() for i in range(region.start, region.end)}

    def sound(self) -> list[Mention]:
        """The names with the borders that they should have, without those that are none."""
        out: list[Mention] = []
        for m in self.found:
            if m.category == "enterprise" and self._nobody(m):
                continue
            out += self._houses(m) or [self._right(self._left(self._longer(m)))]
        return out

    def _longer(self, m: Mention) -> Mention:
        """The longer name that is spelled here and stands elsewhere as a name: 中际旭|创."""
        words = self.text[m.start : m.end]
        if m.name != words or m.category != "enterprise" or words in _known():
            return m
        tails = table("name_evidence")["tail"]["words"]
        for name in self.begun.get(words, ()):
            if (self.text.startswith(name, m.start) and self.names[name] >= self.names[words]
                    and name[len(words) :] not in tails):
                return _moved(m, self.text, m.start, m.start + len(name))
        return m

    def _left(self, m: Mention) -> Mention:
        words = self.text[m.start : m.end]
        quoted = self.text[max(m.start - 1, 0) : m.start] in QUOTES
        bare = words in _known() or not words[0].isalnum()
        if m.name != words or m.start in self.places or bare or (quoted and m.start):
            return m
        start = self._straddled(m)
        if start == m.start:
            start = self._behind_verb(m)
        if start == m.start and m.category in LED:
            start = self._behind_common(m)
        return _moved(m, self.text, start, m.end)

    def _straddled(self, m: Mention) -> int:
        """Where a name begins that begins inside a word: 带动|圆通, 外汇管理局."""
        lists, start = table("name_evidence")["straddle"], m.start
        word, inner = self.text[start - 1 : start + 1], self.text[start : start + WORD]
        if not start or start - 1 in self.inside or len(word) < WORD or word in lists["never"]:
            return start
        if inner in _common():
            return start
        if word in lists["before"]:
            return start + 1
        opens = start > 1 and self.borders.opens(start - 1) and not self.borders.closes(start)
        return start - 1 if opens and word in _common() and m.category != "project" else start

    def _behind_verb(self, m: Mention) -> int:
        """Where a name begins behind the verb that was taken into it: 健全|港珠澳大桥."""
        lead, words = leads(), self.text[m.start : m.end]
        for size in range(LONGEST, 0, -1):
            first, place = words[:size], m.start + size
            rest = words[size:]
            if len(rest) < KNOWN:
                continue
            if size > 1 and first in lead.words and not joined(first) and (
                    self._begins(place, m.end) or self._stands(words, rest)):
                return place
            if size == 1 and first in lead.single and (
                    rest in _known() or self.names[rest] > self.names[words] or self._stands(words, rest)):
                return place
        return m.start

    def _behind_common(self, m: Mention) -> int:
        """Where a name begins behind common words, which the article has as a name without them: 祝福|青石运动会."""
        words = self.text[m.start : m.end]
        for size in range(WORD, LED[m.category] + 1):
            first, rest = words[:size], words[size:]
            if self.names[rest] and generic(first) and not _own_words().search(first) and self._stands(words, rest):
                return m.start + size
        return m.start

    def _begins(self, place: int, end: int) -> bool:
        """Whether a region or a well-known company begins at *place* and ends within the name."""
        region = self.places.get(place)
        if region is not None and region.end < end:
            return True
        return any(self.text[place:last] in _known() for last in range(place + KNOWN, end + 1))

    def _stands(self, words: str, rest: str) -> bool:
        """Whether *rest* opens elsewhere in the article, oftener than it stands behind the verb."""
        if len(rest) < table("name_evidence")["lead"]["shortest"]:
            return False
        opening = [p for p in self._places(rest) if self.borders.opens(p) or p in self.places]
        alone = sum(1 for p in opening if not self.text.endswith(words[: -len(rest)], 0, p))
        return alone > 0 and alone >= self.text.count(words)

    def _places(self, words: str) -> list[int]:
        """Where *words* stand in the article, none across another."""
        found, place = [], self.text.find(words)
        while place >= 0:
            found.append(place)
            place = self.text.find(words, place + len(words))
        return found

    def _right(self, m: Mention) -> Mention:
        """The name without the adverb behind it: 福特|尚未透露."""
        words = self.text[m.start : m.end]
        if m.name != words or words in _known() or m.category != "enterprise":
            return m
        for tail in table("name_evidence")["tail"]["words"]:
            left = words[: -len(tail)]
            if words.endswith(tail) and len(left) >= KNOWN and (left in _known() or self.names[left]):
                return _moved(m, self.text, m.start, m.start + len(left))
        return m

    def _nobody(self, m: Mention) -> bool:
        """Whether a company is a person, a country or a city."""
        words, lists = self.text[m.start : m.end], table("name_evidence")
        if m.name != words or words in _known():
            return False
        if words in lists["abroad"]["words"]:
            return True
        dots = lists["person"]["dots"]
        given, _, family = words.partition(" ")
        person = lists["person"]
        if family.isalpha() and given in person["given"] and family not in person["brands"]:
            return True
        first = self.text.find(words)  # a person is named in full first
        behind = first > 0 and self.text[first - 1] in dots
        if not behind and words.isascii() and words.isalpha():
            behind = any(self._family(place, place + len(words)) for place in self._places(words))
        return behind and not any(words + word in self.text for word in lists["person"]["company"])

    def _family(self, start: int, end: int) -> bool:
        """Whether the word at start..end is a family name in Latin letters, behind a given one: Dan Stonewell."""
        after = self.text[end : end + 1]
        longer = after.isascii() and after.isalpha()
        return not longer and _given().search(self.text, max(0, start - GIVEN), start) is not None

    def _houses(self, m: Mention) -> list[Mention]:
        """The two names that one mention holds: 青石大学|唐县职业学院."""
        words, lists = self.text[m.start : m.end], table("name_evidence")["houses"]
        if m.category != "organization" or words.endswith(tuple(lists["branch"])):
            return []
        for place in range(m.start + 3, m.end - 3):
            region = self.places.get(place)
            if region is None or region.end >= m.end or self.borders.is_mark(place - 1):
                continue
            first, second = self.text[m.start : place], self.text[place : m.end]
            if any(word in second for word in lists["within"]):
                return []
            if any(first.endswith(a) and second.endswith(b) for a, b in lists["pairs"]):
                rest = _moved(m, self.text, place, m.end, second)
                return [_moved(m, self.text, m.start, place, first), *(self._houses(rest) or [rest])]
        return []


def _moved(m: Mention, text: str, start: int, end: int, name: str = "") -> Mention:
    """The mention with other borders, under the key of its new name."""
    if (start, end) == (m.start, m.end):
        return m
    name = name or text[start:end]
    return replace(m, start=start, end=end, key=m.key.partition(":")[0] + ":" + name, name=name)


def sound(text: str, found: Sequence[Mention], places: dict[int, Mention], borders: Borders) -> list[Mention]:
    """*found* with the borders that the article and its words tell, each name once."""
    once: dict[tuple[int, int, str], Mention] = {}
    for m in Evidence(text, found, places, borders).sound():
        once.setdefault((m.start, m.end, m.category), m)
    return list(once.values())
