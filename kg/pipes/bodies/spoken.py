"""Bodies as the news speaks of them: 西安公安 is 西安市公安局, 黄浦警方 is 上海市公安局黄浦分局."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.bodies.leveled import levels_of
from kg.pipes.names.context import Context

LONGEST = 15  # characters of the longest name of a division

Kind = tuple[str, str, str]  # the rule, the words that it keeps, the region or what stands in its place


@cache
def _rules() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Category, name and pattern of each rule."""
    return tuple((entry["category"], entry["id"], re.compile(pattern))
                 for entry in table("organisations")["spoken"] for pattern in entry["patterns"])


def spoken(context: Context, found: list[Mention], merged: dict[str, str]) -> list[set[str]]:
    """Keys (as *merged* has them) of bodies that are one: of one kind and one region, and of one rank (支队, 大队)."""
    kinds: dict[Kind, dict[str, set[str]]] = {}
    places = sorted(context.places.values(), key=lambda r: (r.start, r.end))
    for m in found:
        for kind, rank in _kinds(context, m, places):
            kinds.setdefault(kind, {}).setdefault(rank, set()).add(merged.get(m.key, m.key))
    groups = []
    for ranks in kinds.values():
        plain = ranks.pop("", set())
        groups += [plain.union(*ranks.values())] if len(ranks) < 2 else [plain, *ranks.values()]
    return groups


def _kinds(context: Context, m: Mention, places: list[Mention]) -> Iterator[tuple[Kind, str]]:
    """What a body is, and its rank (大队) or nothing, by its words and by its full name."""
    texts = sorted({_spelled(context, m, places), m.name})
    told = [(number, rule, groups) for text in texts for number, rule, groups in _told(m.category, text)]
    for _, rule, groups in sorted(told, key=itemgetter(0)):
        region = named(groups["of"])
        if groups.get("part"):
            inner = {k for k in gazetteer().find(groups["part"], region) if k != region} if region else set()
            region = min(inner) if len(inner) == 1 else ""
        elif not region and groups["of"] not in levels_of():  # 省公安厅 is that of any province
            region = groups["of"]
        if region:
            yield (rule, groups.get("word") or "", region), groups.get("rank") or ""


@lru_cache(maxsize=4096)
def _told(category: str, text: str) -> tuple[tuple[int, str, dict[str, Any]], ...]:
    """The rules that fit a name, by their number, with what each reads out of it."""
    fitting = ((n, rule, pattern.fullmatch(text)) for n, (of, rule, pattern) in enumerate(_rules()) if of == category)
    return tuple((number, rule, said.groupdict()) for number, rule, said in fitting if said is not None)


def _spelled(context: Context, m: Mention, regions: list[Mention]) -> str:
    """The words of a mention with its regions by their full names; a short one that the text elsewhere gives in full.

    西安公安 is 陕西省西安市公安.
    """
    places, words, at = gazetteer(), "", m.start
    if at not in context.places:
        for region in regions:
            short = places.short(region.key)
            if len(short) > 1 and context.text.startswith(short, at) and at + len(short) < m.end:
                words, at = places.name(region.key), at + len(short)
                break
    while at < m.end:
        chain = [r for r in context.chain(at) if r.end <= m.end]
        words += places.name(chain[-1].key) if chain else context.text[at]
        at = chain[-1].end if chain else at + 1
    return words


@lru_cache(maxsize=1024)
def named(path: str) -> str:
    """The key of the division that has this full name, empty where none has.

    >>> named("河北省保定市唐县"), named("唐县中级")
    ('region:130627', '')
    """
    for size in range(min(len(path), LONGEST), 1, -1):
        for key in gazetteer().find(path[-size:]):
            if gazetteer().name(key) == path:
                return key
    return ""
