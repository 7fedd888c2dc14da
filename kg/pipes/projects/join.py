"""One project, several names: 平山蓝莓产业园 for 石家庄平山蓝莓产业园, and the quoted words alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.bodies.short import said_names
from kg.pipes.names.context import Context
from kg.pipes.names.generic import own
from kg.pipes.projects.alike import same, written_alike
from kg.pipes.projects.quoted import MARKS

BARE = 3  # characters behind the region of a name that make it one
_MARKED = frozenset(f"projects.{rule}" for rule in ("quoted", "called", "listed", "numbered", "twin", "tagged"))


@cache
def _edition() -> re.Pattern[str]:
    return re.compile(table("projects")["edition"]["number"])


def join(context: Context, found: list[Mention]) -> list[Mention]:
    """The mentions with one key for each project, and with its short names elsewhere in the text."""
    names: dict[str, str] = {}
    for m in sorted(found, key=lambda m: (-len(m.name), m.start)):
        names.setdefault(m.key, m.name)
    merged: dict[str, str] = {}
    ordered = sorted(names, key=lambda k: (-len(names[k]), k))
    given = _given(context, found)
    places = _placed(context, found)
    for i, key in enumerate(ordered):
        told = {merged.get(other, other) for other in ordered[:i] if (other, key) in given or (key, other) in given}
        if len(told) == 1:
            merged[key] = told.pop()
            continue
        for alike in (written_alike, same):
            bare = "" if places[key] else _core(key).translate(MARKS)
            fitting = [other for other in ordered[:i] if _placed_alike(places[key], places[other])
                       or any(bare == name for _, name in places[other])
                       or alike(names[key], names[other]) or alike(_core(key), _core(other))]
            full = {merged.get(other, other) for other in fitting}
            if len(full) > 1 and (edition := _edition().match(names[key])):
                full = {merged.get(other, other) for other in fitting if names[other].startswith(edition[0])}
            if len(full) == 1:
                merged[key] = full.pop()
                break
    joined = [replace(m, key=merged.get(m.key, m.key), name=names[merged.get(m.key, m.key)]) for m in found]
    return sorted([*joined, *_again(context, joined)], key=lambda m: (m.start, -m.end))


def _core(key: str) -> str:
    return key.removeprefix("project:")


def _given(context: Context, found: list[Mention]) -> set[tuple[str, str]]:
    """A project and the short name that a bracket behind it gives (以下简称“青博会”)."""
    short: dict[str, set[str]] = {}
    for m in found:
        short.setdefault(context.text[m.start : m.end].translate(MARKS), set()).add(m.key)
    given = {(m.key, key) for m in found for name in said_names(context.text, m.end)
             for key in short.get(name, ()) if key != m.key}
    return given | _titled(context.text, found)


def _titled(text: str, found: list[Mention]) -> set[tuple[str, str]]:
    """A project in marks and the subtitle behind its dash, where that is a project too: “暖阳工程”——歌舞进石桥行动."""
    dash = table("projects")["same"]["dash"]
    heads = {(m.key, m.end + len(dash)) for m in found if text.startswith(dash, m.end)}
    return {(key, m.key) for key, place in heads for m in found
            if m.key != key and text.startswith(text[m.start : m.end], place)}


def _placed(context: Context, found: list[Mention]) -> dict[str, set[tuple[str, str]]]:
    """The region at the head of each project's names and what stands behind it: 曲阳定瓷小镇, 曲阳县定瓷小镇."""
    placed: dict[str, set[tuple[str, str]]] = {m.key: set() for m in found}
    for m in found:
        chain = context.chain(m.start)
        if chain and chain[-1].end + BARE <= m.end:
            placed[m.key].add((chain[-1].key, context.text[chain[-1].end : m.end].translate(MARKS)))
    return placed


def _placed_alike(ones: set[tuple[str, str]], others: set[tuple[str, str]]) -> bool:
    """Whether two projects bear one name behind one region, or behind a region and one inside it."""
    inside = gazetteer().inside
    return any(name == other and (a == b or inside(a, b) or inside(b, a)) for a, name in ones for b, other in others)


def _again(context: Context, found: list[Mention]) -> list[Mention]:
    """Mentions of the parts of a name that stand for it: without its region or owner, or the words in quotes."""
    shorts: dict[str, Mention] = {}
    bare: set[str] = set()
    for m in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        words = context.text[m.start : m.end]
        if m.rule in _MARKED:
            shorts.setdefault(words, m)
            continue
        base = _core(m.key)
        edition = _edition().match(words)
        if edition and len(words) - edition.end() > 3:
            shorts.setdefault(words[edition.end() :], m)
        if base != words and words.startswith(base):
            shorts.setdefault(base, m)
        place = m.start
        for region in context.chain(m.start):
            place = region.end
            rest = context.text[place : m.start + min(len(base), len(words))]
            if len(rest) > 3 and own(rest[: -2]):
                shorts.setdefault(rest, m)
                bare.add(rest)
    taken = {(m.start, m.end) for m in found}
    ends = {region.end for region in context.places.values()}
    more: list[Mention] = []
    for short in sorted(shorts, key=lambda s: (-len(s), s)):
        full = shorts[short]
        place = context.text.find(short)
        while place >= 0:
            span = (place, place + len(short))
            inside = any(s.start <= span[0] and span[1] <= s.end for s in context.sentences)
            another = short in bare and place in ends  # 石桥社区服务站 is not the 服务站 of another community
            if inside and not another and not any(o[0] < span[1] and span[0] < o[1] for o in taken):
                more.append(replace(full, start=span[0], end=span[1], rule="projects.short", score=0.7))
                taken.add(span)
            place = context.text.find(short, place + 1)
    return more
