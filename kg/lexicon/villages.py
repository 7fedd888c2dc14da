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
