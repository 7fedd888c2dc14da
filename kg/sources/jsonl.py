"""JSON lines: one object, one article; the fields are guessed by name or given."""

from __future__ import annotations

import json

from kg.errors import ReadError
from kg.model import Problem
from kg.sources.source import Found, Source, choose_columns, record_from_fields


def read(source: Source) -> Found:
    read_any = False
    chosen: dict[tuple[str, ...], dict[str, str]] = {}  # the columns of lines that have the same fields
    for number, line in enumerate(source.decoded().text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{source.path}:{number}"
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Problem(where, f"this line is no JSON ({error})"[:200], "mend or remove the line")
            continue
        if not isinstance(fields, dict):
            yield Problem(where, "this line is no JSON object", "put the article into an object with a field text")
            continue
        try:
            columns = chosen.get(tuple(fields)) or choose_columns(list(fields), source.columns, where)
        except ReadError as error:
            yield Problem(error.where, error.what, error.remedy)
            continue
        if "text" not in columns:
            yield Problem(
                where, f"no field holds the text (fields: {', '.join(fields)[:80]})", "name it: --column text=NAME"
            )
            continue
        read_any, chosen[tuple(fields)] = True, columns
        yield record_from_fields(source, fields, columns, number)
    if not read_any:
        yield Problem(source.path, "no line of it holds an article", "one JSON object a line, with a field text")
