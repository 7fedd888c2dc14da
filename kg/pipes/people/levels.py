"""Which region a title means that has a word of level and no name: 县委书记, 副市长."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.annotations import text_of
from kg.pipes.people.posts import Unit
from kg.pipes.regions.home import home_region

SMALL: Final = frozenset({"township", "village"})
RECENT: Final = 8  # how many posts back a region or body is carried within a sentence


@dataclass(slots=True)
class Carried:
    """What earlier posts of the sentence were about, latest last."""

    regions: list[str] = field(default_factory=list)
    last: tuple[str, str] = ("", "")  # the key and the rank of the post before
    lead: str = ""  # the leading body in the words of the post before: 市政协
    assembly: bool = False  # whether that was a post in a people's congress or a political conference
    bodies: list[Mention] = field(default_factory=list)
    parent: Mention | None = None  # the body of the last department


class Levels:
    """Resolves the words of level of one document."""

    def __init__(self, doc: Doc, regions: Sequence[Mention]) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.regions = sorted(regions, key=lambda m: (m.start, -m.end))
        self.counts = Counter(m.key for m in self.regions)
        self.levels: dict[str, list[str]] = table("posts")["classes"]
        self.arriving = tuple(table("posts")["words"]["arriving"])
        self.coming = tuple(table("posts")["words"]["coming"])
        self._home: dict[str, str] = {}

    def fits(self, key: str, level: str) -> bool:
        """Whether a region may be meant by a word of level: 唐县 by 县, 喀什地区 by 地.

        >>> from spacy.lang.zh import Chinese
        >>> Levels(Chinese()("x"), ()).fits("region:130627", "县")
        True
        """
        places = gazetteer()
        if places.level(key) not in self.levels.get(level, ()):
            return False
        name = places.own_name(key)
        fits = table("posts")["fits"]
        if name.endswith(fits["never"].get(level, " ")):
            return False
        return name.endswith((level, fits["endings"].get(level, level)))

    def lesser(self, region: Mention, unit: Unit) -> bool:
        """Whether the title is one in a village or town that has the short name of a county: 江宁|社区党总支书记."""
        level = gazetteer().level(region.key)
        small = unit.lead != "" and set(self.levels.get(unit.level, ("county",))) <= SMALL
        return small and level not in SMALL and self.text[region.end - 1 : region.end] not in self.levels

    def region(self, level: str, carried: Carried, place: int, alone: bool = False) -> str:
        """The region that a title with a word of level but no name means; *alone*: only one that the sentence gave."""
        if hosts := self._hosts(level, place):
            return hosts
        for key in reversed(carried.regions[-RECENT:]):
            for above in gazetteer().ancestors(key):
                if self.fits(above, level):
                    return above
        if alone:
            return ""
        if arrived := self._arrived(level, place):
            return arrived
        if level not in self._home:
            self._home[level] = self._at_home(level)
        if self._home[level]:
            return self._home[level]
        fitting = [m for m in self.regions if self.fits(m.key, level)]
        before = [m for m in fitting if m.end <= place]
        if before and not set(self.levels.get(level, ())) - {"township", "village"}:
            return before[-1].key
        if fitting:
            most = max(self.counts[m.key] for m in fitting)
            return next(m.key for m in fitting if self.counts[m.key] == most)
        holders = {key for m in self.regions for key in gazetteer().ancestors(m.key) if self.fits(key, level)}
        return holders.pop() if len(holders) == 1 else ""

    def _hosts(self, level: str, place: int) -> str:
        """The home region to which the sentence has just brought guests: 甲省副省长来青石省考察，|省教育厅厅长陪同."""
        start, here = self._told_before(place)
        if not here or not self.text.endswith(self.coming, start, here[-1].start):
            return ""
        home = self._at_home(level)
        return home if home in gazetteer().ancestors(here[-1].key) else ""

    def _arrived(self, level: str, place: int) -> str:
        """The region at which the sentence has just arrived: 到达武强县，|副县长."""
        start, here = self._told_before(place)
        for m in reversed(here):
            if self.fits(m.key, level):
                return m.key if self.text.endswith(self.arriving, start, m.start) else ""
        return ""

    def _told_before(self, place: int) -> tuple[int, list[Mention]]:
        """Where the sentence around *place* begins, and the regions that it names before that."""
        start = max(self.text.rfind(mark, 0, place) for mark in "。；\n") + 1
        return start, [m for m in self.regions if start <= m.start and m.end <= place]

    def _at_home(self, level: str) -> str:
        for wanted in self.levels.get(level, ()):
            key = home_region(self.doc, wanted)
            if key and self.fits(key, level):
                return key
        return ""
