"""Events as sets of fillers (kind, start, where, who): which found one a labelled one pairs with, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

Filler = tuple[str, str]
Fillers = set[Filler]
ROLES: Final = ("kind", "start", "where", "who")
TELLING_NOTHING: Final = {("kind", "visit"), ("kind", "meeting")}  # too common to pair two events by


def paired(found: Sequence[Fillers], wanted: Sequence[Fillers]) -> dict[int, int]:
    """From positions of found events to those of the wanted ones that they share most fillers with.

    >>> paired([{("kind", "visit"), ("start", "2019-05-21")}], [{("kind", "visit")}, {("start", "2019-05-21")}])
    {0: 1}
    >>> paired([{("kind", "visit")}], [{("kind", "visit")}])
    {}
    """
    near = sorted(
        ((len(f & w), i, j) for i, f in enumerate(found) for j, w in enumerate(wanted) if (f & w) - TELLING_NOTHING),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for _, i, j in near:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def line(event: Fillers, name: Callable[[str], str]) -> str:
    """An event in one line, with the names of its places and of the people in it.

    >>> line({("who", "o2"), ("kind", "visit"), ("where", "r1"), ("who", "o1")}, str.upper)
    'visit | R1 | O1、O2'
    """
    told = {role: sorted(value for r, value in event if r == role) for role in ROLES}
    named = [*told["kind"], *told["start"], "、".join(sorted(map(name, told["where"]))),
             "、".join(sorted(map(name, told["who"])))]
    return " | ".join(part for part in named if part)


def differences(found: Fillers, wanted: Fillers, name: Callable[[str], str]) -> Iterator[tuple[str, str, str]]:
    """How two events that are paired differ: (missed or spurious, the role, the filler and the event).

    >>> list(differences({("kind", "visit"), ("who", "o1")}, {("kind", "visit"), ("who", "o2")}, str.upper))
    [('missed', 'event who', 'O2 <- visit | O2'), ('spurious', 'event who', 'O1 <- visit | O2')]
    """
    event = line(wanted, name)
    for how, left in (("missed", wanted - found), ("spurious", found - wanted)):
        for role, value in sorted(left):
            yield how, f"event {role}", f"{name(value) if role in ROLES[2:] else value} <- {event}"
