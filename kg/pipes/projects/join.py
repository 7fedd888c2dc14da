"""One project, several names: 平山蓝莓产业园 for 石家庄平山蓝莓产业园, and the quoted words alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.bodies.find import own
from kg.pipes.bodies.short import abbreviates, truncates
from kg.pipes.names.context import Context
from kg.pipes.projects.quoted import MARKS

LEAST = 3  # characters of a name without the word for what it is
_MARKED = frozenset(f"projects.{rule}" for rule in ("quoted", "called", "listed", "numbered", "twin", "tagged"))


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(table("projects")["same"]["quoted"])


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
    for i, key in enumerate(ordered):
        full = [other for other in ordered[:i] if other not in merged and (
            same(names[key], names[other]) or same(_core(key), _core(other)))]
        if len(full) == 1:
            merged[key] = full[0]
    joined = [replace(m, key=merged.get(m.key, m.key), name=names[merged.get(m.key, m.key)]) for m in found]
    return sorted([*joined, *_again(context, joined)], key=lambda m: (m.start, -m.end))


def _core(key: str) -> str:
    return key.removeprefix("project:")


def same(short: str, full: str) -> bool:
    """Whether a shorter name is the end of a longer one, or the longer one with 项目 or the like after it.

    Words in marks that open both names, or that are the whole of one, make them one: “云谷”项目, “云谷”.
    """
    words = _marked(full).translate(MARKS)
    if words and words in (_marked(short).translate(MARKS), short.translate(MARKS)):
        return True
    short, full = short.translate(MARKS), full.translate(MARKS)
    for word, other in table("projects")["same"]["words"].items():
        short, full = short.replace(word, other), full.replace(word, other)
    short, full = _plain(short), _plain(full)
    if short == full or (len(short) > 6 and short[-4:] == full[-4:] and abbreviates(short, full)):
        return True
    if truncates(short, full) and not short.endswith(tuple(table("projects")["same"]["works"])):
        return True
    return len(short) > 3 and (full.endswith(short) or (full.startswith(short) and len(full) - len(short) < 3))


def _marked(name: str) -> str:
    """The words in marks that open a name, empty where there are none."""
    found = _quoted().match(name)
    return found[1] if found else ""


def _plain(name: str) -> str:
    """A name without the word for what it is, where enough of it is left.

    >>> _plain("青石公益跑活动"), _plain("公益活动")
    ('青石公益跑', '公益活动')
    """
    word = next((w for w in table("projects")["same"]["tails"] if name.endswith(w)), "")
    return name.removesuffix(word) if len(name) - len(word) > LEAST else name


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
