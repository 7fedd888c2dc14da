"""What is told to be held, and whose hosts another sentence tells: 石桥茶业对接会召开…此次对接会由县商务局主办."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.context import Context
from kg.pipes.projects.hosted import marked, signs
from kg.pipes.projects.quoted import formulaic
from kg.pipes.projects.sited import SURE


@cache
def later_pattern() -> re.Pattern[str]:
    """What may stand before it, the name, and that it is held or opened, or by whom."""
    lists = table("projects")["later"]
    return re.compile(f"{lists['name']}(?={lists['after']}|(?P<by>{lists['by']}))")


@cache
def _hosts() -> re.Pattern[str]:
    return re.compile(table("projects")["later"]["host"])


def hosted_later(context: Context, start: int, end: int, taken: list[Mention]) -> Iterator[Mention]:
    """The names in characters start..end that are told to be held there, and to have hosts there or further on.

    Where what was found before (*taken*) ends with the same words, it has the name.
    """
    if not any(context.text.find(word, start) >= 0 for word in table("projects")["later"]["verbs"]):
        return
    for m in later_pattern().finditer(context.text, start, end):
        first, last = m.span("name")
        owner = context.owners.get(first)
        if owner is not None and owner.end < last and signs().match(context.text, owner.end):
            first = owner.end  # 县总工会|第二届“云峄杯”劳动技能比武
        name = context.text[first:last]
        if not any(t.start < last <= t.end for t in taken) and _fits(name) and (
                m["by"] is not None or _has_hosts(context.text, last, name)):
            yield Mention(first, last, "project", f"project:{name}", name, "projects.later", SURE,
                          attrs={"kind": "programme"})


def _fits(name: str) -> bool:
    lists, own = table("projects")["hosted"], table("projects")["later"]
    bare = marked().sub("", name)
    return (len(name) >= own["shortest"] and not formulaic(name) and not bare.startswith(tuple(lists["not_start"]))
            and not any(word in bare for word in (*lists["not_in"], *own["not_in"])))


def _has_hosts(text: str, place: int, name: str) -> bool:
    """Whether a sentence behind *place* names the hosts of something that shares the kind of *name*.

    >>> text = "对接会召开。此次对接会由县商务局主办。"
    >>> _has_hosts(text, 3, "石桥茶业对接会"), _has_hosts(text, 3, "石桥茶业文化节")
    (True, False)
    """
    lists = table("projects")["later"]
    for m in _hosts().finditer(text, place, place + lists["reach"]):
        kind = m["kind"]
        if kind.endswith(tuple(lists["bare"])) or (len(kind) > 1 and kind[-2:] in name):
            return True
    return False
