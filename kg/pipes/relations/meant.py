"""Which project a later sentence means that names only its kind: 此次招聘会, 本次活动, 该产业园."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from kg.lexicon import table
from kg.model import Mention

LOOSE: Final = frozenset({"", "programme"})  # kinds of project that 此次活动 may mean without sharing a word
NEXT: Final = 120  # characters back in which 此次展览 may mean what was told there under a name without that word
NEAR: Final = 300  # characters back in which a bare 活动 looks for its name
AFTER: Final = 30  # characters behind a name in which the word for its kind may stand


def meant(words: str, place: int, projects: Sequence[Mention], text: str) -> str:
    """The key of the project that *words* at *place* mean, "" for none: the one whose name shares most with them.

    The only one of the article may have a name of another kind; so may the last for a bare 活动, or where no word for
    it is told at all (主办单位:甲局), houses and places between them aside. Where no name shares anything, what is said
    behind a name tells its kind (“春风行动”|退役军人专场招聘会); else a show or a contest is the one campaign told
    right before (“自在云谷”开幕。此次展览由…).
    """
    lists = table("relations/words")["lists"]
    words = words.strip(lists["marks"])
    sole = len({m.key for m in projects}) == 1
    if words.endswith(tuple(lists["doings"])):  # what is done in a house is no house: 文化活动中心
        projects = [m for m in projects if not m.name.endswith(tuple(lists["houses"]))]
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    pairs |= {short for kind, short in lists["kinds"].items() if words.endswith(kind)}
    houses = tuple(lists["houses"])
    if sole and projects and _loose(projects[0], houses) and (
            not words or words.endswith(tuple(lists["alone"])) or any(p in projects[0].name for p in pairs)):
        return projects[0].key
    count = Counter(m.key for m in projects)
    for said in (lambda m: m.name, lambda m: _behind(m, text, lists["ends"])):
        shared = [(sum(p in said(m) for p in pairs), count[m.key], m.key) for m in projects]
        best = max(shared, default=(0, 0, ""))
        if best[0]:
            return best[2]
        if words in lists["bare"] or not words:
            break
    if words.endswith(tuple(lists["doings"])) and words not in lists["bare"]:
        near = {m.key for m in projects if place - m.end < NEXT and _loose(m, houses)}
        return near.pop() if len(near) == 1 else ""
    told = (m for m in reversed(projects) if place - m.end < NEAR and _loose(m, houses))
    return next((m.key for m in told), "") if words in lists["bare"] or not words else ""


def _loose(m: Mention, houses: tuple[str, ...]) -> bool:
    """Whether a bare 活动 may mean a project: a campaign or what may be one, but no house or place."""
    kind = m.attrs.get("kind", "")
    return kind in LOOSE and (bool(kind) or not m.name.endswith(houses))


def _behind(m: Mention, text: str, ends: str) -> str:
    """The words behind a name, up to the end of the clause."""
    words = text[m.end : m.end + AFTER]
    return words[: next((i for i, c in enumerate(words) if c in ends), len(words))]
