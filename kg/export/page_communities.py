"""Communities of a graph: Louvain's method, the same at every run: a fixed seed, and numbers in a fixed order.

The steps are those of `networkx.community.louvain_communities`, and so is what they find (the tests compare the two);
on lists of numbers they take a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Final

SEED: Final = 1
LEAST: Final = 1e-7  # gain of modularity for which one more level is worth its while
Near = list[dict[int, float]]  # of each node its neighbours, itself among them where it has a loop, with weights


def communities(count: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """The community of each node 0 to *count* - 1; the largest is 0, and -1 stands for a node without a link.

    >>> communities(7, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)])
    [0, 0, 0, 1, 1, 1, -1]
    """
    pairs = sorted({(a, b) if a < b else (b, a) for a, b in links if a != b})
    linked = sorted({node for pair in pairs for node in pair})
    number = {node: i for i, node in enumerate(linked)}
    near: Near = [{} for _ in linked]
    for a, b in pairs:
        near[number[a]][number[b]] = near[number[b]][number[a]] = 1.0
    found = [-1] * count
    parts: dict[int, list[int]] = {}
    for node, part in zip(linked, _louvain(near, float(len(pairs))), strict=True):
        parts.setdefault(part, []).append(node)
    for place, members in enumerate(sorted(parts.values(), key=lambda p: (-len(p), p[0]))):
        for node in members:
            found[node] = place
    return found


def _louvain(near: Near, size: float) -> list[int]:
    """The part of each node; *size* is the weight of all links."""
    dice = Random(SEED)
    belongs = list(range(len(near)))
    before = _modularity(near, belongs, size) if near else 0.0
    while near:
        parts = _level(near, size, dice)
        after = _modularity(near, parts, size)
        belongs = [parts[part] for part in belongs]
        if after - before <= LEAST:
            break
        before, near = after, _folded(near, parts)
    return belongs


def _level(near: Near, size: float, dice: Random) -> list[int]:
    """Move each node to the part where it gains most, as long as one gains; the parts, numbered without gaps.

    All weights are whole, so sums are exact: where no node of a component has moved, none will in the next round.
    """
    degree = [sum(links.values()) + links.get(node, 0.0) for node, links in enumerate(near)]
    others = [[(other, weight) for other, weight in links.items() if other != node] for node, links in enumerate(near)]
    total, at, order, component = degree.copy(), list(range(len(near))), list(range(len(near))), _components(near)
    dice.shuffle(order)
    scale = 2 * size**2
    while order:
        moved = set()
        for node in order:
            here, mine, links = at[node], degree[node], others[node]
            left = total[here] - mine
            if len(links) == 1:  # most of them: such a node stays, or follows its neighbour
                best = at[links[0][0]]
                if best == here or left * mine / scale + links[0][1] / size - total[best] * mine / scale <= 0.0:
                    continue
            else:
                weights: dict[int, float] = {}
                for other, weight in links:
                    part = at[other]
                    weights[part] = weights.get(part, 0.0) + weight
                best, most = here, 0.0
                leaving = -weights.setdefault(here, 0.0) / size + left * mine / scale
                total[here] = left
                for part, weight in weights.items():
                    gain = leaving + weight / size - total[part] * mine / scale
                    if gain > most:
                        best, most = part, gain
            total[here] = left
            total[best] += mine
            if best == here:
                continue
            at[node] = best
            moved.add(component[node])
        order = [node for node in order if component[node] in moved]
    found = {part: i for i, part in enumerate(sorted(set(at)))}
    return [found[part] for part in at]


def _components(near: Near) -> list[int]:
    """A number for each node, the same for those that links connect."""
    found = [-1] * len(near)
    for first in range(len(near)):
        if found[first] < 0:
            found[first], open_ = first, [first]
            while open_:
                for other in near[open_.pop()]:
                    if found[other] < 0:
                        found[other] = first
                        open_.append(other)
    return found


def _folded(near: Near, parts: list[int]) -> Near:
    """The graph whose nodes are the parts."""
    found: Near = [{} for _ in range(max(parts) + 1)]
    for node, links in enumerate(near):
        one = parts[node]
        for other, weight in links.items():
            if other >= node:
                two = parts[other]
                found[one][two] = found[two][one] = found[one].get(two, 0.0) + weight
    return found


def _modularity(near: Near, parts: list[int], size: float) -> float:
    inside, degree = [0.0] * (max(parts) + 1), [0.0] * (max(parts) + 1)
    for node, links in enumerate(near):
        part = parts[node]
        for other, weight in links.items():
            degree[part] += weight * (2 if other == node else 1)
            if other >= node and parts[other] == part:
                inside[part] += weight
    return sum(i / size - (d / (2 * size)) ** 2 for i, d in zip(inside, degree, strict=True))
