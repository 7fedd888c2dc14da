"""Whose bare titles are: of the body of the post before, of the last one of its kind, or of a host of what is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.people.grammar import grammar, suits
from kg.pipes.people.hosts import Host, Hosts, ends
from kg.pipes.people.levels import Carried, Levels
from kg.pipes.people.posts import Unit

ECHO: Final = 8  # characters of the end of a name that stand for the body
CLOSE: Final = 60  # characters within which 集团副总裁 finds its company
NEAR: Final = 300  # characters within which a bare rank finds its body
MOST: Final = 0.5  # share of mentions from which one enterprise is the company of the article


def endings_of(rank: str) -> tuple[str, ...]:
    """The last characters of the bodies that have this rank, whatever stands before it (专职秘书长, 常务副会长).

    >>> endings_of("专职秘书长") == endings_of("秘书长") != ()
    True
    """
    return next((suits()[rank[cut:]] for cut in range(len(rank) - 1) if rank[cut:] in suits()), ())


class Bare(Levels):
    """Resolves the bare titles of one document."""

    def __init__(self, doc: Doc, regions: Sequence[Mention], bodies: Sequence[Mention]) -> None:
        super().__init__(doc, regions)
        self.bodies = sorted(bodies, key=lambda m: (m.start, -m.end))
        words = table("posts")["words"]
        self.past, self.members, self.clerks = tuple(words["past"]), tuple(words["members"]), tuple(words["clerks"])
        self.generic, self.roaming = tuple(words["generic"]), tuple(words["roaming"])
        self.scholars = tuple(table("posts")["fits"]["scholars"])
        self.hosts = Hosts(self.text, self.regions, self.bodies)

    def _within(self, unit: Unit, start: int, carried: Carried) -> str:
        """The body of a bare department (检验科): 该院, that of the post before, or the host of what is told."""
        key, known = self.hosts.pointed(start)
        if known:
            return key
        begun = self.text[max(0, start - 3) : start]  # ；曾任|血液科|主任甲某: of another person
        if carried.bodies and not (begun[:1] in ("；", ";") and begun.endswith(self.past)):
            return carried.bodies[-1].key
        if unit.weak and unit.category == "official":
            return ""
        found = self.hosts.find(replace(unit, start=start, department=""), lambda host: host.key.startswith("body:"),
                                self._region_of)[0]
        return found or self.hosts.hospital(unit, start)

    def _alone(self, unit: Unit, kinds: tuple[str, ...] = ()) -> tuple[str, str] | None:
        """The only body or area of the text that the word before a bare title can mean, and the title: 经开区|书记.

        *kinds*: how the names of the areas end that are meant where no word stands there.
        """
        zone = next((z for z in grammar().zones if self.text.endswith(z, 0, unit.start)), "")
        start = unit.start if zone or kinds else self.hosts.short(unit)
        word = zone or self.text[start : unit.start] or kinds
        if not word:
            return None
        begun = self.text.rfind("。", 0, unit.start)
        named = [m for m in (*self.bodies, *self.regions)
                 if m.end <= unit.start and self.text[m.start : m.end].endswith(word)
                 and (kinds or m.end - m.start > len(word))]
        for keys in ({m.key for m in named if m.start > begun}, {m.key for m in named}):
            if len(keys) == 1:
                return keys.pop(), self.text[start : unit.end]
        return None

    def echoed(self, unit: Unit) -> Mention | None:
        """The only body of the text whose name ends with the words before a bare title: 青石县卫健委…，卫健委|主任."""
        words = table("posts")["echoes"]
        place = unit.start
        while place > 0 and unit.start - place <= ECHO and "\u4e00" <= self.text[place - 1] <= "\u9fff":
            place -= 1
        for start in range(place, unit.start - 1):
            word = self.text[start : unit.start]
            if word.endswith(tuple(words["ends"])) and word not in words["never"] and self.hosts.begins(start):
                named = [m for m in self.bodies if m.end <= start and len(m.name) > len(word) and m.name.endswith(word)]
                return named[-1] if len({m.key for m in named}) == 1 else None
        return None

    def area(self, word: str, place: int) -> str:
        """The only body or area named before *place* whose words end with *word*: 高新区|领导."""
        keys = {m.key for m in (*self.bodies, *self.regions) if m.end <= place + len(word)
                and self.text[m.start : m.end].endswith(word) and m.end - m.start > len(word)}
        return keys.pop() if len(keys) == 1 else ""

    def _region_of(self, level: str, place: int) -> str:
        return self.region(level, Carried(), place)

    def _hosted(self, host: Host, unit: Unit) -> bool:
        """Whether a host may have a bare title: its own kind of head, or a post of its party."""
        endings = endings_of(unit.rank)
        if endings:
            return host.name.endswith(endings)
        word = self.text[self.hosts.short(unit) : unit.start]
        kinds = table("posts")["pointed"].get(word, (word[-1:],))
        if word and "enterprise" not in kinds and not host.name.endswith(tuple(kinds)):
            return False  # 县武警中队…召开座谈会，院|党组书记
        if not self._inside(unit.department):
            return False
        words = table("posts")["hosts"]
        if host.key.startswith("region:"):
            return unit.body == "party" and not self.text.endswith(tuple(words["no_town"]), 0, unit.start)
        if unit.lead and not host.name.endswith(tuple(words["areas"])):
            return False
        own = unit.department in ("", *table("posts")["departments"]["own"])
        return unit.body == "party" or (own and unit.category == "official")

    def _inside(self, department: str) -> bool:
        """Whether a department may belong to any body (工会, 企业发展部); others are bodies of their own."""
        words = table("posts")["departments"]
        return not department or department.startswith(tuple(words["own"])) or department.endswith(
            tuple(words["own_endings"]))

    def _bare(self, unit: Unit, carried: Carried) -> str:
        """A rank without region or body: the body of the post before it, or the last one that has such a rank."""
        pointed, known = self.hosts.pointed(unit.start)
        if known:
            carried.bodies += [m for m in self.bodies if m.key == pointed][:1]
            return pointed
        if unit.rank.endswith(self.roaming) or self.hosts.prefixed(unit) or not self._inside(unit.department):
            return ""
        key, rank = carried.last
        vice = [word + rank[-2:] for word in table("posts")["words"]["vices"]]
        if key.startswith("region:") and not unit.department and unit.rank in vice:
            return key
        if key.startswith("region:") and carried.assembly and not unit.department and unit.rank in self.clerks:
            return key
        words = table("posts")["departments"]["words"]
        if key.startswith("region:") and (unit.lead or unit.department in words or unit.rank.endswith(self.members)):
            return key
        if carried.bodies and (inspected := self._inspects(carried.bodies[-1].key, unit)) is not None:
            return inspected
        if carried.bodies and self._kin(carried.bodies[-1], unit):
            return carried.bodies[-1].key
        endings = endings_of(unit.rank)
        if unit.category == "person" and not endings and not unit.rank.endswith(self.scholars):
            endings = (*table("posts")["fits"]["houses"], "enterprise")
        if not endings or unit.department:
            return ""
        recent = [m for m in self.bodies if unit.start - NEAR <= m.start and m.end <= unit.start
                  and ends(self.text, m, endings)]
        if self.text.endswith(self.generic, 0, unit.start):
            if recent and recent[-1].end >= unit.start - CLOSE:
                return recent[-1].key
            return self._only(unit)
        if recent and unit.category == "person":
            return self._company(recent[-1].key)
        return recent[-1].key if recent else ""

    def inspected(self, unit: Unit, previous: str) -> Mention | None:
        """The body whose posts stand behind one in a group that inspects it: 驻某某部纪检监察组组长、|党组成员."""
        return self._under(previous) if unit.body == "party" else None

    def _inspects(self, previous: str, unit: Unit) -> str | None:
        """The body of a bare rank behind a post in a group that inspects it: 驻某部纪检监察组组长甲某，|副部长乙某."""
        words = table("posts")["societies"]
        own = unit.body != "party" and unit.rank.endswith(tuple(words["heads"]))
        if own or not previous.endswith(words["group"]):
            return None
        host = self._under(previous)
        return host.key if host is not None and self._kin(host, unit) else ""

    def _under(self, previous: str) -> Mention | None:
        """The body that a group inspects, if the text names it."""
        words = table("posts")["societies"]
        head, behind, _ = previous.partition(words["group"])
        if not behind:
            return None
        name = head[head.rfind(words["posted"]) + 1 :]
        named = [m for m in self.bodies if m.name.endswith(name) and m.key != previous]
        return named[0] if named and len({m.key for m in named}) == 1 else None

    def _only(self, unit: Unit) -> str:
        """The body that 商会|秘书长 stands for, where the text before names only one of this kind."""
        word = next(w for w in self.generic if self.text.endswith(w, 0, unit.start))
        if any(m.end == unit.start for m in self.bodies):
            return ""
        keys = {m.key for m in self.bodies if m.end <= unit.start and ends(self.text, m, (word,))}
        return keys.pop() if len(keys) == 1 else ""

    def _company(self, key: str) -> str:
        """The last enterprise, if the article is about it more than about all others."""
        firms = Counter(m.key for m in self.bodies if m.category == "enterprise")
        return key if firms[key] >= MOST * sum(firms.values()) else ""

    def _kin(self, body: Mention, unit: Unit) -> bool:
        endings = endings_of(unit.rank)
        return not endings or ends(self.text, body, endings)
