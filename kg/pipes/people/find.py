"""Reading a sentence for persons: name behind a title, lists, title behind a name, leaders' lists, bare subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.lexicon.likely import Likely, either
from kg.model import Mention
from kg.pipes.annotations import Sentence
from kg.pipes.people.behind import after
from kg.pipes.people.names import ALONE, LISTED, OWNED, TITLED, Name, NameFinder
from kg.pipes.people.posts import Chain, Unit, chains, find_units
from kg.pipes.people.rare import filled, rare
from kg.pipes.people.told import told

FOREIGN: Final = 20  # characters before a title in which the name of another state makes it one of that state
CREDIT: Final = 12  # characters before a list of names in which a word of credit makes it a list of reporters


@dataclass(frozen=True, slots=True)
class Found:
    """A person found at one place. `chain` holds the titles said there; `region` the words of a leaders' heading.

    `former` and `dated`: whether the post is said to be over, or from when it was held.
    """

    name: Name
    rule: str
    chain: Chain | None = None
    heading: tuple[int, int] = (0, 0)
    former: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The small words of the posts table, compiled."""

    leaders: re.Pattern[str]
    unread: re.Pattern[str]
    behind: re.Pattern[str]
    between: tuple[str, ...]
    being: re.Pattern[str]
    closed: re.Pattern[str]
    opening: re.Pattern[str]
    aside: re.Pattern[str]
    joiners: tuple[str, ...]
    meeting: tuple[str, ...]
    party: re.Pattern[str]
    honours: tuple[str, ...]
    colons: tuple[str, ...]
    parts: str
    foreign: re.Pattern[str]
    abroad: tuple[str, ...]
    old: tuple[str, ...]
    dead: tuple[str, ...]
    of: tuple[str, ...]
    holding: tuple[str, ...]
    role: tuple[str, ...]
    nominee: tuple[str, ...]
    credits: re.Pattern[str]
    credit_ends: re.Pattern[str]
    subjects: re.Pattern[str]
    lists: re.Pattern[str]
    needs: re.Pattern[str]


@cache
def words() -> Words:
    """Read once from the lexicon."""
    posts = table("posts")
    small = posts["words"]
    return Words(
        leaders=re.compile(posts["leaders"]["form"]),
        unread=re.compile(posts["leaders"]["unread"]),
        behind=re.compile(posts["leaders"]["behind"]),
        between=tuple(posts["leaders"]["between"]),
        being=re.compile(small["being"]),
        closed=re.compile(small["closed"]),
        opening=re.compile(small["opening"]),
        aside=re.compile(small["aside"]),
        joiners=tuple(small["joiners"]),
        meeting=tuple(small["meeting"]),
        party=re.compile(small["party"]),
        honours=tuple(small["honours"]),
        colons=tuple(small["colons"]),
        parts=small["parts"],
        foreign=re.compile("|".join(small["foreign"])),
        abroad=tuple(small["own_abroad"]),
        old=tuple(small["old"]),
        dead=tuple(small["dead"]),
        of=tuple(small["former_end"]),
        holding=tuple(small["holding"]),
        role=tuple(small["role"]),
        nominee=tuple(small["nominee"]),
        credits=re.compile("|".join(small["credits"])),
        credit_ends=re.compile(small["credit_ends"]),
        subjects=re.compile(posts["subjects"]["verbs"]),
        lists=re.compile(posts["subjects"]["lists"]),
        needs=re.compile(posts["subjects"]["needs"]),
    )


@cache
def _leading() -> Likely[str]:
    """The words of leaders, before and behind their names, and those behind the names of who does something."""
    named = {"before": words().leaders, "behind": words().behind, "does": words().subjects, "row": words().lists}
    return Likely([(name, either(pattern)) for name, pattern in named.items()])


class Reader:
    """Finds the persons of one document, sentence by sentence."""

    def __init__(self, text: str, regions: Sequence[Mention], bodies: Sequence[Mention], finder: NameFinder,
                 minority: bool) -> None:
        self.text = text
        self.around = sorted((*regions, *bodies), key=lambda m: (m.start, -m.end))
        self.finder = finder
        self.minority = minority
        self.chains: dict[int, list[Chain]] = {}  # where a sentence begins to its titles
        self.official = bool(words().needs.search(text))

    def read(self, sentence: Sentence) -> list[Found]:
        """All persons of one sentence, in order of their places."""
        here = [m for m in self.around if sentence.start <= m.start and m.end <= sentence.end]
        units = find_units(self.text, sentence.start, sentence.end, here)
        likely = _leading().open(self.text, sentence.start, sentence.end)
        found: list[Found] = []
        if units:
            self.chains[sentence.start] = chains(self.text, units)
            found += self._titled(sentence, units)
            found += self._told(sentence, units, found)
        if "before" in likely or "behind" in likely:
            found += self._leaders(sentence, found, units)
        found += self._after(sentence, found, here)
        if units:
            found += self._inverted(sentence, found, units)
        if self.official and ("does" in likely or "row" in likely):
            found += self._subjects(sentence, found)
        return sorted(found, key=lambda f: (f.name.start, f.rule))

    def _titled(self, sentence: Sentence, units: list[Unit]) -> list[Found]:
        found: list[Found] = []
        used = sentence.start
        fronts = {u.front for u in units} | {u.start for u in units}
        for chain in chains(self.text, units):
            if chain.end < used or self.credit(sentence.start, chain.start):
                continue
            last = chain.units[-1]
            strong = any(u.lead or u.level for u in chain.units)
            strong &= bool(found) and 0 <= chain.start - found[-1].name.end <= 1
            sure = last.mention is not None or bool(last.lead)
            name = self.finder.behind(self._skip(chain.end), sentence.end, forced=strong,
                                      minority=self.minority and (sure or not last.weak),
                                      least=OWNED if sure and not last.weak else TITLED)
            if name is None and (name := self._linked(chain, sentence.end, fronts)) is not None:
                pass
            elif name is None:
                name = self._apart(sentence, chain)
            if name is None and sure and self.minority:
                name = self.finder.dotted(self._skip(chain.end), sentence.end)
            if name is None and (sure or last.level) and not last.weak:
                name = rare(self.text, self.finder, self._skip(chain.end), sentence.end)
            if name is None or self._nominated(sentence.start, chain.start):
                continue
            if self._owned(chain, name) or self._foreign(sentence.start, chain, name):
                continue
            if self.text.startswith(words().dead, name.end):
                continue
            found.append(Found(name, "titled", chain))
            found += self._listed(name, chain, sentence.end, fronts)
            used = found[-1].name.end
        return found

    def _apart(self, sentence: Sentence, chain: Chain) -> Name | None:
        """The name behind 的 or a comma: 曾任|县长|的甲某, 接替乙某任|县长|的甲某, 身为|会长|，甲某表示."""
        head = self.text[sentence.start : chain.start]
        if (chain.units[0].former or head.endswith(words().holding)) and self.text.startswith(words().of, chain.end):
            return self.finder.behind(chain.end + 1, sentence.end, least=LISTED)
        if any(u.mention is not None for u in chain.units) and chain.units[-1].category == "person" and (
                name := self.finder.foreign(chain.end, sentence.end)) is not None:
            return name
        if self.text.startswith(words().colons, at := self._skip(chain.end)) and not chain.units[-1].weak:
            name = self.finder.behind(at + 1, sentence.end, least=LISTED)  # 副主席：|甲某、乙某
            return name if name is not None and self._ends(name) else None
        if head.endswith(words().role) and self.text.startswith("，", chain.end):
            return self.finder.behind(chain.end + 1, sentence.end, least=ALONE)
        return None

    def _ends(self, name: Name) -> bool:
        """Whether a name fills its place in a list of names: 副主席：甲某（女）、乙某."""
        end = self._skip(name.end)
        return end > name.end or end >= len(self.text) or self.text[end] in words().parts

    def _linked(self, chain: Chain, limit: int, fronts: set[int]) -> Name | None:
        """The name that a word of being joins to its title, where nothing follows it: 会长为甲某、乙某，."""
        link = words().being.match(self.text, chain.end)
        if link is None or chain.units[-1].weak:
            return None
        name = self.finder.behind(link.end(), limit, least=ALONE)
        if name is None:
            return None
        last = [name, *(f.name for f in self._listed(name, chain, limit, fronts))][-1]
        end = self._skip(last.end)
        return name if end >= len(self.text) or words().closed.match(self.text, end) else None

    def _inverted(self, sentence: Sentence, found: list[Found], units: list[Unit]) -> list[Found]:
        """A name at the head of a clause right before its body and title: ；甲某青石县人民医院院长."""
        taken = {i for f in found for i in range(f.name.start, f.name.end)}
        held = {f.chain.start for f in found if f.chain is not None}
        more = []
        for chain in chains(self.text, units):
            owner = chain.units[0].mention
            if owner is None or chain.start != owner.start or chain.start in held or chain.units[0].weak:
                continue
            if not (chain.end >= len(self.text) or words().closed.match(self.text, chain.end)):
                continue
            for length in (3, 2):
                start = chain.start - length
                head = self.text[max(sentence.start, start - 1) : start]
                name = self.text[start : chain.start]
                free = start >= sentence.start and not taken & {*range(start, chain.start)}
                if not free or (head and not words().opening.match(head)) or self.credit(sentence.start, start):
                    continue
                odds = self.finder.model.score(name)
                if odds >= ALONE and not self.finder.covered(start, chain.start):
                    more.append(Found(Name(start, chain.start, name, odds), "after", chain))
                    break
        return more

    def shown(self, sentence: Sentence, name: Name) -> Chain | None:
        """The titles right before a name that only the tagger saw."""
        for chain in self.chains.get(sentence.start, []):
            if name.start in (chain.end, self._skip(chain.end)) and not self._nominated(sentence.start, chain.start):
                foreign = self.credit(sentence.start, chain.start) or self._foreign(sentence.start, chain, name)
                return None if foreign else chain
        return None

    def _told(self, sentence: Sentence, units: list[Unit], found: list[Found]) -> list[Found]:
        used = {f.chain.start for f in found if f.chain is not None}
        names = [f.name for f in found]
        return [Found(name, "told", chain, former=former)
                for name, chain, former in told(self.text, self.finder, sentence, chains(self.text, units), used, names)
                if not self.credit(sentence.start, name.start)]

    def _foreign(self, start: int, chain: Chain, name: Name) -> bool:
        """Whether the title is one of another state (澳大利亚国库部长), or of an unknown place with an unsure name."""
        unit = chain.units[0]
        if unit.mention is not None and unit.mention.category == "region":
            return False
        head = self.text[max(start, unit.start - FOREIGN) : unit.start]
        clause = head[max(head.rfind(c) for c in "，。；！？、：“") + 1 :]
        if words().foreign.search(clause) and not any(word in clause for word in words().abroad):
            return True
        bare = unit.level and not unit.lead and clause and "\u4e00" <= clause[-1] <= "\u9fff"
        return bool(bare) and self.finder.model.boundary(self.text, name.end) <= 0

    def _owned(self, chain: Chain, name: Name) -> bool:
        """Whether the title belongs to the name before it, which the text has elsewhere too (甲某某院长曾…)."""
        unit = chain.units[0]
        if unit.lead or unit.mention or unit.level or self.finder.model.boundary(self.text, name.end) > 0:
            return False
        for length in (2, 3):
            before = self.text[max(0, unit.start - length) : unit.start]
            if self.finder.model.score(before) > ALONE - 2 and self.text.count(before) > 1:
                return True
        return False

    def _listed(self, name: Name, chain: Chain, limit: int, fronts: set[int]) -> list[Found]:
        """Further names that share the title: 副区长甲某、乙某."""
        found: list[Found] = []
        place = self._skip(self._honoured(name.end))
        while self.text[place : place + 1] in words().joiners and place < limit:
            start = place + 1
            if any(start <= f <= start + 2 for f in fronts) or any(m.start == start for m in self.around):
                break
            least = LISTED if self.text[place] == "、" else ALONE
            following = self.finder.behind(start, limit, least=least)
            if self.minority and (following is None or len(following.text) == 2):
                following = self.finder.syllabic(start, limit) or following
            if following is None or self.finder.model.boundary(self.text, following.end) <= 0:
                break
            other = self.text[place] in words().meeting and words().party.match(self.text, following.end)
            if other or following.end in fronts or self._company(following.end):
                break
            found.append(Found(following, "listed", chain))
            place = self._skip(self._honoured(following.end))
        return found

    def _honoured(self, place: int) -> int:
        """Where the next name of a list may follow: 董事甲某先生|、乙某先生."""
        end = place + next((len(w) for w in words().honours if self.text.startswith(w, place)), 0)
        return end if self.text[end : end + 1] == "、" else place

    def _company(self, place: int) -> bool:
        """Whether a bracket with a region follows, as in the name of a company (青石（长沙）律师事务所)."""
        return self.text[place : place + 1] in ("（", "(") and any(m.start == place + 1 for m in self.around)

    def _skip(self, place: int) -> int:
        aside = words().aside.match(self.text, place)
        return aside.end() if aside is not None else place

    def _nominated(self, start: int, place: int) -> bool:
        return any(w in self.text[max(start, place - 6) : place] for w in words().nominee)

    def credit(self, start: int, place: int) -> bool:
        """Whether a word of credit (记者, 责编) stands before *place* without a sign of a sentence between."""
        before = self.text[max(start, place - CREDIT) : place]
        cut = max(before.rfind(c) for c in "。，；？！”）)")
        cut = max(cut, *(m.end() - 1 for m in words().credit_ends.finditer(before)), -1)
        return bool(words().credits.search(before[cut + 1 :]))

    def _leaders(self, sentence: Sentence, found: list[Found], units: list[Unit]) -> list[Found]:
        """领导甲某、乙某 and 甲某、乙某等领导."""
        more: list[Found] = []
        fronts = {u.front for u in units}
        gaps: list[tuple[int, int]] = []
        for match in words().leaders.finditer(self.text, sentence.start, sentence.end):
            place = match.end()
            place += next((len(w) for w in words().between if self.text.startswith(w, place)), 0)
            if self.text.startswith(words().old, match.start() - 1):
                continue
            if len(match[0]) == 2 and not any(m.end == match.start() for m in self.around):
                continue
            while place < sentence.end:
                if place in fronts or self.text.startswith(words().joiners, place):
                    break
                name = self.finder.behind(place, sentence.end, least=0.0 if more else 1.0, minority=self.minority)
                if name is None or self.finder.model.boundary(self.text, name.end) <= 0:
                    unread = words().unread.match(self.text, place, sentence.end)
                    if unread is None:
                        break
                    gaps.append((place, unread.end() - 1))
                    place = unread.end()  # a rare name that is not read: 甲某、|阿某某某、|乙某
                    continue
                more.append(Found(name, "leaders", None, match.span()))
                if self.text[name.end : name.end + 1] not in words().joiners:
                    break
                place = name.end + 1
            read = [f.name for f in more if f.heading == match.span()]
            more += [Found(name, "leaders", None, match.span()) for name in filled(self.text, self.finder, read, gaps)]
            gaps.clear()
        for match in words().behind.finditer(self.text, sentence.start, sentence.end):
            more += self._backwards(sentence.start, match)
        taken = {f.name.start for f in found}
        return [f for f in more if f.name.start not in taken]

    def _backwards(self, start: int, match: re.Match[str]) -> list[Found]:
        head = self.text[start : match.start()]
        cut = max(head.rfind(c) for c in "。，；：,;") + 1
        found = []
        place = start + cut
        for part in head[cut:].split("、"):
            name = self.finder.behind(place, match.start(), least=LISTED)
            if name is None or name.text != part:
                return []
            found.append(Found(name, "leaders", None, (match.start() + 1, match.end())))
            place += len(part) + 1
        return found

    def _after(self, sentence: Sentence, found: list[Found], here: list[Mention]) -> list[Found]:
        return [Found(name, "after", chain) for name, chain in after(
                    self.text, self.finder, sentence, [f.name for f in found], here)
                if not self.credit(sentence.start, name.start)]

    def _subjects(self, sentence: Sentence, found: list[Found]) -> list[Found]:
        """甲某强调, 甲某一行先后来到: a name at the head of a clause that only its verb shows to be an official."""
        taken = {f.name.start for f in found}
        more = []
        for place in self._heads(sentence):
            name = self.finder.behind(place, sentence.end, least=ALONE) if place not in taken else None
            if name is None or self.credit(sentence.start, place):
                continue
            if words().subjects.match(self.text, name.end):
                more.append(Found(name, "subject"))
            else:
                more += self._row(name, sentence.end)
        return more

    def _row(self, first: Name, limit: int) -> list[Found]:
        """甲某、乙某分别介绍了情况: two or more names that share a verb."""
        row = [first]
        while self.text[row[-1].end : row[-1].end + 1] == "、":
            name = self.finder.behind(row[-1].end + 1, limit, least=ALONE)
            if name is None:
                return []
            row.append(name)
        if len(row) < 2 or not words().lists.match(self.text, row[-1].end):
            return []
        return [Found(name, "subject") for name in row]

    def _heads(self, sentence: Sentence) -> list[int]:
        heads = [sentence.start]
        heads += [i + 1 for i in range(sentence.start, sentence.end - 1) if self.text[i] in "。，；！？”\n"]
        return heads
