"""What resolution makes of the entities of many documents."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.model.judgement import Conflict, Judgement, Member, Reason
from kg.model.statement import Attributes


@dataclass(frozen=True, slots=True)
class Entity:
    """One node: `members` are the (document, key) pairs that were judged to be the same thing."""

    id: str
    category: str
    name: str
    aliases: tuple[str, ...]
    members: tuple[Member, ...]
    mentions: int
    attrs: Attributes = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a run, the way from (document, key) to them, and how they were judged.

    `merges` holds, for each entity of more than one group, the judgements that joined its groups. Members of one group
    show the same name and place and were not compared: `groups` leads from each of them to the first of its group.
    `unsure` are pairs that a person may judge, the most doubtful ones first; `conflicts` are judgements of persons that
    contradict one another.
    """

    entities: tuple[Entity, ...]
    of: dict[Member, str] = field(default_factory=dict)
    merges: dict[str, tuple[Judgement, ...]] = field(default_factory=dict)
    groups: dict[Member, Member] = field(default_factory=dict)
    unsure: tuple[Judgement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def why(self, first: Member, second: Member) -> tuple[Judgement, ...]:
        """The chain of judgements that leads from one member of an entity to another; () where they are not one.

        >>> a, b = ("a", "person:甲乙"), ("b", "person:甲乙")
        >>> Resolution((), {a: "o1", b: "o1"}, {"o1": (Judgement(a, b, "same", 7.0),)}).why(a, b)[0].score
        7.0
        """
        node = self.of.get(first)
        if node is None or node != self.of.get(second) or first == second:
            return ()
        links: dict[Member, list[tuple[Member, Judgement]]] = defaultdict(list)
        alike = (Reason("alike", 0.0),)
        joined = [*self.merges.get(node, ())]
        for member in (first, second):
            head = self.groups.get(member, member)
            if head != member:
                joined.append(Judgement(head, member, "same", 0.0, alike))
        for judgement in joined:
            links[judgement.first].append((judgement.second, judgement))
            links[judgement.second].append((judgement.first, judgement))
        back: dict[Member, tuple[Member, Judgement]] = {}
        ring = [first]
        seen = {first}
        while ring and second not in seen:
            ring = [
                other
                for here in ring
                for other, judgement in links[here]
                if other not in seen and not seen.add(other) and not back.update({other: (here, judgement)})  # type: ignore[func-returns-value]
            ]
        path = []
        while second in back:
            second, judgement = back[second]
            path.append(judgement)
        return tuple(reversed(path))
