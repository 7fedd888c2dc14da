"""The posts of people, and which of them a person travelled or met in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import networkx as nx

from kg.views.places import Place, Places
from kg.views.table import parts


class Post(NamedTuple):
    """An edge of the relation holds_post."""

    body: Any
    data: Mapping[str, Any]


class Homes:
    """The posts of a graph's people by person.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("p", label="沈岳川", category="official")
    >>> graph.add_node("r", label="浙江省宁波市镇海区", category="region", adcode="330211", level="county")
    >>> post = graph.add_edge("p", "r", "e", relation="holds_post", title="区委书记", documents="a")
    >>> Homes(graph, Places(graph)).at("p", ["a"], "prefecture")
    ('区委书记', Place(name='浙江省宁波市', code='330200', level='prefecture'))
    """

    def __init__(self, graph: nx.MultiDiGraph, places: Places) -> None:
        self._places = places
        self._posts: dict[Any, list[Post]] = defaultdict(list)
        for person, body, data in graph.edges(data=True):
            if data.get("relation") == "holds_post":
                self._posts[person].append(Post(body, data))

    def post(self, person: Any, documents: Iterable[str]) -> Post | None:
        """The post that *documents* tell of, else the latest; one that is held rather than one that was."""
        told = set(documents)

        def weight(post: Post) -> tuple[bool, bool, bool, str, str]:
            data = post.data
            return (bool(told & set(parts(data.get("documents")))), not data.get("former"),
                    self._places.known(post.body), str(data.get("date") or ""), str(post.body))

        return max(self._posts.get(person, ()), key=weight, default=None)

    def at(self, person: Any, documents: Iterable[str], level: str) -> tuple[str, Place | None]:
        """Title of *person* and the region of the post at *level*; None where none is known."""
        post = self.post(person, documents)
        if post is None:
            return "", None
        known = self._places.known(post.body)
        return str(post.data.get("title") or ""), self._places.at(post.body, level) if known else None
