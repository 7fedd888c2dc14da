"""A matching engine that knows no politics: patterns over a sentence whose mentions are single letters.

A sentence is encoded once: every outermost mention becomes one private-use character that stands for its kind, the
text between stays as it is. A pattern is a regular expression with kinds in braces, `{P}带领.{0,12}赴(?P<tail>{R})`, so
its gaps and lists count mentions and characters alike. Groups `head` and `tail` may hold several mentions.

    {P} official or person   {R} region   {E} enterprise   {O} organization   {J} project   {D} date   {V} event
    {B} enterprise or organization   {X} any of R E O J   {A} any of P R E O J
    {Rs} {Bs} {Xs} {Ps} {As} ...  one or several, joined by 、 , 和 与 及 以及
    {Rl} {Bl} {Xl} ...  the same in a loose list, whose items may carry words of their own (A的项目、县里的B和C) and
                        whose regions may be parted by commas (A市B区、C区,D市E区等)
    {_12}  up to twelve characters of one clause with no mention but dates; {~12} with mentions allowed

A chain of regions, each inside the one before (河北省保定市唐县), is one slot: the last, with the others as parents.
Mentions that share one span (两地 -> both regions) are one slot with several keys.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Final, Protocol

from kg.lexicon import table
from kg.lexicon.likely import signs
from kg.lexicon.needs import compiled
from kg.model import Mention

LETTERS: Final = {
    "official": "\ue000",
    "person": "\ue000",
    "region": "\ue001",
    "enterprise": "\ue002",
    "organization": "\ue003",
    "project": "\ue004",
    "date": "\ue005",
    "event": "\ue006",
}
_CLASSES: Final = {
    "P": "\ue000",
    "R": "\ue001",
    "E": "\ue002",
    "O": "\ue003",
    "J": "\ue004",
    "D": "\ue005",
    "V": "\ue006",
    "B": "\ue002\ue003",
    "X": "\ue001\ue002\ue003\ue004",
    "A": "\ue000\ue001\ue002\ue003\ue004",
}
_EVERY: Final = "".join(sorted(set(LETTERS.values())))
STOPS: Final = frozenset("。；;！!？?")  # where a statement ends
PAUSES: Final = STOPS | frozenset("，,：:、 ")  # behind these a clause or an item of a list begins
_BREAKS: Final = "，,。；;！!？?：:\n"
_REFERENCE: Final = "reference/"
_BRACKETS: Final = re.compile("[（(）)]")


@dataclass(slots=True)  # nothing changes it, but to freeze it takes longer than all the rest of encoding
class Slot:
    """One private-use letter of an encoded sentence and the mentions behind it; never changed."""

    position: int
    start: int
    end: int
    letter: str
    mentions: tuple[Mention, ...]
    parents: tuple[Mention, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(m.key for m in self.mentions)

    @property
    def compound(self) -> bool:
        """Whether one word names several regions by a letter each (闽宁), which is no place to be at; 两地 may be."""
        return len(self.mentions) > 1 and not any(m.rule.startswith(_REFERENCE) for m in self.mentions)


@dataclass(slots=True)
class Offsets:
    """Where the characters of an encoded sentence stand: few are ever asked for, so that no list of all is made.

    >>> places = Offsets([0, 3], [10, 15], 5)
    >>> list(places)
    [10, 11, 12, 18, 19]
    """

    begun: list[int]
    shifts: list[int]
    size: int

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, place: int) -> int:
        if not 0 <= place < self.size:
            raise IndexError(place)
        return place + self.shifts[bisect_right(self.begun, place) - 1]


@dataclass(slots=True)
class Encoded:
    """A sentence ready for matching: `text` with letters for mentions, `offsets[i]` the place of its i-th character.

    Never changed.
    """

    text: str
    offsets: Offsets
    slots: tuple[Slot, ...]
    start: int
    end: int

    def within(self, start: int, end: int) -> list[Slot]:
        """The slots in an interval of the encoded text."""
        return [slot for slot in self.slots if start <= slot.position < end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where an interval of the encoded text stands in the document."""
        return self.offsets[start], self.offsets[end]


@dataclass(slots=True)  # nothing changes it, but to freeze it takes longer than to fill it
class Match:
    """A pattern found in a sentence: the slots of every named group, and the raw regular-expression match."""

    raw: re.Match[str]
    sentence: Encoded

    def slots(self, group: str) -> list[Slot]:
        if group not in self.raw.re.groupindex or self.raw.group(group) is None:
            return []
        return self.sentence.within(*self.raw.span(group))

    def text(self, group: str) -> str:
        """The document's own words in a group are `Encoded.span`; this is the encoded text, empty if absent."""
        if group not in self.raw.re.groupindex:
            return ""
        return self.raw.group(group) or ""

    def verb(self) -> int:
        """Where the verb of the pattern stands in the encoded text, -1 where it marks none."""
        places = (self.raw.start(g) for g in ("verb", "verb_") if g in self.raw.re.groupindex)
        return max(places, default=-1)

    def span(self, group: str | int = 0) -> tuple[int, int]:
        return self.sentence.span(*self.raw.span(group))


_start = attrgetter("start")


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Turn {P}, {Rs} and the like into character classes and compile.

    >>> bool(compile_pattern("{P}任职").search("\\ue000任职"))
    True
    >>> compile_pattern("{Rs}").search("\\ue001、\\ue001和\\ue001").end()
    5
    >>> compile_pattern("{Rl}").search("\\ue001、\\ue001,\\ue001、\\ue001等,\\ue001").end()
    7
    >>> compile_pattern("{Jl}").search("\\ue004车间、村里的\\ue004和\\ue004").end()
    10
    """
    return compiled(spelled(pattern))


@cache
def spelled(pattern: str) -> str:
    """The regular expression that a pattern with {P}, {Rs} and the like stands for."""
    joints = table("joints")["slots"]

    def expand(match: re.Match[str]) -> str:
        one = f"[{_CLASSES[match[1]]}]"
        if match[2] == "s":
            return f"(?:{one}(?:{joints['near']}{{0,2}}{one})*)"
        if match[2] == "l":
            places = joints["places"] if "\ue001" in _CLASSES[match[1]] else "(?!)"
            return f"(?:{one}(?>{_words(10)}{joints['loose']}{_words(16)}{one}|[“《]?{one}|{places})*)"
        return one

    def gap(match: re.Match[str]) -> str:
        limit = int(match[2])
        return _words(limit) if match[1] == "_" else f"[^{_BREAKS}]{{0,{limit}}}?"

    return re.sub(r"\{([_~])(\d+)\}", gap, re.sub(r"\{([PREOJDVBXA])([sl]?)\}", expand, pattern))


def signs_of(pattern: str) -> frozenset[frozenset[str]]:
    """Letters of mentions, one of each set of which every match of a pattern holds.

    >>> [sorted(map(ord, one)) == [0xe000] for one in signs_of("{P}任职.{D}?")]
    [True]
    """
    return signs(spelled(pattern), _EVERY)


def _words(limit: int) -> str:
    """Up to *limit* characters of one clause, none of them a mention (dates may be)."""
    return f"[^{_BREAKS}\ue000-\ue004\ue006]{{0,{limit}}}?"


def encode(text: str, start: int, end: int, mentions: Iterable[Mention],
           inside: Callable[[str, str], bool] = lambda child, parent: False) -> Encoded:
    """Encode characters start..end of *text*. *inside(child, parent)* says whether one region key lies in another.

    Of overlapping mentions the longest that starts first wins.

    >>> town = Mention(2, 4, "region", "region:130627", "唐县", "test")
    >>> encode("赴了唐县对接", 0, 6, [town]).text
    '赴了\\ue001对接'
    """
    groups: dict[tuple[int, int], list[Mention]] = {}
    for m in mentions:
        if start <= m.start and m.end <= end and m.category in LETTERS:
            groups.setdefault((m.start, m.end), []).append(m)
    if not groups:
        return Encoded(text[start:end], Offsets([0], [start], end - start + 1), (), start, end)
    chosen: list[tuple[int, int]] = []
    for span in sorted(groups, key=_longest_first) if len(groups) > 1 else groups:
        if not chosen or span[0] >= chosen[-1][1]:
            chosen.append(span)
        elif span[1] - span[0] > chosen[-1][1] - chosen[-1][0]:
            chosen[-1] = span
    encoded = ""
    begun, shifts = [0], [start]  # from where on characters of the sentence stand how far behind in the document
    slots: list[Slot] = []
    place = start
    for first, last in chosen:
        encoded += text[place:first]
        here = groups[first, last]
        letter = LETTERS[here[0].category]
        previous = slots[-1] if slots else None
        if (previous and previous.end == first and letter == previous.letter == LETTERS["region"]
                and any(inside(m.key, p.key) for m in here for p in previous.mentions)):
            parents = (*previous.parents, *previous.mentions)
            slots[-1] = Slot(previous.position, previous.start, last, letter, tuple(here), parents)
            shifts[-1] = last - len(encoded)
        else:
            slots.append(Slot(len(encoded), first, last, letter, tuple(here)))
            encoded += letter
            begun.append(len(encoded))
            shifts.append(last - len(encoded))
        place = last
    encoded += text[place:end]
    return Encoded(encoded, Offsets(begun, shifts, len(encoded) + 1), tuple(slots), start, end)


def _longest_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


class Stretch(Protocol):
    """A part of a text, as a sentence is."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def encode_all(text: str, parts: Iterable[Stretch], mentions: Iterable[Mention],
               inside: Callable[[str, str], bool] = lambda child, parent: False) -> list[Encoded]:
    """`encode` for every one of *parts*.

    >>> town = Mention(2, 4, "region", "region:130627", "唐县", "test")
    >>> some = [Slot(0, 0, 2, "", ()), Slot(0, 1, 6, "", ())]
    >>> [sentence.text for sentence in encode_all("赴了唐县对接", some, [town])]
    ['赴了', '了\\ue001对接']
    """
    ordered = sorted(mentions, key=_start)
    starts = [m.start for m in ordered]
    return [encode(text, p.start, p.end, ordered[bisect_left(starts, p.start) : bisect_left(starts, p.end)], inside)
            for p in parts]


def without_asides(sentence: Encoded) -> Encoded:
    """The same sentence without what stands in round brackets, unless that is nearly all of it.

    >>> shorter = without_asides(encode("甲公司（以下简称甲）签约", 0, 12, ()))
    >>> shorter.text, shorter.offsets[3], len(shorter.offsets)
    ('甲公司签约', 10, 6)
    """
    if "（" not in sentence.text and "(" not in sentence.text:
        return sentence
    depth, place, kept = 0, 0, list[tuple[int, int]]()
    for bracket in _BRACKETS.finditer(sentence.text):
        if bracket[0] in "（(":
            if not depth:
                kept.append((place, bracket.start()))
            depth += 1
        elif depth:
            depth, place = depth - 1, bracket.end()
    kept.append((place, len(sentence.text)))
    if depth or sum(last - first for first, last in kept) < len(sentence.text) / 4:
        return sentence
    slots, text, begun, shifts = list[Slot](), "", list[int](), list[int]()
    whole = sentence.offsets
    for first, last in kept:
        shift = first - len(text)
        slots += [Slot(s.position - shift, s.start, s.end, s.letter, s.mentions, s.parents)
                  for s in sentence.slots if first <= s.position < last]
        for place in range(bisect_right(whole.begun, first) - 1, bisect_right(whole.begun, last)):
            begun.append(max(whole.begun[place], first) - shift)
            shifts.append(whole.shifts[place] + shift)
        text += sentence.text[first:last]
    return Encoded(text, Offsets(begun, shifts, len(text) + 1), tuple(slots), sentence.start, sentence.end)


def find(pattern: str, sentence: Encoded) -> Iterator[Match]:
    """All non-overlapping matches of one pattern in a sentence."""
    for raw in compile_pattern(pattern).finditer(sentence.text):
        yield Match(raw, sentence)
