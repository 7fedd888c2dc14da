"""The pairs that an article has told of so far, for sentences that leave one or both of them out."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Mention

Pair = tuple[Mention, Mention]


class Partners:
    """Who helps whom, as the sentences before have said it."""

    def __init__(self) -> None:
        self._pairs: list[tuple[Pair, bool]] = []

    def add(self, giver: Mention, taker: Mention, named: bool) -> None:
        """Take a pair in; it is *named* where the text spells out both, and not by a letter each (苏陕协作)."""
        self._pairs.append(((giver, taker), named))

    def last(self) -> Pair | None:
        """The pair that a sentence without any means: the last one that was spelled out, else the last one."""
        named = [pair for pair, named in self._pairs if named] or [pair for pair, _ in self._pairs]
        return named[-1] if named else None

    def taker(self, givers: Iterable[Mention]) -> tuple[Mention, ...]:
        """Whom these help: by the last pair of one of them. 武进区…投入资金 goes to no department of its partner."""
        keys = {giver.key for giver in givers}
        found = [pair for pair, _ in self._pairs if pair[0].key in keys]
        return found[-1][1:] if found else ()
