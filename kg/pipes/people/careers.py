"""The posts of a life, told after the person was named: 甲某历任县委书记、市委常委，2020年任副市长."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

from kg.lexicon import table
from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.pipes.annotations import Sentence
from kg.pipes.people.names import ALONE, Name, NameFinder
from kg.pipes.people.person import Found
from kg.pipes.people.posts import Chain
from kg.pipes.people.told import NAMED, over, telling

RULE: Final = "career"
DATED: Final = 8  # characters before a verb in which its date stands
PREFIX: Final = 60  # characters before a verb in which the words of time and order stand


@dataclass(frozen=True, slots=True)
class Words:
    """The words of careers, compiled."""

    verb: re.Pattern[str]
    line: re.Pattern[str]
    year: re.Pattern[str]
    between: re.Pattern[str]
    joint: re.Pattern[str]
    listed: re.Pattern[str]
    past: re.Pattern[str]
    once: str
    told: re.Pattern[str]
    never: re.Pattern[str]
    opening: re.Pattern[str]
    heads: re.Pattern[str]
    arrived: str
    seat: re.Pattern[str]
    signs: str
    bodies: tuple[str, ...]


@cache
def _words() -> Words:
    words = table("posts")["careers"]
    return Words(
        verb=re.compile(f"(?P<verb>{words['verbs']})(?:{words['behind']})*(?P<body>{words['body']})?$"),
        line=re.compile(words["range"]),
        year=re.compile(words["year"]),
        between=re.compile(f"(?:{words['between']})*$"),
        joint=re.compile(f"(?:{words['joint']})(?P<body>{words['body']})?"),
        listed=re.compile(words["listed"]),
        past=re.compile(words["past"]),
        once=words["once"],
        told=re.compile(words["told"]),
        never=re.compile(words["never"]),
        opening=re.compile(f"(?:^|{words['opening']})$"),
        heads=re.compile("|".join(["^", f"[{re.escape(words['signs'])}]", *words["charged"]])),
        arrived=words["arrived"],
        seat=re.compile(words["seat"]),
        signs=words["signs"],
        bodies=tuple(table("posts")["shown"]["ends"]),
    )


class Careers:
    """Finds, sentence by sentence and in order, the titles that belong to a person named before them."""

    def __init__(self, text: str, people: Sequence[str], finder: NameFinder) -> None:
        self.text = text
        self.finder = finder
        self._people = people
        self._past: list[tuple[Sentence, Sequence[Found]]] = []  # sentences that nobody has asked about yet
        self._topic: tuple[Name | None, bool] = None, False

    def read(self, sentence: Sentence, chains: Sequence[Chain], found: Sequence[Found]) -> Iterator[Found]:
        """The titles of *sentence* that belong to somebody named before; *found*: what has an owner already."""
        owned = {f.chain.start: f for f in found if f.chain is not None}
        current: Found | None = None
        place = sentence.start
        for chain in chains:
            known = owned.get(chain.start)
            if known is not None:
                current = known if known.rule == "told" and known.name.end <= chain.start else None
            elif (told := self._next(current, place, chain) or self._begun(sentence, found, chain)) is not None:
                yield (current := told)
            elif current is not None and not self._listed(place, chain):
                current = None
            place = chain.end
        self._past.append((sentence, found))

    @cached_property
    def people(self) -> WordScan:
        """The names of the people found so far."""
        return WordScan(self._people, alone=True)

    def topic(self) -> tuple[Name | None, bool]:
        """Whom the sentences so far were about last, and whether that sentence was about more than one."""
        while self._past:
            sentence, found = self._past.pop()
            if heads := self._heads(sentence, found):
                self._topic = heads[-1], len({name.text for name in heads}) > 1
                self._past.clear()
            elif telling().resume.match(self.text, sentence.start, sentence.end):
                self._topic = None, False  # 某某某，男，…: the life of somebody whom nobody has found
                self._past.clear()
        return self._topic

    def _heads(self, sentence: Sentence, found: Sequence[Found]) -> list[Name]:
        """The known persons whom the clauses of a sentence begin with, or whose clause ends with their name."""
        opening = _words().opening
        heads = {
            start: Name(start, end, self.text[start:end], 0.0)
            for start, end in self.people.words(self.text, sentence.start, sentence.end)
            if start == sentence.start or opening.search(self.text, max(sentence.start, start - 4), start)
        }
        heads |= {name.start: name for name in self._unknown(sentence) if name.start not in heads}
        heads |= {f.name.start: f.name for f in found if self.text[f.name.end : f.name.end + 1] in _words().signs}
        return [heads[start] for start in sorted(heads)]

    def _unknown(self, sentence: Sentence) -> Iterator[Name]:
        """Names that nobody has found, at the heads of clauses and before a verb: 丁某某被查，他于去年任…."""
        for sign in _words().heads.finditer(self.text[sentence.start : sentence.end]):
            least = NAMED if len(sign[0]) > 1 else ALONE
            name = self.finder.behind(sentence.start + sign.end(), sentence.end, least=least)
            if name is not None and _words().told.match(self.text, name.end):
                yield name

    def _next(self, current: Found | None, place: int, chain: Chain) -> Found | None:
        """The titles right behind others of the same person: …组织部部长，|市接待办主任."""
        if current is None:
            return None
        gap = self.text[place : chain.start]
        joint = _words().joint.fullmatch(gap)
        if joint is None or _words().never.search(gap) or not self._body(joint, chain):
            return None
        return replace(current, rule=RULE, chain=chain)

    def _listed(self, place: int, chain: Chain) -> bool:
        """Whether a title of an unknown body stands in a list of posts, which goes on behind it: ，综合处|处长；."""
        gap = self.text[place : chain.start]
        return _words().listed.fullmatch(gap) is not None and not _words().never.search(gap) and (
            self.text[chain.end : chain.end + 1] in (*_words().signs, "、", ")", "）"))

    def _begun(self, sentence: Sentence, found: Sequence[Found], chain: Chain) -> Found | None:
        """The titles behind a verb whose subject stands at the head of its clause, of the sentence, or before it.

        Where the sentence has named somebody else before, nobody of an earlier one is meant.
        """
        first = max(sentence.start, chain.start - PREFIX)
        stop = chain.start
        if chain.units[0].former:  # 历任某县县长: the word belongs to the title
            stop += next((len(w) for w in table("posts")["words"]["former"] if self.text.startswith(w, stop)), 0)
        head = self.text[first:stop]
        verb = _words().verb.search(head)
        lined = _words().line.search(head) if verb is None else None
        if lined is not None:
            return self._line(sentence, found, first + lined.start(), chain, len(_words().year.findall(lined[0])) > 1)
        if verb is None or _words().never.search(self._clause(head)) or not self._body(verb, chain):
            return None
        start = first + verb.start()
        words = _words().between.search(self.text, max(sentence.start, start - PREFIX), start)
        begin = words.start() if words is not None else start
        former = bool(_words().past.search(self.text, begin, first + verb.end("verb"))) or over(self.text, chain.end)
        former = former or self.text.startswith(_words().once, first + verb.end("verb"))
        dated = any(c.isdecimal() for c in self.text[max(sentence.start, min(begin, start - DATED)) : start])
        subject = next((f.name for f in found if f.name.end == begin), None) or next(
            (name for name in reversed(self._heads(sentence, found)) if name.end <= begin), None)
        closed = begin == sentence.start or self.text[begin - 1] in _words().signs
        if subject is not None and (closed or subject.end == begin):
            return Found(subject, RULE, chain, former=former, dated=dated)
        if subject is None and closed and not any(f.name.end <= chain.start for f in found):
            topic, several = self.topic()
            if topic is not None and not several:
                return Found(topic, RULE, chain, former=former, dated=dated)
        return None

    def _line(self, sentence: Sentence, found: Sequence[Found], begin: int, chain: Chain, ended: bool) -> Found | None:
        """The titles behind the years in which they were held, as posts of whom a life is about; *ended*: are over."""
        subject = next((name for name in reversed(self._heads(sentence, found)) if name.end <= begin), None)
        if subject is None and not any(f.name.end <= chain.start for f in found):
            topic, several = self.topic()
            subject = None if several else topic
        return Found(subject, RULE, chain, former=ended, dated=True) if subject is not None else None

    def seat(self, sentence: Sentence, chain: Chain, bodies: Sequence[Mention]) -> Mention | None:
        """The body that a life has come to before its bare titles: 在某大学任职，历任|学生处处长, 到某大学任|副校长."""
        for m in bodies:
            if sentence.start < m.start and m.end <= chain.start and self.text[m.start - 1] in _words().arrived and (
                    _words().seat.fullmatch(self.text, m.end, chain.start)):
                return m
        return None

    def _clause(self, head: str) -> str:
        return head[max(head.rfind(sign) for sign in _words().signs) + 1 :]

    def _body(self, match: re.Match[str], chain: Chain) -> bool:
        """Whether the words right before the title are none, or end like a body and the title has no other."""
        if not match["body"]:
            return True
        unit = chain.units[0]
        return unit.mention is None and not unit.lead and match["body"].endswith(_words().bodies)
