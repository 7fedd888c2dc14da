"""Bodies that only tell the level of their region: 县苹果协会, 市城管委, 区消防救援大队, 镇总工会.

The level stands after a border; the region is the home region of the article at that level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.pipes.names.borders import alternation
from kg.pipes.names.context import Context

SCORE = 0.92


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """The pattern of levels, words and heads, and what each head makes of a name."""
    groups = table("leveled")["head"]
    kinds: dict[str, tuple[str, str]] = {}
    for group in groups.values():
        for word in group["words"]:
            kinds.setdefault(word, (group["category"], group.get("kind", "")))
    firm = alternation(w for g in groups.values() if not g.get("closed") for w in g["words"]).pattern
    closed = alternation(w for g in groups.values() if g.get("closed") for w in g["words"]).pattern
    words = table("leveled")["core"]
    levels = alternation(levels_of()).pattern
    return re.compile(f"(?P<level>{levels})(?P<core>{words['pattern']}"
                      f"(?P<head>{firm}|(?:{closed})(?={words['after']})))"), kinds


@cache
def levels_of() -> dict[str, str]:
    """Word of a level to the level: 县 to county, 镇 to township."""
    return {word: level for level, words in table("leveled")["levels"].items() for word in words}


@cache
def _scan() -> WordScan:
    return WordScan(levels_of())


def leveled(context: Context, start: int, end: int, home: Callable[[str, int], str],
            document: str) -> Iterator[Mention]:
    """The bodies of the home region in characters start..end; *home(level, place)* tells what that is.

    Where nobody knows whose a body is, its key holds the *document*: it must not meet another one.
    """
    found = _scan().words(context.text, start, end)
    if not found:
        return
    pattern, kinds = _pattern()
    words = table("leveled")["core"]
    joining = table("name_borders")["border"]["joining"]
    place = start
    for first, _ in found:
        if first < place or (first > start and not (
                context.text[first - 1 : first] in joining or context.borders.opens(first))):
            continue
        m = pattern.match(context.text, first, end)
        if m is None:
            continue
        core, rest = m["core"], m["core"][: len(m["core"]) - len(m["head"])]
        if core.startswith(tuple(words["not_start"])) or any(word in core for word in words["not_in"]):
            continue
        if m["head"] in words["needs_more"] and (not rest or rest in words["plain"]):
            continue
        if core.startswith(tuple(levels_of())):
            continue
        if context.borders.crosses(m.start(), m.end()) or any(m.start() <= r < m.end() for r in context.places):
            continue
        if context.text.startswith(tuple(words["not_before"]), m.end()):
            continue
        category, kind = kinds[m["head"]]
        key = home(levels_of()[m["level"]], m.start())
        name = gazetteer().name(key) + core if key else m[0]
        attrs: dict[str, str | int | float | bool] = {"kind": kind} if kind else {}
        body = f"body:{name}" if key else f"body:{document}/{name}"
        yield Mention(m.start(), m.end(), category, body, name, "bodies.leveled", SCORE, True, attrs)
        place = m.end()
