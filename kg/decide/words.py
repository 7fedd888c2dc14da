"""The words of a review stand in words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kg.model import Decision, Thing
from kg.model.schema import CATEGORIES, RELATIONS


@cache
def words() -> dict[str, dict[str, Any]]:
    """The file of words."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def say(part: str, name: str, /, **values: object) -> str:
    """A text with its places filled.

    >>> say("problems", "gone", name="周立山")
    '现有文章中没有“周立山”'
    """
    text = str(words()[part][name])
    for place, value in values.items():
        text = text.replace(f"{{{place}}}", str(value))
    return text


def limit(name: str) -> float:
    """A number that bounds what is shown."""
    return float(words()["limits"][name])


def action(name: str) -> str:
    """The word of an action.

    >>> action("same")
    '同一'
    """
    return str(words()["actions"][name][0])


def phrase(decision: Decision) -> str:
    """A decision in one line.

    >>> phrase(Decision("same", Thing("周立山", "", "", ("a",)), Thing("周立山", "", "", ("b",))))
    '同一：周立山（a）、周立山（b）'
    >>> phrase(Decision("rename", Thing("县教育局"), value="唐县教育局"))
    '改名：县教育局 → 唐县教育局'
    >>> phrase(Decision("drop", Thing("周立山"), Thing("唐县"), "visited"))
    '删除：周立山 → 到访 → 唐县'
    """
    first = _thing(decision.subject)
    if decision.kind == "pair":
        told = f"{first}{say('texts', 'between')}{_thing(decision.other)}"
    elif decision.other.name:
        relation = RELATIONS.get(decision.relation, decision.relation) or "…"
        told = say("texts", "relation", head=first, relation=relation, tail=_thing(decision.other))
    else:
        value = CATEGORIES.get(decision.value, decision.value)
        told = f"{first} → {value}" if value else first
    return f"{action(decision.action)}：{told}"


def _thing(thing: Thing) -> str:
    known = [*([thing.code] if thing.code else []), *thing.documents[:2]]
    rest = "…" if len(thing.documents) > 2 else ""
    return f"{thing.name}（{say('texts', 'between').join(known)}{rest}）" if known else thing.name
