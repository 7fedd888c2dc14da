"""Whose a body is that tells only the level of its region, where the article has named it in full before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.bodies.leveled import levels_of
from kg.pipes.names.context import Context
from kg.pipes.regions.home import LEVELS


def named_before(context: Context, found: list[Mention], home: Callable[[str], str]) -> list[Mention]:
    """The mentions; one that tells only a level gets the key of the one body that the text has named in full before.

    云谷市助餐中心, and then 市助餐中心: that of 云谷 where *home(level)* tells of no other, or only of the city above
    it that the article never names.
    """
    full = [(m, region) for m in found if (region := _region(context, m)) is not None]
    if not full:
        return found
    seen = {region.key for region in context.places.values()}
    return [_moved(context, m, full, seen, home) for m in found]


def _region(context: Context, m: Mention) -> Mention | None:
    """The region that opens the words of a body, or None."""
    chain = context.chain(m.start)
    return chain[-1] if chain and chain[-1].end < m.end else None


def _moved(context: Context, m: Mention, full: Iterable[tuple[Mention, Mention]], seen: set[str],
           home: Callable[[str], str]) -> Mention:
    words, gaz = context.text[m.start : m.end], gazetteer()
    level = next((word for word, kind in levels_of().items() if kind in LEVELS and words.startswith(word)), "")
    if not level or m.start in context.places:
        return m
    fitting = {(other.key, other.name, region.key) for other, region in full
               if other.end <= m.start and context.text[region.end : other.end] == words[len(level) :]
               and gaz.own_name(region.key).endswith(level)}
    if len(fitting) != 1:
        return m
    key, name, region_key = fitting.pop()
    at_home = home(levels_of()[level])
    house = m.attrs.get("kind") in ("hospital", "school")  # 市医院 is the one that the article tells of
    if key == m.key or at_home == region_key or (
            at_home and ((at_home in seen and not house) or not gaz.inside(region_key, at_home))):
        return m
    if any(s.start <= m.start < s.end and s.start <= other.start < s.end for s in context.sentences
           for other, _ in full if other.key == key):
        return m
    return replace(m, key=key, name=name)
