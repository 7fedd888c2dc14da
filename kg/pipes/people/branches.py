"""Bodies that titles make: departments behind their body, sisters in a list, offices of a region, bodies unmarked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.people.grammar import grammar
from kg.pipes.people.posts import Unit
from kg.pipes.people.shown import Shown

SHORTEST: Final = 4  # characters of the end of a body's name that are enough to mean it
LONGEST: Final = 9
SISTER: Final = 16  # characters before a rank that the department of a list may take


class Branches:
    """Makes the bodies of one document that only its titles show; what it makes joins the known *bodies*."""

    def __init__(self, doc: Doc, text: str, bodies: list[Mention]) -> None:
        self.text = text
        self.bodies = bodies
        self.found: dict[tuple[int, int], Mention] = {}
        self.moved: set[tuple[int, int]] = set()
        words = table("posts")["departments"]
        self._endings = tuple(words["branches"])
        self._own = tuple(words["own"])
        self._marks: str = words["marks"]
        self._departments: dict[str, Mention] = {}
        self._shown = Shown(doc)

    def keep(self, body: Mention) -> Mention:
        """Remember a body that was made."""
        self.found.setdefault((body.start, body.end), body)
        self.bodies.append(body)
        return body

    def has_own(self, unit: Unit) -> bool:
        """Whether the department of a unit is one that is a body of its own behind its body."""
        return unit.department.endswith(self._endings)

    def branch(self, owner: Mention, unit: Unit) -> Mention:
        """A department written out behind its body (某某大学|工会) as a body of its own."""
        name = owner.name + unit.department
        end = unit.start + len(unit.department)
        known = next((m.key for m in self.bodies if self.text[m.start : m.end] == unit.department), "body:" + name)
        made = Mention(owner.start, end, "organization", known, name, "people.branch", 0.8)
        self._departments.setdefault(unit.department, made)
        return self.keep(made)

    def office(self, region: Mention, unit: Unit) -> Mention | None:
        """An office that stands right behind its region and is none of its leading bodies: 青石镇|团委|书记."""
        if region.end != unit.start or not self.has_own(unit):
            return None
        name = region.name + unit.department
        return self.keep(Mention(region.start, unit.start + len(unit.department), "organization", "body:" + name, name,
                                 "people.branch", 0.7))

    def league(self, region: Mention, unit: Unit) -> Mention | None:
        """The youth league's committee of a region, whose secretary is none of the party: 团|南宁|市委书记."""
        words = table("posts")["words"]
        start, end = region.start - len(words["league"]), unit.start + len(unit.lead)
        if not self.text.endswith(words["league"], 0, region.start) or not unit.lead.endswith(words["committee"]):
            return None
        name = self.text[start:end]
        known = next((m for m in self.bodies if self.text[m.start : m.end] == name), None)
        made = Mention(start, end, "organization", "body:" + name, name, "people.branch", 0.8)
        return self.keep(replace(made, key=known.key, name=known.name) if known else made)

    def apart(self, region: str, start: int, words: str) -> Mention | None:
        """A department behind a post of its region that is a body of its own: 县人大常委会副主任、|总工会|主席."""
        if words not in table("posts")["departments"]["apart"]:
            return None
        name = gazetteer().name(region) + words
        made = Mention(start, start + len(words), "organization", "body:" + name, name, "people.branch", 0.8)
        return self.keep(made)

    def committee(self, region: str, unit: Unit) -> Mention | None:
        """A working committee between the words of its leading body and the rank: 省委|教育工委|常务副书记."""
        words = next((w for w in table("posts")["departments"]["committees"] if unit.rank.startswith(w)), "")
        if not words or not unit.lead.endswith(table("posts")["words"]["committee"]):
            return None
        end = unit.end - len(unit.rank) + len(words)
        name = gazetteer().name(region) + self.text[unit.start + len(unit.level) : end]
        return self.keep(Mention(unit.start, end, "organization", "body:" + name, name, "people.branch", 0.8))

    def sister(self, unit: Unit, parent: Mention | None) -> Mention | None:
        """A department in a list that began with one of *parent* (某委甲处处长、|乙处副处长), or one made before."""
        if unit.lead or unit.level:
            return None
        place = unit.start + len(unit.department)
        known = next((m for word, m in sorted(self._departments.items()) if self.text.endswith(word, 0, place)), None)
        known = known or self._again(place)
        if known is not None or parent is None:
            return known
        head = self.text[max(0, unit.start - SISTER) : unit.start]
        cut = max(head.rfind(mark) for mark in self._marks)
        words = head[cut + 1 :] + unit.department
        if cut < 0 or not words.endswith(self._endings) or not grammar().inner.fullmatch(words):
            return None
        name = parent.name + words
        return self.keep(Mention(place - len(words), place, "organization", "body:" + name, name, "people.branch", 0.8))

    def _again(self, place: int) -> Mention | None:
        """The one body of the text before whose name ends in the words before *place*: 美术学院|党委书记."""
        named = {m.key: m for m in self.bodies if m.end <= place and self.text.endswith(m.name, 0, place)}
        if len(named) == 1:
            return named.popitem()[1]
        for length in range(LONGEST, SHORTEST - 1, -1):
            words = self.text[max(0, place - length) : place]
            fitting = [m for m in self.bodies if m.end <= place and m.name.endswith(words) and len(m.name) > len(words)]
            if fitting and not self._begins(place - length):
                return None  # 东北师范大学…任西北|师范大学|校长
            if fitting:
                return fitting[-1] if len({m.key for m in fitting}) == 1 else None
        return None

    def _begins(self, place: int) -> bool:
        """Whether no name goes on to the left of *place*."""
        before = self.text[max(0, place - 1) : place]
        heads = table("posts")["words"]["heads"]
        return not "\u4e00" <= before <= "\u9fff" or self.text.endswith(tuple(heads), 0, place)

    def unmarked(self, unit: Unit, home: Callable[[str], str], executive: bool) -> Mention | None:
        """A body that nobody marked, right before the rank; a company only where the chain holds an *executive*."""
        if unit.weak and unit.rank.endswith(grammar().team):
            return None
        end = unit.start
        if unit.former and not unit.department:
            end = unit.front
        elif unit.department and not unit.lead:
            own = next((w for w in self._own if unit.department.endswith(w)), "")
            end += len(unit.department) - len(own)
        body = self._shown.before(end, home, unit.weak)
        if body is None and executive:
            body = self._shown.company(end)
        if body is None or any(m.start < body.end and body.start < m.end for m in self.bodies):
            return None
        return self.keep(body)

    def move(self, owner: Mention, rest: str, region: str) -> Mention:
        """A bare 市公安局 (*rest*: its words behind the level) that belongs to the region with this full name."""
        old = owner.name.removesuffix(rest)
        if not region or old in ("", owner.name) or old.startswith(region) or not owner.key.startswith("body:" + old):
            return owner  # of that region already, whatever else its full name says (县|公安局|交警大队)
        self.moved.add((owner.start, owner.end))
        key = "body:" + region + owner.key.removeprefix("body:" + old)
        return self.keep(replace(owner, key=key, name=region + rest))
