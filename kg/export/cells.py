"""Cells and rows of tables that a spreadsheet opens as they are meant: UTF-8 with its mark, RFC 4180, no formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Final, TextIO

MARK: Final = "\ufeff"  # by it Excel knows UTF-8
FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")  # what a spreadsheet may take for the beginning of a formula
Row = Iterable[object]


def write_rows(file: TextIO, rows: Iterable[Row]) -> None:
    """Write *rows*, the first of which is the heading, with commas, CRLF and quotes where they are needed."""
    file.write(MARK)
    csv.writer(file, lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)


def cell(value: object) -> str:
    """A value as a cell. A text that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> [cell(value) for value in ("=1+1", "@唐县", "唐县", -1.5, True, None)]
    ["'=1+1", "'@唐县", '唐县', '-1.5', 'true', '']
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in FORMULA else value
    return str(value).lower() if isinstance(value, bool) else repr(value)
