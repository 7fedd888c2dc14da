"""The options that choose a part of a graph, and what they choose (kg.reading.select)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.model.schema import CATEGORIES, RELATIONS

if TYPE_CHECKING:
    import networkx as nx


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Give a command the options."""
    part = parser.add_argument_group("a part of the graph", "all that is given must hold (docs/export.md)")
    for name, metavar, what in (
        ("--category", "A,B", f"nodes of these: {', '.join(CATEGORIES)}"),
        ("--relation", "A,B", f"edges of these: {', '.join(RELATIONS)}"),
        ("--region", "A,B", "what lies in a region or below it, and what an edge joins to that"),
        ("--ego", "A,B", "the surroundings of these names"),
    ):
        part.add_argument(name, metavar=metavar, type=_listed, action="extend", default=[], help=what)
    part.add_argument("--depth", metavar="N", type=_depth, default=1, help="with --ego: at most so many edges away (1)")
    for name, place, what in (
        ("--from", "start", "edges of 2020, 2020-06 or 2020-06-30 and later"),
        ("--to", "end", "edges until then; that day, month or year counts"),
    ):
        part.add_argument(name, metavar="DATE", dest=place, default="", help=what)
    undated = "with a period: keep edges without a date between nodes that stay"
    part.add_argument("--undated", action="store_true", help=undated)
    sure, heavy = "edges that are as sure, from 0 to 1", "edges with so many independent sentences"
    part.add_argument("--min-confidence", metavar="X", type=float, default=0.0, help=sure)
    part.add_argument("--min-weight", metavar="N", type=float, default=0, help=heavy)


def chosen(graph: nx.MultiDiGraph, args: argparse.Namespace) -> nx.MultiDiGraph:
    """*graph*, or the part of it that the options ask for; raises GraphError where nothing is left of it."""
    wanted = {
        "categories": args.category,
        "relations": args.relation,
        "regions": args.region,
        "start": args.start,
        "end": args.end,
        "min_confidence": args.min_confidence,
        "min_weight": args.min_weight,
        "ego": args.ego,
    }
    if not any(wanted.values()):
        return graph
    from kg.reading.select import select

    part = select(graph, undated=args.undated, depth=args.depth, **wanted)
    if not part:
        raise GraphError(str(args.graph), "nothing in it meets all the conditions", "ask for less at once")
    return part


def _listed(text: str) -> list[str]:
    return [part for part in map(str.strip, text.replace("\uff0c", ",").split(",")) if part]


def _depth(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of steps (0 or more)")
    return int(text)
