"""The tables of divisions as they stand: provinces, prefectures and counties of today, and names gone out of use."""

from __future__ import annotations

import lzma
from typing import NamedTuple

from kg.lexicon import DATA

PREFIX = "region:"
LEVELS = ("", "province", "prefecture", "county")
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})  # provinces that have counties and no prefectures
MIXED = "90"  # stands for the prefecture in the codes of counties right below a province


class Division(NamedTuple):
    """A province, prefecture or county of today."""

    code: str
    level: str
    name: str
    short: str
    latitude: float
    longitude: float
    aliases: tuple[str, ...]


class Former(NamedTuple):
    """A name that a division bore until the year `last`; `code` is today's code, or the old one where none follows."""

    name: str
    code: str
    last: int
    followed: bool


def read(name: str) -> list[str]:
    """The lines of a table of divisions."""
    path = DATA / "divisions" / name
    data = path.read_bytes()
    return (lzma.decompress(data) if name.endswith(".xz") else data).decode("utf-8").splitlines()


def divisions() -> dict[str, Division]:
    """All provinces, prefectures and counties of today by code."""
    found = {}
    for line in read("divisions.tsv")[1:]:
        code, level, name, short, latitude, longitude, aliases = line.split("\t")
        point = (float(latitude or 0), float(longitude or 0))
        more = tuple(filter(None, aliases.split(";")))
        found[code] = Division(code, LEVELS[int(level)], name, short, *point, more)
    return found


def former() -> tuple[Former, ...]:
    """Names of divisions that have gone out of use since 2000."""
    found = []
    for line in read("former.tsv")[1:]:
        name, code, last, successor = line.split("\t")
        found.append(Former(name, code, int(last), bool(successor)))
    return tuple(found)
