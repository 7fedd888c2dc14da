"""How likely a stretch of text is the name of a person: counts of surnames and given names against common text."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from io import StringIO
from math import log
from typing import Final

from kg.lexicon import DATA, table

SMOOTHING: Final = 1.0
RARE_SURNAME: Final = 0.3  # the count given to a surname of the list that the corpus does not show
PUNCTUATION: Final = 4.0  # log odds that a sign, a verb of speech or nothing known stands behind a name
VERB: Final = 3.0
WORD: Final = 1.2
UNKNOWN: Final = -1.5
GIVEN_TWO: Final = 0.3  # names of three characters are more frequent than names of two
GIVEN_ONE: Final = -1.0
TWIN: Final = 2.0  # for a given name of one character twice (森森), which other words rarely make
IMPOSSIBLE: Final = float("-inf")
SURE: Final = 5.0  # least log odds of a name that is weighed against another word
UNSEEN: Final = 0.0  # the most that a character which no counted name holds can speak for a name


@dataclass(frozen=True, slots=True)
class NameModel:
    """Log odds of characters in their places (surname, first, second and only given) against common text."""

    surnames: dict[str, float]
    first: dict[str, float]
    second: dict[str, float]
    only: dict[str, float]
    unseen: dict[str, tuple[float, float, float]]
    never: frozenset[str]
    words: frozenset[str]
    closing: frozenset[str]
    uncommon: frozenset[str]
    foreign: frozenset[str]
    quotes: frozenset[str]
    adverbs: frozenset[str]
    syllables: frozenset[str]
    penalty: float
    follow: tuple[frozenset[str], ...]

    def score(self, name: str) -> float:
        """Log odds that *name* (surname and given name) is the name of a person; minus infinity where it cannot be.

        >>> model = names()
        >>> model.score("王建国") > 5 > model.score("于有关")
        True
        >>> model.score("会的")
        -inf
        """
        head = name[:2] if len(name) > 2 and name[:2] in self.surnames else name[:1]
        given = name[len(head):]
        if head not in self.surnames or not 1 <= len(given) <= 2 or not self.never.isdisjoint(given):
            return IMPOSSIBLE
        if name[:2] in self.words or name in self.words or (len(given) == 2 and given in self.follow[2]):
            return IMPOSSIBLE
        if not "\u4e00" <= min(given) <= max(given) <= "\u9fff":
            return IMPOSSIBLE
        if len(given) == 1:
            return self.surnames[head] + self._odds(self.only, given, 2) + GIVEN_ONE
        odds = self.surnames[head] + self._odds(self.first, given[0], 0) + self._odds(self.second, given[1], 1)
        odds += TWIN if given[0] == given[1] else 0.0
        return odds + GIVEN_TWO - (self.penalty if given[0] in self.foreign and given[1] in self.foreign else 0.0)

    def _odds(self, places: dict[str, float], char: str, which: int) -> float:
        found = places.get(char)
        return found if found is not None else self.unseen.get(char, self.unseen[""])[which]

    def boundary(self, text: str, place: int) -> float:
        """Log odds that a name ends where *text* goes on at *place*.

        >>> names().boundary("王灏指出,", 2) > names().boundary("王灏指出,", 1)
        True
        """
        char = text[place : place + 1]
        if not "\u4e00" <= char <= "\u9fff" or char in self.closing:
            return PUNCTUATION
        for length in range(len(self.follow) - 1, 0, -1):
            if text[place : place + length] in self.follow[length]:
                return VERB if length > 1 else WORD
        return UNKNOWN

    def transcribed(self, text: str, place: int) -> bool:
        """Whether four or more characters of foreign transcription begin at *place* (梅德韦杰夫).

        >>> names().transcribed("梅德韦杰夫说", 0), names().transcribed("马克里带队", 0)
        (True, False)
        """
        end = place + 1
        while end < len(text) and text[end] in self.foreign:
            end += 1
        if end < len(text) and end - place < 4 and text[end + 1 : end + 2] in self.foreign:
            end += 2
        return end - place >= 4

    def common(self, word: str) -> bool:
        """Whether *word* begins like one of the words that are taken for names too easily, or holds what none holds.

        >>> names().common("方面"), names().common("麒麟")
        (True, False)
        """
        if word in self.uncommon:
            return False
        return any(word.startswith(w) for w in (word[:2], word[:3]) if w in self.words) or bool(self.never & {*word})

    def stands(self, text: str, place: int) -> bool:
        """Whether a whole name of three or more characters stands at *place*, before a sign or verb that ends it.

        >>> names().stands("江敦涛在会上", 0), names().stands("江大桥通车", 0), names().stands("沙马日古参加", 0)
        (True, False, True)
        """
        best = next(iter(self.candidates(text, place)), ("", 0.0))
        if len(best[0]) > 2 and best[1] > SURE and self.boundary(text, place + len(best[0])) >= WORD:
            return True
        end = place
        while text[end : end + 1] in self.syllables and end - place < 5:
            end += 1
            if end - place > 3 and self.boundary(text, end) >= VERB:
                return True
        return False

    def begins(self, text: str, place: int) -> bool:
        """Whether a surname stands at *place*."""
        return text[place : place + 1] in self.surnames or text[place : place + 2] in self.surnames

    def candidates(self, text: str, place: int) -> list[tuple[str, float]]:
        """Names that can start at *place*, with the odds of name and boundary together, best first."""
        if not self.begins(text, place) or text[place : place + 3] in self.words:  # 高峰论坛
            return []
        found = []
        for length in (2, 3, 4):
            name = text[place : place + length]
            if len(name) == length:
                odds = self.score(name)
                if odds > IMPOSSIBLE:
                    odds += self.boundary(text, place + length)
                    inner = self.boundary(text, place + length - 1)
                    if length > 2 and inner > UNKNOWN:
                        behind = text[place + length : place + length + 1]
                        adverb = name[-1] in self.adverbs and "\u4e00" <= behind <= "\u9fff"
                        odds -= inner * (4 if adverb else 3 if behind in self.quotes else 1)
                    found.append((name, odds))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


@cache
def names() -> NameModel:
    """The one model of the process, read at the first call."""
    words = table("names")
    rows = list(csv.DictReader(StringIO((DATA / "name_chars.csv").read_text("utf-8"))))
    columns = ("surname", "first", "second", "only")
    total = {column: sum(float(row[column]) for row in rows) for column in columns}
    compound = set(words["surnames"]["compound"])
    surnames: dict[str, float] = {}
    places: dict[str, dict[str, float]] = {column: {} for column in columns}
    unseen: dict[str, tuple[float, float, float]] = {}
    common = 60.0  # per million, where the table has no figure for a character
    listed = set("".join(words["surnames"]["single"].split())) | compound
    for row in rows:
        char = row["text"]
        share = max(float(row["per_million"]), 1.0) / 1e6
        if char in listed:
            count = max(float(row["surname"]), RARE_SURNAME)
            odds = 5.0 if char in compound else log(count / total["surname"] / share)
            surnames[char] = odds - float(words["surnames"]["doubt"].get(char, 0.0))
        for column in columns[1:]:
            count = float(row[column])
            if count:
                places[column][char] = log((count + SMOOTHING) / total[column] / share)
        unseen[char] = _unseen(total, share)
    for char in listed - surnames.keys():  # so rare that common text does not show them
        surnames[char] = log(RARE_SURNAME / total["surname"] * 1e6)
    unseen[""] = _unseen(total, common / 1e6)
    follow = sorted(set(words["follow"]["strong"]))
    longest = max(map(len, follow))
    return NameModel(
        surnames=surnames,
        first=places["first"],
        second=places["second"],
        only=places["only"],
        unseen=unseen,
        never=frozenset(words["given"]["never"]),
        words=frozenset(words["given"]["words"]),
        foreign=frozenset(words["foreign"]["syllables"]),
        syllables=frozenset(words["minority"]["syllables"] + words["minority"]["further"]),
        penalty=float(words["foreign"]["penalty"]),
        quotes=frozenset(words["follow"]["quotes"]),
        adverbs=frozenset(words["follow"]["adverbs"]),
        uncommon=frozenset(words["minority"]["words"]),
        closing=frozenset(words["follow"]["closing"]),
        follow=tuple(frozenset(w for w in follow if len(w) == n) for n in range(longest + 1)),
    )


def _unseen(total: dict[str, float], share: float) -> tuple[float, float, float]:
    odds = [min(UNSEEN, log(SMOOTHING / total[column] / share)) for column in ("first", "second", "only")]
    return odds[0], odds[1], odds[2]
