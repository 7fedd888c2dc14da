"""Organizations and enterprises: by what is left of their names without place and form, by short names, by place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, NamedTuple

from kg.model import Member, Page
from kg.resolve.fold import fold
from kg.resolve.gather import BODY, Gathered, groups, pairs
from kg.resolve.join import Joiner, united
from kg.resolve.naming import Form, known, parse, same_row, shortened, sure_alias, telling
from kg.resolve.places import Relation, area, nearest, vague
from kg.resolve.scale import Comparison, Scale, limits

SHOWN = 12  # own names of a cluster that are compared, at most
SHORT = 2  # characters of a short name that many may bear
COMPANY = {"enterprise"}
LOOSE = ("", "plain")  # legal forms that do not show a name to be the registered one
GROUPED = (("group", "stock"), ("group", "limited"))


class Alias(NamedTuple):
    """A short name: as an article gives it, or (`custom`) as custom makes it of the full one.

    It is `sure` where what it leaves out makes no other body.
    """

    core: str
    text: str
    custom: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A body as the articles of a cluster show it."""

    forms: tuple[Form, ...]
    aliases: frozenset[Alias]
    at: frozenset[str]
    homes: frozenset[str]
    documents: frozenset[str]
    categories: frozenset[str]

    @property
    def name(self) -> str:
        """The fullest name."""
        return max(self.forms, key=lambda f: (len(f.full), f.full)).full


def placed(form: Form) -> bool:
    """Whether a name needs no place beside it."""
    return bool(form.places) or (form.own and not form.local)


def profiles(
    gathered: Gathered, single: frozenset[Member] = frozenset(), notes: Page | None = None
) -> tuple[list[list[Member]], list[Body]]:
    """Members that show one name (and place, where the name needs one) as groups, and what each of them shows.

    *single* are groups by themselves; *notes* hold names taken apart before.
    """
    signature: dict[Member, object] = {}
    made: dict[Member, Body] = {}
    named = _Named(Page({}) if notes is None else notes)
    for member in gathered.of(BODY):
        sighting = gathered.seen[member]
        entity = sighting.entity
        name = named.of(member[1].removeprefix(BODY), entity.name, entity.category, entity.names)
        at = frozenset(filter(None, map(area, sighting.at)))
        home = gathered.articles[member[0]].home
        homes = frozenset({home} if home else ())
        places = at or homes
        if name.placed:
            places = frozenset()
        elif not places:
            places = frozenset({member[0]})  # nothing tells where it is: each article for itself
        if name.vague:
            places |= at | homes
        signature[member] = (name.fulls, tuple(sorted(places)), member if member in single else "")
        made[member] = Body(name.forms, name.aliases, at, homes, frozenset({member[0]}),
                            frozenset({entity.category}))
    found = groups(signature, signature)
    return found, [_sum(made[m] for m in members) for members in found]


class _Name(NamedTuple):
    """A name taken apart: whether it needs no place beside it, and whether its places are several."""

    forms: tuple[Form, ...]
    aliases: frozenset[Alias]
    fulls: tuple[str, ...]
    placed: bool
    vague: bool


class _Named:
    """Names taken apart: the same ones come in many articles, and in every build."""

    def __init__(self, notes: Page) -> None:
        self._notes = notes
        self._found: dict[tuple[str, str, str, tuple[str, ...]], _Name] = {}

    def of(self, key: str, name: str, category: str, names: tuple[str, ...]) -> _Name:
        """The forms of the own names of a body (its key and its name), and its short names (of *names*)."""
        question = key, name, category, names
        if question not in self._found:
            told = self._notes.get(repr(question), lambda: _taken_apart(*question))
            forms = tuple(Form(full, core, frozenset(places), *rest) for full, core, places, *rest in told[0])
            self._found[question] = _Name(
                forms, frozenset(Alias(*alias) for alias in told[1]), tuple(f.full for f in forms),
                all(map(placed, forms)), any(vague(form.places) for form in forms))
        return self._found[question]


def _taken_apart(key: str, name: str, category: str, names: tuple[str, ...]) -> list[list[list[Any]]]:
    forms = tuple(sorted({parse(own, category) for own in (key, name)}))
    told = [[form.full, form.core, sorted(form.places), *form[3:]] for form in forms]
    return [told, [list(alias) for alias in sorted(_aliases(forms, category, names))]]


def _aliases(forms: tuple[Form, ...], category: str, names: tuple[str, ...]) -> frozenset[Alias]:
    own = {form.full for form in forms}
    told = set()
    for name in names:
        if fold(name) not in own and telling(name):
            form = parse(name, category)
            sure = any(sure_alias(name, full, category) for full in forms)
            told.add(Alias(form.core, form.full, False, sure and not form.local and len(form.core) > SHORT))
    short = {word for form in forms for word in shortened(form.full)}
    made = {Alias(parse(word, "enterprise").core, word, True, True) for word in short}
    cores = {form.core for form in forms}
    return frozenset(alias for alias in told | made if alias.custom or alias.core not in cores)


def _sum(bodies: Iterable[Body]) -> Body:
    first, *rest = bodies
    if not rest:
        return first
    every = [first, *rest]
    return replace(
        first,
        aliases=frozenset().union(*(b.aliases for b in every)),
        at=frozenset().union(*(b.at for b in every)),
        homes=_usual(every),
        documents=frozenset().union(*(b.documents for b in every)),
        categories=frozenset().union(*(b.categories for b in every)),
    )


def _usual(bodies: list[Body]) -> frozenset[str]:
    counted = Counter(home for b in bodies for home in b.homes)
    most = max(counted.values(), default=0)
    return frozenset(home for home, times in counted.items() if times * 2 >= most)


def compare(a: Body, b: Body) -> Comparison:
    """How much speaks for one body: the best of their names, the worst of their contradictions."""
    results = [_named(a, b, f, g) for f in a.forms[:SHOWN] for g in b.forms[:SHOWN] if f.core == g.core]
    results += _short(a, b) + _short(b, a)
    if a.aliases & b.aliases:
        shared = min(a.aliases & b.aliases)
        scale = Scale("body")
        scale.add("aliases", shared.text)
        results.append(_around(scale, a, b, a.forms[0], b.forms[0]))
    if not results:
        return Comparison(-9.0)
    best = max(results, key=lambda c: (c.score, c.reasons))
    worst = min((c for f in a.forms[:SHOWN] for g in b.forms[:SHOWN] for c in (_against(f, g),)), key=lambda c: c.score)
    return Comparison(round(best.score + worst.score, 3), best.reasons + worst.reasons)


def _named(a: Body, b: Body, f: Form, g: Form) -> Comparison:
    """Two names of their own that agree in what is left of them."""
    scale = Scale("body")
    if f.full == g.full:
        scale.add("name" if placed(f) else "plain", f.full)
        if placed(f) and not vague(f.places):
            return _around(scale, a, b, f, g, sure=True)
    elif same_row(f.full, g.full):
        scale.add("row", f"{f.full}/{g.full}")
    elif f.places and f.places == g.places and not vague(f.places):
        scale.add("core", f.core)
    elif _regional(f, g, a.categories | b.categories == COMPANY):
        scale.add("brand", f"{f.full}/{g.full}")
    elif f.own and g.own and not (f.local or g.local):
        scale.add("core", f.core)
    elif f.own and g.own:
        scale.add("plain", f.core, 2.0)
    else:
        scale.add("plain", f.core)
    return _around(scale, a, b, f, g)


def _regional(f: Form, g: Form, companies: bool) -> bool:
    """Whether one name is the other with a region before it, and that may make another body of it.

    北京奔驰 is not 奔驰, and 杨浦区人社部 is not the ministry; 北京绿山谷芽菜有限责任公司 is 绿山谷芽菜公司.
    """
    for x, y in ((f, g), (g, f)):
        if x.places and not y.places and (known(x.core) or (companies and x.form in LOOSE)):
            return True
    return False


def _short(a: Body, b: Body) -> list[Comparison]:
    """A short name of the first that is a name of the second."""
    found: list[Comparison] = []
    if not a.aliases:
        return found
    mine = {alias.core: alias for alias in sorted(a.aliases, reverse=True)}
    for g in b.forms[:SHOWN]:
        alias = mine.get(g.core)
        if alias is not None:
            scale = Scale("body")
            told = "abbreviation" if alias.custom else "alias" if alias.sure else "short_alias"
            scale.add(told, f"{a.name}/{g.full}")
            found.append(_around(scale, a, b, a.forms[0], g, alias=True))
    return found


def _around(scale: Scale, a: Body, b: Body, f: Form, g: Form, sure: bool = False, alias: bool = False) -> Comparison:
    """What place, category and the articles add."""
    mine, other = f.places, g.places
    if mine and other:
        relation, told = nearest(mine, other)
        if relation == "same" and not vague(mine) and not vague(other):
            scale.add("place", told)
        elif relation == "same":
            relation = _beside(scale, a.at or a.homes or mine, b.at or b.homes or other, "home")
        if relation not in ("same", ""):
            scale.add("apart", told)
    elif not sure:
        needs = f.local or g.local or not (alias or (f.own and g.own))
        first, second = mine or a.at, other or b.at
        if first and second:
            relation = _beside(scale, first, second, "place", needs or "organization" in a.categories | b.categories)
        elif needs:
            _beside(scale, first or a.homes, second or b.homes, "home")
    if f.foreign != g.foreign:
        scale.add("foreign", f.foreign or g.foreign)
    if a.documents & b.documents:
        scale.add("article", min(a.documents & b.documents))
    if a.categories != b.categories:
        scale.add("category")
    return scale.done()


def _beside(scale: Scale, first: Iterable[str], second: Iterable[str], feature: str, needs: bool = True) -> Relation:
    relation, told = nearest(first, second)
    if relation == "same":
        scale.add(feature, told)
    elif relation == "nested":
        scale.add("nested", told)
    elif relation and needs:
        scale.add("apart" if feature == "place" or relation == "apart" else "home_apart", told)
    return relation


def _against(f: Form, g: Form) -> Comparison:
    """What two names say against their being one, whatever else is like."""
    scale = Scale("body")
    kinds = {f.form, g.form}
    if f.core == g.core and f.full != g.full:
        if kinds == set(GROUPED[0]):
            scale.add("form", f"{f.full}/{g.full}")
        elif kinds == set(GROUPED[1]):
            scale.add("group", f"{f.full}/{g.full}")
    if f.places and g.places and f.full != g.full:
        relation, told = nearest(f.places, g.places)
        if relation == "apart" or (f.core == g.core and relation != "same"):
            scale.add("apart", told)
    return scale.done()


def joiner(
    gathered: Gathered, single: frozenset[Member], notes: Page | None = None
) -> tuple[list[list[Member]], Joiner[Body], set[tuple[int, int]]]:
    """The groups, what joins them, and the pairs worth comparing; *single* are members that a person has judged."""
    found, made = profiles(gathered, single, notes)
    blocks: dict[str, set[int]] = defaultdict(set)
    few: dict[str, set[int]] = defaultdict(set)
    for number, body in enumerate(made):
        for form in body.forms:
            places = form.places or body.at or body.homes
            if form.own and not form.local:
                blocks[form.core].add(number)
            elif not form.places and not body.at and not body.homes:
                few[form.core].add(number)
            for code in places:
                blocks[f"{form.core}@{code}"].add(number)
            if not form.own or form.local:
                few[form.core].add(number)
        for alias in body.aliases:
            blocks[alias.core].add(number)
            named = frozenset().union(*(form.places for form in body.forms))
            for code in named or body.at or body.homes:
                blocks[f"{alias.core}@{code}"].add(number)
    wanted = pairs(blocks, limits().block)
    wanted |= pairs({key: block for key, block in few.items() if len(block) <= limits().few}, limits().few)
    leaders = [members[0] for members in found]
    return found, Joiner(made, leaders, compare, united, attrgetter("name")), wanted
