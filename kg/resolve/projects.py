"""Projects: by name without place and common ends, by place, and by the bodies that undertake them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from kg.lexicon import table
from kg.model import Member, Page
from kg.pipes.names.generic import rare
from kg.resolve.fold import fold
from kg.resolve.gather import PROJECT, Gathered, groups, pairs
from kg.resolve.join import Joiner, united
from kg.resolve.naming import OWN, head_region, telling
from kg.resolve.places import Relation, area, nearest
from kg.resolve.scale import Comparison, Scale, limits

LEAST = 3
SHOWN = 12
Aliases = frozenset[tuple[str, bool]]  # a short name, and whether it stands in the full one as it is
TELLING = 5  # characters of a campaign's name that tell it, though each word is common


class Title(NamedTuple):
    """The name of a project taken apart."""

    full: str
    core: str
    places: frozenset[str]
    own: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class Project:
    """A project as the articles of a cluster show it."""

    titles: tuple[Title, ...]
    aliases: Aliases
    at: frozenset[str]
    homes: frozenset[str]
    parties: frozenset[str]
    documents: frozenset[str]

    @property
    def name(self) -> str:
        """The fullest name."""
        return max(self.titles, key=lambda t: (len(t.full), t.full)).full


@lru_cache(maxsize=1 << 16)
def parse(name: str) -> Title:
    """A name taken apart.

    >>> parse("“万企帮万村”行动").core, parse("唐县电商服务中心").core, parse("青石岭黑茶产业园项目").core
    ('万企帮万村', '电商服务中心', '青石岭黑茶产业园')
    """
    words = table("identity_names")["project"]
    full = fold(name)
    wide = full.endswith(tuple(words["wide"])) or bool({"“", "《"} & {*name})
    end, codes = head_region(full)
    core = full[end:]
    for last in words["ends"]:
        if core.endswith(last) and len(core) >= len(last) + LEAST:
            core = core[: -len(last)]
            break
    own = (rare(core) >= OWN and len(core) > LEAST) or (wide and len(core) >= TELLING)
    return Title(full, core, codes, own, wide)


def profiles(
    gathered: Gathered,
    names: Mapping[Member, str],
    single: frozenset[Member] = frozenset(),
    notes: Page | None = None,
) -> tuple[list[list[Member]], list[Project]]:
    """Members that show one name and place as groups, and what each of them shows; *names* gives bodies one key.

    *single* are groups by themselves; *notes* hold names taken apart before.
    """
    signature: dict[Member, object] = {}
    made: dict[Member, Project] = {}
    named = _Named(Page({}) if notes is None else notes)
    for member in gathered.of(PROJECT):
        sighting = gathered.seen[member]
        titles, aliases = named.of(member[1].removeprefix(PROJECT), sighting.entity.name, sighting.entity.names)
        at = frozenset(filter(None, map(area, sighting.at)))
        home = gathered.articles[member[0]].home
        homes = frozenset({home} if home else ())
        parties = frozenset(names.get((member[0], key), key) for key in sighting.parties)
        made[member] = Project(titles, aliases, at, homes, parties, frozenset({member[0]}))
        lone = member if member in single else ""
        signature[member] = (titles, tuple(sorted(at or homes or {member[0]})), tuple(sorted(parties)), lone)
    found = groups(signature, signature)
    result = []
    for members in found:
        total = made[members[0]]
        for member in members[1:]:
            total = united(total, made[member])
        result.append(total)
    return found, result


class _Named:
    """Names taken apart: the same ones come in many articles, and in every build."""

    def __init__(self, notes: Page) -> None:
        self._notes = notes
        self._found: dict[tuple[str, str, tuple[str, ...]], tuple[tuple[Title, ...], Aliases]] = {}

    def of(self, key: str, name: str, names: tuple[str, ...]) -> tuple[tuple[Title, ...], Aliases]:
        """The titles of the own names of a project (its key and its name), and its short names (of *names*)."""
        question = key, name, names
        if question not in self._found:
            told = self._notes.get(repr(question), lambda: _taken_apart(*question))
            titles = tuple(Title(full, core, frozenset(places), *rest) for full, core, places, *rest in told[0])
            self._found[question] = titles, frozenset((text, whole) for text, whole in told[1])
        return self._found[question]


def _taken_apart(key: str, name: str, names: tuple[str, ...]) -> list[list[list[Any]]]:
    titles = sorted({parse(own) for own in (key, name)})
    if any(title.wide for title in titles):
        titles = sorted({title._replace(wide=True) for title in titles})
    own = {title.full for title in titles}
    aliases = sorted(
        (text, any(_left_out(text, full) for full in own))
        for text, told in {fold(name): name for name in reversed(names)}.items()
        if text not in own and telling(told)
    )
    return [[[title.full, title.core, sorted(title.places), *title[3:]] for title in titles],
            [list(alias) for alias in aliases]]


def _left_out(alias: str, full: str) -> bool:
    """Whether a short name stands in the full one as it is, and leaves out no edition or year."""
    rest = full.replace(alias, "", 1)
    return alias in full and not any(mark in rest for mark in table("identity_names")["project"]["editions"])


def compare(a: Project, b: Project) -> Comparison:
    """How much speaks for one project."""
    results = [_named(a, b, s, t) for s in a.titles[:SHOWN] for t in b.titles[:SHOWN]]
    for one, other in ((a, b), (b, a)):
        cores = {_core(alias): whole for alias, whole in sorted(one.aliases)}
        for t in other.titles[:SHOWN]:
            if t.core in cores:
                scale = Scale("project")
                scale.add("alias" if cores[t.core] else "short_alias", f"{one.name}/{t.full}")
                results.append(_around(scale, a, b, one.titles[0], t))
    if a.aliases & b.aliases:
        scale = Scale("project")
        scale.add("aliases", min(a.aliases & b.aliases)[0])
        results.append(_around(scale, a, b, a.titles[0], b.titles[0]))
    return max(results, key=lambda c: (c.score, c.reasons))


def _core(alias: str) -> str:
    return parse(alias).core


def _named(a: Project, b: Project, s: Title, t: Title) -> Comparison:
    scale = Scale("project")
    if s.core != t.core:
        party = sorted(a.parties & b.parties)
        if party and (s.core.endswith(t.core) or t.core.endswith(s.core)) and _of(party, s.core, t.core):
            scale.add("plain", f"{s.full}/{t.full}")
            return _around(scale, a, b, s, t)
        return Comparison(-9.0)
    if not (s.own and t.own):
        scale.add("plain", s.full)
    elif s.full == t.full:
        scale.add("name", s.full)
    else:
        scale.add("core", f"{s.full}/{t.full}")
    return _around(scale, a, b, s, t)


def _of(parties: list[str], first: str, second: str) -> bool:
    """Whether the longer of two names is the shorter one with the body that undertakes it before it."""
    long, short = sorted((first, second), key=len, reverse=True)
    head = long[: -len(short)]
    return any(head in party for party in parties)


def _around(scale: Scale, a: Project, b: Project, s: Title, t: Title) -> Comparison:
    first, second = s.places or a.at, t.places or b.at
    relation: Relation = ""
    if first and second:
        relation, told = nearest(first, second)
        known = "place"
    else:
        relation, told = nearest(first or a.homes, second or b.homes)
        known = "home"
    if known == "home" and s.own and t.own:
        pass
    elif relation == "same":
        scale.add(known, told)
    elif relation == "nested":
        scale.add("nested", told)
    elif relation and not (s.wide and t.wide):
        scale.add("apart", told)
    if a.parties and b.parties:
        shared = sorted(a.parties & b.parties)
        if shared:
            scale.add("party", shared[0].partition(":")[2])
        elif not (s.own and t.own):
            scale.add("parties", f"{min(a.parties).partition(':')[2]}/{min(b.parties).partition(':')[2]}")
    if a.documents & b.documents and s.full != t.full:
        scale.add("article", min(a.documents & b.documents))
    return scale.done()


def joiner(
    gathered: Gathered, names: Mapping[Member, str], single: frozenset[Member], notes: Page | None = None
) -> tuple[list[list[Member]], Joiner[Project], set[tuple[int, int]]]:
    """The groups, what joins them, and the pairs worth comparing."""
    found, made = profiles(gathered, names, single, notes)
    blocks: dict[str, set[int]] = defaultdict(set)
    few: dict[str, set[int]] = defaultdict(set)
    for number, project in enumerate(made):
        for title in project.titles:
            (blocks if title.own else few)[title.core].add(number)
            for code in title.places or project.at or project.homes:
                blocks[f"{title.core}@{code}"].add(number)
        for alias, _ in project.aliases:
            blocks[_core(alias)].add(number)
        for party in project.parties:
            blocks[f"party:{party}"].add(number)
    wanted = pairs(blocks, limits().block)
    wanted |= pairs({key: block for key, block in few.items() if len(block) <= limits().few}, limits().few)
    leaders = [members[0] for members in found]
    return found, Joiner(made, leaders, compare, united, attrgetter("name")), wanted
