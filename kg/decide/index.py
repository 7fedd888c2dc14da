"""Which entities of which documents a person means: by name, and as far as told by category, code and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from kg.model import Decision, Extraction, LocalEntity, Member, Thing

# The beginnings of keys by category: what one article takes for an official another may take for a person.
FAMILIES: Final = {
    "official": "person:", "person": "person:", "region": "region:", "enterprise": "body:", "organization": "body:",
    "project": "project:", "event": "event:",
}
REGION: Final = "region:"


class Index:
    """The entities of a run by name and code. Names that persons gave count like those of the articles."""

    def __init__(self, extractions: Iterable[Extraction], decisions: Iterable[Decision] = ()) -> None:
        self.known: dict[Member, LocalEntity] = {}
        self._by_name: dict[str, set[Member]] = defaultdict(set)
        self._by_code: dict[str, set[Member]] = defaultdict(set)
        for extraction in extractions:
            for entity in extraction.entities:
                member = (entity.document, entity.key)
                self.known[member] = entity
                for name in (entity.name, *entity.names):
                    self._by_name[name].add(member)
                for code in codes(entity):
                    self._by_code[code].add(member)
        self._given([d for d in decisions if d.action in ("rename", "alias")])

    def _given(self, named: list[Decision]) -> None:
        """Names that persons gave, and names given to what bears these."""
        grown = True
        while grown:
            grown = False
            for decision in named:
                more = set(self.members(decision.subject)) - self._by_name.get(decision.value, set())
                if more and decision.value:
                    self._by_name[decision.value] |= more
                    grown = True

    def members(self, thing: Thing) -> list[Member]:
        """Those that *thing* means, sorted. The code of a region is enough; a category narrows where it can."""
        found = self._by_name.get(thing.name, set())
        if thing.code:
            coded = self._by_code.get(thing.code, set())
            if thing.code.isdigit():
                return sorted(coded)
            found = found & coded
        if thing.documents:
            wanted = set(thing.documents)
            found = {member for member in found if member[0] in wanted}
        family = FAMILIES.get(thing.category, "")
        return sorted({member for member in found if member[1].startswith(family)} or found)


def codes(entity: LocalEntity) -> set[str]:
    """The code of a region, the day on which an event began.

    >>> codes(LocalEntity("a", "region:130627", "region", "唐县", ("唐县",), ()))
    {'130627'}
    """
    attrs = dict(entity.attrs)
    found = {str(attrs[name]) for name in ("adcode", "start_date") if attrs.get(name)}
    if entity.key.startswith(REGION) and entity.key.removeprefix(REGION).isdigit():
        found.add(entity.key.removeprefix(REGION))
    return found
