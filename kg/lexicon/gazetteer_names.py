"""The names of divisions, zones and groups as one index for reading text, and how far each name can be trusted."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.scan import WordScan


class Entry(NamedTuple):
    """What a name may stand for. `form`: full, alias, short, former, zone, group, town, or passed (no region)."""

    key: str
    form: str


class Names(NamedTuple):
    """`places`: all names, nested ones too; `weak`: full names that need an anchor all the same.

    `trust` tells how short names behave, `last` the last year of a former name.
    """

    places: WordScan
    entries: dict[str, tuple[Entry, ...]]
    weak: frozenset[str]
    doubtful: frozenset[str]
    trust: dict[str, str]
    last: dict[tuple[str, str], int]


@cache
def names() -> Names:
    """The index over provinces, prefectures and counties (towns are found by their endings, villages in their county).

    >>> names().entries["唐县"][0].key, "唐县" in names().weak
    ('region:130627', True)
    >>> names().trust["合作"], names().trust["涿州"]
    ('words', 'clear')
    """
    words, behave = table("regions"), table("county_names")
    found: dict[str, dict[Entry, None]] = defaultdict(dict)
    weak = set(behave["full"].split())
    words_too = set(behave["words"].split())
    gaz = gazetteer()
    for d in gaz.divisions.values():
        key = PREFIX + d.code
        found[d.name][Entry(key, "full")] = None
        if len(d.name) == 2 or (d.name[:-1] in words_too and len(d.name) == 3):
            weak.add(d.name)
        if d.short != d.name and not d.name.endswith(words["tails"]["new_area"]):
            found[d.short][Entry(key, "short")] = None
        for alias in (*d.aliases, *(d.short + tail for end in words["autonomous"] if d.name.endswith(end)
                                    for tail in words["autonomous"][end])):
            found[alias][Entry(key, "alias")] = None
    for f in gaz.former:
        found[f.name][Entry(PREFIX + f.code, "former")] = None
        if len(f.name) == 2:
            weak.add(f.name)
    for name, code in words["nicknames"].items():
        found[name][Entry(PREFIX + code, "alias")] = None
    for name, zone in words["zones"].items():
        for printed in (name, *zone.get("names", ())):
            found[printed][Entry(PREFIX + name, "zone")] = None
    for name in words["groups"]:
        found[name][Entry(PREFIX + name, "group")] = None
    for name in words["passed"]["words"].split():
        found[name] = {Entry("", "passed"): None}
    return Names(
        WordScan((name for name in found if len(name) > 1), nested=True),
        {name: tuple(entries) for name, entries in found.items()},
        frozenset(weak),
        frozenset(behave["prefectures"].split()),
        {name: kind for kind in ("words", "mixed", "clear") for name in behave[kind].split()},
        {(f.name, PREFIX + f.code): f.last for f in gaz.former},
    )


@cache
def town_endings() -> re.Pattern[str]:
    """Where the name of a town may end."""
    return re.compile("|".join(table("regions")["tails"]["listed"]))


@cache
def village_endings() -> re.Pattern[str]:
    """Where the name of a village may end."""
    return re.compile("|".join(table("regions")["tails"]["village"]))


@cache
def generic(kind: str) -> frozenset[str]:
    """What may stand before 镇 (`township`) or 村 (`village`) without making a name."""
    return frozenset(table("regions")["generic"][kind].split())


@cache
def openers() -> tuple[str, ...]:
    """Words that begin a phrase and no name of a village (建设, 走访)."""
    return tuple(table("regions")["generic"]["openers"].split())


@cache
def characters(kind: str) -> frozenset[str]:
    """Characters that no name of a town or village holds (`stop`), or that may stand right before one (`start`)."""
    return frozenset(table("regions")["generic"][kind])
