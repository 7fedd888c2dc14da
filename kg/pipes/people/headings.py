"""Whose leaders a heading names that tells no posts: 省领导甲某、乙某, 高新区领导丙某, 省军区领导丁某."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.people.grammar import grammar
from kg.pipes.people.levels import Carried
from kg.pipes.people.tails import Tails


@dataclass(frozen=True, slots=True)
class Led:
    """The region or body of a heading, the words that stand for it there (none where it is named), and the title."""

    key: str
    deictic: tuple[int, int]
    title: str


def led(text: str, tails: Tails, start: int, end: int) -> Led | None:
    """What the heading at start..end is about, where it names one thing only."""
    words = text[start:end].removeprefix(table("joints")["list"]["more"])
    near = [m for m in tails.regions if m.start < start <= m.end <= start + 3 and m.end < end]
    named = near or [m for m in tails.bodies if _heads(m, start, end)]
    if named and named[0].start and text[named[0].start - 1] in table("joints")["list"]["pair"]:
        return None
    if near:
        return Led(near[0].key, (0, 0), words)
    if named:
        return Led(named[0].key, (0, 0), text[named[0].end : end])
    level = next((w for w in table("posts")["classes"] if words.startswith(w)), "")
    if not level:
        return None
    zone = next((z for z in grammar().zones if text.endswith(z, 0, start + len(level))), "")
    if zone:
        area = tails.area(zone, start)
        return Led(area, (0, 0), text[start + len(level) : end]) if area else None
    key = tails.region(level, Carried(), start)
    return Led(key, (start, start + len(level)), words) if key else None


def _heads(body: Mention, start: int, end: int) -> bool:
    """Whether the name of a body ends where the word for its leaders begins: 省军区|领导."""
    return body.start < start <= body.end <= end - len(table("posts")["leaders"]["word"])
