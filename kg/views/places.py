"""Where the nodes of a graph are at home, rolled up to provinces, prefectures or counties."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import networkx as nx

from kg.errors import GraphError
from kg.export.page_regions import Regions
from kg.lexicon.divisions import MUNICIPALITIES, PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.model.schema import CATEGORIES, COLORS

ROLLED: Final = ("province", "prefecture", "county")  # the levels that a view can be rolled up to
LONGEST: Final = 40  # characters of the full name of a county


class Place(NamedTuple):
    """A region as a view names it; what no region is known for stands under its own name."""

    name: str
    code: str = ""
    level: str = ""

    @property
    def id(self) -> str:
        """What it is called in a network."""
        return self.code or self.name


@cache
def _codes() -> dict[str, str]:
    """The code of every province, prefecture and county by its full name."""
    return {gazetteer().name(PREFIX + code): code for code in sorted(gazetteer().divisions)}


@lru_cache(maxsize=65536)
def _above(name: str) -> str:
    """The key of the division that holds a zone, or with whose full name *name* begins; or "".

    >>> _above("河北省保定市唐县第一中学"), _above("雄安新区"), _above("蓝湾集团")
    ('region:130627', 'region:130600', '')
    """
    codes = (_codes().get(name[:i]) for i in range(min(len(name), LONGEST), 1, -1))
    code = next(filter(None, codes), "")
    zone = not code and "/" not in name and not name.isdigit()
    return PREFIX + code if code else gazetteer().parent(PREFIX + name) if zone else ""


def place_of(code: str) -> Place:
    """The place of a code.

    >>> place_of("513430")
    Place(name='四川省凉山彝族自治州金阳县', code='513430', level='county')
    """
    return Place(gazetteer().name(PREFIX + code), code, gazetteer().level(PREFIX + code))


class Places:
    """The places of a graph's nodes.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("v", label="四川省凉山彝族自治州金阳县对坪镇", category="region", level="township")
    >>> graph.add_node("w", label="天津市武清区", category="region", adcode="120114", level="county")
    >>> graph.add_node("x", label="天津津穗种业有限公司", category="enterprise")
    >>> places = Places(graph)
    >>> [places.at("v", level).name for level in ROLLED]
    ['四川省', '四川省凉山彝族自治州', '四川省凉山彝族自治州金阳县']
    >>> [places.at("w", level).name for level in ROLLED]
    ['天津市', '天津市', '天津市武清区']
    >>> places.at("x", "county"), places.known("x")
    (Place(name='天津津穗种业有限公司', code='', level=''), False)
    """

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self._graph = graph
        self._chains: dict[Any, tuple[Place, ...]] = {}
        self._regions = Regions(graph, {node: number for number, node in enumerate(graph)})

    def known(self, node: Any) -> bool:
        """Whether a region is known for *node*."""
        return bool(self.chain(node))

    def label(self, node: Any) -> str:
        """The label of *node*."""
        return str(self._graph.nodes[node].get("label") or node)

    def chain(self, node: Any) -> tuple[Place, ...]:
        """The region of *node* and those that hold it, smallest first."""
        if node not in self._chains:
            self._chains[node] = tuple(self._chain(node))
        return self._chains[node]

    def _chain(self, node: Any) -> Iterator[Place]:
        branches, own = self._regions.of.get(node, []), self._named(node)
        if own:
            name = gazetteer().name(own)
            branches = [branch for branch in branches if self._full(branch).startswith(name)]
        branch = max(branches, key=lambda found: (self._depth(found), -found), default=-1)
        place = None
        while branch >= 0:
            name, branch = self._full(branch), self._regions.rows[branch][1]
            place = place_of(_codes()[name]) if name in _codes() else Place(name)
            yield place
        if place is None or not place.code:  # the graph has nothing above it, the tables may
            for key in gazetteer().ancestors(_above(place.name if place else self.label(node))):
                if key:
                    yield place_of(key.removeprefix(PREFIX))

    def at(self, node: Any, level: str) -> Place:
        """The region of *node* at *level*; one that is larger already, or has no code, stays what it is."""
        found = None
        for place in self.chain(node):
            if found is None:
                found = place
            if place.level in ROLLED and ROLLED.index(place.level) <= ROLLED.index(level):
                return place if place.level == level else self._between(found, place, level)
            if place.code:
                found = place
        return found or Place(self.label(node))

    def _between(self, below: Place, above: Place, level: str) -> Place:
        """What stands at *level* where the tables have nothing: a municipality, or a county that no prefecture holds.

        A county of a municipality rolls up to it, 仙桃市 (under its province at once) stays what it is.
        """
        if level == "prefecture" and below.level == "county" and below.code[:2] not in MUNICIPALITIES:
            return below
        return above

    def _named(self, node: Any) -> str:
        """The division that the name of a body begins with: 上海市群众艺术馆 is at home there, wherever it shows."""
        return "" if self._graph.nodes[node].get("category") == "region" else _above(self.label(node))

    def _depth(self, branch: int) -> int:
        return 0 if branch < 0 else 1 + self._depth(self._regions.rows[branch][1])

    def _full(self, branch: int) -> str:
        names = []
        while branch >= 0:
            names.append(str(self._regions.rows[branch][0]))
            branch = self._regions.rows[branch][1]
        return "".join(reversed(names))


def check_level(level: str) -> None:
    """Raise GraphError where *level* is none.

    >>> check_level("town")
    Traceback (most recent call last):
    kg.errors.GraphError: town: is no level (remedy: use one of province prefecture county)
    """
    if level not in ROLLED:
        raise GraphError(str(level), "is no level", f"use one of {' '.join(ROLLED)}")


def place_node(place: Place) -> dict[str, str]:
    """The attributes of a place as the node of a network."""
    node = {"label": place.name, "category": "region", "category_zh": CATEGORIES["region"], "adcode": place.code,
            "level": place.level, "color": COLORS["region"]}
    return {name: value for name, value in node.items() if value}
