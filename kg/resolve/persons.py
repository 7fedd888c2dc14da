"""Persons: by name, post, place and time. How much a name says depends on how many may bear it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from math import log
from operator import attrgetter

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.namesakes import share
from kg.model import Judgement, Member, Verdict
from kg.resolve.fold import fold
from kg.resolve.gather import BODY, DAY, EVENT, PERSON, Gathered, groups
from kg.resolve.join import Joiner
from kg.resolve.places import area, county, nearest
from kg.resolve.posts import Post, closeness, in_order, post, shared_name
from kg.resolve.scale import APART, Comparison, Scale, limits

YEAR = 365.25
LOOSE = ("sibling", "within", "apart", "bodies")  # what two posts show that leaves a doubt
POSTS = 16  # posts of a cluster that are compared, at most
CROWD = 60  # companions and sights of a cluster that are kept


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the articles of a cluster show one."""

    names: frozenset[str]
    posts: tuple[Post, ...]
    homes: frozenset[str]
    sights: frozenset[str]
    companions: frozenset[str]
    days: tuple[int, int]  # the first and the last day, 0 where none is known
    categories: frozenset[str]
    meetings: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """Name and a post, for a remark."""
        return "".join((*sorted(p.name for p in self.posts)[:1], min(self.names)))


Block = tuple[list[list[Member]], list[Person]]


@cache
def _prominent() -> frozenset[str]:
    return frozenset(map(fold, table("identity_people")["prominent"]["names"].split()))


@lru_cache(maxsize=1 << 16)
def rarity(name: str) -> float:
    """What equal names say: minus the log of how many namesakes are to be expected, within bounds.

    >>> rarity("郗砚秋") > 3 > 0 > rarity("张伟")
    True
    """
    odds = -log(share(name) * limits().people)
    return round(max(limits().commonest, min(limits().rarest, odds)), 3)


def _day(published: str) -> int:
    """The day of an ISO date as a number; its year or month will do."""
    parts = [int(part) for part in published.split("-") if part.isdigit()]
    try:
        return date(parts[0], (parts[1:2] or [6])[0], (parts[2:3] or [15])[0]).toordinal() if parts else 0
    except ValueError:
        return 0


def profiles(
    gathered: Gathered,
    names: Mapping[Member, str],
    places: Mapping[str, str],
    single: frozenset[Member] = frozenset(),
) -> dict[str, Block]:
    """For each name the groups of members that show one person with the same posts, and what each group shows.

    *names* leads from a body or region of an article to one key for it, *places* from that key to its code.
    """
    signature: dict[Member, object] = {}
    made: dict[Member, Person] = {}
    by_name: dict[str, list[Member]] = defaultdict(list)
    crowd, met, seen = _crowds(gathered), _meetings(gathered), _sights(gathered, names)
    for member in gathered.of(PERSON):
        document = member[0]
        sighting, article = gathered.seen[member], gathered.articles[document]
        name = fold(sighting.entity.name)
        posts = in_order(post(document, tail, title, names, places) for tail, title in sighting.posts)
        home = frozenset({article.home} if article.home else ())
        day = _day(article.day)
        companions = frozenset(n for n in crowd[document] if n != name)
        sights = seen[document]
        by_name[name].append(member)
        year = article.day[:4]
        if member in single:
            signature[member] = member
        elif posts:
            signature[member] = (posts, year)
        elif name in _prominent():
            signature[member] = ()
        else:
            signature[member] = (home, year, "" if rarity(name) >= limits().same else document)
        made[member] = Person(frozenset({sighting.entity.name}), posts, home, sights, companions, (day, day),
                              frozenset({sighting.entity.category}), frozenset(met[member]))
    found = {}
    for name, members in sorted(by_name.items()):
        several = groups(members, signature)
        found[name] = several, [_sum(made[m] for m in group) for group in several]
    return found


def _crowds(gathered: Gathered) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for document, key in gathered.of(PERSON):
        name = fold(gathered.seen[document, key].entity.name)
        if name not in _prominent():
            found[document].add(name)
    return defaultdict(frozenset, {document: frozenset(crowd) for document, crowd in found.items()})


def _sights(gathered: Gathered, names: Mapping[Member, str]) -> dict[str, frozenset[str]]:
    """The bodies and regions that an article names."""
    return {
        document: frozenset(
            names.get((document, key), key) for key in article.keys if key.startswith((BODY, PREFIX))
        )
        for document, article in gathered.articles.items()
    }


def _meetings(gathered: Gathered) -> dict[Member, set[str]]:
    """The events that a person takes part in, by kind, day and place."""
    found: dict[Member, set[str]] = defaultdict(set)
    for document, key in gathered.of(EVENT):
        event = gathered.seen[document, key]
        attrs = dict(event.entity.attrs)
        day = str(attrs.get("start_date", ""))
        if len(day) == DAY:
            for person in event.people:
                found[document, person].update(f"{attrs.get('kind')} {day} {area(place)}" for place in event.at)
    return found


def _sum(persons: Iterable[Person]) -> Person:
    total: Person | None = None
    for person in persons:
        total = person if total is None else pooled(total, person)
    assert total is not None
    return total


def pooled(a: Person, b: Person) -> Person:
    """Two clusters as one."""
    days = sorted(day for day in (*a.days, *b.days) if day)
    return Person(
        a.names | b.names,
        in_order((*a.posts, *b.posts)) if a.posts != b.posts else a.posts,
        a.homes | b.homes,
        _few(a.sights | b.sights),
        _few(a.companions | b.companions),
        (days[0], days[-1]) if days else (0, 0),
        a.categories | b.categories,
        _few(a.meetings | b.meetings),
    )


def _few(found: frozenset[str]) -> frozenset[str]:
    return found if len(found) <= CROWD else frozenset(sorted(found)[:CROWD])


def compare(a: Person, b: Person) -> Comparison:
    """How much speaks for one person."""
    scale = Scale("person")
    shared = {*map(fold, a.names)} & {*map(fold, b.names)}
    if not shared:
        return APART
    name = min(shared)
    scale.add("name", min(a.names), rarity(name))
    if not a.names & b.names:
        scale.add("script", f"{min(a.names)}/{min(b.names)}")
    told = _posts(scale, a, b) if a.posts and b.posts else _without(scale, a, b)
    if not told:
        _beside(scale, a, b, name)
    _years(scale, a, b)
    if a.categories.isdisjoint(b.categories):
        scale.add("category")
    return scale.done()


def _posts(scale: Scale, a: Person, b: Person) -> bool:
    """The closest two posts, and heads of two places at one time; whether that tells enough."""
    found = [closeness(p, q) for p in a.posts[:POSTS] for q in b.posts[:POSTS]]
    feature, told = max(found, key=lambda f: (scale.weight(f[0]), f))
    scale.add(feature, told)
    if feature in LOOSE:
        near = a.days[0] and b.days[0] and min(abs(x - y) for x in a.days for y in b.days) <= limits().near
        first = next((p for p in a.posts if p.heads), None)
        second = next((p for p in b.posts if p.heads), None)
        if near and first and second and first.tail != second.tail:
            scale.add("heads", f"{first.name}/{second.name}")
    if feature in ("bodies", "within"):
        named = [p.tail for x, y in ((a, b), (b, a)) for p in x.posts if p.tail.startswith(BODY) and p.tail in y.sights]
        akin = max((shared_name(p.name, q.name) for p in a.posts for q in b.posts), key=lambda w: (len(w), w))
        if named:
            scale.add("seen", min(named).partition(":")[2])
        elif akin:
            scale.add("akin", akin)
    if feature == "bodies":
        same = {part for p in a.posts for q in b.posts for part in p.titles & q.titles if len(part) > 1}
        if same:
            scale.add("title", min(same))
    return feature not in LOOSE


def _without(scale: Scale, a: Person, b: Person) -> bool:
    """One of the two has no post: what the articles are about, what they name besides."""
    bare, other = (a, b) if not a.posts else (b, a)
    if other.posts:
        tails = sorted(post.tail for post in other.posts if post.tail in bare.sights)
        narrow = [tail for tail in tails if not tail.startswith(PREFIX) or county(area(tail))]
        places = {post.place for post in other.posts if post.place}
        lies, told = nearest(bare.homes, places)
        best = {"same": "home", "nested": "home_prefecture", "sibling": "home_province", "within": "home_province",
                "apart": "home_apart", "": ""}[lies]
        if best == "home" and not any(county(home) for home in bare.homes & places):
            best = "home_prefecture"
        seen = "seen" if narrow else "seen_broad" if tails else ""
        if seen and (not best or scale.weight(seen) >= scale.weight(best)):
            scale.add(seen, (narrow or tails)[0].partition(":")[2])
        elif best:
            scale.add(best, told)
    else:
        lies, told = nearest(a.homes, b.homes)
        if lies == "same" and any(county(home) for home in a.homes & b.homes):
            scale.add("both_home", told)
        elif lies in ("same", "nested", "sibling"):
            scale.add("home_province", told)
        elif lies == "apart":
            scale.add("both_home_apart", told)
    return False


def _beside(scale: Scale, a: Person, b: Person, name: str) -> None:
    """What else speaks for one person: everybody knows the name, one event, the same people around."""
    known = name in _prominent() and (not (a.posts and b.posts) or rarity(name) >= 0)
    if known and not any(county(post.place) for post in (*a.posts, *b.posts) if post.place):
        scale.add("prominent", name)
    for meeting in sorted(a.meetings & b.meetings)[:1]:
        scale.add("meeting", meeting)
    for companion in sorted(a.companions & b.companions)[: limits().companions]:
        scale.add("companion", companion)
def _years(scale: Scale, a: Person, b: Person) -> None:
    if not a.days[0] or not b.days[0]:
        return
    gap = max(0, a.days[0] - b.days[1], b.days[0] - a.days[1]) / YEAR
    step = sum(gap > bound for bound in limits().years) - 1
    if step >= 0:
        scale.add("years", f"{gap:.0f}", step=step)


def together(blocks: Mapping[str, Block], same: Iterable[Judgement]) -> list[Block]:
    """The blocks of all names; those between which a person sees one person are laid together."""
    home = {member: name for name, (found, _) in blocks.items() for group in found for member in group}
    leads = {name: name for name in blocks}

    def top(name: str) -> str:
        while leads[name] != name:
            name = leads[name]
        return name

    for judgement in same:
        if judgement.first in home and judgement.second in home:
            a, b = sorted((top(home[judgement.first]), top(home[judgement.second])))
            leads[b] = a
    laid: dict[str, list[tuple[list[Member], Person]]] = defaultdict(list)
    for name, (found, made) in blocks.items():
        laid[top(name)] += zip(found, made, strict=True)
    result = []
    for _, rows in sorted(laid.items()):
        rows.sort(key=lambda row: row[0])
        result.append(([row[0] for row in rows], [row[1] for row in rows]))
    return result


def joiner(found: list[list[Member]], made: list[Person]) -> Joiner[Person]:
    """What joins the groups of one name."""
    return Joiner(made, [members[0] for members in found], compare, pooled, attrgetter("told"), rivals)


def rivals(a: Person, b: Person, verdict: Verdict) -> bool:
    """Whether two that are like a third make it doubtful: two people, or two with posts that may be two people."""
    return verdict == "different" or (verdict == "unsure" and bool(a.posts and b.posts))


def wanted(made: list[Person]) -> set[tuple[int, int]]:
    """All pairs of a usual name; of a name that very many groups bear those near one another by place and year."""
    most = limits().block
    if len(made) <= most:
        return {(a, b) for a in range(len(made)) for b in range(a + 1, len(made))}
    order = sorted(range(len(made)), key=lambda n: (sorted(p.place for p in made[n].posts), sorted(made[n].homes),
                                                    made[n].days, n))
    found = set()
    for place, a in enumerate(order):
        found |= {(min(a, b), max(a, b)) for b in order[place + 1 : place + 1 + most // 4]}
    posts = [n for n in order if made[n].posts][:most]
    return found | {(min(a, b), max(a, b)) for a in posts for b in order if a != b}
