"""What a component needs to know of a document to find names in it: places, brackets, borders."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.annotations import Sentence, mentions, sentences, text_of
from kg.pipes.names.borders import Borders
from kg.pipes.names.generic import generic, rare

_BRACKET = re.compile(r"[（(]([^（()）]{1,8})[）)]")
BRAND = 4
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass
class Context:
    """A document seen as text with places in it.

    `places` maps a character to the region mention that begins there (the longest), `brackets` the end of a bracket
    inside a name to its start, `owners` a character to the body that begins there and may open the name of a project.
    """

    text: str
    sentences: list[Sentence]
    places: dict[int, Mention]
    borders: Borders
    brackets: dict[int, int] = field(default_factory=dict)
    owners: dict[int, Mention] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Doc) -> Context:
        places: dict[int, Mention] = {}
        for m in mentions(doc, "regions"):
            if m.surface and (m.start not in places or m.end > places[m.start].end):
                places[m.start] = m
        text = text_of(doc)
        context = cls(text, sentences(doc), places, Borders(text))
        context.brackets = dict(context._name_brackets())
        context._conjunctions()
        return context

    def _conjunctions(self) -> None:
        """和 before a region joins two names, whatever word it makes with its neighbours (石桥一中和平山一中).

        A verb that may stand inside names is a verb there (县司法局组织唐县商会).
        """
        joining = table("name_borders")["border"]["joining"]
        acting = tuple(table("name_borders")["acting"]["words"])
        whole = tuple(table("name_borders")["border"]["whole"])
        for start, region in self.places.items():
            self.borders.ignore(start, region.end)
            joins = start and self.text[start - 1] in joining and not self.text.endswith(whole, 0, start)
            if joins or (start and self.text.endswith(acting, 0, start)):
                self.borders.close(start)

    def _name_brackets(self) -> list[tuple[int, int]]:
        words = table("organisations")["brackets"]["words"]
        goes_on = _goes_on()
        found = []
        for m in _BRACKET.finditer(self.text):
            known = m[1] in words or any(m.start() < start < m.end() for start in self.places)
            known = known or bool(goes_on.match(self.text, m.start()))
            before = self.text[m.start() - 1 : m.start()]
            after = self.text[m.end() : m.end() + 1]
            if known and _HAN.match(before) and _HAN.match(after):
                found.append((m.end(), m.start()))
        return found

    def chain(self, start: int, nested: bool = False) -> list[Mention]:
        """The regions that follow one another from *start*: 河北省保定市唐县 gives three.

        A region that is one mention for the whole chain gives one. With *nested* the chain ends before a region that
        does not lie in the one before: 临潭县|济南扶贫产业园.
        """
        found: list[Mention] = []
        while start in self.places:
            region = self.places[start]
            if nested and found and not gazetteer().inside(region.key, found[-1].key):
                break
            found.append(region)
            start = region.end
        return found

    def begin(self, floor: int, head: int, company: bool = False) -> int:
        """Where the name with its head at *head* begins, not before *floor*.

        Borders close it at the left. Within them a region opens it, unless what stands before the region is part of
        the name (驻, 援, a bank before its branch). A doubtful border counts where only common words stand before it.
        """
        places = self.borders.candidates(head, self.brackets, company)
        candidates = [(place, sure) for place, sure in places if place >= floor]
        start = candidates[-1][0] if candidates and candidates[-1][1] else floor
        inside = [r for r in range(start, head) if (m := self.owners.get(r) or self.places.get(r))
                  and m.end <= head and not self._in_bracket(r)]
        if inside and inside[0] > start:
            lead = self.text[start : inside[0]]
            brand = company and len(lead) < BRAND and rare(lead) == len(lead) and self.borders.opens(start)
            if not joined(lead) and not brand:
                start = inside[0]
        if start not in self.places and start not in self.owners:
            for place, sure in candidates:
                if not sure and start < place and generic(self.text[start:place]) and not self._nation(start):
                    return place
        return self._behind_seat(start, inside) if company else start

    def _behind_seat(self, start: int, inside: list[int]) -> int:
        """Where the company's own name begins behind the zone or the town it lies in: 青石开发区|河北绿野公司."""
        zones = tuple(table("organisations")["head"]["zone"]["words"])
        for place in inside:
            if place == start or place not in self.places:
                continue
            above = gazetteer().ancestors
            low = any(start <= r and m.end == place and self.places[place].key in above(m.key)[1:]
                      for r, m in self.places.items())
            if low or (self.text[start:place].endswith(zones) and self.text[start:place] not in zones):
                return place
        return start

    def _nation(self, start: int) -> bool:
        return self.text.startswith(tuple(table("organisations")["lead"]["nation"]), start)

    def _in_bracket(self, place: int) -> bool:
        return any(first < place < last for last, first in self.brackets.items())


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(table("organisations")["brackets"]["goes_on"])


@cache
def _apart() -> re.Pattern[str]:
    return re.compile(table("organisations")["lead"]["apart"])


def joined(lead: str) -> bool:
    """Whether what stands before a region belongs to the name: 浦发银行 in 浦发银行和田分行, 驻 in 驻疆办.

    >>> joined("浦发银行"), joined("参观"), joined("市委")
    (True, False, False)
    """
    lists = table("organisations")["lead"]
    if lead in table("enterprises")["known"]["words"]:
        return True
    if _apart().search(lead):
        return False
    return lead.endswith(tuple(lists["ends"])) or lead.startswith(tuple(lists["starts"]))
