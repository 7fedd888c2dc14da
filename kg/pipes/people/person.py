"""A person as a sentence shows one: the name, the reading that found it, and the titles said there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.pipes.people.names import Name
from kg.pipes.people.posts import Chain


@dataclass(frozen=True, slots=True)
class Found:
    """A person found at one place. `chain` holds the titles said there; `heading` the words of a leaders' heading.

    `former` and `dated`: whether the post is said to be over, or from when it was held.
    """

    name: Name
    rule: str
    chain: Chain | None = None
    heading: tuple[int, int] = (0, 0)
    former: bool = False
    dated: bool = False


def characters(found: Iterable[Found]) -> set[int]:
    """The places of all characters of their names.

    >>> sorted(characters([Found(Name(3, 5, "甲某", 1.0), "titled"), Found(Name(8, 9, "乙", 1.0), "told")]))
    [3, 4, 8]
    """
    return {place for person in found for place in range(person.name.start, person.name.end)}
