"""The rules of events (kg/lexicon/data/events.toml) and what they find in one sentence of narration."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from kg.errors import LexiconError
from kg.lexicon import table
from kg.lexicon.likely import Likely
from kg.lexicon.likely import words as words_of
from kg.lexicon.needs import compiled
from kg.model import Mention
from kg.pipes.relations.rules import expand
from kg.pipes.slots import LETTERS, Encoded, Match, Slot, compile_pattern, signs_of, spelled
from kg.pipes.speech.spoken import spoken

_SILENCE: Final = "。"          # stands where a speech was cut out: no pattern reaches across it
BLOT: Final = "\ue0fe"       # words that say nothing about an event
_ABSENT: Final = "\ue0ff"     # a person who is only referred to
_OPTIONS: Final = frozenset({"kind", "role", "needs", "unless", "weak", "dated", "exact", "peopled", "onward",
                             "received", "founds", "nearest", "officials", "mute", "loose", "plain", "local",
                             "course", "formal"})
_PERSON: Final = LETTERS["person"]
_TITLE: Final = 30            # characters of a post between two names of a list


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a `section` (trigger, presence, speaker).

    `weak` rules only feed events that exist, `dated` ones ask for a date in the sentence (or for a
    day before it, where nothing else is told), `exact` ones for a day, `peopled` ones for somebody who was there
    and no other event, `onward` ones add a place to a journey, `received` ones have their first person for a host.
    A presence that `founds` makes an event where nothing else does, `nearest` ones speak of the last list of people
    alone, one for `officials` takes nobody else. Of an event that only `mute` rules tell (a park opens, a contract
    is signed) nobody is a speaker by a `loose` rule, which hears words said anywhere, unless they are said there; by a
    `plain` one nobody is of any event but one where the press is met; by a `formal` one who holds an office is, on a
    journey too.
    What only `local` rules tell is an event where somebody was there or a place is told that is smaller than a
    province. What only rules of talks in the `course` of a call tell is part of that call. A sentence without what
    a rule `needs` is not searched for its pattern."""

    id: str
    section: str
    text: str
    kind: str = ""
    role: str = ""
    needs: str = ""
    unless: str = ""
    weak: bool = False
    dated: bool = False
    exact: bool = False
    peopled: bool = False
    onward: bool = False
    received: bool = False
    founds: bool = False
    nearest: bool = False
    officials: bool = False
    mute: bool = False
    loose: bool = False
    plain: bool = False
    local: bool = False
    course: bool = False
    formal: bool = False

    @property
    def call(self) -> bool:
        """Whether it tells no more than that somebody received guests (会见), which no meeting with a name is."""
        return self.received and not self.course

    @property
    def pattern(self) -> re.Pattern[str]:
        return compile_pattern(self.text)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of the file, compiled."""

    every: Likely[Rule]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    weigh: dict[str, re.Pattern[str]]
    titles: dict[str, str]
    limits: dict[str, int]


@cache
def rules() -> Rules:
    """The rules of events.toml; LexiconError names the one that does not compile."""
    data = table("events")
    words = data["words"]

    found = [_rule(entry, section, words) for section in ("trigger", "presence", "speaker") for entry in data[section]]
    return Rules(
        Likely((rule, words_of(spelled(rule.text)), signs_of(rule.text)) for rule in found),
        tuple((kind, re.compile(pattern)) for kind, pattern in data["kinds"].items()),
        {name: compile_pattern(expand(pattern, words)) for name, pattern in data["weigh"].items()},
        data["titles"], data["limits"],
    )


def _rule(entry: dict[str, Any], section: str, words: dict[str, str]) -> Rule:
    try:
        rest = {name: value for name, value in entry.items() if name in _OPTIONS}
        rule = Rule(entry["id"], section, expand(entry["pattern"], words), **rest)
        words_of(spelled(rule.text))  # tells whether it can be read; it is compiled when it is first tried
        return rule
    except (KeyError, re.error) as error:
        raise LexiconError("events.toml", f"rule {entry.get('id')}: {error}", "mend this rule") from error


def matches(section: str, sentence: Encoded) -> Iterator[tuple[Rule, Match]]:
    """Where the rules of a section apply in a sentence."""
    for rule in rules().every.of(sentence.text):
        if rule.section != section:
            continue
        if rule.needs and not compiled(rule.needs).search(sentence.text):
            continue
        for raw in rule.pattern.finditer(sentence.text):
            if not rule.unless or not compiled(rule.unless).search(raw[0]):
                yield rule, Match(raw, sentence)


def narration(sentence: Encoded, text: str) -> Encoded:
    """The sentence with speeches cut out and with people taken out who are only referred to (重温某人的讲话).

    *text* is the sentence as it stands in the document, before encoding.
    """
    silent = [(a + sentence.start, b + sentence.start, _titled(text, a, b)) for a, b in spoken(text)
              if not rules().weigh["called"].match(text[a:b])]
    absent = _absent().search(sentence.text) and rules().weigh["absent"].search(sentence.text)
    if not silent and not absent:
        return sentence
    letters, size = list(sentence.text), len(sentence.text)
    for a, b, titled in silent:
        first = bisect_left(sentence.offsets, a, 0, size)
        last = bisect_left(sentence.offsets, b, first, size)
        letters[first:last] = [BLOT if titled else _SILENCE] * (last - first)
    for match in rules().weigh["absent"].finditer("".join(letters)):
        for group, name in match.groupdict().items():
            if name:
                letters[match.start(group)] = _ABSENT
    kept = tuple(slot for slot in sentence.slots if letters[slot.position] == slot.letter)
    return replace(sentence, text="".join(letters), slots=kept)


@cache
def _absent() -> re.Pattern[str]:
    """Words, one of which every sentence holds that refers to somebody who is not there."""
    return re.compile("|".join(map(re.escape, sorted(words_of(rules().weigh["absent"].pattern)))))


def _titled(text: str, start: int, end: int) -> bool:
    """Whether a quotation is a title within the narration and no speech (围绕“...”讲授党课)."""
    return rules().weigh["titled"].search(text[:start]) is not None and end < len(text)


def silence(sentence: Encoded) -> Encoded:
    """A sentence that is speech from end to end."""
    return replace(sentence, text=_SILENCE * len(sentence.text), slots=())


def speaks_on(before: str, after: str) -> bool:
    """Whether a speech that ends the sentence *before* (both encoded) goes on in the sentence *after* it.

    >>> speaks_on("王强指出" + _SILENCE * 9, "开展技能培训活动。")
    True
    >>> speaks_on("王强指出" + _SILENCE * 9, "会上举行了仪式。")
    False
    """
    return before.endswith(_SILENCE * 3) and not rules().weigh["narrates"].search(after)


def kind_of(name: str, but: str = "") -> str:
    """The kind that a printed name tells, or ""; the word that stands first decides. *but* is none of them.

    >>> kind_of("校地合作签约暨实习中心揭牌仪式"), kind_of("图书捐赠仪式"), kind_of("推进会")
    ('signing', 'donation', 'meeting')
    >>> kind_of("调研座谈会暨签约仪式"), kind_of("调研座谈会暨签约仪式", but="journey")
    ('journey', 'meeting')
    """
    places = [(m.start(), kind) for kind, pattern in rules().kinds if kind != but
              for m in [pattern.search(name)] if m]
    return min(places)[1] if places else ""


def kinds_of(name: str) -> frozenset[str]:
    """All kinds that a printed name tells.

    >>> sorted(kinds_of("校地合作签约暨实习中心揭牌仪式"))
    ['ceremony', 'signing']
    """
    return frozenset(kind for kind, pattern in rules().kinds if pattern.search(name))


def people(found: Iterable[Mention]) -> list[Mention]:
    """The officials and persons among mentions, each key once, in order."""
    return list({m.key: m for m in reversed([m for m in found if LETTERS[m.category] == _PERSON])}.values())[::-1]


def regions(found: Iterable[Mention]) -> list[Mention]:
    """The regions among mentions, each key once, in order."""
    return list({m.key: m for m in reversed([m for m in found if m.category == "region"])}.values())[::-1]


def behind(match: Match, group: str) -> list[Mention]:
    """All mentions behind the slots of a group."""
    return [m for slot in match.slots(group) for m in slot.mentions]


def last_list(text: str, slots: list[Slot]) -> list[Slot]:
    """The slots of people of the last list in an encoded text: each name follows a joint and no more than a post, or
    that of somebody else and one nobody knows the name of."""
    found: list[Slot] = []
    joints = tuple(table("joints")["list"]["words"])
    for slot in reversed([s for s in slots if s.letter == _PERSON]):
        gap = text[slot.position + 1 : found[0].position] if found else ""
        if found and (max(map(len, parted(gap))) > _TITLE or not gap.startswith(joints)):
            break
        found.insert(0, slot)
    return found


def parted(gap: str) -> list[str]:
    """What stands between two names of a list, in its items.

    >>> parted("、市卫健委副主任周某和秘书长")
    ['', '市卫健委副主任周某', '秘书长']
    >>> parted("作了报告、汇报")
    ['作了报告、汇报']
    """
    if not gap.startswith("、"):
        return [gap]
    for joint in table("joints")["list"]["pair"]:
        gap = gap.replace(joint, "、")
    return gap.split("、")


def unparted(text: str, slots: list[Slot]) -> list[Slot]:
    """The last slots of people with nothing between them that parts one tale from another (a date, 消息, 当选)."""
    for one, other in zip(slots[-2::-1], slots[:0:-1], strict=True):
        if one.letter == other.letter == _PERSON and rules().weigh["parted"].search(
                text, one.position, other.position):
            return slots[slots.index(other):]
    return slots


def listed(match: Match, group: str) -> list[Mention]:
    """The mentions behind a group, with those that stand before it in the same list (书记甲,县长乙分路走访...)."""
    slots = match.slots(group)
    if group in ("visitor", "who", "signer") and slots:
        slots = unparted(match.sentence.text, slots)
        until = [s for s in match.sentence.slots if s.position <= slots[0].position and s.letter == slots[0].letter]
        slots = [*last_list(match.sentence.text, until)[:-1], *slots]
    return [m for slot in slots for m in slot.mentions]


def clause_begin(text: str, place: int) -> int:
    """Where the clause begins that holds a character."""
    return max(text.rfind(stop, 0, place) for stop in "，,。；;") + 1


def list_begin(text: str, place: int) -> int:
    """Where the list of people begins that ends at *place*: behind a full stop, or a semicolon behind no guest."""
    stop = place
    while (stop := max(text.rfind(mark, 0, stop) for mark in "。；;")) > 0 and text[stop] in "；;":
        if not rules().weigh["listed"].search(text, max(0, stop - 4), stop):
            break
    return stop + 1
