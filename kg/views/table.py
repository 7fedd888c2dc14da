"""A view of a graph: tables, and the network that they are, where they are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import Any, Final

import networkx as nx

from kg.export.values import as_type
from kg.graph.layout import positions
from kg.model.schema import COLORS, SEPARATOR
from kg.views.words import word, words

Cell = str | int | float | bool | None
SHOWN: Final = 100  # rows of a table that a notebook shows


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; the first table of a view has no name of its own."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""

    def records(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries: `pandas.DataFrame(table.records())`.

        >>> Table(("leader", "visited"), (("沈岳川", "金阳县"),)).records()
        [{'leader': '沈岳川', 'visited': '金阳县'}]
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def headings(self, chinese: bool = True) -> list[str]:
        """The columns as people read them.

        >>> Table(("leader", "visited"), ()).headings()
        ['领导', '到访']
        """
        return [word("columns", column) for column in self.columns] if chinese else list(self.columns)


@dataclass(frozen=True, slots=True)
class View:
    """What `kg.view` answers with; a notebook shows its first table."""

    name: str
    tables: tuple[Table, ...]
    network: nx.MultiDiGraph | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the first table."""
        return self.tables[0].columns

    def records(self) -> list[dict[str, Cell]]:
        """The rows of the first table as dictionaries, for pandas and the like."""
        return self.tables[0].records()

    def __len__(self) -> int:
        return len(self.tables[0].rows)

    def _repr_html_(self) -> str:
        table = self.tables[0]
        head = "".join(f"<th>{escape(heading)}</th>" for heading in table.headings())
        lines = ("".join(f"<td>{escape(shown(value))}</td>" for value in row) for row in table.rows[:SHOWN])
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        more = f"<p>… {len(self) - SHOWN}</p>" if len(self) > SHOWN else ""
        title = escape(str(words()["views"].get(self.name, {"zh": self.name})["zh"]))
        return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def shown(value: Cell) -> str:
    """A cell for the eye.

    >>> shown(1_200_000.0), shown(None), shown("甲|乙")
    ('1,200,000', '', '甲、乙')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:.4g}"
    return str(value).lower() if isinstance(value, bool) else str(value).replace(SEPARATOR, "、")


def parts(*values: object) -> list[str]:
    """What attributes hold that are joined by the separator, sorted, each once.

    >>> parts("b|a", None, "a|c")
    ['a', 'b', 'c']
    """
    return sorted(set(chain.from_iterable(str(value or "").split(SEPARATOR) for value in values)) - {""})


def sum_of(data: Mapping[str, Any]) -> float | None:
    """The amount of an edge; None where there is none.

    >>> sum_of({"amount": 3}), sum_of({"amount": float("inf")}), sum_of({})
    (3.0, None, None)
    """
    found = as_type(data.get("amount"), "double", "attribute amount")
    return float(found) if found else None


def joined(values: Iterable[str]) -> str:
    """Distinct texts in their order as one cell."""
    return SEPARATOR.join(dict.fromkeys(filter(None, values)))


def table(columns: Iterable[str], rows: Iterable[Mapping[str, Any]], name: str = "") -> Table:
    """A table of *columns* from rows that are dictionaries; what a row lacks stays empty."""
    named = tuple(columns)
    return Table(named, tuple(tuple(_cell(row.get(column)) for column in named) for row in rows), name)


def _cell(value: Any) -> Cell:
    return None if value == "" else value


def dressed(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """*network* with degree, size, colour and place, as `kg build` gives them to its graph."""
    degrees = dict(network.degree())
    most = max(degrees.values(), default=0) or 1
    places = positions(network)
    for node, data in network.nodes(data=True):
        data["degree"] = degrees[node]
        data["size"] = round(4 + 96 * (degrees[node] / most) ** 0.5, 3)
        data["x"], data["y"] = places[node]
        data.setdefault("color", COLORS.get(str(data.get("category")), "#888888"))
    return network
