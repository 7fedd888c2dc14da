"""What an extraction depends on, as one hash: the record, the program that reads it, and the user's own words.

Everything in the package counts as the program but the rooms that come after extraction: too much rather than too
little, for a key that misses a change would keep what is no longer so.
"""

from __future__ import annotations

import json
import platform
import unicodedata
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from kg.model import Record

PACKAGE: Final = Path(__file__).parent.parent
# Rooms and modules whose change cannot change what a record says (kg/sources makes the record, which is hashed itself).
AFTER: Final = frozenset({
    "__main__.py", "cli.py", "commands", "decide", "engines", "export", "graph", "memory.py", "reading", "resolve",
    "sources", "store", "views",
})
CODEC: Final = "store/codec.py"
# What kg reads with beside itself: another version may read otherwise.
LIBRARIES: Final = ("spacy", "numpy", "ahocorasick-rs", "opencc-python-reimplemented")
WRITERS: Final = ("networkx", "pyvis")  # and what it draws and writes with
SIZE: Final = 16  # bytes of a key


@cache
def program(package: Path = PACKAGE) -> bytes:
    """A hash of the code, the lexicon and the tagger that read, and of what they run on."""
    found = blake2b(digest_size=SIZE)
    _hash_files(found, package, after=False)
    runs_on = [platform.python_version(), platform.machine(), unicodedata.unidata_version]
    found.update("\0".join([*runs_on, *map(_version, LIBRARIES)]).encode())
    return found.digest()


def _hash_files(found: blake2b, package: Path, after: bool) -> None:
    """Hash the files that read, or those of the rooms *after* extraction: code, words and whatever the page is of."""
    for file in sorted(package.rglob("*")):
        name = file.relative_to(package).as_posix()
        first = name.partition("/")[0]
        if (first in AFTER and name != CODEC) != after or "__pycache__" in name or not file.is_file():
            continue
        found.update(f"{name}\0{file.stat().st_size}\0".encode())
        found.update(file.read_bytes())


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return library


def reading(lexicon: Path | None, model: bool) -> bytes:
    """A hash of all that is the same for every record of a run: the program, the user's own words, the options."""
    return _with(program(), lexicon, b"model" if model else b"rules")


def noted(lexicon: Path | None) -> bytes:
    """A hash of all that the answers of pure functions depend on beside their questions."""
    return _with(everything(), lexicon, b"notes")


def _with(program: bytes, lexicon: Path | None, options: bytes) -> bytes:
    found = blake2b(program, digest_size=SIZE)
    found.update(options)
    if lexicon is not None:
        found.update(lexicon.read_bytes())
    return found.digest()


@cache
def everything(package: Path = PACKAGE) -> bytes:
    """A hash of the whole program: what any function of it answers depends on nothing else but its question."""
    found = blake2b(program(package), digest_size=SIZE)
    _hash_files(found, package, after=True)
    found.update("\0".join(map(_version, WRITERS)).encode())
    return found.digest()


def content(record: Record) -> bytes:
    """A hash of what a record holds: its id, its text and what its source knows of it; not where it stands.

    >>> one = Record("a", "old/a.txt", "正文", {"title": "标题"})
    >>> content(one) == content(Record("a", "new/a.txt", "正文", {"title": "标题"}))
    True
    >>> content(one) == content(Record("a", "old/a.txt", "正文", {"title": "题"}))
    False
    """
    held = json.dumps([record.id, record.text, sorted(record.meta.items())])
    return blake2b(held.encode(), digest_size=SIZE).digest()


def key(reading: bytes, content: bytes) -> bytes:
    """The key of what one record says, read in one way."""
    return blake2b(reading + content, digest_size=SIZE).digest()
