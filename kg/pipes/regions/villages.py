"""Villages, and towns that no table holds: known by their county, by the place named right before, or by both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.gazetteer_names import characters, generic, openers, town_endings, village_endings
from kg.lexicon.likely import either
from kg.lexicon.villages import towns_with, transposed

LONGEST, REACH, NEAR, INNER = 6, 8, 100, 3
UNLISTED = {"county": 3, "zone": 3, "township": 4, "village": 4}
HOLDERS = ("county", "township", "village", "zone")


@dataclass(slots=True)  # nothing changes it, but to freeze it takes longer than to fill it
class Place:
    """A settled mention of a region: span, key and what found it."""

    start: int
    end: int
    key: str
    rule: str
    score: float = 1.0


@dataclass
class Places:
    """The settled mentions of an article in order, and the village names learnt from it."""

    text: str
    home: tuple[str, ...]
    found: list[Place] = field(default_factory=list)
    learnt: dict[str, str] = field(default_factory=dict)

    def before(self, start: int, place: int) -> Place | None:
        """The last mention that ends between *start* and *place*."""
        best = None
        for p in self.found:
            if start <= p.start and p.end <= place and (best is None or p.end >= best.end):
                best = p
        return best

    def covered(self, start: int, end: int) -> bool:
        return any(p.start < end and start < p.end for p in self.found)

    def add(self, place: Place) -> None:
        self.found.append(place)


def named(stem: str, kind: str) -> bool:
    """Whether *stem* can be the name of a town or village: no function word, no generic word.

    >>> named("寺口", "village"), named("贫困", "village"), named("我们的", "village")
    (True, False, False)
    """
    return (
        0 < len(stem) <= LONGEST
        and stem not in generic(kind)
        and stem[-1] not in characters(f"{kind}_last")
        and not characters("stop") & set(stem)
        and not stem.startswith(openers())
        and not any(stem.endswith(word) for word in generic(kind) if len(word) > 1)
    )


def listable(stem: str) -> bool:
    """Whether it is worth asking the tables for this stem."""
    return len(stem) > 1 and stem not in generic("village") and not characters("border") & set(stem)


def find_towns(places: Places, sentences: Iterable[tuple[int, int]]) -> None:
    """Towns in no table, right behind a county: 唐县新家镇."""
    gaz, tails = gazetteer(), table("regions")["tails"]
    for start, end in sentences:
        for ending in town_endings().finditer(places.text, start, end):
            last = ending.end()
            office = next((o for o in tails["office"] if ending[0].endswith(o)), "")
            previous = places.before(max(start, last - len(office) - REACH), ending.start())
            if previous is None or places.covered(previous.end, last) or gaz.level(previous.key) != "county":
                continue
            stem = places.text[previous.end : ending.start()]
            if places.text.startswith(tuple(tails["town_runs_on"]), last):
                continue
            known = gaz.towns.by_stem(stem, previous.key) if 2 <= len(stem) <= 4 else ""
            longest = 2 if ending[0] == tails["rural"] else 4
            if known or (ending[0] not in tails["office"] and 2 <= len(stem) <= longest and named(stem, "township")):
                key = known or f"{previous.key}/{places.text[previous.end : last - len(office)]}"
                places.add(Place(previous.end, last, key, "town_stem" if known else "unlisted_town", 0.8))


def find_villages(places: Places, sentences: Iterable[tuple[int, int]]) -> None:
    """Three rounds: behind their town or county; listed in a county of the article; learnt from the first rounds."""
    spans = list(sentences)
    counties = counties_of(places)
    open_ends: list[tuple[int, int, int]] = []
    tails_of = table("regions")["tails"]
    own, institutions = tails_of["listed_only"], tuple(tails_of["institution"])
    told = not _endings() or any(map(places.text.__contains__, _endings()))
    for start, end in spans if told else ():
        endings = list(village_endings().finditer(places.text, start, end))
        for ending, after in zip(endings, [*endings[1:], None], strict=False):
            tails = [(start, ending.start(), ending.end())]
            if after and after.start() == ending.end():  # 新建东村社区
                tails.insert(0, (start, after.start(), after.end()))
            elif after and after.start() - ending.end() <= INNER and _listed(
                    places, start, after.start(), after.end(), counties, ending.end() - start):  # 青石四村第五居民区
                continue
            inner = ending[0] in own and places.text.startswith(institutions, ending.end())
            if inner or places.covered(ending.start(), ending.end()):
                continue
            if not any(_behind(places, *tail) or _listed(places, *tail, counties) for tail in tails):
                open_ends.append(tails[-1])
    for start, tail, last in open_ends:
        if not places.covered(tail, last) and not _again(places, start, tail, last):
            _alone(places, start, tail, last)
    _one_ending(places)


@cache
def _endings() -> frozenset[str]:
    """Words, one of which every text holds that names a village; none where they are not known."""
    return either(village_endings())


def _one_ending(places: Places) -> None:
    """青石行政村 is 青石村 where the article speaks of both."""
    keys = {p.key for p in places.found}
    for long, short in table("regions")["tails"]["same_village"].items():
        if plain := {key: key.removesuffix(long) + short for key in keys if key.endswith(long)}:
            places.found = [replace(p, key=plain[p.key]) if plain.get(p.key) in keys else p for p in places.found]
    if towns := {key: whole[0] for key in keys if (whole := _whole_towns(key, keys)) and len(whole) == 1}:
        places.found = [replace(p, key=towns[p.key]) if p.key in towns else p for p in places.found]


def _whole_towns(key: str, keys: set[str]) -> list[str]:
    """The towns of its county that a town in no list is the end of: 青石镇 where the article names 大青石镇."""
    county, _, name = key.partition("/")
    endings = tuple(table("regions")["tails"]["township"])
    if not name or "/" in name or gazetteer().level(county) != "county" or not name.endswith(endings):
        return []
    return [other for other in sorted(keys) if gazetteer().parent(other) == county and "/" not in other
            and gazetteer().own_name(other).endswith(name)]


def counties_of(places: Places) -> list[str]:
    """Six-digit codes of the counties that the article names, by town or county, most often first; then the home."""
    gaz = gazetteer()
    counts: dict[str, int] = {}
    for p in places.found:
        for code in _counties(p.key):
            counts[code] = counts.get(code, 0) + 1
    found = sorted(filter(None, counts), key=lambda code: (-counts[code], code))
    return found + [gaz.adcode(k) for k in places.home if gaz.level(k) == "county" and gaz.adcode(k) not in found]


@lru_cache(maxsize=4096)
def _counties(key: str) -> tuple[str, ...]:
    gaz = gazetteer()
    return tuple(gaz.adcode(above) for above in gaz.ancestors(key) if gaz.level(above) == "county")


def _behind(places: Places, start: int, tail: int, last: int) -> bool:
    """X镇寺口村: the stem runs from the end of a town or county to the ending."""
    gaz = gazetteer()
    previous = places.before(max(start, tail - REACH), tail)
    if previous is None or places.covered(previous.end, last):
        return False
    first = _untied(places.text, previous.end, tail)
    stem = places.text[first:tail]
    level = gaz.level(previous.key)
    if level not in HOLDERS or not stem:
        return False
    if not (listable(stem) and towns_with(stem, gaz.area(previous.key))) and not (
            named(stem, "village") and len(stem) <= UNLISTED[level]):
        return False
    key = _key(places, previous.key, stem, places.text[first:last])
    if key is None:
        return False
    places.add(Place(first, last, key, "village", 0.9))
    places.learnt.setdefault(stem, key)
    return True


def _untied(text: str, first: int, tail: int) -> int:
    """Where the stem of a village begins behind a town: behind the words that tie it to somebody.

    >>> _untied("石桥镇定点帮扶村红光村", 3, 10), _untied("石桥镇红光村", 3, 5)
    (8, 3)
    """
    ties = [tie for tie in table("regions")["tails"]["tied"] if tie in text[first:tail]]
    ends = [text.find(tie, first, tail) + len(tie) for tie in ties]
    return max((end for end in ends if end < tail), default=first)


def _key(places: Places, holder: str, stem: str, name: str) -> str | None:
    """The key of a village below *holder*: through its town where the list holds it, else right below."""
    gaz = gazetteer()
    holder = holder if gaz.level(holder) != "village" else gaz.parent(holder)
    code = holder.removeprefix(PREFIX)
    if not code.isdigit():
        return f"{holder}/{name}" if len(stem) > 1 else None
    towns = towns_with(stem, code)
    if len(towns) == 1:
        return f"{PREFIX}{towns[0]}/{name}"
    if towns:
        return f"{_likely(places, towns) or holder}/{name}"
    turned = [t for t in transposed(stem, code) if t in places.learnt or _printed(places, t)]
    if len(turned) == 1:
        return _key(places, holder, turned[0], turned[0] + name[len(stem) :])
    return f"{holder}/{name}" if len(stem) > 1 else None


def _printed(places: Places, stem: str) -> bool:
    return any(stem + tail in places.text for tail in village_endings().pattern.split("|"))


def _likely(places: Places, towns: list[str]) -> str:
    """The one of several towns that the article names."""
    here = [t for t in towns if any(p.key == PREFIX + t for p in places.found)]
    return PREFIX + here[0] if len(here) == 1 else ""


def _listed(places: Places, start: int, tail: int, last: int, counties: list[str], least: int = 0) -> bool:
    """A village that one of the article's counties has, the longest name that ends here.

    *least*: how far from *start* the name must begin at most, where it holds the ending of another (四村第五居民区).
    """
    gaz = gazetteer()
    for size in range(min(LONGEST, tail - start), 1, -1):
        stem = places.text[tail - size : tail]
        if least and tail - size >= start + least:
            return False
        if not listable(stem) or _blocked(places, tail - size, tail):
            continue
        left = next((p.key for p in places.found if p.end == tail - size), "")
        for county in counties:
            if left and gaz.level(left) in ("province", "prefecture") and not gaz.inside(PREFIX + county, left):
                continue
            towns = towns_with(stem, county)
            if towns:
                name = places.text[tail - size : last]
                holder = PREFIX + towns[0] if len(towns) == 1 else _likely(places, towns) or PREFIX + county
                told = places.learnt.get(stem, "")  # the town that the article names before it goes before the list's
                key = told if told.endswith(f"/{name}") and gaz.inside(told, PREFIX + county) else f"{holder}/{name}"
                places.found = [p for p in places.found if not (tail - size <= p.start and p.end <= last)]
                places.add(Place(tail - size, last, key, "village", 0.9))
                places.learnt.setdefault(stem, key)
                return True
    return False


def _blocked(places: Places, start: int, end: int) -> bool:
    """Whether the stem of a listed village is taken by more than short names inside it (南溪 in 南溪园居民区)."""
    return any(p.start < end and start < p.end and not (p.rule == "short" and start <= p.start and p.end < end)
               for p in places.found)


def _again(places: Places, start: int, tail: int, last: int) -> bool:
    """A village learnt elsewhere in the article."""
    for size in range(min(LONGEST, tail - start), 1, -1):
        stem = places.text[tail - size : tail]
        if stem in places.learnt and not places.covered(tail - size, tail):
            places.add(Place(tail - size, last, places.learnt[stem], "village", 0.8))
            return True
    return False


def _alone(places: Places, start: int, tail: int, last: int) -> bool:
    """A village in no list between clean borders (、红光村、), below the town or county named last before it."""
    if places.text[tail:last] in table("regions")["tails"]["listed_only"]:
        return False
    for size in (2, 3):
        first = tail - size
        if first <= start or (places.text[first - 1] not in characters("start")
                              and not places.text.endswith(tuple(table("regions")["tails"]["tied"]), start, first)):
            continue
        stem = places.text[first:tail]
        holder = _holder(places, first)
        if not holder or not named(stem, "village") or places.covered(first, tail) or not _closed(places.text, last):
            continue
        key = f"{holder}/{places.text[first:last]}"
        places.add(Place(first, last, key, "unlisted_village", 0.6))
        places.learnt.setdefault(stem, key)
        return True
    return False


def _holder(places: Places, place: int) -> str:
    """The town or county for a village named alone: the only county so far, or one named shortly before; else ""."""
    gaz = gazetteer()
    before = [p for p in places.found if p.end <= place and gaz.level(p.key) in HOLDERS[:2]]
    if not before:
        return ""
    nearest = max(before, key=lambda p: p.end)
    alone = len({gaz.area(p.key)[:6] for p in before}) == 1
    return nearest.key if alone or place - nearest.end <= NEAR else ""


def _closed(text: str, last: int) -> bool:
    """Whether the name does not run on (村民, 村庄)."""
    return not text.startswith(tuple(table("regions")["tails"]["runs_on"]), last)
