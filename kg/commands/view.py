"""kg view: a ready view of a graph on the screen or as files."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape
from rich.table import Table

from kg.commands.screen import console
from kg.reading.explain import open_graph
from kg.views import VIEWS
from kg.views import view as make
from kg.views.table import View, shown
from kg.views.words import words
from kg.views.writing import write_view

ROWS = 30  # that the screen shows
HIDDEN = {"documents", "titles", "first_seen", "last_seen", "sentences", "within", "code", "end_date", "last_date",
          "category", "body_category", "party_category", "participant_count"}  # columns that only the files have
ENDINGS = ("_code", "_level")


def view(file: Path, name: str | None, output: Path | None, level: str, chinese: bool) -> None:
    """Write the view *name* of the graph in *file* to *output*, or show it; without a name list the views."""
    if name is None:
        _list()
        return
    found = make(open_graph(file), name, level)
    if output is None:
        _show(found, chinese)
        return
    for path in write_view(found, output, chinese):
        print(path)


def _list() -> None:
    screen = console()
    for name in VIEWS:
        told = words()["views"][name]
        screen.print(f"kg view {name}  [bold]{told['zh']}[/]  {told['en']}")
        screen.print(f"    {told['what']}", soft_wrap=True)


def _show(found: View, chinese: bool) -> None:
    screen = console()
    first = found.tables[0]
    kept = [i for i, column in enumerate(first.columns) if column not in HIDDEN and not column.endswith(ENDINGS)
            and any(row[i] not in (None, False) for row in first.rows)]
    headings = first.headings(chinese)
    table = Table(title=words()["views"][found.name]["zh"])
    for i in kept:
        table.add_column(headings[i], overflow="fold")
    for row in first.rows[:ROWS]:
        table.add_row(*(escape(shown(row[i])) for i in kept))
    screen.print(table)
    if len(found) > ROWS:
        screen.print(f"{ROWS} of {len(found)} rows; -o FOLDER writes all of them, with documents", soft_wrap=True)
