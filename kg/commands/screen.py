"""The terminal, and the counts of a graph on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rich.console import Console
from rich.table import Table

from kg.model.schema import CATEGORIES, RELATIONS

WIDTH: Final = 100  # of lines that go to a file


def console() -> Console:
    """The terminal, or a file in which lines are as long as WIDTH."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=WIDTH)


def show_counts(screen: Console, nodes: Mapping[str, int], edges: Mapping[str, int]) -> None:
    """Nodes by category and edges by relation."""
    screen.print(_table("Nodes", "Category", nodes, CATEGORIES))
    screen.print(_table("Edges", "Relation", edges, RELATIONS))


def _table(title: str, kind: str, found: Mapping[str, int], chinese: Mapping[str, str]) -> Table:
    table = Table(kind, "", "Count", title=title, show_footer=False)
    for name, count in found.items():
        table.add_row(name, chinese.get(name, ""), str(count))
    table.add_row("all", "", str(sum(found.values())), style="bold")
    return table
