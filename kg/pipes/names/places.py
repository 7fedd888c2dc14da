"""Where a body or project is, when its name says so, the words before it, or the tour on which it was seen.

望都县电商服务中心 is in 望都县, 浦发银行和田分行 in 和田. A site that bears the name of its donor (宁波产业园, seen by
a delegation in 喀什) is where the visitors are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Claim, Mention
from kg.pipes.annotations import Sentence, add_claims
from kg.pipes.names.context import Context, joined

SHORT = 2  # characters of a name of a county without the word for its level


@cache
def _tour() -> re.Pattern[str]:
    return re.compile(table("name_places")["tour"]["pattern"])


def locate(doc: Doc, context: Context, found: list[Mention]) -> None:
    """Claim located_in for the named things in *found*, the best reading of each mention once."""
    stays = [s for s in _stays(context) if not any(m.start <= s.start and s.end <= m.end for m in found)]
    claims: list[Claim] = []
    free = _said_alone(context, found)
    for sentence in context.sentences:
        inside = [m for m in found if sentence.start <= m.start and m.end <= sentence.end]
        tour = _tour().search(sentence.text) if inside else None
        last = len(claims)
        for m in inside:
            on_it = tour is not None and m.start >= sentence.start + tour.start()     # before it, who goes there
            seen = _current(stays, sentence, context, m.start) if on_it else None
            claim = (_in_name(context, sentence, m, seen, free) or _of(context, sentence, m)
                     or _on_tour(sentence, m, seen))
            if claim and gazetteer().own_name(claim.tail) != m.name:  # 枫桥古镇 is not in itself
                claims.append(claim)
        claims.extend(_held(context, sentence, inside, claims[last:]))
    add_claims(doc, claims)


def _claim(m: Mention, region: Mention, sentence: Sentence, rule: str, score: float) -> Claim:
    return Claim("located_in", m.key, region.key, sentence.start, sentence.end, f"located_in.{rule}", score,
                 head_span=(m.start, m.end), tail_span=(region.start, region.end))


def _said_alone(context: Context, found: list[Mention]) -> list[Mention]:
    """The regions that stand by themselves or in full, whatever the names in *found* begin with."""
    taken = {place for m in found for place in range(m.start, m.end)}
    return [r for r in context.places.values()
            if r.start not in taken or context.text[r.start : r.end] == gazetteer().own_name(r.key)]


def _in_name(context: Context, sentence: Sentence, m: Mention, here: Mention | None,
             free: list[Mention]) -> Claim | None:
    """The region that opens the name, or one that goes with a later part of it (和田 in 浦发银行和田分行).

    Provinces say little about companies; a donor's name yields to the tour.
    """
    theme = m.rule.endswith(tuple(table("name_places")["told"]["themes"])) and not _thing(m)
    sent = m.name.endswith(tuple(table("name_places")["teams"]["ends"])) or _helping().search(m.name)
    region = None if theme or sent or m.rule.endswith(".short") else _own(context, m)
    away = m.attrs.get("kind") == "team" and _aiding().search(m.name) is not None
    if region is None or (away and region.start == m.start):
        return None  # 北京市援疆指挥部 is where the help goes
    if m.category == "project" and (built := _builders(context, sentence, m)):
        return _away_from(context, sentence, m, built)
    level = gazetteer().level(region.key)
    donated = here and m.category == "project" and _thing(m)
    if here and donated and not _related(region.key, here.key) and _of_donor(context, region, here):
        return _claim(m, here, sentence, "tour", 0.6)
    if not _certain(context, region, m, free):
        return None
    if level in _wide(context, m):
        return None
    return None if level == "group" else _claim(m, region, sentence, "name", 0.85)


def _builders(context: Context, sentence: Sentence, m: Mention) -> list[Mention]:
    """The regions that are said, right before the name of a site, to have built it for others: 云谷市援建的.

    Only where one of them stands in the name too: 宁波援建的|奉化宁波产业园.
    """
    verb = _built().search(context.text, sentence.start, m.start)
    if verb is None:
        return []
    ahead = [r for r in context.places.values() if verb.start("who") <= r.start and r.end <= verb.start("verb")
             and not context.text.endswith(tuple(table("name_places")["built"]["in"]), 0, r.start)]
    named = [r for r in context.places.values() if m.start <= r.start and r.end <= m.end]
    return ahead if any(_related(a.key, r.key) for a in ahead for r in named) else []


def _away_from(context: Context, sentence: Sentence, m: Mention, built: list[Mention]) -> Claim | None:
    """The region in the name of a site that is none of its builders, if there is one."""
    named = [r for _, r in sorted(context.places.items()) if m.start <= r.start and r.end <= m.end]
    away = [r for r in named if not any(_related(r.key, b.key) for b in built)]
    away = away or [r for r in named if all(r.key != b.key for b in built)]  # 河北省实施的围场肉羊项目
    while len(away) > 1 and away[1].start == away[0].end and gazetteer().inside(away[1].key, away[0].key):
        away = away[1:]
    return _claim(m, away[0], sentence, "name", 0.8) if away else None


@cache
def _built() -> re.Pattern[str]:
    return re.compile(table("name_places")["built"]["pattern"])


def _wide(context: Context, m: Mention) -> tuple[str, ...]:
    """The levels of a region in a name that say little about the place: of a company, of the house of a project."""
    if m.category == "enterprise":
        return ("province", "prefecture", "group")
    owner = context.owners.get(m.start) if m.category == "project" else None
    if owner is None or owner.end >= m.end:
        return ()
    return ("province", "prefecture") if owner.category == "enterprise" else ("province",)


def _own(context: Context, m: Mention) -> Mention | None:
    """The region in a name that tells where the thing is, if there is one."""
    regions = [r for place in range(m.start, m.end) if (r := context.places.get(place)) and r.end <= m.end]
    ends, lists = tuple(table("name_places")["full"]["ends"]), table("name_places")["between"]
    between = (*lists["to"], *(lists["dash"] if _linear().search(m.name) else ()))
    if any(context.text[b.start - 1] in between for b in regions if b.start > m.start):
        return None  # 青石到云谷线: what runs from one place to another
    if regions and regions[0].end - regions[0].start == 1 and _lines().match(m.name):
        return None  # 京沧城际
    if m.name.endswith(tuple(lists["first"])):
        regions = regions[:1]
    if not regions:
        return next((r for r in context.places.values() if m.name.startswith(context.text[r.start : r.end])
                     and context.text.endswith(ends, r.start, r.end) and r.end - r.start > 2), None)
    region = regions[0]
    if _streets().match(context.text, region.end) and gazetteer().level(region.key) == "province":
        return None  # 河北村民俗园: the village has only the name of the province
    for later in regions[1:]:
        if later.start == region.end and gazetteer().inside(later.key, region.key):
            region = later
        elif later.start >= region.end and not gazetteer().inside(region.key, later.key):
            full = m.category == "project" and context.text.endswith(ends, later.start, later.end)
            if full or joined(context.text[m.start : later.start]):
                region = later
    return region


def _of_donor(context: Context, region: Mention, here: Mention) -> bool:
    """Whether the region in the name of a site may be its donor's: 宁波产业园 seen in 喀什, but not 唐县石桥学院."""
    small = gazetteer().level(region.key) in ("county", "township", "village")
    full = small and context.text[region.start : region.end] == gazetteer().own_name(region.key)
    same = gazetteer().ancestors(region.key)[-1:] == gazetteer().ancestors(here.key)[-1:]
    return not (full or same)


def _certain(context: Context, region: Mention, m: Mention, free: list[Mention]) -> bool:
    """Whether a district's short name inside a longer name is the district.

    东城小学 is in 东城区 where the text has 东城区 or what is around it, 东城科创园 where it stands outside of names;
    东湖 before 山 or 湖 is a name of its own.
    """
    printed, whole = context.text[region.start : region.end], gazetteer().own_name(region.key)
    full = printed == whole or (len(printed) > SHORT and printed[-1] == whole[-1])  # 镇宁县 of 镇宁布依族苗族自治县
    if not full and gazetteer().level(region.key) == "prefecture" and _post().search(m.name):
        return not _far(context, region, m)
    if full or gazetteer().level(region.key) != "county":
        return True
    if _waters().match(context.text, region.end):
        return False
    others = free if m.category == "project" or college(m.name) else [
        r for r in context.places.values() if not m.start <= r.start < m.end
        and (len(printed) > SHORT or not _within(r, m, context))]
    return any(other.key == region.key or gazetteer().inside(region.key, other.key) for other in others)


def college(name: str) -> bool:
    """Whether a body is one that may bear the name of a district in which it does not stand: 武昌理工学院."""
    return name.endswith(tuple(table("name_places")["between"]["colleges"]))


def _within(region: Mention, m: Mention, context: Context) -> bool:
    """Whether a region only stands in this name, here or where the text has it again."""
    words = context.text[m.start : m.end]
    place = region.start - context.text[m.start : m.end].find(context.text[region.start : region.end])
    return m.start <= region.start < m.end or context.text.startswith(words, max(0, place))


def _far(context: Context, region: Mention, m: Mention) -> bool:
    """Whether the article has another prefecture's places, and a post its city in its name alone (内江派出所)."""
    others = [r for r in context.places.values() if not _within(r, m, context)]
    if any(_related(r.key, region.key) for r in others):
        return False
    return any(gazetteer().level(r.key) in ("county", "township", "village") for r in others)


@cache
def _post() -> re.Pattern[str]:
    return re.compile(table("name_places")["between"]["posts"])


@cache
def _linear() -> re.Pattern[str]:
    return re.compile(table("name_places")["between"]["linear"])


@cache
def _lines() -> re.Pattern[str]:
    return re.compile(table("name_places")["between"]["lines"])


@cache
def _streets() -> re.Pattern[str]:
    return re.compile(table("name_places")["between"]["streets"])


@cache
def _aiding() -> re.Pattern[str]:
    return re.compile(table("name_places")["teams"]["aiding"])


@cache
def _helping() -> re.Pattern[str]:
    return re.compile(table("name_places")["teams"]["helping"])


@cache
def _waters() -> re.Pattern[str]:
    return re.compile(table("name_places")["between"]["waters"])


def _of(context: Context, sentence: Sentence, m: Mention) -> Claim | None:
    """唐县的云谷产业园."""
    if runs(m):
        return None  # 唐县境内的青石铁路
    for word in table("name_places")["of"]["words"]:
        if context.text.endswith(word, sentence.start, m.start):
            end = m.start - len(word)
            for region in context.places.values():
                if region.end == end and not _moving(context, region):
                    return _claim(m, region, sentence, "of", 0.8)
    return None


def _moving(context: Context, region: Mention) -> bool:
    """Whether a region is a goal or a source, it or the larger ones printed before it: 来自河南安阳."""
    ends = {r.end: r for r in context.places.values()}
    while (above := ends.get(region.start)) and gazetteer().inside(region.key, above.key):
        region = above
    return context.text.endswith(tuple(table("name_places")["of"]["not_before"]), 0, region.start)


def _on_tour(sentence: Sentence, m: Mention, here: Mention | None) -> Claim | None:
    if here is None:
        return None
    lists = table("name_places")["tour"]
    unknown = any(end in m.name for end in lists["own_place"]) or m.name.endswith(tuple(lists["not"]))
    place = m.start - sentence.start
    clause = sentence.text[max(sentence.text.rfind(stop, 0, place) for stop in lists["stops"]) + 1 : place]
    with_it = any(word in clause for word in lists["with"])     # 深化与甲大学、乙大学的合作: nobody goes there
    return _claim(m, here, sentence, "tour", 0.55) if _thing(m) and not (unknown or with_it) else None


def _held(context: Context, sentence: Sentence, inside: list[Mention], here: list[Claim]) -> list[Claim]:
    """A camp that opens in a park lies where the park lies: 夏令营在青石文化园开营."""
    where = {c.head_span: c for c in here}
    claims = []
    for m in inside:
        match = _venue().match(context.text, m.end, sentence.end) if m.category == "project" else None
        if match is None or any(c.head == m.key for c in here):
            continue
        for place in inside:
            seen = where.get((place.start, place.end))
            if seen and place.start == match.end() and _opens().match(context.text, place.end, sentence.end):
                claims.append(replace(seen, head=m.key, head_span=(m.start, m.end), rule="located_in.venue", score=0.7))
                break
    return claims


@cache
def _venue() -> re.Pattern[str]:
    return re.compile(table("name_places")["venue"]["before"])


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(table("name_places")["venue"]["after"])


def _thing(m: Mention) -> bool:
    kinds: dict[str, list[str]] = table("name_places")["kinds"]
    return m.attrs.get("kind") in kinds.get(m.category, []) and not runs(m)


def runs(m: Mention) -> bool:
    """Whether a project runs through many places: a railway, a corridor."""
    lists = table("name_places")["runs"]
    return m.rule.endswith(tuple(lists["rules"])) or m.name.endswith(tuple(lists["ends"]))


def _related(a: str, b: str) -> bool:
    return a == b or gazetteer().inside(a, b) or gazetteer().inside(b, a)


def _stays(context: Context) -> list[Mention]:
    """The regions that visitors went to, in order; the smallest of each chain, without a key where it heads a list."""
    lists = table("name_places")["stay"]
    found = []
    for start in sorted(context.places):
        if context.text.endswith(tuple(lists["before"]), 0, start):
            last = context.chain(start)[-1]
            named = not context.text.startswith(tuple(lists["not_after"]), last.end)
            if named and gazetteer().level(last.key) not in ("province", "group", ""):
                several = context.text[last.end : last.end + 1] in lists["list"] and last.end + 1 in context.places
                found.append(replace(last, key="") if several else last)
    return found


def _current(stays: list[Mention], sentence: Sentence, context: Context, place: int) -> Mention | None:
    """The region of the latest stay before a place of this sentence, a few sentences back at most."""
    reach = table("name_places")["tour"]["reach"]
    order = [s.start for s in context.sentences]
    first = order[max(0, order.index(sentence.start) - reach)]
    before = [s for s in stays if first <= s.start < place]
    return _county(before[-1], context) if before and before[-1].key else None


def _county(region: Mention, context: Context) -> Mention | None:
    """The region itself, or for a town or village the county around it if the text names it: tours move on."""
    if gazetteer().level(region.key) not in ("township", "village"):
        return region
    above = [m for m in context.places.values() if gazetteer().inside(region.key, m.key)]
    counties = [m for m in above if gazetteer().level(m.key) == "county"]
    return counties[0] if counties else None
