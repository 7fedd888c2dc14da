"""The administrative divisions of China, from province to village, as keys that know names, levels and parents.

A key is `region:` and an id: six digits for a county and above, nine for a town, `ID/NAME` for a place known by name
below another, or the bare name of a zone or group of regions (`region:雄安新区`, `region:京津冀`).
Villages are read province by province, when a text first names one there.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from kg.lexicon import DATA, table
from kg.lexicon.ready import kept
from kg.lexicon.villages import towns_of

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


def _read(name: str) -> list[str]:
    path = DATA / "divisions" / name
    data = path.read_bytes()
    return (lzma.decompress(data) if name.endswith(".xz") else data).decode("utf-8").splitlines()


def _broad(code: str) -> str:
    """The head of a town's code that it keeps when its county is made another one: of the prefecture, or the province.

    >>> _broad("330204007"), _broad("500228201")
    ('3302', '50')
    """
    return code[:2] if code[2:4] == MIXED or code[:2] in MUNICIPALITIES else code[:4]


def _is_one(entry: str, written: tuple[str, ...]) -> bool:
    """Whether an entry of villages is one of the forms in which a stem is *written*, figures before it aside."""
    return any(entry.endswith(form) and (entry == form or entry[: -len(form)].isdecimal()) for form in written)


class Gazetteer:
    """Keys are `region:130627` and the like (see kg/model/mention.py)."""

    @cached_property
    def divisions(self) -> dict[str, Division]:
        """All provinces, prefectures and counties of today by code."""
        found = {}
        for line in _read("divisions.tsv")[1:]:
            code, level, name, short, latitude, longitude, aliases = line.split("\t")
            point = (float(latitude or 0), float(longitude or 0))
            more = tuple(filter(None, aliases.split(";")))
            found[code] = Division(code, LEVELS[int(level)], name, short, *point, more)
        return found

    def shorts(self, level: str) -> tuple[str, ...]:
        """The short names of all divisions of a level, by code.

        >>> gazetteer().shorts("province")[:3]
        ('北京', '天津', '河北')
        """
        return tuple(d.short for d in self.divisions.values() if d.level == level)

    @cached_property
    def former(self) -> tuple[Former, ...]:
        """Names of divisions that have gone out of use since 2000."""
        found = []
        for line in _read("former.tsv")[1:]:
            name, code, last, successor = line.split("\t")
            found.append(Former(name, code, int(last), bool(successor)))
        return tuple(found)

    @cached_property
    def _gone(self) -> dict[str, Former]:
        return {f.code: f for f in self.former if not f.followed}

    @cached_property
    def town_names(self) -> dict[str, str]:
        """Town name to its codes, separated by a space, those of today first; `~2021`: gone after that year."""
        return dict(line.split("\t") for line in _read("towns.tsv.xz"))

    @cached_property
    def printed_towns(self) -> dict[str, str]:
        """The same with the names that the news prints: 周口店镇 for 周口店地区, 月山镇 for 博爱县月山镇.

        >>> gazetteer().printed_towns["万松街道"], "博爱县月山镇" in gazetteer().printed_towns
        ('420103008', False)
        """
        found: dict[str, str] = kept("gazetteer", "printed_towns", self._printed)
        return found

    def _printed(self) -> dict[str, str]:
        found = dict(self.town_names)
        tails = table("regions")["tails"]
        street, area = tails["street_full"], tails["area"]
        ends = ((tails["street"] + street, street), (area, tails["town"]))  # 街 twice at the end, 地区
        listed = tuple(tails["listed"])
        for name, codes in self.town_names.items():
            plain = self._plain_towns.get(name, name)
            called = next((plain.removesuffix(end) + short for end, short in ends if plain.endswith(end)), plain)
            for printed in dict.fromkeys((plain, called)):
                if printed != name:
                    found[printed] = f"{found[printed]} {codes}" if printed in found else codes
            if plain != name and plain.endswith(listed):
                del found[name]
        return found

    @cached_property
    def _plain_towns(self) -> dict[str, str]:
        """The towns whose names hold their county or a bracket, without these."""
        tails = table("regions")["tails"]
        bracket, listed = tails["bracket"], tuple(tails["listed"])
        counties = {code: division.name for code, division in self.divisions.items()}
        found = {}
        for name, codes in self.town_names.items():
            plain = name.split(bracket)[0]
            county = counties.get(codes[:6], "")
            if county and plain.startswith(county) and len(plain) > len(county) + 2 and plain.endswith(listed):
                plain = plain.removeprefix(county)
            if plain != name:
                found[name] = plain
        return found

    @cached_property
    def _town_codes(self) -> dict[str, str]:
        found: dict[str, str] = kept("gazetteer", "town_codes", self._coded)
        return found

    def _coded(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, codes in self.town_names.items():
            plain = self._plain_towns.get(name, name)
            for code in codes.split(" "):
                found.setdefault(code[:9], plain)
                if len(code) == 9:
                    found[code] = plain
        return found

    @cached_property
    def _areas(self) -> dict[str, tuple[str, ...]]:
        """Zones and groups with the codes they cover."""
        words = table("regions")
        found = {name: tuple(zone["hosts"]) for name, zone in words["zones"].items()}
        return found | {name: tuple(codes) for name, codes in words["groups"].items()}

    def towns(self, name: str, county: str = "") -> list[str]:
        """Codes of the towns called *name* (in the county with that code); towns of today before those gone.

        A code of a county that is gone is left out where the prefecture has a town of today with the name.

        >>> gazetteer().towns("王林口镇", "130624"), gazetteer().towns("福明街道")
        (['130624105'], ['330212014'])
        """
        return self._not_gone([c[:9] for c in self.town_names.get(name, "").split(" ") if c.startswith(county) and c])

    def printed(self, name: str) -> list[str]:
        """Codes of the towns that the news prints so, as in `towns`."""
        return self._not_gone([code[:9] for code in self.printed_towns.get(name, "").split(" ") if code])

    def _not_gone(self, codes: list[str]) -> list[str]:
        if len(codes) < 2:
            return codes
        today = [code for code in codes if code[:6] in self.divisions]
        return [c for c in codes if c in today or not any(other.startswith(_broad(c)) for other in today)]

    @cached_property
    def _county_towns(self) -> dict[str, list[str]]:
        """County code to the codes of its towns."""
        found: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self._town_codes):
            found[code[:6]].append(code)
        return found

    def town_by_stem(self, stem: str, county: str) -> str:
        """The key of the one town of *county* that this stem means: with another ending, or with a people's name in it.

        >>> gazetteer().town_by_stem("拉林", "region:230184")
        'region:230184101'
        """
        found = {}
        tails = table("regions")["tails"]
        for code in self._county_towns.get(county.removeprefix(PREFIX), ()):
            name = self._town_codes[code]
            rest = name[len(stem) :]
            if name.startswith(stem) and (rest in tails["township"] or tails["people"] in rest[:-1]):
                found[code] = name
        return PREFIX + next(iter(found)) if len(found) == 1 else ""

    @lru_cache(maxsize=256)  # noqa: B019 (one gazetteer for the process)
    def town_stems(self, county: str) -> dict[str, str]:
        """What the towns of a county may be called in a list: their beginnings of two characters and more, if unique.

        >>> gazetteer().town_stems("130624")["王林口"]
        'region:130624105'
        """
        found: dict[str, list[str]] = defaultdict(list)
        for code in self._county_towns.get(county, ()):
            name = self._town_codes[code]
            stem = next((name[: -len(t)] for t in table("regions")["tails"]["township"] if name.endswith(t)), name)
            for size in range(2, len(stem) + 1):
                found[stem[:size]].append(PREFIX + code)
        return {stem: keys[0] for stem, keys in found.items() if len(keys) == 1}

    def area(self, key: str) -> str:
        """The code of the town or county that holds a place (its own where it is one), or ""."""
        codes = (above.removeprefix(PREFIX) for above in self.ancestors(key))
        return next((code for code in codes if code.isdigit()), "")

    def villages(self, stem: str, within: str) -> list[str]:
        """Codes of the towns in county or town *within* that have a village of this stem (村, 社区 cut off).

        >>> gazetteer().villages("寺口", "130624")
        ['130624105']
        """
        lines = [line for line in towns_of(within[:6]) if stem in line and line.startswith(within)]
        written = (stem, f"{stem}s", f"{stem}.")
        return [line[:9] for line in lines if any(_is_one(entry, written) for entry in line[10:].split("|"))]

    def transposed(self, stem: str, within: str) -> list[str]:
        """Village stems of county or town *within* that hold the same characters in another order.

        >>> gazetteer().transposed("洪南城", "130627")
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
        return self._town_codes.get(place, place) if place.isdigit() else place

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
            return tuple(PREFIX + c for c in sorted(self._town_codes) if c.startswith(place))
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
        found = self._by_name.get(name, ()) + tuple(PREFIX + code for code in self.towns(name))
        return tuple(key for key in found if not within or self.inside(key, within))


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of the process, loaded at the first call."""
    return Gazetteer()
