"""Zip archives of articles: members are read by the reader of their suffix; no bombs, no archives in archives."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from kg import sources
from kg.errors import ReadError
from kg.model import Problem
from kg.sources.source import BROKEN_ARCHIVE, Found, Source

_MEMBER = 64 << 20  # bytes of one member, unpacked
_ALL = 512 << 20  # bytes of the whole archive, unpacked
_UTF8 = 0x800  # flag of a member whose name is UTF-8


def read(source: Source) -> Found:
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except BROKEN_ARCHIVE as error:
        raise ReadError(source.path, f"this is no sound archive ({error})", "pack it again") from None
    left = _ALL
    with archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            name = PurePosixPath(_name(info))
            where = f"{source.path}!{name}"
            if info.filename.endswith("/"):
                continue
            if any(part.startswith((".", "__MACOSX")) for part in name.parts):
                yield Problem(where, "hidden or temporary", kind="skipped")
                continue
            suffix = name.suffix.lower()
            if suffix == ".zip" or suffix not in sources.FORMATS:
                yield Problem(where, f"no reader for {suffix or 'a file without suffix'} in an archive", kind="skipped")
                continue
            try:
                with archive.open(info) as member:
                    data = member.read(min(_MEMBER, left) + 1)
            except BROKEN_ARCHIVE as error:
                yield Problem(where, f"the member cannot be unpacked ({error})"[:200], "unpack it yourself")
                continue
            if len(data) > min(_MEMBER, left):
                yield Problem(
                    where,
                    f"the member unpacks to more than {_MEMBER:,} bytes, or the archive to more than {_ALL:,}",
                    "unpack it yourself",
                )
                continue
            left -= len(data)
            yield from sources.read_source(Source(where, name.stem, data, source.columns), suffix)


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; archives packed on a Chinese Windows say cp437 and mean GB18030."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
