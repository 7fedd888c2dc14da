"""The administrative divisions of China, from province to village, as keys that know names, levels and parents."""

from __future__ import annotations

from functools import cache


class Gazetteer:
    """To be written; keys are `region:130627` and the like (see kg/model/mention.py)."""

    def inside(self, child: str, parent: str) -> bool:
        """Whether region key *child* lies (at any depth) in region key *parent*; False for equal keys."""
        return False

    def parent(self, key: str) -> str:
        """The key of the region that holds this one, or ""."""
        return ""

    def level(self, key: str) -> str:
        """province, prefecture, county, township, village, zone or group; "" where unknown."""
        return ""

    def name(self, key: str) -> str:
        """The full path, 河北省保定市唐县."""
        return ""


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of the process, loaded at the first call."""
    return Gazetteer()
