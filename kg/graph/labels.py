"""What is written beside a node where it is drawn, and how much room that takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import networkx as nx

from kg.model.schema import SEPARATOR

LETTER, LINE, MARGIN = 14.0, 46.0, 16.0  # width of a letter, height of a node with its label, distance of two labels
LETTERS: Final = 14  # longer labels are cut where they are drawn
HEAD, LONGEST = 2, 60  # letters of the shortest and the longest region that may begin a name


def drawn_labels(graph: nx.MultiDiGraph) -> dict[Any, str]:
    """Labels for a picture: names without their region's parents, events without their date.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node(1, label="四川省", category="region")
    >>> graph.add_node(2, label="四川省南充市仪陇县", category="region", aliases="仪陇|仪陇县|南充市仪陇县")
    >>> graph.add_node(3, label="四川省南充市仪陇县人民医院", category="organization")
    >>> graph.add_node(4, label="2022-10-19 两地联席会议", category="event", start_date="2022-10-19")
    >>> graph.add_node(5, label="四川省南充市", category="region")
    >>> list(drawn_labels(graph).values())
    ['四川省', '仪陇县', '仪陇县人民医院', '两地联席会议', '南充市']
    """
    regions = {str(d.get("label")): d for _, d in graph.nodes(data=True) if d.get("category") == "region"}
    heads = {name[:HEAD] for name in regions}
    short = {name: _region(name, str(data.get("aliases") or ""), regions) for name, data in regions.items()}
    drawn = {}
    for node, data in graph.nodes(data=True):
        label, category = str(data.get("label") or node), data.get("category")
        if category == "event":
            label = label.removeprefix(str(data.get("start_date") or "")).strip() or label
        elif category not in ("official", "person"):
            if label in short:
                label = short[label]
            elif label[:HEAD] in heads and (parent := beginning(label, regions, 2)):
                label = short[parent] + label[len(parent):]
        drawn[node] = label
    return drawn


def _region(name: str, aliases: str, regions: Mapping[str, object]) -> str:
    """The shortest alias that ends the name, else the name without the longest region before it."""
    tails = [alias for alias in aliases.split(SEPARATOR) if len(alias) > 1 and name.endswith(alias)]
    return min(tails, key=len, default=name[len(beginning(name, regions, 2)):])


def beginning(name: str, regions: Mapping[str, object], leave: int) -> str:
    """The longest of *regions* that begins the name and leaves at least so many letters of it, or nothing."""
    return next((name[:i] for i in range(min(len(name) - leave, LONGEST), HEAD - 1, -1) if name[:i] in regions), "")


def box(label: str) -> tuple[float, float]:
    """Width and height of a node with its label, and the room around it.

    >>> box("唐县"), box("唐县乡村振兴局")
    ((58.0, 62.0), (114.0, 62.0))
    """
    letters = min(len(label), LETTERS)
    return LETTER * max(letters, 3) + MARGIN, LINE + MARGIN
