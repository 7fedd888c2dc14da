"""Parts of bodies named after the whole: the law school of a university, the bureau of a ministry, a campus.

江海大学法学院 names two bodies, the school and the university; a campus or a branch only lengthens the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.context import Context


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = table("organisations")["unit"]
    return re.compile(lists["pattern"]), re.compile(lists["apart"]), re.compile(lists["whole"])


def units(context: Context, found: list[Mention]) -> list[Mention]:
    """*found* with the parts that the text names after a body, and with the bodies that open a longer name."""
    pattern, apart, _ = _patterns()
    starts = sorted(m.start for m in found)
    grown: list[Mention] = []
    for m in found:
        part = pattern.match(context.text, m.end) if m.category == "organization" else None
        if part is None or context.borders.crosses(m.end, part.end("unit")):
            grown.append(m)
            continue
        if any(m.end <= other < part.end("unit") for other in starts):
            grown.append(m)
            continue
        words = context.text[m.end : part.end("unit")]
        if apart.search(words):
            grown.append(m)
        grown.append(Mention(m.start, part.end("unit"), m.category, m.key + words, m.name + words, "bodies.unit",
                             m.score, True, m.attrs))
    return sorted([*grown, *_wholes(context, grown)], key=lambda m: (m.start, -m.end))


def _wholes(context: Context, found: list[Mention]) -> Iterator[Mention]:
    """The university in the name of one of its schools."""
    whole = _patterns()[2]
    for m in found:
        words = context.text[m.start : m.end]
        if m.category == "organization" and m.rule != "bodies.unit" and (first := whole.fullmatch(words)):
            name = first["whole"]
            yield Mention(m.start, m.start + len(name), m.category, f"body:{name}", name, "bodies.whole", 0.8,
                          attrs={"kind": "school"})
