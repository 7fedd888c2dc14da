"""Bodies named again before a title, where nothing marked them: 某某分局甲处处长、|某某分局乙处|副处长."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.pipes.people.grammar import grammar
from kg.pipes.people.posts import PREFIX, begins_title

SHORTEST: Final = 5  # characters of a name that nothing else can be
STOPS: Final = "、，,。；;：:！？!?\n“”‘’《》【】|"


def again(text: str, bodies: Sequence[Mention], regions: Sequence[Mention],
          cut: Sequence[tuple[int, int]] = ()) -> list[Mention]:
    """The places before a title, or before a department and a title, where the name of one of *bodies* stands unmarked.

    *cut*: where names stood that gave way to what they are in.

    >>> text = "青石管理局局长甲某、青石管理局规划处处长乙某"
    >>> body = Mention(0, 5, "organization", "body:a", "青石管理局", "bodies.department", 0.9)
    >>> [(m.start, m.end) for m in again(text, [body], [])]
    [(10, 15)]
    """
    named: dict[str, Mention] = {}
    for m in bodies:
        words = text[m.start : m.end]
        if len(words) >= SHORTEST and text.count(words) > 1:
            named.setdefault(words, m)
    if not named:
        return []
    taken = {i for start, end in (*((m.start, m.end) for m in bodies), *cut) for i in range(start, end)}
    across = [m for m in regions if m.end - m.start > 1]
    found = []
    for start, end in WordScan(named, alone=True).find(text):
        split = any(m.start < start < m.end or m.start < end < m.end for m in across)
        if split or not taken.isdisjoint(range(start, end)):
            continue
        if any(begins_title(text, place) for place in _titles(text, end)):
            found.append(replace(named[text[start:end]], start=start, end=end, rule="people.again"))
    return found


def _titles(text: str, end: int) -> Iterator[int]:
    """Where a title may begin behind a body: right behind it, or behind a department of its own."""
    yield end
    for place in range(end + 2, min(len(text), end + PREFIX)):
        if text[place - 1] in STOPS:
            return
        if grammar().inner.fullmatch(text, end, place):
            yield place
