"""Where a post is held: the region, body or enterprise that each title of a chain belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.annotations import text_of
from kg.pipes.people.branches import Branches
from kg.pipes.people.posts import Chain, Unit, level_word
from kg.pipes.regions.home import home_region

RECENT: Final = 8  # how many posts back a region or body is carried within a sentence
CLOSE: Final = 60  # characters within which 集团副总裁 finds its company
NEAR: Final = 300  # characters within which a bare rank finds its body
MOST: Final = 0.5  # share of mentions from which one enterprise is the company of the article


@dataclass(frozen=True, slots=True)
class Tail:
    """One holds_post of a chain: the words of its titles and the key they belong to ("" where unknown)."""

    key: str
    title: str
    body: str
    category: str
    former: bool
    span: tuple[int, int]
    deictic: tuple[int, int] | None = None


@dataclass(slots=True)
class Carried:
    """What earlier posts of the sentence were about, latest last."""

    regions: list[str] = field(default_factory=list)
    last: tuple[str, str] = ("", "")  # the key and the rank of the post before
    bodies: list[Mention] = field(default_factory=list)
    parent: Mention | None = None  # the body of the last department


@cache
def suits() -> dict[str, tuple[str, ...]]:
    """Rank to the last characters of the bodies that have it."""
    return {rank: tuple(entry["bodies"]) for entry in table("posts")["suits"] for rank in entry["ranks"]}


def _endings(rank: str) -> tuple[str, ...]:
    """The last characters of the bodies that have this rank, whatever stands before it (专职秘书长, 常务副会长).

    >>> _endings("专职秘书长") == _endings("秘书长") != ()
    True
    """
    return next((suits()[rank[cut:]] for cut in range(len(rank) - 1) if rank[cut:] in suits()), ())


class Tails:
    """Resolves the titles of one document."""

    def __init__(self, doc: Doc, regions: Sequence[Mention], bodies: Sequence[Mention]) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.regions = sorted(regions, key=lambda m: (m.start, -m.end))
        self.bodies = sorted(bodies, key=lambda m: (m.start, -m.end))
        self.counts = Counter(m.key for m in self.regions)
        self.levels: dict[str, list[str]] = table("posts")["classes"]
        self.these = tuple(table("posts")["words"]["these"])
        self.leading = re.compile("|".join(
            entry["form"].replace("{C}", "(?:" + "|".join(sorted(self.levels, key=lambda w: (-len(w), w))) + ")")
            for entry in table("posts")["lead"]
        ))
        self.former = tuple(table("posts")["words"]["former"])
        self.arriving = tuple(table("posts")["words"]["arriving"])
        self.past = tuple(table("posts")["words"]["past"])
        self.committees = tuple(table("posts")["words"]["committees"])
        self.members = tuple(table("posts")["words"]["members"])
        self.cadres = tuple(table("posts")["words"]["cadres"])
        self.generic = tuple(table("posts")["words"]["generic"])
        self.executive = False  # whether the chain at hand holds the title of a company's executive
        self.made = Branches(doc, self.text, self.bodies)
        self._home: dict[str, str] = {}

    def fits(self, key: str, level: str) -> bool:
        """Whether a region may be meant by a word of level: 唐县 by 县, 喀什地区 by 地.

        >>> from spacy.lang.zh import Chinese
        >>> Tails(Chinese()("x"), (), ()).fits("region:130627", "县")
        True
        """
        places = gazetteer()
        if places.level(key) not in self.levels.get(level, ()):
            return False
        name = places.own_name(key)
        fits = table("posts")["fits"]
        if name.endswith(fits["never"].get(level, " ")):
            return False
        provincial = level in fits["provincial"] and places.level(key) == "province"
        return provincial or name.endswith((level, fits["endings"].get(level, level)))

    def region(self, level: str, carried: Carried, place: int, alone: bool = False) -> str:
        """The region that a title with a word of level but no name means; *alone*: only one that the sentence gave."""
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
        return ""

    def _arrived(self, level: str, place: int) -> str:
        """The region at which the sentence has just arrived: 到达武强县，|副县长."""
        start = max(self.text.rfind(mark, 0, place) for mark in "。；\n") + 1
        for m in reversed(self.regions):
            if start <= m.start and m.end <= place and self.fits(m.key, level):
                return m.key if self.text.endswith(self.arriving, start, m.start) else ""
        return ""

    def _at_home(self, level: str) -> str:
        for wanted in self.levels.get(level, ()):
            key = home_region(self.doc, wanted)
            if key and self.fits(key, level):
                return key
        return ""

    def resolve(self, chain: Chain, carried: Carried) -> list[Tail]:
        """The posts of a chain, one for each region or body in it; *carried* hands them to later chains."""
        self.executive = any(u.category == "person" and not u.weak and not u.silent for u in chain.units)
        groups: list[list[tuple[Unit, str]]] = []
        keys: list[tuple[str, tuple[int, int] | None]] = []
        previous: tuple[str, Unit] | None = None
        for unit in chain.units:
            if unit.silent:
                continue
            key, shown, deictic = self._unit(unit, previous, carried)
            at = next((i for i, (k, _) in enumerate(keys) if k == key and (key or i == len(keys) - 1)), None)
            if at is None:
                keys.append((key, deictic))
                groups.append([(unit, shown)])
            else:
                groups[at].append((unit, shown))
            previous = (key, unit)
            carried.last = (key, unit.rank)
        past = self.text.startswith(self.past, chain.start)
        found = [self._tail(key, deictic, group) for (key, deictic), group in zip(keys, groups, strict=True)]
        return [replace(tail, former=tail.former or past) for tail in found]

    def _unit(self, unit: Unit, previous: tuple[str, Unit] | None,
              carried: Carried) -> tuple[str, str, tuple[int, int] | None]:
        """Key, title as shown, and the span of words that stand for an unnamed region."""
        owner = unit.mention
        words = self.text[unit.start : unit.end]
        for word in self.former if unit.former else ():
            words = words.replace(word, "", 1)
        if owner is not None and owner.category != "region":
            if previous is not None and previous[0].startswith("region:") and self._own_department(owner, previous[0]):
                return previous[0], self.text[owner.start : unit.end], None
            owner = self._moved(owner, carried)
            if owner.category == "organization" and self.made.has_own(unit):
                carried.parent = owner
                owner = self.made.branch(owner, unit)
                words = words.removeprefix(unit.department)
            carried.bodies.append(owner)
            return owner.key, words, None
        if owner is not None:
            if unit.lead or unit.level or unit.body or level_word(words[:1]) or unit.rank.endswith(self.cadres):
                key = owner.key
                carried.regions.append(key)
                return key, words, None
            branch = self.made.office(owner, unit)
            return (branch.key, words.removeprefix(unit.department), None) if branch else ("", words, None)
        if unit.level:
            if previous is not None and previous[0].startswith("region:") and self.fits(previous[0], unit.level):
                return previous[0], words, None
            if self.text.endswith((self.these[0], self.these[0] + unit.level), 0, unit.start):
                recent = [m for m in self.regions if m.end <= unit.start and self.fits(m.key, unit.level)]
                if recent:
                    carried.regions.append(recent[-1].key)
                    return recent[-1].key, words, None
            certain = unit.lead.startswith(self.committees)
            alone = previous is None and not certain and self._prefixed(unit)
            key = self.region(unit.level, carried, unit.start, alone)
            if key:
                carried.regions.append(key)
            length = len(unit.lead) or len(words)
            return key, words, (unit.start, unit.start + length)
        if previous is not None and not self._foreign(unit, previous[0]):
            return previous[0], words, None
        key = self._bare(unit, carried)
        if not key:
            def home(level: str) -> str:
                return self.region(level, carried, unit.start)

            body = self.made.sister(unit, carried.parent) or self.made.unmarked(unit, home, self.executive)
            if body is not None:
                carried.bodies.append(body)
                return body.key, self.text[max(body.end, unit.start) : unit.end], None
        return key, words, None

    def _moved(self, owner: Mention, carried: Carried) -> Mention:
        """A bare 市公安局 belongs to the region of the post before it, or to the article's own city of a county."""
        printed = self.text[owner.start : owner.end]
        level = level_word(printed[:3])
        if not level or not printed.startswith(level) or owner.rule != "bodies.department":
            return owner
        last = carried.regions[-1] if carried.regions else ""
        above = next((key for key in gazetteer().ancestors(last) if self.fits(key, level)), "") if last else ""
        above = above or self._arrived(level, owner.start) or self._at_home(level)
        return self.made.move(owner, printed[len(level) :], gazetteer().name(above) if above else "")

    def _own_department(self, owner: Mention, region: str) -> bool:
        """Whether a body inside a chain is a department of that region's leading bodies: 组织部, 县委统战部."""
        name = self.text[owner.start : owner.end]
        if any(m.start >= owner.start and m.end <= owner.end for m in self.regions):
            return False
        lead = self.leading.match(name)
        if lead is not None and lead.end() < len(name):
            return self.fits(region, level_word(lead[0]))
        return name in table("posts")["departments"]["words"]

    def _foreign(self, unit: Unit, previous: str) -> bool:
        """Whether a department in a chain is a body of its own (黄岩对口帮扶仪陇工作组) that was not found."""
        inner = any(m.start >= unit.start and m.end <= unit.end for m in self.regions)
        if not previous.startswith("region:"):
            return inner or not (self._inside(unit.department) or self._short(unit.department))
        level = level_word(unit.department[:2])
        return inner or bool(level and unit.department.startswith(level)) or unit.category == "person"

    def _short(self, department: str) -> bool:
        """Whether a department has a short name that no body has by itself: 女职委, 疾控局."""
        words = table("posts")["departments"]
        return len(department) <= words["short"] and department.endswith(tuple(words["short_endings"]))

    def _inside(self, department: str) -> bool:
        """Whether a department may belong to any body (工会, 企业发展部); others are bodies of their own."""
        words = table("posts")["departments"]
        return not department or department.startswith(tuple(words["own"])) or department.endswith(
            tuple(words["own_endings"]))

    def _bare(self, unit: Unit, carried: Carried) -> str:
        """A rank without region or body: the body of the post before it, or the last one that has such a rank."""
        for word, bodies in table("posts")["pointed"].items():
            if self.text[max(0, unit.start - 4) : unit.start].endswith(tuple(this + word for this in self.these)):
                pointed = [m for m in self.bodies if m.end <= unit.start and self._ends(m, bodies)]
                carried.bodies += pointed[-1:]
                return pointed[-1].key if pointed else ""
        if self._prefixed(unit) or not self._inside(unit.department):
            return ""
        key, rank = carried.last
        vice = [word + rank[-2:] for word in table("posts")["words"]["vices"]]
        if key.startswith("region:") and not unit.department and unit.rank in vice:
            return key
        words = table("posts")["departments"]["words"]
        if key.startswith("region:") and (unit.lead or unit.department in words or unit.rank.endswith(self.members)):
            return key
        if carried.bodies and self._kin(carried.bodies[-1], unit):
            return carried.bodies[-1].key
        endings = _endings(unit.rank)
        if unit.category == "person" and not endings:
            endings = (*table("posts")["fits"]["houses"], "enterprise")
        if not endings or unit.department:
            return ""
        recent = [m for m in self.bodies if unit.start - NEAR <= m.start and m.end <= unit.start
                  and self._ends(m, endings)]
        if self.text.endswith(self.generic, 0, unit.start):
            if recent and recent[-1].end >= unit.start - CLOSE:
                return recent[-1].key
            return self._only(unit)
        if recent and unit.category == "person":
            return self._company(recent[-1].key)
        return recent[-1].key if recent else ""

    def _only(self, unit: Unit) -> str:
        """The body that 商会|秘书长 stands for, where the text before names only one of this kind."""
        word = next(w for w in self.generic if self.text.endswith(w, 0, unit.start))
        if any(m.end == unit.start for m in self.bodies):
            return ""
        keys = {m.key for m in self.bodies if m.end <= unit.start and self._ends(m, (word,))}
        return keys.pop() if len(keys) == 1 else ""

    def _company(self, key: str) -> str:
        """The last enterprise, if the article is about it more than about all others."""
        firms = Counter(m.key for m in self.bodies if m.category == "enterprise")
        return key if firms[key] >= MOST * sum(firms.values()) else ""

    def _prefixed(self, unit: Unit) -> bool:
        """Whether words that name some body stand right before a bare rank (世纪某通|总裁), which no one marked."""
        head = self.text[max(0, unit.front - 4) : unit.front].rstrip(" ")
        cut = max(head.rfind(c) for c in "、，,。；;：:！？!?\n“”‘’（）()《》【】|　") + 1
        words = head[cut:]
        return bool(words) and not words.endswith(tuple(table("posts")["words"]["heads"]))

    def _kin(self, body: Mention, unit: Unit) -> bool:
        endings = _endings(unit.rank)
        return not endings or self._ends(body, endings)

    def _ends(self, body: Mention, endings: Iterable[str]) -> bool:
        return body.category in endings or body.name.endswith(tuple(endings)) or self.text[
            body.start : body.end].endswith(tuple(endings))

    @staticmethod
    def _link(gap: str) -> str:
        """What joins two posts of one title, in the words of *gap* (兼) or as a list."""
        words = table("posts")["fits"]
        link: str = next((word for word in words["links"] if gap.startswith(word)), words["link"])
        return link

    def _tail(self, key: str, deictic: tuple[int, int] | None, group: list[tuple[Unit, str]]) -> Tail:
        pieces: list[str] = []
        before: Unit | None = None
        for unit, shown in group:
            gap = self.text[before.end : unit.start] if before is not None else ""
            pieces.append(self._link(gap) if before is not None else "")
            pieces.append(shown)
            before = unit
        title = "".join(pieces)
        bodies = list(dict.fromkeys(u.body for u, _ in group if u.body)) if key.startswith("region:") else []
        return Tail(
            key=key,
            title=title,
            body="|".join(bodies),
            category=self._category(key, [u for u, _ in group]),
            former=group[0][0].former,
            span=(group[0][0].front, group[-1][0].end),
            deictic=deictic,
        )

    def _category(self, key: str, units: list[Unit]) -> str:
        kinds = {u.category for u in units}
        if key.startswith("region:"):
            return "official" if kinds & {"official"} else "person"
        body = next((m for m in self.bodies if m.key == key), None)
        if body is not None and body.category == "enterprise":
            return "person"
        if "person" in kinds:
            return "mixed" if "official" in kinds else "person"
        if "society" in kinds and not (body is not None and self._public(body)) and not any(
                u.rank.startswith(tuple(table("posts")["societies"]["party"])) for u in units):
            return "person"
        if "bank" in kinds and body is None:
            return "person"
        if body is not None and self._society(body):
            return "person"
        return "official"

    def _public(self, body: Mention) -> bool:
        endings = tuple(table("posts")["societies"]["public"])
        return body.name.endswith(endings) or self.text[body.start : body.end].endswith(endings)

    def _society(self, body: Mention) -> bool:
        societies = table("posts")["societies"]
        name = body.name or self.text[body.start : body.end]
        return name.endswith(tuple(societies["endings"])) and not self._public(body)

