"""The pairs that an article has told of so far, for sentences that leave one or both of them out."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Mention

Pair = tuple[Mention, Mention]


class Partners:
    """Who helps whom, as the sentences before have said it."""

    def __init__(self) -> None:
        self._pairs: list[tuple[Pair, bool, int]] = []

    def add(self, giver: Mention, taker: Mention, named: bool, place: int = -1) -> None:
        """Take a pair in; it is *named* where the text spells out both, and not by a letter each (苏陕协作).

        Pairs that one verb tells share its *place*.
        """
        self._pairs.append(((giver, taker), named, place))

    def last(self) -> tuple[Mention, tuple[Mention, ...]] | None:
        """The giver and receivers that a sentence without any means: those spelled out last, else the last ones."""
        return self._told([one for one in self._pairs if one[1]] or self._pairs)

    def taker(self, givers: Iterable[Mention]) -> tuple[Mention, ...]:
        """Whom these help: by the last pair of one of them. 武进区…投入资金 goes to no department of its partner.

        >>> city, *towns = (Mention(0, 2, "region", f"region:{name}", name, "test") for name in "甲乙丙丁")
        >>> known = Partners()
        >>> for town, place in zip(towns, (3, 9, 9)): known.add(city, town, True, place)
        >>> [town.name for town in known.taker([city])]
        ['丙', '丁']
        """
        keys = {giver.key for giver in givers}
        told = self._told([one for one in self._pairs if one[0][0].key in keys])
        return told[1] if told else ()

    @staticmethod
    def _told(pairs: list[tuple[Pair, bool, int]]) -> tuple[Mention, tuple[Mention, ...]] | None:
        if not pairs:
            return None
        (giver, taker), _, place = pairs[-1]
        takers = {other.key: other for (one, other), _, where in pairs if one.key == giver.key and where == place}
        return giver, tuple(takers.values()) if place >= 0 else (taker,)
