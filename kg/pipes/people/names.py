"""Where a name begins behind a title, and where it ends: counts of characters, what follows, and the whole document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.lexicon.names import PUNCTUATION, VERB, WORD, names
from kg.model import Mention
from kg.pipes.names.borders import column

TITLED: Final = 0.5  # least log odds of a name behind a title
OWNED: Final = -1.0  # where the title says whose it is
LISTED: Final = 3.0  # of a name in a list behind another
ALONE: Final = 5.0  # of a name that nothing but its verb shows
LONGEST: Final = 9
SHORT: Final = 2
LONG: Final = 4
SPREAD: Final = 2.0  # for each other place where the shorter name stands alone
FAMILIAR: Final = 2.0  # for a longer name that stands at several places before different words


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in the text and the log odds that it is one."""

    start: int
    end: int
    text: str
    odds: float


@cache
def _japanese() -> re.Pattern[str]:
    """The names of Japanese persons: a surname of theirs and one to four characters, the last of a kind."""
    data = table("names")["japanese"]
    surnames = "|".join(sorted(data["surnames"], key=lambda name: (-len(name), name)))
    return re.compile(rf"(?:{surnames})(?:[\u4e00-\u9fff]{{0,{data['longest'] - 2}}}?[{data['ends']}])"
                      rf"(?=[{data['ends']}]?)")


@cache
def _highland() -> frozenset[str]:
    """The characters of which the names of Tibetan persons are made."""
    data = table("names")["tibetan"]
    return frozenset({*"".join(data["words"]), *data["syllables"]})


@cache
def _plateau() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The names of Tibetan persons: two words of their names, or one, and a syllable that ends one.

    The second pattern: one word, and two syllables of such words before or behind it.
    """
    data = table("names")["tibetan"]
    word = "(?:" + "|".join(sorted(data["words"])) + ")"
    any_of = "[" + "".join(sorted(_highland())) + "]"
    return (re.compile(f"(?P<whole>{word}{{2}}|(?P<short>{word}))(?P<end>[{data['ends']}])?"),
            re.compile(f"{word}(?P<rest>{any_of}{{2}})|(?P<first>{any_of}{{2}}){word}"))


@cache
def ordinary() -> frozenset[str]:
    """Words of running text, of two characters."""
    return frozenset(word for word in column("common_words") if len(word) == SHORT)


@cache
def _dotted(dots: str) -> re.Pattern[str]:
    """Parts of a name with dots between them."""
    return re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:[{dots}][\u4e00-\u9fff]{{1,8}})+")


@dataclass(frozen=True, slots=True)
class _Lists:
    """What of the lexicon is asked for at every name."""

    syllables: frozenset[str]
    further: frozenset[str]
    dots: str
    share: float
    speech: tuple[str, ...]
    clinging: frozenset[str]
    signs: frozenset[str]
    halves: tuple[str, ...]
    kin: frozenset[str]
    dotted: re.Pattern[str]
    latin: re.Pattern[str]
    beyond: re.Pattern[str]


@cache
def _lists() -> _Lists:
    minority, follow = table("names")["minority"], table("names")["follow"]
    return _Lists(
        syllables=frozenset(minority["syllables"]),
        further=frozenset(minority["syllables"]) | frozenset(minority["further"]),
        dots=minority["dots"],
        share=float(minority["dotted"]),
        speech=tuple(follow["speech"]),
        clinging=frozenset(follow["clinging"]),
        signs=frozenset(follow["signs"]),
        halves=tuple(follow["halves"]),
        kin=frozenset(table("names")["given"]["kin"]),
        dotted=_dotted(minority["dots"]),
        latin=re.compile(minority["latin"]),
        beyond=re.compile(minority["behind"]),
    )


class NameFinder:
    """Finds names in one text; *blocks* are mentions of bodies and projects, inside which nobody is sought."""

    def __init__(self, text: str, regions: Sequence[Mention], blocks: Sequence[Mention]) -> None:
        self.text = text
        self.model = names()
        self.lists = _lists()
        self._regions = {m.start: m for m in sorted(regions, key=lambda m: m.end)}
        self._starts = {m.start for m in blocks}
        self._covered = {i for m in blocks for i in range(m.start, m.end)}
        self._told: dict[tuple[int, int, float, bool, bool], Name | None] = {}  # several ask for the same

    def behind(self, place: int, limit: int, least: float = TITLED, minority: bool = False,
               forced: bool = False) -> Name | None:
        """The name that begins at *place*; *minority* allows names without a surname, *forced* any short word there."""
        asked = place, limit, least, minority, forced
        if asked not in self._told:
            self._told[asked] = self._behind(*asked)
        return self._told[asked]

    def _behind(self, place: int, limit: int, least: float, minority: bool, forced: bool) -> Name | None:
        text = self.text
        if text[place : place + 1] in (" ", "　") and text[place + 1 : place + 2] not in (" ", "　", ""):
            place += 1
            least += 2
        if place >= limit or place in self._starts:
            return None
        if (tibetan := self.tibetan(place, limit)) is not None:
            return tibetan
        if not minority and not self.model.begins(text, place) and text[place + 1 : place + 2] not in (" ", "　"):
            return None
        region = self._regions.get(place)
        dotted = self.lists.dotted.match(text, place, limit)
        if dotted:
            return self._trim(dotted) if minority else None
        best = self._spaced(place, limit) or self._eastern(place, limit) or self._plain(place, limit)
        if region is not None and best is not None:
            own = best.end >= region.end and self.model.boundary(text, best.end) >= VERB and best.odds > LISTED
            if not own:
                best = None
        sure = best is not None and self.model.boundary(text, best.end) > 0
        sure = sure and not (minority and best is not None and (self._clings(best.end) or self._half(best, limit)))
        if (best is None or not sure or best.odds < least) and minority:
            long = self._long(place, limit, forced)
            if long is not None and (best is None or len(long.text) > len(best.text)):
                return long
        if best is None or best.odds < least or (not sure and self.model.transcribed(text, place)):
            return None
        return best

    def foreign(self, place: int, limit: int) -> Name | None:
        """The name of a foreigner that begins at *place*: two or more words in Latin letters, or 史蒂文·斯通（|说）."""
        place += self.text[place : place + 1] == " "
        found = self.lists.latin.match(self.text, place, limit) or self.lists.dotted.match(self.text, place, limit)
        if found is None or place in self._starts:
            return None
        end = found.end()
        last = max((found[0].rfind(dot) for dot in self.lists.dots), default=-1) + place + 1
        if last > place:  # 史蒂文·斯通|表示
            end = next((i for i in range(last + SHORT, end + 1) if self.model.boundary(self.text, i) >= VERB), place)
            end -= next((len(verb) for verb in self.lists.speech if self.text.endswith(verb, last + SHORT, end)), 0)
            more = self.lists.beyond.search(self.text, last + SHORT, end) if end > last else None
            end = more.start() if more else end  # 埃隆·马斯克|在
        return Name(place, end, self.text[place:end], PUNCTUATION) if end > place else None

    def dotted(self, place: int, limit: int) -> Name | None:
        """The name with dots of a people of our own that begins at *place* (艾尼瓦尔·图尔迪)."""
        found = self.lists.dotted.match(self.text, place, limit) if place not in self._starts else None
        return self._trim(found) if found is not None else None

    def syllabic(self, place: int, limit: int) -> Name | None:
        """The name of three or more syllables of peoples of our own that begins at *place* in a list (阿约色黑、)."""
        found = self.behind(place, limit, minority=True)
        return found if found is not None and len(found.text) > SHORT and self._syllabic(found.text) else None

    def covered(self, start: int, end: int) -> bool:
        """Whether start..end lies in the name of a body, project or region."""
        return bool(self._covered.intersection(range(start, end))) or any(p in self._regions for p in range(start, end))

    def _spaced(self, place: int, limit: int) -> Name | None:
        """A name of two characters set apart to the width of three (王　军)."""
        text = self.text
        if text[place + 1 : place + 2] not in (" ", "　") or place + 3 > limit:
            return None
        name = text[place] + text[place + 2]
        if self.model.score(name) > LISTED and self.model.boundary(text, place + 3) == PUNCTUATION:
            return Name(place, place + 3, name, PUNCTUATION + self.model.score(name))
        return None

    def _eastern(self, place: int, limit: int) -> Name | None:
        """The name of a Japanese person of four characters or more (吉田望一郎), right before what ends a name."""
        found = _japanese().match(self.text, place, limit)
        while found is not None and self.model.boundary(self.text, found.end()) < VERB:
            found = _japanese().fullmatch(self.text, place, found.end() + 1) if found.end() < limit else None
        if found is None or len(found[0]) < LONG or self._covered.intersection(range(place, found.end())):
            return None
        return Name(place, found.end(), found[0], VERB)

    def tibetan(self, place: int, limit: int) -> Name | None:
        """The name of a Tibetan person of three to five characters (旦正才让, 仁青加), before what ends a name."""
        if not _highland().issuperset(self.text[place : place + 2]):
            return None
        whole, half = (pattern.match(self.text, place, limit) for pattern in _plateau())
        ends = (whole.end(), whole.end("whole")) if whole is not None else ()
        if half is not None and (half["rest"] or half["first"]) not in ordinary():
            ends = (*ends, half.end())
        for end in ends:
            lasts = end - place > SHORT and self.model.boundary(self.text, end) >= WORD
            if lasts and self._covered.isdisjoint(range(place, end)):
                return Name(place, end, self.text[place:end], PUNCTUATION)
        return None

    def _plain(self, place: int, limit: int) -> Name | None:
        text = self.text
        best: Name | None = None
        found = [c for c in self.model.candidates(text, place) if place + len(c[0]) <= limit]
        for name, odds in found:
            if len(name) > SHORT and text.startswith(self.lists.halves, place + len(name) - 1):
                continue  # 王强|曾担任
            if len(name) == SHORT and name[-1] in self.lists.kin:
                continue  # 肖哥
            count = text.count(name)
            shorter = max((len(other) for other, _ in found if len(other) < len(name)), default=0)
            alone = text.count(name[:shorter]) - count if shorter else 0
            word = len(name) == 3 and name[-1] in self.model.follow[1] and alone > 1  # 濮溧|为 of 濮溧
            odds -= SPREAD * min(3, alone) if shorter and (word or self.model.score(name[:shorter]) > LISTED - 1) else 0
            if not word and count > 1 and self._varied(name):
                odds += FAMILIAR
            if self._covered.intersection(range(place, place + len(name))):
                continue
            if best is None or odds > best.odds:
                best = Name(place, place + len(name), name, odds)
        return self._spoken(best) if best is not None and len(best.text) == SHORT else best

    def _varied(self, name: str) -> bool:
        """Whether different characters stand behind a name at the places where the text has it."""
        place, followers = self.text.find(name), set[str]()
        while place >= 0 and len(followers) < 2:
            place += len(name)
            followers.add(self.text[place : place + 1])
            place = self.text.find(name, place)
        return len(followers) > 1

    def _spoken(self, name: Name) -> Name:
        """A name with a last character that looks like a word, where it speaks elsewhere: 周开让和…。周开让|表示."""
        longer = self.text[name.start : name.end + 1]
        if longer[-1] in self.lists.clinging and self.text[name.end + 1 : name.end + 2] in self.lists.signs:
            return replace(name, end=name.end + 1, text=longer, odds=name.odds + PUNCTUATION)
        if not "\u4e00" <= longer[-1] <= "\u9fff" or self.text.count(longer) < self.text.count(name.text):
            return name
        word = longer[-1] in self.lists.speech or longer[-1] in self.model.adverbs | self.model.never  # 甲某|的说法
        if word or not any(self.text.find(longer + verb) >= 0 for verb in self.lists.speech):
            return name
        return replace(name, end=name.end + 1, text=longer)

    def _trim(self, dotted: re.Match[str]) -> Name | None:
        """A name with dots, without the verb behind its last part (艾尼瓦尔·图尔迪|参加)."""
        text = self.text
        last = max(dotted[0].rfind(dot) for dot in self.lists.dots) + dotted.start() + 1
        for length in range(1, dotted.end() - last + 1):
            end = last + length
            odds = self.model.boundary(text, end)
            known = all(c in self.lists.syllables for c in text[last:end])
            if odds >= VERB or (odds >= WORD and known and length > 1):
                more = (end < dotted.end() and text[end] in self.lists.syllables
                        and self.model.boundary(text, end + 1) >= VERB)
                end += more and self.model.boundary(text, end + 1) >= odds  # 买买提|出席, not 买买|提出
                letters = [c for c in text[dotted.start() : end] if c not in self.lists.dots]
                if sum(c in self.lists.syllables for c in letters) < self.lists.share * len(letters):
                    return None
                return Name(dotted.start(), end, text[dotted.start() : end], PUNCTUATION)
        return None

    def _half(self, name: Name, limit: int) -> bool:
        """Whether a name of two characters is half of one of four syllables: 沙马|日古、."""
        end = name.start + LONG
        return (len(name.text) == SHORT and end <= limit and self._syllabic(self.text[name.start : end])
                and self.model.boundary(self.text, name.end) <= WORD
                and self.model.boundary(self.text, end) >= VERB)

    def _syllabic(self, word: str) -> bool:
        """Whether *word* is made of syllables of names; of those that words are made of too (更加) none may be one."""
        if all(c in self.lists.syllables for c in word):
            return True
        plain = any(word[i : i + SHORT] in ordinary() for i in range(len(word) - 1))
        return not plain and all(c in self.lists.further for c in word) and not self.model.common(word)

    def _clings(self, end: int) -> bool:
        """Whether what looks like a verb is the last syllable of a name: 索南才让|出席."""
        last = self.text[end : end + 1]
        clings = last in self.lists.clinging and last in self.lists.syllables
        return clings and self.model.boundary(self.text, end + 1) >= VERB

    def _long(self, place: int, limit: int, forced: bool) -> Name | None:
        """A name of syllables without a dot (吾斯曼图尔迪), or a short word between a title and a sign (国庆)."""
        text = self.text
        for word in sorted(self.model.uncommon):
            end = place + len(word)
            if text.startswith(word, place) and end <= limit and self.model.boundary(text, end) == PUNCTUATION:
                return Name(place, end, word, PUNCTUATION)
        for length in range(2, min(LONGEST, limit - place) + 1):
            word = text[place : place + length]
            if not all("\u4e00" <= c <= "\u9fff" for c in word):
                return None
            odds = self.model.boundary(text, place + length)
            four = length == LONG and odds >= WORD and text[place + length] not in self.lists.further
            if (odds < VERB and not four) or self._clings(place + length):
                continue
            if length > 2 and self._syllabic(word):
                return Name(place, place + length, word, odds)
            if forced and length < 4 and odds == PUNCTUATION and not self.model.common(word):
                return Name(place, place + length, word, odds)
        return None
