"""A cluster of sightings as one entity of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from kg.model import Attributes, Entity, LocalEntity, Member, content_id
from kg.model.schema import LISTS, SEPARATOR
from kg.resolve.gather import EVENT, PERSON


def usual_key(members: Sequence[Member]) -> str:
    """The key that most of the members bear; the first in order among equals."""
    keys = [key for _, key in members]
    if keys.count(keys[0]) == len(keys):
        return keys[0]
    counted = Counter(keys)
    return min(counted, key=lambda key: (-counted[key], key))


def entity(members: list[Member], local: list[LocalEntity], key: str, shared: bool) -> Entity:
    """The entity of sorted *members*, which usually bear *key*; *shared* says that another cluster has the same."""
    if len(local) == 1:
        ((_, _, category, label, names, _, _),) = local
        aliases = {*names}
    else:
        category = _most([one.category for one in local], key=lambda c: c == "official")
        label = _most([one.name for one in local], key=len)
        aliases = {name for one in local for name in one.names}
    attrs: dict[str, str | int | float | bool] = {}
    for one in local:
        for name, value in one.attrs:
            if name in attrs and name in LISTS:
                attrs[name] = SEPARATOR.join(dict.fromkeys(f"{attrs[name]}{SEPARATOR}{value}".split(SEPARATOR)))
            else:
                attrs.setdefault(name, value)
    if key.startswith((PERSON, EVENT)):
        key, first = members[0][1], members[0]
    elif shared:
        first = next(member for member in members if member[1] == key)
    else:
        first = ("", key)
    ordered: Attributes = tuple(sorted(attrs.items())) if attrs else ()
    return Entity(
        id=f"{category[0]}{content_id(key, *first)}",
        category=category,
        name=label,
        aliases=tuple(sorted(aliases, key=lambda n: (-len(n), n))) if len(aliases) > 1 else tuple(aliases),
        members=tuple(members),
        mentions=sum([len(one.mentions) for one in local]),
        attrs=ordered,
    )


def _most(values: list[str], key: Callable[[str], int]) -> str:
    """The value that comes most often; of those the first in order that has most of *key*."""
    if values.count(values[0]) == len(values):
        return values[0]
    counted = Counter(values)
    return max(sorted(counted), key=lambda value: (counted[value], key(value)))
