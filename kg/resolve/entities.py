"""A cluster of sightings as one entity of the run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.model import Attributes, Entity, LocalEntity, Member, content_id
from kg.model.schema import LISTS, SEPARATOR
from kg.resolve.gather import EVENT, PERSON


def usual_key(members: Iterable[Member]) -> str:
    """The key that most of the members bear; the first in order among equals."""
    counted = Counter(key for _, key in members)
    return min(counted, key=lambda key: (-counted[key], key))


def entity(members: list[Member], local: list[LocalEntity], shared: bool) -> Entity:
    """The entity of sorted *members*; *shared* says that another cluster has the same key."""
    counts: dict[str, int] = defaultdict(int)
    names: dict[str, int] = defaultdict(int)
    aliases: set[str] = set()
    attrs: dict[str, str | int | float | bool] = {}
    for one in local:
        counts[one.category] += 1
        names[one.name] += 1
        aliases.update(one.names)
        for name, value in one.attrs:
            if name in LISTS and name in attrs:
                attrs[name] = SEPARATOR.join(dict.fromkeys(f"{attrs[name]}{SEPARATOR}{value}".split(SEPARATOR)))
            else:
                attrs.setdefault(name, value)
    category = max(sorted(counts), key=lambda c: (counts[c], c == "official"))
    label = max(sorted(names), key=lambda n: (names[n], len(n)))
    key = usual_key(members)
    if key.startswith((PERSON, EVENT)):
        key, first = members[0][1], members[0]
    elif shared:
        first = next(member for member in members if member[1] == key)
    else:
        first = ("", key)
    ordered: Attributes = tuple(sorted(attrs.items()))
    return Entity(
        id=f"{category[0]}{content_id(key, *first)}",
        category=category,
        name=label,
        aliases=tuple(sorted(aliases, key=lambda n: (-len(n), n))),
        members=tuple(members),
        mentions=sum(len(one.mentions) for one in local),
        attrs=ordered,
    )
