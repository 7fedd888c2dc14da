"""The administrative divisions of China, from province to village, as keys that know names, levels and parents.

A key is `region:` and an id: six digits for a county and above, nine for a town, `ID/NAME` for a place known by name
below another, or the bare name of a zone or group of regions (`region:雄安新区`, `region:京津冀`).
Its towns are in `kg.lexicon.towns`, its villages in `kg.lexicon.villages`.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property, lru_cache

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX, Division, Former, divisions, former
from kg.lexicon.towns import Towns


class Gazetteer:
    """Keys are `region:130627` and the like (see kg/model/mention.py)."""

    @cached_property
    def divisions(self) -> dict[str, Division]:
        """All provinces, prefectures and counties of today by code."""
        return divisions()

    @cached_property
    def former(self) -> tuple[Former, ...]:
        """Names of divisions that have gone out of use since 2000."""
        return former()

    @cached_property
    def towns(self) -> Towns:
        """All towns, those gone since 2000 among them."""
        return Towns(self.divisions)

    def shorts(self, level: str) -> tuple[str, ...]:
        """The short names of all divisions of a level, by code.

        >>> gazetteer().shorts("province")[:3]
        ('北京', '天津', '河北')
        """
        return tuple(d.short for d in self.divisions.values() if d.level == level)

    @cached_property
    def _gone(self) -> dict[str, Former]:
        return {f.code: f for f in self.former if not f.followed}

    @cached_property
    def _areas(self) -> dict[str, tuple[str, ...]]:
        """Zones and groups with the codes they cover."""
        words = table("regions")
        found = {name: tuple(zone["hosts"]) for name, zone in words["zones"].items()}
        return found | {name: tuple(codes) for name, codes in words["groups"].items()}

    def area(self, key: str) -> str:
        """The code of the town or county that holds a place (its own where it is one), or ""."""
        codes = (above.removeprefix(PREFIX) for above in self.ancestors(key))
        return next((code for code in codes if code.isdigit()), "")

    def parent(self, key: str) -> str:
        """The key of the region that holds this one, or "".

        >>> gazetteer().parent("region:130627110/南洪城村"), gazetteer().parent("region:130627110")
        ('region:130627110', 'region:130627')
        >>> gazetteer().parent("region:110105"), gazetteer().parent("region:雄安新区")
        ('region:110000', 'region:130600')
        """
        place = key.removeprefix(PREFIX)
        if "/" in place:
            return PREFIX + place.rpartition("/")[0]
        if place.isdigit():
            if len(place) > 6 and (place[:6] in self.divisions or place[:6] in self._gone):
                return PREFIX + place[:6]
            place = place[:6]
            for above in (place[:4] + "00", place[:2] + "0000"):
                if PREFIX + above != key and above in self.divisions:
                    return PREFIX + above
            return ""
        hosts = self._areas.get(place, ())
        holding = [a for a in self.ancestors(PREFIX + hosts[0]) if all(self.inside(PREFIX + h, a) or PREFIX + h == a
                                                                       for h in hosts)] if hosts else []
        return holding[0] if holding else ""

    @lru_cache(maxsize=65536)  # noqa: B019 (one gazetteer for the process)
    def ancestors(self, key: str) -> tuple[str, ...]:
        """The key itself and the regions that hold it, smallest first."""
        above = self.parent(key)
        return (key, *self.ancestors(above)) if above else (key,)

    def inside(self, child: str, parent: str) -> bool:
        """Whether region key *child* lies (at any depth) in region key *parent*; False for equal keys.

        >>> gazetteer().inside("region:130627", "region:130000"), gazetteer().inside("region:130627", "region:130627")
        (True, False)
        """
        return child != parent and parent in self.ancestors(child)

    def level(self, key: str) -> str:
        """province, prefecture, county, township, village, zone or group; "" where unknown."""
        place = key.removeprefix(PREFIX)
        if place in self.divisions:
            return self.divisions[place].level
        if place in self._gone:
            return "prefecture" if place.endswith("00") else "county"
        if "/" in place:
            return "township" if place.endswith(tuple(table("regions")["tails"]["township"])) else "village"
        if place.isdigit():
            return "township" if len(place) == 9 else ""
        if place in table("regions")["groups"]:
            return "group"
        return "zone" if place in self._areas else ""

    def own_name(self, key: str) -> str:
        """The name without what is above, 唐县."""
        place = key.removeprefix(PREFIX)
        if "/" in place:
            return place.rpartition("/")[2]
        if place in self.divisions:
            return self.divisions[place].name
        if place in self._gone:
            return self._gone[place].name
        return self.towns.names.get(place, place) if place.isdigit() else place

    def name(self, key: str) -> str:
        """The full path, 河北省保定市唐县; a zone or group stands alone.

        >>> gazetteer().name("region:130627110/南洪城村")
        '河北省保定市唐县齐家佐镇南洪城村'
        """
        if self.level(key) in ("zone", "group"):
            return self.own_name(key)
        return "".join(self.own_name(k) for k in reversed(self.ancestors(key)))

    def short(self, key: str) -> str:
        """The name without its suffix where the tables know one (唐山 for 唐山市), else the own name."""
        place = key.removeprefix(PREFIX)
        return self.divisions[place].short if place in self.divisions else self.own_name(key)

    def adcode(self, key: str) -> str:
        """The six-digit code of a county or above, else ""."""
        place = key.removeprefix(PREFIX)
        return place if len(place) == 6 and place.isdigit() else ""

    def point(self, key: str) -> tuple[float, float] | None:
        """Latitude and longitude of the centre; a town or village takes its county's, a zone its first host's."""
        hosts = self._areas.get(key.removeprefix(PREFIX), ())
        for above in self.ancestors(PREFIX + hosts[0] if hosts else key):
            found = self.divisions.get(above.removeprefix(PREFIX))
            if found and (found.latitude or found.longitude):
                return found.latitude, found.longitude
        return None

    def members(self, key: str) -> tuple[str, ...]:
        """The keys of the regions that a zone or group is made of."""
        return tuple(PREFIX + code for code in self._areas.get(key.removeprefix(PREFIX), ()))

    def children(self, key: str) -> tuple[str, ...]:
        """The divisions directly below a province or prefecture, or the towns of a county, by code."""
        place = key.removeprefix(PREFIX)
        if self.level(key) == "county" or place not in self.divisions:
            return tuple(PREFIX + c for c in sorted(self.towns.names) if c.startswith(place))
        return tuple(PREFIX + c for c in self.divisions if c[:2] == place[:2] and self.parent(PREFIX + c) == key)

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for d in self.divisions.values():
            for name in (d.name, d.short, *d.aliases):
                found[name].setdefault(PREFIX + d.code)
        for f in self.former:
            found[f.name].setdefault(PREFIX + f.code)
        for name in self._areas:
            found[name].setdefault(PREFIX + name)
        return {name: tuple(keys) for name, keys in found.items()}

    def find(self, name: str, within: str = "") -> tuple[str, ...]:
        """All keys that may bear this name (full, short, alias or former; towns by full name), those inside *within*.

        >>> gazetteer().find("朝阳区", "region:110000")
        ('region:110105',)
        >>> gazetteer().find("唐县")
        ('region:130627',)
        """
        found = self._by_name.get(name, ()) + tuple(PREFIX + code for code in self.towns.called(name))
        return tuple(key for key in found if not within or self.inside(key, within))


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of the process, loaded at the first call."""
    return Gazetteer()
