"""Short names that keep characters of a full one from somewhere inside it on: 婚促会 for 中华两岸婚姻协调促进会."""

from __future__ import annotations

from kg.lexicon import table
from kg.pipes.bodies.short import truncates

LEAST = 3  # characters of a short name
KEPT = 2  # characters on either side of a word that is left out


def condensed(short: str, full: str, seated: bool) -> bool:
    """Whether *short* is the end of *full*, from some word on, cut short or without a word that says nothing.

    *seated*: a region opens the short name; it then must stand in the full one too.

    >>> condensed("婚促会", "中华两岸婚姻协调促进会", False), condensed("公积金中心", "青石住房公积金管理中心", False)
    (True, True)
    >>> condensed("唐县政务中心", "唐县政务服务中心", True), condensed("唐县医院", "唐县中医院", True)
    (True, False)
    >>> condensed("茶叶协会", "青石茶叶营销协会", False), condensed("中国银行", "青石中国工商银行", False)
    (False, False)
    """
    if len(short) < LEAST or len(short) >= len(full) or short[-1] != full[-1]:
        return False
    if full.endswith(tuple(table("organisations")["alike"]["branches"])) != short.endswith(
            tuple(table("organisations")["alike"]["branches"])):
        return False
    opening = short[: KEPT if seated else 1]
    starts = [p for p in range(len(full) - len(short)) if full.startswith(opening, p)]
    starts = starts[:1] if seated else starts
    return any((p and truncates(short, full[p:])) or _without(short, full[p:]) for p in starts)


def _without(short: str, full: str) -> bool:
    """Whether a word that says nothing is all that the short name lacks."""
    left = len(full) - len(short)
    return any(full[:i] == short[:i] and full[i + left :] == short[i:] and full[i : i + left] in _empty()
               for i in range(KEPT, len(short) - KEPT + 1))


def _empty() -> list[str]:
    words: list[str] = table("organisations")["alike"]["empty"]
    return words
