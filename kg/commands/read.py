"""kg read: what kg makes of files before it looks for anything in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from kg.errors import ReadError
from kg.model import Document, Problem, Repair
from kg.pipeline import inspect
from kg.report import OUT, DocumentReport, line
from kg.sources import read as records
from kg.text.reposts import group, sketch

FIELDS: Final = ("title", "published", "inferred_year", "publisher", "home", "reporters", "repost_of", "problem")


def read(paths: Sequence[Path], show: bool, as_json: bool, columns: Mapping[str, str]) -> Iterator[str]:
    """One line for each document, or all of it (*show*), or one JSON object for each (*as_json*); then the problems."""
    problems: list[Problem] = []
    found = [inspect(record) for record in records(paths, problems, columns)]
    if not found:
        first = next((problem for problem in problems if problem.kind == "problem"), None)
        what = f"no article could be read{f'; {line(first)}' if first else ''}"
        raise ReadError(", ".join(map(str, paths)), what, "give files or folders with articles")
    again = group({document.id: sketch(document) for document, _, _ in found if document is not None})
    for document, _, report in found:
        told = account(document, report, again)
        if as_json:
            yield json.dumps(told, ensure_ascii=False)
        elif show:
            yield from _shown(told)
        else:
            yield _summary(told)
    for problem in problems:
        yield json.dumps(asdict(problem), ensure_ascii=False) if as_json else f"{problem.kind}: {line(problem)}"


def account(document: Document | None, report: DocumentReport, again: Mapping[str, str]) -> dict[str, Any]:
    """All that is known of one document; offsets count characters of `original`, places are line:column in it."""
    values = asdict(report) | {"repost_of": again.get(report.id, "")}
    told = {name: values[name] for name in ("id", "path", *FIELDS)}
    if document is None:
        return told
    lines = [(document.original_span(part.start, part.end), part) for part in document.lines]
    return told | {
        "meta": [list(pair) for pair in document.meta],
        "text": document.text,
        "original": document.original,
        "lines": [
            {
                "class": part.kind,
                "told_by": part.name,
                "start": start,
                "end": end,
                "place": place(document.original, start),
                "text": document.text[part.start : part.end],
            }
            for (start, end), part in lines
        ],
        "repairs": [_repair(document, repair) for repair in document.repairs],
    }


def _repair(document: Document, repair: Repair) -> dict[str, Any]:
    return asdict(repair) | {"place": place(document.original, repair.start)}


def place(text: str, offset: int) -> str:
    """Line and column, both from 1.

    >>> place("甲\\n乙丙", 3)
    '2:2'
    """
    return f"{text.count(chr(10), 0, offset) + 1}:{offset - text.rfind(chr(10), 0, offset)}"


def _summary(told: Mapping[str, Any]) -> str:
    out = sum(part["class"] in OUT for part in told.get("lines", ()))
    what = told["problem"] or f"{len(told['text']):,} characters, {len(told['repairs'])} repairs, {out} lines left out"
    return f"{told['id']}: {what}{f', repost of {again}' if (again := told['repost_of']) else ''} ({told['path']})"


def _shown(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"=== {told['id']} ({told['path']})"
    for name in FIELDS:
        value = told[name]
        if value:
            yield f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
    if "text" not in told:
        return
    for key, value in told["meta"]:
        yield f"meta {key}: {value}"
    yield "--- text"
    yield from (part["text"] for part in told["lines"] if part["class"] not in OUT)
    yield f"--- repairs: {len(told['repairs'])}"
    for repair in told["repairs"]:
        before, after = trimmed(repair["before"], repair["after"])
        yield f"{repair['place']} {repair['step']}: {before} -> {after}"
    out = [part for part in told["lines"] if part["class"] in OUT]
    yield f"--- left out: {len(out)}"
    for part in out:
        yield f"{part['place']} {part['class']}{f' ({name})' if (name := part['told_by']) else ''}: {part['text']}"
    yield ""


def trimmed(before: str, after: str) -> tuple[str, str]:
    """What differs, visibly: of texts of one length the characters that changed, else both without their common ends.

    >>> trimmed("扶貧與協作", "扶贫与协作"), trimmed("協(xié)", "協"), trimmed("\\u200b", "")
    (('貧與協', '贫与协'), ("'(xié)'", "''"), ("'\\\\u200b'", "''"))
    """
    if len(before) == len(after):
        pairs = dict.fromkeys(pair for pair in zip(before, after, strict=True) if pair[0] != pair[1])
        return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    return ascii_marks(before[first:]), ascii_marks(after[first:])


def ascii_marks(text: str) -> str:
    """*text* in quotes, with what cannot be seen written out."""
    return "'" + "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text) + "'"
