"""Candidates share a name or a code; a comparison decides; clusters become the entities of the run.

Careful by design: a wrong merge harms more than a missing one. Regions join by key; bodies and projects by key
(their full name); persons by name where they share a region, or the province of their posts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Attributes, Entity, Extraction, LocalEntity, Resolution, content_id
from kg.model.schema import LISTS, SEPARATOR

Member = tuple[str, str]


def resolve(extractions: Iterable[Extraction]) -> Resolution:
    """Join what is the same across documents; the result does not depend on the order of *extractions*."""
    local: dict[Member, LocalEntity] = {}
    places: dict[Member, set[str]] = defaultdict(set)
    for extraction in extractions:
        for entity in extraction.entities:
            local[entity.document, entity.key] = entity
        for statement in extraction.statements:
            if statement.relation == "holds_post":
                places[statement.document, statement.head].add(_area(statement.tail))
    groups: dict[str, list[list[Member]]] = defaultdict(list)
    for member in sorted(local):
        document, key = member
        if key.startswith("person:"):
            for cluster in groups[key]:
                if any(_same_person(places[member], places[other]) for other in cluster):
                    cluster.append(member)
                    break
            else:
                groups[key].append([member])
        elif key.startswith("event:"):
            groups[f"{document}/{key}"].append([member])
        elif groups[key]:
            groups[key][0].append(member)
        else:
            groups[key].append([member])
    entities: list[Entity] = []
    of: dict[Member, str] = {}
    for key in sorted(groups):
        for cluster in groups[key]:
            judged = _entity(key, cluster, [local[m] for m in cluster])
            entities.append(judged)
            of.update(dict.fromkeys(cluster, judged.id))
    return Resolution(tuple(sorted(entities, key=lambda e: e.id)), of)


def _area(key: str) -> str:
    """The province of a region key (its first two digits), or the key itself."""
    return key[:9] if key.startswith("region:") and key[7:9].isdigit() else key


def _same_person(mine: set[str], other: set[str]) -> bool:
    return bool(mine & other) or not mine or not other


def _entity(key: str, members: list[Member], local: list[LocalEntity]) -> Entity:
    counts: dict[str, int] = defaultdict(int)
    names: dict[str, int] = defaultdict(int)
    aliases: set[str] = set()
    attrs: dict[str, str | int | float | bool] = {}
    for entity in local:
        counts[entity.category] += 1
        names[entity.name] += 1
        aliases.update(entity.names)
        for name, value in entity.attrs:
            if name in LISTS and name in attrs:
                attrs[name] = SEPARATOR.join(dict.fromkeys(f"{attrs[name]}{SEPARATOR}{value}".split(SEPARATOR)))
            else:
                attrs.setdefault(name, value)
    category = max(sorted(counts), key=lambda c: (counts[c], c == "official"))
    name = max(sorted(names), key=lambda n: (names[n], len(n)))
    first = members[0] if key.startswith(("person:", "event:")) else ("", key)
    ordered: Attributes = tuple(sorted(attrs.items()))
    return Entity(
        id=f"{category[0]}{content_id(key, *first)}",
        category=category,
        name=name,
        aliases=tuple(sorted(aliases, key=lambda n: (-len(n), n))),
        members=tuple(members),
        mentions=sum(len(entity.mentions) for entity in local),
        attrs=ordered,
    )
