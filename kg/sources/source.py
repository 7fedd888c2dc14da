"""What a reader gets (Source), and what all readers share."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.errors import ReadError
from kg.lexicon import table
from kg.model import Problem, Record
from kg.text.decoding import Decoded, decode

# Whatever zipfile raises on bytes that are no sound archive.
BROKEN_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, KeyError, ValueError, OverflowError, RuntimeError, NotImplementedError),
)
LONGEST = 1_000_000  # characters of one document; spaCy takes no more
Found = Iterator[Record | Problem]


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a member of an archive: `name` is its stem, `path` how the report calls it.

    `columns` says which field of a record is what (text, title, id, published, source, url), where a guess is unwanted.
    """

    path: str
    name: str
    data: bytes
    columns: Mapping[str, str] = field(default_factory=dict)

    def decoded(self, declared: str = "") -> Decoded:
        """The text of the bytes; raises ReadError with the path filled in."""
        try:
            return decode(self.data, declared)
        except ReadError as error:
            raise ReadError(self.path, error.what, error.remedy) from None


@cache
def column_names() -> dict[str, tuple[str, ...]]:
    return {meaning: tuple(names) for meaning, names in table("sources")["columns"].items()}


def choose_columns(given: list[str], wanted: Mapping[str, str], path: str) -> dict[str, str]:
    """Meaning -> name of the field that holds it, from the fields there are.

    >>> choose_columns(["标题", "正文", "日期"], {}, "a.csv")
    {'text': '正文', 'title': '标题', 'published': '日期'}
    >>> choose_columns(["a", "b"], {"text": "b"}, "a.csv")
    {'text': 'b'}
    """
    for meaning, name in wanted.items():
        if name not in given:
            raise ReadError(path, f"there is no column {name} for {meaning}", f"choose from {', '.join(given[:12])}")
    lower: dict[str, str] = {}
    for name in given:
        lower.setdefault(name.strip().lower(), name)
    chosen = {}
    for meaning, names in column_names().items():
        if meaning in wanted:
            chosen[meaning] = wanted[meaning]
            continue
        for name in names:
            if name in lower:
                chosen[meaning] = lower[name]
                break
    return chosen


def record_from_fields(
    source: Source, fields: Mapping[str, object], columns: Mapping[str, str], number: int
) -> Record | Problem:
    """One row or one JSON object as a record; `number` counts from 1 and names it where it has no id."""
    where = f"{source.path}:{number}"
    values = {meaning: as_text(fields.get(name)) for meaning, name in columns.items()}
    text = values.pop("text", "")
    if not text.strip():
        return Problem(where, "the record holds no text", "name its column, or remove the record")
    identifier = values.pop("id", "").strip() or f"{source.name}-{number}"
    title = values.get("title", "").strip()
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n{text}"
    return Record(identifier, where, text, {key: value.strip() for key, value in values.items() if value.strip()})


def as_text(value: object) -> str:
    """A field as text: a list of paragraphs becomes lines.

    >>> as_text(["第一段。", "第二段。"]), as_text(None), as_text(12)
    ('第一段。\\n第二段。', '', '12')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(as_text(part) for part in value)
    return str(value)
