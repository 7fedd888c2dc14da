"""Where a post is held: the region, body or enterprise that each title of a chain belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.needs import compiled
from kg.model import Mention
from kg.pipes.annotations import mentions
from kg.pipes.people.abroad import embassy
from kg.pipes.people.bare import Bare, endings_of
from kg.pipes.people.branches import Branches
from kg.pipes.people.callings import category
from kg.pipes.people.grammar import grammar, level_word
from kg.pipes.people.inside import departed
from kg.pipes.people.left import bare_title, honour, once
from kg.pipes.people.levels import Carried
from kg.pipes.people.near import near
from kg.pipes.people.posts import Chain, Unit

_QUOTES: Final = " 　”"  # signs between a body and the words of its title


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


def unnamed(tail: Tail, people: Iterable[str]) -> Tail:
    """A post without the name of another person that its title begins with: 甲某某|外科主任 in a list.

    >>> unnamed(Tail("body:a", "赵灏川外科主任", "", "official", False, (0, 1)), ["赵灏川"]).title
    '外科主任'
    """
    name = next((name for name in people if tail.title.startswith(name) and len(name) + 1 < len(tail.title)), "")
    return replace(tail, title=tail.title.removeprefix(name)) if name else tail


@cache
def _leading() -> re.Pattern[str]:
    """The leading bodies of all levels."""
    levels = "(?:" + "|".join(sorted(table("posts")["classes"], key=lambda w: (-len(w), w))) + ")"
    return compiled("|".join(entry["form"].replace("{C}", levels) for entry in table("posts")["lead"]))


@cache
def _heads() -> re.Pattern[str]:
    """The titles of those who head the government of a region, with its words before them."""
    return re.compile(table("posts")["heads"]["form"])


@cache
def _kinds() -> re.Pattern[str]:
    """The brackets that belong to a title."""
    return re.compile(table("posts")["kinds"]["form"])


class Tails(Bare):
    """Resolves the titles of one document."""

    def __init__(self, doc: Doc, regions: Sequence[Mention], bodies: Sequence[Mention]) -> None:
        super().__init__(doc, regions, bodies)
        self.these = tuple(table("posts")["words"]["these"])
        self.leading = _leading()
        self.heads = _heads()
        self.kinds = _kinds()
        self.former = tuple(table("posts")["words"]["former"])
        self.committees = tuple(table("posts")["words"]["committees"])
        self.assemblies = tuple(table("posts")["words"]["assemblies"])
        self.zonal = tuple(table("posts")["words"]["zonal"])
        self.unleveled = tuple(table("posts")["shown"]["not_levels"])
        self.cadres = tuple(table("posts")["words"]["cadres"])
        self.over: set[int] = set()  # where titles begin whose body follows a word like 原
        self.executive = False  # whether the chain at hand holds the title of a company's executive
        self.made = Branches(doc, self.text, self.bodies)
        self.works = mentions(doc, "projects")

    def resolve(self, chain: Chain, carried: Carried) -> list[Tail]:
        """The posts of a chain, one for each region or body in it; *carried* hands them to later chains."""
        self.executive = any(u.category == "person" and not u.weak and not u.silent for u in chain.units)
        groups: list[list[tuple[Unit, str]]] = []
        keys: list[tuple[str, tuple[int, int] | None]] = []
        previous: tuple[str, Unit] | None = None
        for unit in chain.units:
            if unit.silent:
                if unit.mention is not None and unit.mention.category == "region":
                    previous = (unit.mention.key, unit)
                continue
            key, shown, deictic = self._unit(unit, previous, carried)
            at = next((i for i, (k, _) in enumerate(keys) if k == key and (key or i == len(keys) - 1)), None)
            if at is None:
                keys.append((key, deictic))
                groups.append([(unit, shown)])
            else:
                groups[at].append((unit, shown))
            over = previous[0] if previous is not None and self._twofold(unit) else ""
            for (above, _), group in zip(keys, groups, strict=True):
                if above == over != key and over.startswith("region:"):
                    group.append((unit, self.text[unit.front : unit.end]))
            previous = (key, unit)
            carried.last = (key, unit.rank)
            lead = shown.removesuffix(unit.rank) if key.startswith("region:") and not unit.department else ""
            carried.lead = lead if unit.lead or (carried.lead and lead == carried.lead) else ""
            carried.assembly = unit.body in self.assemblies or (carried.assembly and not unit.lead and not unit.level)
        if len(keys) > 1 and not keys[0][0] and keys[1][0].startswith("body:") and self._party(groups[0]):
            groups[1] = groups[0] + groups[1]
            del keys[0], groups[0]
        past = self.text.startswith(self.past, chain.start)
        found = [self._tail(key, deictic, group) for (key, deictic), group in zip(keys, groups, strict=True)]
        return [replace(tail, former=tail.former or past) for tail in found]

    def carry(self, tails: Sequence[Tail], carried: Carried) -> None:
        """Hand posts that were resolved before to the later chains of their sentence."""
        for tail in tails:
            if tail.key.startswith("region:"):
                carried.regions.append(tail.key)
            else:
                carried.bodies += [m for m in self.bodies if m.key == tail.key][:1]

    def _twofold(self, unit: Unit) -> bool:
        """Whether a bare department is a body and stands under the committee before it: 县委常委、|人武部政委."""
        word = unit.department or (self.text[unit.mention.start : unit.mention.end] if unit.mention else "")
        return word in table("posts")["departments"]["both"]

    def _party(self, group: list[tuple[Unit, str]]) -> bool:
        """Whether the first titles of a chain are bare ones of the party, whose body the next names."""
        return all(u.body == "party" and not (u.level or u.mention or u.department or self.hosts.prefixed(u))
                   for u, _ in group)

    def _unit(self, unit: Unit, previous: tuple[str, Unit] | None,
              carried: Carried) -> tuple[str, str, tuple[int, int] | None]:
        """Key, title as shown, and the words that stand for an unnamed region."""
        owner = unit.mention
        words = self._present(self.text[unit.start : unit.end], unit)
        if owner is not None and owner.category != "region":
            if previous is not None and previous[0].startswith("region:") and self._own_department(owner, previous[0]):
                return previous[0], self.text[owner.start : unit.end], None
            if carried.bodies and departed(self.text, owner, self.regions):
                return carried.bodies[-1].key, self.text[owner.start : unit.end], None
            owner = self._moved(owner, carried)
            if previous is not None and previous[0].startswith("region:"):
                owner = self.made.apart(previous[0], owner.start, self.text[owner.start : owner.end]) or owner
            if owner.category == "organization" and self.made.has_own(unit):
                carried.parent = owner
                owner = self.made.branch(owner, unit)
                words = words.removeprefix(unit.department)
            carried.bodies.append(owner)
            if seat := self._seat(unit.mention):
                carried.regions.append(seat)
            return owner.key, words, None
        if owner is not None:
            if (league := self.made.league(owner, unit)) is not None:
                carried.bodies.append(league)
                return league.key, self.text[league.end : unit.end], None
            if self.lesser(owner, unit) or words.startswith(self.unleveled):  # 闵行|区域负责人
                return "", words, None
            if (body := self.made.committee(owner.key, unit)) is not None:
                carried.bodies.append(body)
                return body.key, self.text[body.end : unit.end], None
            own = unit.lead or unit.level or unit.body or level_word(words[:1]) or unit.rank.endswith(self.cadres)
            if own or grammar().town_office.fullmatch(unit.department):
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
            if unit.lead in self.zonal and not self.hosts.prefixed(unit):
                area = self._alone(replace(unit, start=unit.start + len(unit.level)), grammar().zones)
                return area[0] if area is not None else "", words, None
            certain = unit.lead.startswith(self.committees)
            alone = previous is None and not certain and self.hosts.prefixed(unit)
            key = self.region(unit.level, carried, unit.start, alone)
            if key and (body := self.made.committee(key, unit)) is not None:
                carried.bodies.append(body)
                return body.key, self.text[body.end : unit.end], None
            if key:
                carried.regions.append(key)
            elif unit.lead and (zone := self._zone(unit)) is not None:
                carried.bodies.append(zone)
                return zone.key, words.removeprefix(unit.level), None
            length = len(unit.lead) or len(words)
            return key, words, (unit.start, unit.start + length)
        if previous is not None and (host := self.inspected(unit, previous[0])) is not None:
            carried.bodies.append(host)
            return host.key, words, None
        if previous is not None and not self._foreign(unit, previous[0]) and not self._unknown(previous, unit):
            if previous[0].startswith("region:") and (
                    body := self.made.apart(previous[0], unit.start, unit.department)) is not None:
                carried.bodies.append(body)
                return body.key, words.removeprefix(unit.department), None
            return previous[0], words, None
        key = embassy(self.text, self.bodies, unit.start, unit.rank) or self._bare(unit, carried)
        vice = unit.rank.startswith(tuple(table("posts")["words"]["vices"]))
        if vice and key.startswith("region:") and key == carried.last[0] and not (unit.lead or unit.department):
            words = carried.lead + words  # 市政协副主席甲某主持，|副主席乙某出席
        if not key:
            def home(level: str) -> str:
                return self.region(level, carried, unit.start)

            body = self.made.sister(unit, carried.parent) or self.made.unmarked(unit, home, self.executive)
            if body is not None:
                carried.bodies.append(body)
                here = self.text.rfind(self.text[body.start : body.end], 0, unit.end)  # not where it is named first
                if self.text.endswith(self.former, 0, max(here, body.start)) or once(self.text, body.start):
                    self.over.add(unit.start)
                return body.key, self._present(self.text[max(body.end, unit.start) : unit.end], unit), None
            if unit.category != "person" and not unit.weak:
                key, start = self.hosts.find(unit, lambda host: self._hosted(host, unit), self._region_of)
                words = self._plain(start, unit) if key else words
            if not key and carried.bodies and (start := self.hosts.own(unit, carried.bodies[-1].name)) >= 0:
                key, words = carried.bodies[-1].key, self._plain(start, unit)
            if not key and unit.category != "person" and (only := self._alone(unit)):
                key, words = only
            if not key and (start := self.hosts.inner(unit)) >= 0:
                key = self._within(unit, start, carried)
                words = self.text[start : unit.end] if key else words
            if not key and previous is None and (echo := self.echoed(unit)) is not None:
                carried.bodies.append(echo)
                key = echo.key
            if not key and previous is None and (beside := self._near(unit)) is not None:
                carried.bodies += [m for m in self.bodies if m.key == beside.key][:1]
                key, words = beside.key, self._present(self.text[beside.end : unit.end].lstrip(_QUOTES), unit)
        return key, words, None

    def _near(self, unit: Unit) -> Mention | None:
        """The body or undertaking right before a bare title, with words between that no table knows."""
        words = table("posts")["near"]
        free = unit.rank.endswith(tuple(words["roaming"])) and not (
            self.text.endswith(tuple(words["chief"]), 0, unit.start) or unit.rank.startswith(tuple(words["chief"])))
        if free or unit.rank.endswith(grammar().team):
            return None
        known = sorted((*self.bodies, *self.works), key=lambda m: (m.end, -m.start))
        return near(self.text, unit.start, known, self.regions, self.hosts.named)

    def _plain(self, start: int, unit: Unit) -> str:
        """A title with the word that stands for its body, unless that only tells the level of it (市局|党组书记)."""
        words = self.text[start : unit.end]
        level = next((word for word in table("posts")["hosts"]["leveled"] if words.startswith(word)), "")
        return words.removeprefix(level)

    def _unknown(self, previous: tuple[str, Unit], unit: Unit) -> bool:
        """Whether a rank of one kind of body stands behind a bare one of an unknown party (党组成员、|副检察长)."""
        key, before = previous
        return not key and self._party([(before, "")]) and not unit.department and bool(endings_of(unit.rank))

    def _zone(self, unit: Unit) -> Mention | None:
        """The area that is no region of the tables, before the words of its leading body: 青石新区|党工委书记."""
        start = unit.start + len(unit.level)
        return self.made.unmarked(replace(unit, start=start, lead="", level=""), lambda level: "", False)

    def _present(self, words: str, unit: Unit) -> str:
        """The words of a title without the one that says that the post is over."""
        for word in self.former if unit.former else ():
            words = words.replace(word, "", 1)
        if unit.mention is not None and self.heads.fullmatch(words) and unit.mention.category == "region":
            return unit.rank  # 唐县|人民政府|副县长
        led = bool(unit.lead) and unit.front < unit.start and self.text.startswith(unit.lead, unit.front)
        return unit.lead + words if led else words  # 唐县|县委|甲某书记

    def _seat(self, owner: Mention | None) -> str:
        """The region whose name opens that of an office: 副市长 behind 北海市教育局局长 is one of 北海市."""
        if owner is None or owner.category != "organization":
            return ""
        path = [m for m in self.regions if owner.start <= m.start and m.end <= owner.end]
        seat = path[0] if path and path[0].start == owner.start else None
        for m in path:
            seat = m if seat is not None and m.start == seat.end else seat
        printed = self.text[seat.start : seat.end] if seat is not None else ""
        return seat.key if seat is not None and level_word(printed[-1:]) else ""

    def _moved(self, owner: Mention, carried: Carried) -> Mention:
        """A bare 市公安局 belongs to the region of the post before it, or to the article's own city of a county."""
        printed = self.text[owner.start : owner.end]
        level = level_word(printed[:3])
        other = not printed.startswith(level) or printed.startswith(self.unleveled)  # 市场监管总局
        if not level or other or owner.rule != "bodies.department":
            return owner
        last = carried.regions[-1] if carried.regions else ""
        above = self._hosts(level, owner.start)
        above = above or next((key for key in gazetteer().ancestors(last) if last and self.fits(key, level)), "")
        above = above or self._arrived(level, owner.start) or self._at_home(level)
        return self.made.move(owner, printed[len(level) :], gazetteer().name(above) if above else "")

    def _own_department(self, owner: Mention, region: str) -> bool:
        """Whether a body inside a chain is a department of that region's leading bodies: 组织部, 县委统战部."""
        name = self.text[owner.start : owner.end]
        if any(m.start >= owner.start and m.end <= owner.end for m in self.regions):
            return False
        if name.endswith((*table("posts")["departments"]["apart"], *table("posts")["departments"]["groups"])):
            return False
        lead = self.leading.match(name)
        if lead is not None and lead.end() < len(name):
            return self.fits(region, level_word(lead[0]))
        words = table("posts")["departments"]
        small = len(name) <= words["short"] and name.endswith(tuple(words["short_endings"]))
        return name in words["words"] or (small and not level_word(name[0]))

    def _foreign(self, unit: Unit, previous: str) -> bool:
        """Whether a department in a chain is a body of its own (黄岩对口帮扶仪陇工作组) that was not found."""
        inner = any(m.start >= unit.start and m.end <= unit.end for m in self.regions)
        if not previous.startswith("region:"):
            words = table("posts")["groups"]    # 前方指挥部党委委员、|产业组组长: a team that is sent out has groups
            group = unit.department.endswith(words["ends"]) and previous.endswith(tuple(words["bodies"]))
            return inner or not (group or self._inside(unit.department) or self._short(unit.department))
        level = level_word(unit.department[:2])
        inner |= unit.department.endswith(grammar().zones)
        return inner or bool(level and unit.department.startswith(level)) or unit.category == "person"

    def _short(self, department: str) -> bool:
        """Whether a department has a short name that no body has by itself: 女职委, 疾控局."""
        words = table("posts")["departments"]
        brief = len(department) <= words["brief"] and not department.endswith(tuple(words["heads"]))
        return brief or (len(department) <= words["short"] and department.endswith(tuple(words["short_endings"])))

    @staticmethod
    def _link(gap: str) -> str:
        """What joins two posts of one title, in the words of *gap* (兼) or as a list."""
        words = table("posts")["fits"]
        link: str = next((word for word in words["links"] if gap.startswith(word)), words["link"])
        return link

    def _kind(self, end: int) -> str:
        """The bracket behind a title that tells how the post is held: 副县长|（挂职）."""
        found = self.kinds.match(self.text, end)
        return found[0] if found is not None else ""

    def _tail(self, key: str, deictic: tuple[int, int] | None, group: list[tuple[Unit, str]]) -> Tail:
        pieces: list[str] = []
        before: Unit | None = None
        group = [(unit, shown) for unit, shown in group if not honour(unit.rank)] or group
        for unit, shown in group:
            if shown in pieces:
                continue
            gap = self.text[before.end : unit.start] if before is not None else ""
            pieces.append(self._link(gap) if before is not None else "")
            pieces.append(shown + self._kind(unit.end))
            before = unit
        title = bare_title("".join(pieces))
        bodies = list(dict.fromkeys(u.body for u, _ in group if u.body)) if key.startswith("region:") else []
        return Tail(
            key=key,
            title=title,
            body="|".join(bodies),
            category=category(self.text, self.bodies, key, [u for u, _ in group]),
            former=group[0][0].former or group[0][0].start in self.over or once(self.text, group[0][0].front),
            span=(group[0][0].front, group[-1][0].end),
            deictic=deictic,
        )
