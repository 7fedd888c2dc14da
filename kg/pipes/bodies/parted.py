"""Names that stand one behind the other without a mark: 青石经济开发区云谷高新区 are two bodies.

A name ends where a head ends and the region of the next name begins; two universities so may be one body
(复旦大学上海医学院), three are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.bodies.heads import heads
from kg.pipes.bodies.voted import whole_head
from kg.pipes.names.context import Context


def parted(context: Context, m: Mention) -> Iterator[Mention]:
    """The bodies that a mention runs together, or the mention itself."""
    words = context.text[m.start : m.end]
    cuts = [*_cuts(context, m), m.end] if m.category == "organization" and m.name == words else [m.end]
    if len(cuts) == 1:
        yield m
        return
    start = m.start
    for end in cuts:
        name = context.text[start:end]
        if not whole_head(name):
            yield replace(m, start=start, end=end, key=f"body:{name}", name=name)
        start = end


def _cuts(context: Context, m: Mention) -> list[int]:
    """Where one name inside a mention ends and the next begins, by the head that ends both; empty where too few."""
    least: dict[str, int] = table("organisations")["parted"]
    scan, groups = heads("organisations")
    ends: dict[str, set[int]] = {}
    for first, last in scan.longest(context.text, m.start, m.end):
        group = groups[context.text[first:last]].name
        if group in least and (last == m.end or last in context.places or _national(context, last)):
            ends.setdefault(group, set()).add(last)
    return next((sorted(found - {m.end}) for group, found in sorted(ends.items())
                 if m.end in found and len(found) > least[group]), [])


def _national(context: Context, place: int) -> bool:
    """Whether a name of the whole nation begins: 青石基金会|中华救助基金会."""
    return context.text.startswith(tuple(table("organisations")["lead"]["kin"]), place)
