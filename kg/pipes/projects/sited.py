"""Works that a village or a town gives its name to: 石桥村帮扶车间, 石桥村民宿项目.

The words behind the place are common ones; the small place in front of them tells which of many is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.bodies.works import generic_work
from kg.pipes.names.borders import opens_with
from kg.pipes.names.context import Context

SMALL = ("township", "village")
SURE = 0.99  # how sure a name is that the tagger does not refuse


@cache
def sited_pattern() -> re.Pattern[str]:
    """What may stand right behind a place; `kind` is the word for it, `what` the words before that."""
    return re.compile(table("projects")["sited"]["pattern"])


def sited(context: Context, start: int, end: int) -> Iterator[Mention]:
    """The works of villages and towns in characters start..end."""
    lists = table("projects")["sited"]
    kinds: dict[str, str] = {word: kind for kind, words in lists["kinds"].items() for word in words}
    for place, region in context.places.items():
        if not start <= place < end or gazetteer().level(region.key) not in SMALL:
            continue
        m = sited_pattern().match(context.text, region.end, end)
        if m is None or (not m["what"] and m["kind"] not in lists["bare"]):
            continue
        if m["what"] and (generic_work(m["what"]) or any(word in m["what"] for word in lists["not_in"])):
            continue
        if context.borders.crosses(region.end, m.start("kind")) or any(
                r in context.places for r in range(region.end, m.start("kind"))):
            continue
        if opens_with(context.text, table("projects")["verbs"]["words"], region.end):
            continue
        name = context.text[place : m.end()]
        yield Mention(place, m.end(), "project", f"project:{name}", name, "projects.sited", SURE,
                      attrs={"kind": kinds[m["kind"]]})
