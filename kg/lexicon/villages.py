"""The villages of China by county, small in memory: a province is unpacked when a text first names a village there.

What is kept of a province are its counties, packed each by itself; those that were asked last are kept open.
"""

from __future__ import annotations

import lzma
import zlib
from functools import cache, lru_cache
from itertools import groupby

from kg.lexicon import DATA

COUNTY = 6  # digits of the code of a county
OPEN = 64  # counties that are kept unpacked: those of a few articles
QUICK = 1  # zlib's level: a province is packed once and only for its size in memory


@cache
def _packed(province: str) -> dict[str, bytes]:
    """County code to its lines, packed."""
    path = DATA / "divisions" / "villages" / f"{province}.tsv.xz"
    if not path.is_file():
        return {}
    lines = lzma.decompress(path.read_bytes()).decode("utf-8").splitlines()
    return {county: zlib.compress("\n".join(towns).encode("utf-8"), QUICK)
            for county, towns in groupby(lines, key=lambda line: line[:COUNTY])}


@lru_cache(maxsize=OPEN)
def towns_of(county: str) -> tuple[str, ...]:
    """The towns of a county with their villages: code of a town, a tab, the stems of its villages between bars.

    >>> [line[:9] for line in towns_of("130624") if "寺口" in line]
    ['130624105']
    >>> towns_of("999999")
    ()
    """
    packed = _packed(county[:2]).get(county)
    return tuple(zlib.decompress(packed).decode("utf-8").split("\n")) if packed else ()


def towns_with(stem: str, within: str) -> list[str]:
    """Codes of the towns in county or town *within* that have a village of this stem (村, 社区 cut off).

    >>> towns_with("寺口", "130624")
    ['130624105']
    """
    lines = [line for line in towns_of(within[:6]) if stem in line and line.startswith(within)]
    written = (stem, f"{stem}s", f"{stem}.")
    return [line[:9] for line in lines if any(_is_one(entry, written) for entry in line[10:].split("|"))]


def transposed(stem: str, within: str) -> list[str]:
    """Village stems of county or town *within* that hold the same characters in another order.

    >>> transposed("洪南城", "130627")
    ['南洪城']
    """
    letters = sorted(stem)
    found: dict[str, None] = {}
    for line in towns_of(within[:6]):
        if line.startswith(within):
            for entry in line[10:].split("|"):
                name = entry.lstrip("0123456789").rstrip("s.")
                if name != stem and len(name) == len(stem) and sorted(name) == letters:
                    found.setdefault(name)
    return list(found)


def _is_one(entry: str, written: tuple[str, ...]) -> bool:
    """Whether an entry of villages is one of the forms in which a stem is *written*, figures before it aside."""
    return any(entry.endswith(form) and (entry == form or entry[: -len(form)].isdecimal()) for form in written)
