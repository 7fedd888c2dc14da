"""Decisions as the store keeps them (kind, subject, object, verdict, note), and what a new sheet does to those kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, NamedTuple, cast, get_args

from kg.decide.sheet import Said
from kg.model import NOTHING, Action, Decision, Thing

Kept = tuple[str, str, str, str, str]
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def keep(decision: Decision) -> Kept:
    """A decision as a row of the store.

    >>> row = keep(Decision("rename", Thing("县教育局", "organization", "", ("a",)), value="唐县教育局"))
    >>> row
    ('name', '["县教育局","organization","",["a"]]', '["","","",[]]', 'rename:唐县教育局', '')
    >>> kept([row])[0].value
    '唐县教育局'
    """
    d = decision.ordered()
    more = [text for text in (d.relation, d.value if d.kind == "alias" else "") if text]
    far = [*_thing(d.other), *more]
    return d.kind, _json(_thing(d.subject)), _json(far), f"{d.action}:{d.value}" if d.value else d.action, d.note


def _thing(thing: Thing) -> list[Any]:
    return [thing.name, thing.category, thing.code, list(thing.documents)]


def kept(rows: Iterable[Kept]) -> list[Decision]:
    """The decisions of the store, sorted; rows that are none are passed over."""
    found = []
    for kind, subject, far, verdict, note in rows:
        action, _, value = verdict.partition(":")
        if action not in get_args(Action):
            continue
        try:
            other = json.loads(far)
            relation = str(other[4]) if kind == "stay" and len(other) > 4 else ""
            decision = Decision(cast(Action, action), _read(json.loads(subject)), _read(other), relation, value, note)
        except (ValueError, LookupError, TypeError):
            continue
        found.append(decision)
    return sorted(found)


def _read(value: list[Any]) -> Thing:
    name, category, code, documents = value[:4]
    return Thing(str(name), str(category), str(code), tuple(map(str, documents))) if name else NOTHING


class Taken(NamedTuple):
    """What a sheet changes: decisions that are new, those that were known, and those that go."""

    new: tuple[Decision, ...]
    known: tuple[Decision, ...]
    gone: tuple[Decision, ...]


def taken(before: Iterable[Decision], said: Iterable[Said]) -> Taken:
    """A sheet put to what is kept: what contradicts it goes, and what it takes back."""
    held = list(before)
    new: list[Decision] = []
    known: list[Decision] = []
    gone: list[Decision] = []
    for one in said:
        decision = one.decision
        if one.undone:
            gone += [d for d in held if _meant(d, decision)]
            continue
        gone += [d for d in held if d.against(decision)]
        same = keep(decision)[:4]
        (known if any(keep(d)[:4] == same for d in held) else new).append(decision)
    return Taken(tuple(sorted(set(new))), tuple(sorted(set(known))), tuple(sorted(set(gone))))


def _meant(held: Decision, undone: Decision) -> bool:
    """Whether a row that takes something back means what is held: the pair, the relation, or all said of the node."""
    ends = [(undone.subject, undone.other), (undone.other, undone.subject)]
    if held.kind == "pair":
        return undone.action == "same" and any(held.subject.meets(a) and held.other.meets(b) for a, b in ends)
    return (undone.action == "drop" and held.relation == undone.relation and held.subject.meets(undone.subject)
            and held.other.name == undone.other.name)
