"""Which region a name stands for: by what stands before it, what else the article names, and who published it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import Gazetteer, gazetteer
from kg.lexicon.gazetteer_names import Entry, names
from kg.pipes.regions.scan import Candidate

PRIOR = {"province": 0.9, "prefecture": 0.5, "county": 0.0}
LONG = 4  # characters of a town's name that need no other anchor where only one town bears it
FULL = ("full", "alias", "former", "zone", "group")


@dataclass
class Context:
    """What is settled so far: `chosen` by index of the candidate, how often each key is named, and the home region."""

    text: str
    candidates: list[Candidate]
    home: tuple[str, ...] = ()
    year: int = 0
    chosen: dict[int, str] = field(default_factory=dict)
    rules: dict[int, str] = field(default_factory=dict)
    named: Counter[str] = field(default_factory=Counter)
    implied: Counter[str] = field(default_factory=Counter)
    gaz: Gazetteer = field(default_factory=gazetteer)

    def choose(self, index: int, key: str, rule: str) -> None:
        self.chosen[index] = key
        self.rules[index] = rule
        self.named[key] += 1
        for above in self.gaz.ancestors(key)[1:]:
            self.implied[above] += 1

    def before(self, index: int) -> str:
        """The key of the region that stands right before, or "" (山东 before 菏泽)."""
        if index and self.candidates[index - 1].end == self.candidates[index].start:
            return self.chosen.get(index - 1, "")
        return ""

    def leads(self, index: int, key: str) -> bool:
        """Whether a region inside this one stands right behind the name (吉林 before 长春)."""
        if index + 1 >= len(self.candidates) or self.candidates[index + 1].start != self.candidates[index].end:
            return False
        return key in self.gaz.ancestors(self.chosen.get(index + 1, ""))[1:]

    def siblings(self, index: int) -> list[str]:
        """Keys chosen for the neighbours in a list (保定、张家口)."""
        found = []
        here = self.candidates[index]
        for other in (index - 1, index + 1):
            if 0 <= other < len(self.candidates) and other in self.chosen:
                there = self.candidates[other]
                gap = self.text[min(here.end, there.end) : max(here.start, there.start)]
                if len(gap) == 1 and gap in table("regions")["borders"]["list"]:
                    found.append(self.chosen[other])
        return found

    def town_after(self, index: int, key: str) -> bool:
        """Whether a town of this county stands right behind the name."""
        if index + 1 >= len(self.candidates):
            return False
        after = self.candidates[index + 1]
        return after.start == self.candidates[index].end and any(
            e.form == "town" and self.gaz.parent(e.key) == key for e in after.entries)


@dataclass(slots=True)  # nothing changes it, but to freeze it takes longer than to fill it
class Signs:
    """What speaks for one reading of a name."""

    own: bool
    chain: bool
    leads: bool
    beside: bool
    above: bool
    near: bool
    province: bool
    home: bool
    motion: bool
    clean: bool
    prior: float

    @property
    def score(self) -> float:
        return (4 * self.own + 3 * self.chain + 2 * self.leads + 1.5 * self.beside + 2 * self.above + 0.7 * self.near
                + self.province + 1.5 * self.home + self.prior)


@cache
def _motion() -> tuple[str, ...]:
    return tuple(table("regions")["motion"]["before"])


def _clean(context: Context, index: int) -> bool:
    """Whether the full name of a county stands between borders that leave no other reading (在唐县召开, 清水县举行)."""
    borders = table("regions")["borders"]
    text, here = context.text, context.candidates[index]
    right_not = borders["right_not"].get(here.name[-1], "")
    if len(here.name) > 3 or not right_not or here.name in borders["never"]:
        return False
    left = here.start == 0 or text.endswith((*borders["left"], *borders["left_words"]), 0, here.start) or (
        index > 0 and context.candidates[index - 1].end == here.start)
    return left and text[here.end : here.end + 1] not in set(right_not)


def signs(context: Context, index: int, key: str) -> Signs:
    ancestors, above, province, prior = _around(key)
    named, implied, home = context.named, context.implied, context.home
    return Signs(
        own=key in named,
        chain=context.before(index) in ancestors or context.town_after(index, key),
        leads=context.leads(index, key),
        beside=bool(ancestors) and any(ancestors[0] in context.gaz.ancestors(s)[1:] for s in context.siblings(index)),
        above=above in named or above in home,
        near=above in implied,
        province=province in named or province in implied or province in home,
        home=key in home,
        clean=_clean(context, index),
        motion=context.text.endswith(_motion(), 0, context.candidates[index].start),
        prior=prior,
    )


@lru_cache(maxsize=65536)
def _around(key: str) -> tuple[tuple[str, ...], str, str, float]:
    """The regions that hold one, its prefecture (else its province, "" for these), its province, what it weighs."""
    gaz = gazetteer()
    ancestors = gaz.ancestors(key)[1:]
    top = ancestors[-1] if ancestors else ""
    above = next((a for a in ancestors if gaz.level(a) == "prefecture"), top)
    return ancestors, above, top or key, PRIOR.get(gaz.level(key), 0.0)


def settle(context: Context) -> None:
    """Choose a key for every candidate that can be trusted; strong names first, for they anchor the weak."""
    _certain(context)
    rounds = (FULL, ("town",), (*FULL, "short"), ("town",), (*FULL, "short"))
    open_ones = [(index, candidate, {e.form for e in candidate.entries})
                 for index, candidate in enumerate(context.candidates) if index not in context.chosen]
    for forms in rounds:
        for index, candidate, held in open_ones:
            if index in context.chosen or held.isdisjoint(forms):
                continue
            if forms == ("town",):
                _town(context, index, candidate)
            else:
                _weigh(context, index, candidate, forms)


def _certain(context: Context) -> None:
    """Names with one reading that need nothing else: full names, provinces and prefectures."""
    _, _, weak, doubtful, *_ = names()
    for index, candidate in enumerate(context.candidates):
        entries = candidate.entries
        keys = {e.key for e in entries}
        if len(keys) > 1 or candidate.name in weak or candidate.name in doubtful or entries[0].form == "town":
            continue
        if entries[0].form == "short" and (
                context.gaz.level(entries[0].key) == "county" or _part_of_place(context, index)):
            continue
        context.choose(index, entries[0].key, entries[0].form)


def _stem_of_town(context: Context, candidate: Candidate) -> str:
    """The key of a town named in full elsewhere in the article that the name is short for (五常 for 五常街道)."""
    tails = table("regions")["tails"]
    community = context.text.startswith(tuple(tails["listed_only"]), candidate.end)
    roads = ("",) if community else ("", tails["road"])
    forms = {candidate.name + road + tail for tail in tails["listed"] for road in roads}
    return next((key for key in context.named
                 if context.gaz.level(key) == "township" and context.gaz.own_name(key) in forms), "")


def _part_of_place(context: Context, index: int) -> bool:
    """Whether the name is only the stem of a village or town: 泰安 in 南街街道泰安社区, 东风 in 东风村."""
    end = context.candidates[index].end
    tails = table("regions")["tails"]
    if context.text.startswith(tuple(tails["stem_always"]), end):
        return not context.text.startswith(tuple(tails["stem_never"]), end)
    tail = next((t for t in tails["stem_behind"] if context.text.startswith(t, end)), "")
    return bool(tail) and any(
        _right_behind(context, other)
        for other, candidate in enumerate(context.candidates)
        if candidate.name == context.candidates[index].name and context.text.startswith(tail, candidate.end)
    )


def _right_behind(context: Context, index: int) -> bool:
    """Whether a town or county stands right before the name."""
    if not index or context.candidates[index - 1].end != context.candidates[index].start:
        return False
    form = context.candidates[index - 1].entries[0].form
    return form == "town" or context.gaz.level(context.chosen.get(index - 1, "")) == "county"


def _weigh(context: Context, index: int, candidate: Candidate, forms: tuple[str, ...]) -> None:
    """Take the best reading of an ambiguous or weak name if enough speaks for it."""
    readings: dict[str, Entry] = {}
    for entry in candidate.entries:
        if entry.form in forms:
            readings.setdefault(entry.key, entry)
    if "short" not in forms and any(e.form == "short" for e in candidate.entries):
        return  # 朝阳, 吉林: wait until every full name has spoken
    last = names().last
    gone = {k for k, e in readings.items() if e.form == "former" and 0 < last[candidate.name, k] < context.year}
    ranked = sorted(((signs(context, index, key), entry) for key, entry in readings.items()),
                    key=lambda pair: (-pair[0].score, pair[1].key in gone, pair[1].key))
    if not ranked:
        return
    best, entry = ranked[0]
    for above, reading in ranked:
        # 天津河北 is a list, and 大同 the city: a county that shares its name is called so in full first.
        higher = context.gaz.level(reading.key) != "county" and context.gaz.level(entry.key) == "county"
        if higher and entry.form == "short" and not best.own:
            if context.gaz.level(reading.key) == "province" or not best.chain:
                best, entry, ranked = above, reading, []
            break
    if len(ranked) > 1 and best.score - ranked[1][0].score < 0.2:
        second = ranked[1][1].key
        if entry.key in gone or second not in gone:
            return
    if entry.form == "short" and _part_of_place(context, index):
        return
    if entry.form == "short" and context.gaz.level(entry.key) == "county" and not best.own:
        town = _stem_of_town(context, candidate)
        if town:
            context.choose(index, town, "town_stem")
            return
    if _enough(context, candidate, best, entry):
        context.choose(index, entry.key, "chain" if best.chain else entry.form)


def _enough(context: Context, candidate: Candidate, s: Signs, entry: Entry) -> bool:
    _, _, weak, doubtful, trust, _ = names()
    level = context.gaz.level(entry.key)
    if level == "province":
        return True
    if entry.form != "short":
        if candidate.name in weak:
            phrase = len(candidate.name) > 2 and trust.get(candidate.name[:-1]) == "words"
            two = len(candidate.name) == 2
            near = s.near or s.province
            return s.chain or s.own or s.above or s.home or (
                (s.beside or s.clean) if two else phrase and (near or s.beside or s.clean))
        return s.chain or s.own or s.above or s.near or s.province or s.home
    if level == "prefecture":
        return candidate.name not in doubtful or s.own or s.chain or s.beside or s.above or s.home
    kind = trust.get(candidate.name, "rare")
    if kind == "words":
        return s.own and (s.chain or s.beside or s.home)
    alone = len(candidate.entries) == 1
    if kind == "mixed":
        return s.own or s.chain or s.above or s.beside or s.home or (s.motion and alone)
    if kind == "clear" and alone:
        return True
    return s.own or s.chain or s.above or s.near or s.province or s.beside or s.home


def _town(context: Context, index: int, candidate: Candidate) -> None:
    """A town counts where its county, or for a rare name its prefecture, is named; today's towns before those gone."""
    gaz = context.gaz
    previous = context.before(index)
    best: tuple[float, str] | None = None
    tied = False
    for entry in candidate.entries:
        county = gaz.parent(entry.key)
        above = gaz.ancestors(county)[1:]
        if previous and _elsewhere(previous, county):
            continue
        score = 8.0 * (previous == county) + 5.0 * (previous in above and previous != "")
        if county == previous or len(candidate.name) > 2:
            score += 3.0 * (context.named[county] > 0) + 2.5 * (county in context.home)
            score += 1.0 * any(gaz.parent(s) == county for s in context.siblings(index))
            score += min(context.named[county], 9) * 0.05 + min(context.implied[county], 9) * 0.3
            if len(candidate.entries) <= 6 and not score:
                score += 0.9 * any(context.named[a] or a in context.home for a in above)
        if score and (best is None or score > best[0] + 0.04):
            best, tied = (score, entry.key), False
        elif score and best and abs(score - best[0]) <= 0.04:
            tied = tied or gaz.parent(best[1]) != county
    if best and not tied:
        context.choose(index, best[1], "town")
    elif best is None and len(candidate.name) >= LONG and len(today := _today(context, candidate)) == 1:
        context.choose(index, today[0], "town_alone")


@lru_cache(maxsize=4096)
def _elsewhere(previous: str, county: str) -> bool:
    """Whether the region right before the name of a town is in another prefecture than a county with such a town.

    锦州市松山镇 is not the 松山镇 of another prefecture. Counties that no prefecture holds say nothing.
    """
    gaz = gazetteer()
    one, other = ([k for k in gaz.ancestors(key) if gaz.level(k) == "prefecture"] for key in (previous, county))
    return gaz.level(previous) in ("prefecture", "county") and bool(one and other) and one != other


def _today(context: Context, candidate: Candidate) -> list[str]:
    """The streets of today that bear a long name, wherever they lie."""
    if not candidate.name.endswith(tuple(table("regions")["tails"]["alone"])):
        return []
    codes = context.gaz.towns.printed_codes.get(candidate.name, "").split(" ")
    return [PREFIX + code[:9] for code in codes if "~" not in code]
