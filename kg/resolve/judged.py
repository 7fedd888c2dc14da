"""Judgements of persons: they outrank the machine; those that contradict one another are reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Conflict, Judgement, Member, Verdict
from kg.resolve.scale import Scale

Judgements = Mapping[tuple[Member, Member], Verdict]


@dataclass(slots=True)
class Judged:
    """What persons judged, as far as it can all hold."""

    same: list[Judgement] = field(default_factory=list)
    different: list[tuple[Member, Member]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    members: frozenset[Member] = frozenset()


def judgement(first: Member, second: Member, verdict: Verdict) -> Judgement:
    """What a person said, as a judgement."""
    scale = Scale("any")
    scale.add("person")
    seen = scale.done()
    first, second = sorted((first, second))
    return Judgement(first, second, verdict, seen.score if verdict == "same" else -seen.score, seen.reasons, "person")


def sort_out(given: Judgements | None, known: Iterable[Member]) -> Judged:
    """The judgements on members of this run. `different` holds first; a `same` that would join such a pair is reported.

    >>> a, b, c = ("a", "person:甲乙"), ("b", "person:甲乙"), ("c", "person:甲乙")
    >>> judged = sort_out({(a, b): "same", (c, b): "same", (a, c): "different"}, [a, b, c])
    >>> [(j.first[0], j.second[0]) for j in judged.same], [c.ignored.first[0] for c in judged.conflicts]
    ([('a', 'b')], ['b'])
    """
    here = set(known)
    told: dict[tuple[Member, Member], set[Verdict]] = defaultdict(set)
    for (first, second), verdict in (given or {}).items():
        if first in here and second in here and first != second and verdict in ("same", "different"):
            a, b = sorted((first, second))
            told[a, b].add(verdict)
    found = Judged(members=frozenset(member for pair in told for member in pair))
    found.different = sorted(pair for pair, verdicts in told.items() if "different" in verdicts)
    group: dict[Member, list[Member]] = {member: [member] for member in found.members}
    forbidden = set(found.different)
    for a, b in sorted(pair for pair, verdicts in told.items() if "same" in verdicts):
        said = judgement(a, b, "same")
        against = [(x, y) for x in group[a] for y in group[b] if (min(x, y), max(x, y)) in forbidden]
        if _kind(a) != _kind(b):
            found.conflicts.append(Conflict(said, _told(a, b)))
        elif against:
            found.conflicts.append(Conflict(said, _told(*min(against))))
        elif group[a] is not group[b]:
            found.same.append(said)
            both = [*group[a], *group[b]]
            group.update(dict.fromkeys(both, both))
    return found


def _kind(member: Member) -> str:
    return member[1].partition(":")[0]


def _told(first: Member, second: Member) -> str:
    scale = Scale("any")
    scale.add("contradiction", f"{' '.join(first)} / {' '.join(second)}")
    return scale.reasons[0].says
