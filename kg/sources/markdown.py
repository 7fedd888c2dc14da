"""Markdown: marks are taken off, a head of `key: value` lines becomes metadata."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import table
from kg.model import Record
from kg.sources.source import Found, Source, choose_columns


@cache
def _marks() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(mark["find"]), mark["put"]) for mark in table("sources")["markdown"]]


def read(source: Source) -> Found:
    decoded = source.decoded()
    text, head = _front(decoded.text)
    for find, put in _marks():
        text = find.sub(put, text)
    columns = choose_columns(list(head), {}, source.path)
    meta = {meaning: head[name] for meaning, name in columns.items() if meaning not in {"text", "id"} and head[name]}
    title = meta.get("title", "")
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n{text}"
    yield Record(source.name, source.path, text, meta | {"encoding": decoded.encoding})


def _front(text: str) -> tuple[str, dict[str, str]]:
    """The text without its head, and what the head holds.

    >>> _front("---\\ntitle: 协作\\n---\\n正文。")
    ('正文。', {'title': '协作'})
    """
    front = table("sources")["front"]
    lines = text.split("\n")
    if not re.match(front["rule"], lines[0]):
        return text, {}
    head: dict[str, str] = {}
    for number, line in enumerate(lines[1:60], start=1):
        if re.match(front["rule"], line):
            return "\n".join(lines[number + 1 :]), head
        pair = re.match(front["pair"], line)
        if pair:
            head[pair[1]] = pair[2].strip("\"'")
    return text, {}
