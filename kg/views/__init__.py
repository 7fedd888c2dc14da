"""Ready views of a graph, one module each; none knows another.

>>> graph = nx.MultiDiGraph()
>>> graph.add_node("a", label="浙江省宁波市镇海区", category="region", adcode="330211", level="county")
>>> graph.add_node("b", label="四川省凉山彝族自治州金阳县", category="region", adcode="513430", level="county")
>>> edge = graph.add_edge("a", "b", "e", relation="supports", amount=3000000.0, weight=1, documents="x")
>>> [(row["assisting"], row["assisted"], row["amount"]) for row in view(graph, "support", "province").records()]
[('浙江省', '四川省', 3000000.0)]
"""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

import networkx as nx

from kg.errors import GraphError
from kg.views.places import check_level
from kg.views.table import View

# name: the module of this package and its function (graph, level) to View; its words stand in words.toml
VIEWS: Final[dict[str, tuple[str, str]]] = {
    "support": ("support", "support"),
    "visits": ("visits", "visits"),
    "posts": ("posts", "posts"),
    "projects": ("projects", "projects"),
    "attendance": ("attendance", "attendance"),
    "events": ("events", "events"),
}


def view(graph: nx.MultiDiGraph, name: str, level: str = "county") -> View:
    """The view *name* of *graph*, its regions rolled up to *level* (province, prefecture, county); the graph stays.

    >>> view(nx.MultiDiGraph(), "friends")
    Traceback (most recent call last):
    kg.errors.GraphError: friends: is no view (remedy: use one of support visits posts projects attendance events)
    """
    if name not in VIEWS:
        raise GraphError(str(name), "is no view", f"use one of {' '.join(VIEWS)}")
    check_level(level)
    module, function = VIEWS[name]
    return cast(View, getattr(import_module(f"kg.views.{module}"), function)(graph, level))
