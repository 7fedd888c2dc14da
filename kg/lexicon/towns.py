"""The towns of China, by their names in full, as the news prints them, and shortened in a list of their county's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property, lru_cache

from kg.lexicon import table
from kg.lexicon.divisions import MIXED, MUNICIPALITIES, PREFIX, Division, read
from kg.lexicon.ready import kept


def _broad(code: str) -> str:
    """The head of a town's code that it keeps when its county is made another one: of the prefecture, or the province.

    >>> _broad("330204007"), _broad("500228201")
    ('3302', '50')
    """
    return code[:2] if code[2:4] == MIXED or code[:2] in MUNICIPALITIES else code[:4]


class Towns:
    """A town is a code of nine digits, the first six those of its county.

    >>> from kg.lexicon.divisions import divisions
    >>> towns = Towns(divisions())
    >>> towns.called("王林口镇", "130624"), towns.called("福明街道")
    (['130624105'], ['330212014'])
    >>> towns.printed_codes["万松街道"], "博爱县月山镇" in towns.printed_codes
    ('420103008', False)
    >>> towns.by_stem("拉林", "region:230184"), towns.stems("130624")["王林口"]
    ('region:230184101', 'region:130624105')
    """

    def __init__(self, divisions: Mapping[str, Division]) -> None:
        self._divisions = divisions

    @cached_property
    def codes(self) -> dict[str, str]:
        """Town name to its codes, separated by a space, those of today first; `~2021`: gone after that year."""
        return dict(line.split("\t") for line in read("towns.tsv.xz"))

    @cached_property
    def printed_codes(self) -> dict[str, str]:
        """The same with the names that the news prints: 周口店镇 for 周口店地区, 月山镇 for 博爱县月山镇."""
        found: dict[str, str] = kept("gazetteer", "printed_towns", self._printed)
        return found

    def _printed(self) -> dict[str, str]:
        found = dict(self.codes)
        tails = table("regions")["tails"]
        street, area = tails["street_full"], tails["area"]
        ends = ((tails["street"] + street, street), (area, tails["town"]))  # 街 twice at the end, 地区
        listed = tuple(tails["listed"])
        for name, codes in self.codes.items():
            plain = self._plain.get(name, name)
            called = next((plain.removesuffix(end) + short for end, short in ends if plain.endswith(end)), plain)
            for printed in dict.fromkeys((plain, called)):
                if printed != name:
                    found[printed] = f"{found[printed]} {codes}" if printed in found else codes
            if plain != name and plain.endswith(listed):
                del found[name]
        return found

    @cached_property
    def _plain(self) -> dict[str, str]:
        """The towns whose names hold their county or a bracket, without these."""
        tails = table("regions")["tails"]
        bracket, listed = tails["bracket"], tuple(tails["listed"])
        counties = {code: division.name for code, division in self._divisions.items()}
        found = {}
        for name, codes in self.codes.items():
            plain = name.split(bracket)[0]
            county = counties.get(codes[:6], "")
            if county and plain.startswith(county) and len(plain) > len(county) + 2 and plain.endswith(listed):
                plain = plain.removeprefix(county)
            if plain != name:
                found[name] = plain
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Code to name, without what `_plain` leaves out; of a code used twice the name of today."""
        found: dict[str, str] = kept("gazetteer", "town_codes", self._coded)
        return found

    def _coded(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, codes in self.codes.items():
            plain = self._plain.get(name, name)
            for code in codes.split(" "):
                found.setdefault(code[:9], plain)
                if len(code) == 9:
                    found[code] = plain
        return found

    def called(self, name: str, county: str = "") -> list[str]:
        """Codes of the towns called *name* (in the county with that code); towns of today before those gone.

        A code of a county that is gone is left out where the prefecture has a town of today with the name.
        """
        return self._not_gone([c[:9] for c in self.codes.get(name, "").split(" ") if c.startswith(county) and c])

    def printed(self, name: str) -> list[str]:
        """Codes of the towns that the news prints so, as in `called`."""
        return self._not_gone([code[:9] for code in self.printed_codes.get(name, "").split(" ") if code])

    def _not_gone(self, codes: list[str]) -> list[str]:
        if len(codes) < 2:
            return codes
        today = [code for code in codes if code[:6] in self._divisions]
        return [c for c in codes if c in today or not any(other.startswith(_broad(c)) for other in today)]

    @cached_property
    def _by_county(self) -> dict[str, list[str]]:
        """County code to the codes of its towns."""
        found: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self.names):
            found[code[:6]].append(code)
        return found

    def by_stem(self, stem: str, county: str) -> str:
        """The key of the one town of a county that a stem means: with another ending, or with a people's name in it."""
        found = {}
        tails = table("regions")["tails"]
        for code in self._by_county.get(county.removeprefix(PREFIX), ()):
            name = self.names[code]
            rest = name[len(stem) :]
            if name.startswith(stem) and (rest in tails["township"] or tails["people"] in rest[:-1]):
                found[code] = name
        return PREFIX + next(iter(found)) if len(found) == 1 else ""

    @lru_cache(maxsize=256)  # noqa: B019 (one of these for the process)
    def stems(self, county: str) -> dict[str, str]:
        """What the towns of a county may be called in a list: their beginnings from two characters on, if unique."""
        found: dict[str, list[str]] = defaultdict(list)
        for code in self._by_county.get(county, ()):
            name = self.names[code]
            stem = next((name[: -len(t)] for t in table("regions")["tails"]["township"] if name.endswith(t)), name)
            for size in range(2, len(stem) + 1):
                found[stem[:size]].append(PREFIX + code)
        return {stem: keys[0] for stem, keys in found.items() if len(keys) == 1}
