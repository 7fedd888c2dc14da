"""Companies that other words show: in a list beside known ones, or behind the word for what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import table
from kg.lexicon.names import names
from kg.model import Mention
from kg.pipes.names.borders import SIGNS
from kg.pipes.names.context import Context
from kg.pipes.names.generic import generic, rare

SHORTEST, LONGEST, LATIN = 2, 8, 16  # characters of a name
PERSON, ODDS = 3, 1.0  # characters and log odds of a name of a person


@cache
def after_pattern() -> re.Pattern[str]:
    """The word for what a company is, and a brand behind it."""
    return re.compile(table("enterprises")["named_after"]["pattern"])


@cache
def posts() -> re.Pattern[str]:
    """Words of posts and of goods, which no company's name holds."""
    return re.compile(table("enterprises")["row"]["posts"])


def named_after(context: Context, start: int, end: int) -> Iterator[Mention]:
    """Brands behind the word for what their company is, in characters start..end."""
    never = table("enterprises")["named_after"]["not_in"]
    for m in after_pattern().finditer(context.text, start, end):
        name = m["name"]
        short = len(name) <= SHORTEST and not name.isascii()
        strange = _strange(context, m.start("name"), m.end("name"), len(name))
        if short or not strange or any(word in name for word in never):
            continue
        yield Mention(m.start("name"), m.end("name"), "enterprise", f"body:{name}", name, "bodies.named_after", 0.6)


def rows(context: Context, found: Sequence[Mention]) -> list[Mention]:
    """The unknown items of lists in which several companies are known."""
    lists = table("enterprises")["row"]
    spans = {m.start: m for m in found if m.category == "enterprise"}
    taken = sorted((m.start, m.end) for m in found)
    more: list[Mention] = []
    for sentence in context.sentences:
        if sum(sentence.start <= start < sentence.end for start in spans) < lists["known"]:
            continue
        for items in _lists(context.text, sentence.start, sentence.end, lists["mark"]):
            known = [i for i in items if any(i[0] <= a < i[1] and i[1] == m.end for a, m in spans.items())]
            strange = [i for i in items if not any(a < i[1] and i[0] < b for a, b in taken)]
            if len(known) < lists["known"] or len(strange) > lists["strange"] * len(known):
                continue
            for a, b in strange:
                name = context.text[a:b]
                short = any(name in context.text[m.start : m.end] or name in m.name for m in found)
                odd = short or posts().search(name) or any(word in name for word in lists["not_in"])
                if not odd and _strange(context, a, b, SHORTEST):
                    more.append(Mention(a, b, "enterprise", f"body:{name}", name, "bodies.row", 0.6))
    return more


def _lists(text: str, start: int, end: int, mark: str) -> Iterator[list[tuple[int, int]]]:
    """The inner items of each list between two signs: all but its first and the rest behind its last."""
    place = start
    for i in range(start, end + 1):
        if i < end and text[i] not in SIGNS:
            continue
        parts = text[place:i].split(mark)
        if len(parts) > 2:
            items, at = [], place
            for n, part in enumerate(parts):
                if n == len(parts) - 1:
                    part = _first(part)
                if part:
                    items.append((at, at + len(part)))
                at += len(parts[n]) + len(mark)
            yield items
        place = i + 1


def _first(part: str) -> str:
    """The last item of a list without the words behind it: 璟川车桥|等国内外整车厂."""
    cut = part.find(table("organisations")["generic"]["etc"])
    return part[:cut] if cut > 0 else ""


def _strange(context: Context, start: int, end: int, least: int) -> bool:
    """Whether no common word, region or border makes the characters start..end; *least* of them must be rare."""
    name = context.text[start:end]
    longest = LATIN if name.isascii() else LONGEST
    if not SHORTEST <= len(name) <= longest or not name.isalpha() or generic(name):
        return False
    if any(start <= place < end for place in context.places) or context.borders.crosses(start, end):
        return False
    person = len(name) <= PERSON and names().score(name) > ODDS
    return not person and (rare(name) >= least or name.isascii())
