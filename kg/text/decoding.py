"""From bytes to text: marks, strict UTF-8, then the likeliest of GB18030, Big5-HKSCS and UTF-16, or a refusal."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from kg.errors import ReadError
from kg.text.tables import is_han, mean_level

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an office file"),
    (b"%PDF", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old office file (.doc, .xls)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format", "a database"),
)
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
LIKELY = (
    -34.0
)  # mean level of the worst text that is still taken for Chinese; prose stands near -24, a wrong guess below -38
MARGIN = 2.0  # by how much the best guess must beat the second
_ASCII = bytes(range(128))
DAMAGE = 0.002  # share of broken characters up to which a text is still read


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text; `encoding` says how it was read, with what was repaired on the way."""

    text: str
    encoding: str


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of *data*. *declared* is what the source says of its encoding; it decides only between equals.

    >>> decode("扶贫协作".encode("gb18030"))
    Decoded(text='扶贫协作', encoding='gb18030')
    >>> decode("对口支援".encode("utf-8").decode("latin-1").encode("utf-8")).text
    '对口支援'

    Raises ReadError where the bytes are no text or no guess is good enough.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _mended(*_marked(data[len(mark) :], encoding))
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise ReadError("", f"this is no text but {what}", "give it the right suffix, or convert it to text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if text.count("\0") <= len(text) * DAMAGE:
            return _mended(text, "utf-8")
    return _guessed(data, declared)


def _marked(data: bytes, encoding: str) -> tuple[str, str]:
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > max(1, len(text) * DAMAGE * 5):
        raise ReadError("", f"the byte-order mark says {encoding}, the bytes are something else", "save it as UTF-8")
    return text, f"{encoding} with mark"


def _guessed(data: bytes, declared: str) -> Decoded:
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    if (
        broken <= max(4, len(damaged) * DAMAGE)
        and mean_level(damaged.replace("\ufffd", "")) > LIKELY
        and len(damaged) > 20
    ):
        return Decoded(damaged, f"utf-8, {broken} broken")
    found = []
    for encoding in _GUESSES:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= max(1, len(text) * DAMAGE):
            found.append((mean_level(text), encoding == _plain(declared), encoding, text))
    found.sort(key=lambda guess: (-guess[0], not guess[1]))
    if not found or found[0][0] < LIKELY:
        raise ReadError("", "the encoding cannot be told, or this is no Chinese text", "save it as UTF-8")
    if len(found) > 1 and found[0][0] - found[1][0] < MARGIN:
        stated = [guess for guess in found if guess[1] and found[0][0] - guess[0] < MARGIN]
        if not stated:
            names = f"{found[0][2]} or {found[1][2]}"
            raise ReadError("", f"the encoding is in doubt ({names})", "save it as UTF-8")
        found = stated
    return Decoded(found[0][3], found[0][2])


def _plain(declared: str) -> str:
    name = declared.strip().lower().replace("_", "-")
    if name in {"gb2312", "gbk", "gb18030", "x-gbk", "cp936"}:
        return "gb18030"
    if name in {"big5", "big5-hkscs", "big5hkscs", "cp950"}:
        return "big5hkscs"
    return name


def _mended(text: str, encoding: str) -> Decoded:
    repaired = unmangle(text)
    return (
        Decoded(text, encoding)
        if repaired is None
        else Decoded(repaired[0], f"{encoding}, holding {repaired[1]} read as latin-1")
    )


def unmangle(text: str) -> tuple[str, str] | None:
    """What a text in UTF-8 or GBK was before somebody read it as Latin-1, or None where it is no such text.

    >>> unmangle("扶贫协作".encode("gbk").decode("latin-1"))
    ('扶贫协作', 'gb18030')
    >>> unmangle("扶贫协作") is None
    True
    """
    sample = text[:20_000]
    high = len(sample.encode("latin-1", "ignore").translate(None, _ASCII))
    if high < 4 or high < 0.3 * sum(map(len, sample.split())):
        return None
    if sum(map(is_han, sample)) > 0.02 * len(sample):
        return None
    try:
        data = b"".join(_byte(char) for char in text)
    except UnicodeEncodeError:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            repaired = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if mean_level(repaired) > LIKELY:
            return repaired, encoding
    return None


def _byte(char: str) -> bytes:
    return bytes([ord(char)]) if char <= "\xff" else char.encode("cp1252")
