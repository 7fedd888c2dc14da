"""A view as files: its tables as CSV, its network in any format that kg can write."""

from __future__ import annotations

from pathlib import Path

from kg.errors import OutputError
from kg.export import FORMATS, written
from kg.export.cells import write_rows
from kg.export.files import whole_file
from kg.export.values import clean
from kg.views.table import Table, View


def write_view(view: View, path: str | Path, chinese: bool = True) -> list[Path]:
    """Write *view* and name its files.

    A folder gets its tables and its network: support.csv, support-count.csv, support.graphml. A path that ends in .csv
    takes the first table and the others beside it; one that ends in the suffix of a network's format takes the network.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _tables(view, path, chinese)
    if not suffix or path.is_dir():
        files = _tables(view, path / f"{view.name}.csv", chinese)
        return files + (written(view.network, path / f"{view.name}.graphml") if view.network is not None else [])
    if view.network is None:
        raise OutputError(str(path), f"the view {view.name} is no network", "name a folder or a file that ends in .csv")
    if suffix not in FORMATS:
        known = " ".join(form for form in FORMATS)
        raise OutputError(str(path), f"there is no format for '{path.suffix}'", f"name a folder, or use one of {known}")
    return written(view.network, path)


def _tables(view: View, path: Path, chinese: bool) -> list[Path]:
    return [_write(table, path.with_name(f"{path.stem}-{table.name}.csv") if table.name else path, chinese)
            for table in view.tables]


def _write(table: Table, path: Path, chinese: bool) -> Path:
    with whole_file(path) as file:
        rows = (table.headings(chinese), *table.rows)
        write_rows(file, ([clean(value) if isinstance(value, str) else value for value in row] for row in rows))
    return path
