"""Bodies that the text itself tells to be one: by a short name in a bracket, by a name of before, by a second name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.bodies.short import said_names, stages
from kg.pipes.names.context import Context


@cache
def _renamed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between two names of one body, and what stands after the second where a bracket was opened."""
    lists = table("enterprises")["renamed"]
    return re.compile(lists["between"]), re.compile(lists["closed"])


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(table("enterprises")["renamed"]["bracketed"])


def told(context: Context, found: list[Mention], merged: dict[str, str]) -> Iterator[set[str]]:
    """Keys (as *merged* has them) of the bodies that are one.

    青石县教育促进会（简称“青教促”）, and 青教促 elsewhere; 云谷市农业学校（现云谷职业学院）; 青石（ABC）, and 青石.
    """
    by_words: dict[tuple[str, str], set[str]] = {}
    by_start: dict[int, list[Mention]] = {}
    for m in found:
        by_words.setdefault((m.category, context.text[m.start : m.end]), set()).add(merged.get(m.key, m.key))
        by_start.setdefault(m.start, []).append(m)
    for m in found:
        key = merged.get(m.key, m.key)
        for name in said_names(context.text, m.end):
            yield {key} | by_words.get((m.category, name), set())
        inside = _bracketed().fullmatch(context.text, m.start, m.end)
        if inside:
            for part in inside.groups():
                yield {key} | by_words.get((m.category, part), set())
        between, closed = _renamed()
        gap = between.match(context.text, m.end)
        if gap is None:
            continue
        for other in (o for start in {gap.end(), gap.end("open")} for o in by_start.get(start, ())):
            words = context.text[m.start : m.end], context.text[other.start : other.end]
            if gap["double"]:
                if m.category == other.category and _two_names(*words):
                    yield {key, merged.get(other.key, other.key)}
                continue
            said = gap["said"] or gap["free"] or not _shared(words[0], m, other)
            if said and other.category == m.category and (gap["free"] or closed.match(context.text, other.end)):
                yield {key, merged.get(other.key, other.key)}


def _two_names(one: str, other: str) -> bool:
    """Whether 暨 joins two names of one house: a hospital and what the university calls it.

    >>> _two_names("云谷市第二医院", "石桥医科大学附属云谷医院"), _two_names("云谷大学", "石桥大学")
    (True, False)
    """
    ends: list[str] = table("enterprises")["renamed"]["double"]
    return any(one.endswith(end) and other.endswith(end) for end in ends)


def _shared(words: str, m: Mention, other: Mention) -> bool:
    """Whether one of two names that only a bracket ties may be of another body under the same roof.

    农业农村部（乡村振兴局） are two offices, and a campus is more than the school that a bracket names with it.
    """
    lists = table("enterprises")["renamed"]
    latin = other.name.isascii() or words.isascii()
    firm = m.category == "enterprise" and not latin and not stages(words)  # 云岭汽车（青石汽车）: two of a list
    return firm or bool({m.rule, other.rule} & set(lists["roofs"])) or words.endswith(tuple(lists["not_ends"]))
