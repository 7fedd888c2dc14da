"""What a sentence tells to be held or built by somebody: 由县总工会主办的“云谷杯”劳动技能比武在唐县举行.

Behind those who hold it and before the word that it is held or opened nothing but its name stands, whatever it
ends with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.context import Context
from kg.pipes.names.generic import rare
from kg.pipes.projects.quoted import conferred, formulaic
from kg.pipes.projects.sited import SURE

SHORTEST, LONGEST = 6, 60
OWN = 2  # characters of a name without any mark that no common word covers
REACH = 40  # characters behind a name in which it may be told to be a title


@cache
def hosted_pattern() -> re.Pattern[str]:
    """The verb of those who hold it, or a time; the name, and that it is held or opened."""
    lists = table("projects")["hosted"]
    before = f"(?P<held>{lists['hold']})|{lists['build']}|(?P<told>{lists['time']})"
    return re.compile(f"(?:{before}){lists['name']}{lists['aside']}(?={lists['after']})")


@cache
def marked() -> re.Pattern[str]:
    """The words in marks inside a name, which may hold anything."""
    return re.compile(table("projects")["hosted"]["marked"])


@cache
def signs() -> re.Pattern[str]:
    """What shows that words are a name: a mark or an edition."""
    return re.compile(table("projects")["hosted"]["signs"])


def hosted(context: Context, start: int, end: int, taken: list[Mention]) -> Iterator[Mention]:
    """The names in characters start..end that stand between their hosts or a time and what happens with them.

    What is found there before (*taken*) tells the borders of what is built; of what is held only the same name.
    """
    for m in hosted_pattern().finditer(context.text, start, end):
        told = m["told"] is not None
        first, last = m.span("name")
        owner = context.owners.get(first)
        if told and owner is not None:
            first = owner.end  # 县总工会|第二届“云峄杯”劳动技能比武
        held = told or m["held"] is not None
        known = any((t.start, t.end) == (first, last) or (not held and t.start < last and first < t.end) for t in taken)
        if not known and _fits(context, first, last, told):
            name = context.text[first:last]
            kind = "programme" if held else "facility"
            yield Mention(first, last, "project", f"project:{name}", name, "projects.hosted", SURE,
                          attrs={"kind": kind})


def _fits(context: Context, first: int, last: int, told: bool) -> bool:
    """Whether the words are a name: a mark, an edition, a region or words of its own, nothing that tells a deed."""
    lists, name = table("projects")["hosted"], context.text[first:last]
    bare = marked().sub("", name)
    if not SHORTEST <= len(name) <= LONGEST or any(word in bare for word in lists["not_in"]):
        return False
    if bare.startswith(tuple(lists["not_start"])) or name.endswith(tuple(lists["not_end"])) or formulaic(name):
        return False
    if conferred(context.text, first, last, last + REACH):
        return False
    if told:
        return signs().search(name) is not None and not any(word in bare for word in lists["not_told"])
    return bool(signs().search(name)) or first in context.places or rare(name) >= OWN
