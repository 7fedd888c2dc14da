"""CSV and TSV: one row, one article; the columns are guessed by name or given."""

from __future__ import annotations

import csv
import io

from kg.errors import ReadError
from kg.model import Problem
from kg.sources.source import LONGEST, Found, Source, choose_columns, record_from_fields

_DELIMITERS = ",\t;|"


def read(source: Source) -> Found:
    text = source.decoded().text
    head = text.lstrip("\n\r").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda mark: (head.count(mark), -_DELIMITERS.index(mark)))
    before = csv.field_size_limit(LONGEST * 4)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter))
    except csv.Error as error:
        raise ReadError(source.path, f"this is no CSV ({error})", "quote the fields that hold line breaks") from None
    finally:
        csv.field_size_limit(before)
    if not rows:
        raise ReadError(source.path, "there is no row in it", "remove it or fill it")
    names = [name.strip() for name in rows[0]]
    columns = choose_columns(names, source.columns, source.path)
    if "text" not in columns:
        what = f"no column holds the text (columns: {', '.join(names)[:80]})"
        raise ReadError(
            source.path, what, "give the first row names such as text, title, date, or name it: --column text=NAME"
        )
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < len(names):
            yield Problem(
                f"{source.path}:{number}", f"{len(row)} fields of {len(names)}", "check the quotes", kind="note"
            )
        yield record_from_fields(source, dict(zip(names, row, strict=False)), columns, number)
