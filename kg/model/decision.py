"""What a person decides of a graph: named by what stays the same from build to build, and not by ids of nodes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

Action = Literal["same", "different", "rename", "retype", "alias", "drop", "keep"]

# What each action is said of: decisions of one kind on the same things must agree.
KINDS: Final[dict[Action, str]] = {
    "same": "pair", "different": "pair", "rename": "name", "retype": "type", "alias": "alias", "drop": "stay",
    "keep": "stay",
}


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A node as a person means it: the name, and as far as told its category, its code and its documents.

    The code is that of a region, or the day on which an event began. Without documents all of the name are meant.
    """

    name: str = ""
    category: str = ""
    code: str = ""
    documents: tuple[str, ...] = ()

    def meets(self, other: Thing) -> bool:
        """Whether both may mean one node.

        >>> a, b = Thing("周立山", "official", "", ("a", "b")), Thing("周立山", "official", "", ("b", "c"))
        >>> a.meets(b), a.meets(Thing("周立山", "official", "", ("d",))), a.meets(Thing("周立山"))
        (True, False, True)
        """
        return self.name == other.name and all(
            not mine or not theirs or mine == theirs
            for mine, theirs in ((self.category, other.category), (self.code, other.code))
        ) and (not self.documents or not other.documents or bool({*self.documents} & {*other.documents}))


NOTHING: Final = Thing()


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One decision: on a pair of nodes, on a node, or, where `relation` is named, on a relation from the subject to the
    `other`. `value` is the new name, category or alias.
    """

    action: Action
    subject: Thing
    other: Thing = NOTHING
    relation: str = ""
    value: str = ""
    note: str = ""

    @property
    def kind(self) -> str:
        """What is decided: pair, name, type, alias or stay."""
        return KINDS[self.action]

    def ordered(self) -> Decision:
        """The same with a pair in its order, which says nothing.

        >>> Decision("same", Thing("乙"), Thing("甲")).ordered().subject.name
        '乙'
        """
        if self.kind == "pair" and self.other < self.subject:
            return replace(self, subject=self.other, other=self.subject)
        return self

    def against(self, other: Decision) -> bool:
        """Whether the two are about the same things and cannot both hold.

        >>> same = Decision("same", Thing("甲"), Thing("乙"))
        >>> same.against(Decision("different", Thing("乙"), Thing("甲"))), same.against(same)
        (True, False)
        """
        if self.kind != other.kind or self.kind == "alias" or self.relation != other.relation:
            return False
        if (self.action, self.value) == (other.action, other.value):
            return False
        ends = [(self.subject, self.other)] + ([(self.other, self.subject)] if self.kind == "pair" else [])
        return any(a.meets(other.subject) and b.meets(other.other) for a, b in ends)


@dataclass(frozen=True, slots=True, order=True)
class Outcome:
    """What became of a decision in a build: `state` is done, conflict, or idle where nothing is left to decide."""

    decision: Decision
    state: Literal["done", "conflict", "idle"]
    why: str = ""
