"""Decisions of persons, made to hold in a run: first as judgements of pairs, then on what was resolved.

Their order says nothing. Two that contradict one another are reported: of `same` and `different` the latter holds, of
two names or categories, and of `drop` and `keep`, neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from kg.decide.index import Index
from kg.decide.words import phrase, say
from kg.model import Decision, Entity, Extraction, Member, Outcome, Resolution, Thing, Verdict
from kg.model.schema import CATEGORIES, ENDS

Pair = tuple[Member, Member]
Triple = tuple[str, str, str]  # source, target, relation


@dataclass(frozen=True, slots=True)
class Decided:
    """What is left to the graph: the entities as persons want them, relations that it leaves out, remarks on nodes and
    relations, and what became of each decision.
    """

    resolution: Resolution
    dropped: frozenset[Triple] = frozenset()
    nodes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    edges: Mapping[Triple, tuple[str, ...]] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()


class Decisions:
    """The decisions on one run."""

    def __init__(self, extractions: list[Extraction], decisions: Iterable[Decision]) -> None:
        self.decisions = sorted({decision.ordered() for decision in decisions})
        self._extractions = extractions
        self._index = Index(extractions if self.decisions else (), self.decisions)
        self._links: dict[Decision, list[Pair]] = {}
        self._outcomes: dict[Decision, Outcome] = {}
        self._forbidden: dict[Pair, Decision] = {}
        for action in ("different", "same"):
            for decision in self.decisions:
                if decision.action == action:
                    self._pair(decision)

    def judgements(self) -> dict[Pair, Verdict]:
        """The verdicts on pairs, for `kg.resolve.resolve`."""
        found: dict[Pair, Verdict] = {}
        for decision, pairs in self._links.items():
            verdict: Verdict = "same" if decision.action == "same" else "different"
            for pair in pairs:
                found.setdefault(pair, verdict)
        return found

    def _pair(self, decision: Decision) -> None:
        sides = [self._index.members(thing) for thing in (decision.subject, decision.other)]
        for thing, members in zip((decision.subject, decision.other), sides, strict=True):
            if not members:
                self._tell(decision, "idle", say("problems", "gone", name=thing.name))
                return
        first, second = ([m for m in side if m not in other] for side, other in (sides, sides[::-1]))
        if not first or not second:
            self._tell(decision, "idle", say("problems", "itself"))
            return
        if decision.action == "different":
            self._links[decision] = [_sorted(a, b) for a, b in product(first, second)]
            for pair in self._links[decision]:
                self._forbidden.setdefault(pair, decision)
            return
        if first[0][1].partition(":")[0] != second[0][1].partition(":")[0]:
            self._tell(decision, "conflict", say("problems", "kinds"))
            return
        first = first if not decision.subject.documents and not decision.subject.code else first[:1]
        second = second if not decision.other.documents and not decision.other.code else second[:1]
        linked = [_sorted(first[0], member) for member in (*first[1:], *second)]
        for pair in linked:
            if pair in self._forbidden:
                told = say("problems", "against", other=phrase(self._forbidden[pair]))
                self._tell(decision, "conflict", told)
                return
        self._links[decision] = linked

    def _tell(self, decision: Decision, state: str, why: str = "") -> None:
        self._outcomes[decision] = Outcome(decision, state, why)  # type: ignore[arg-type]

    def apply(self, resolution: Resolution) -> Decided:
        """Put the decisions on what was resolved with their judgements."""
        if not self.decisions:
            return Decided(resolution)
        change = _Change(self._index, self._extractions, resolution)
        for decision, pairs in self._links.items():
            self._judged(decision, pairs, resolution, change)
        nodes: dict[tuple[str, str], list[tuple[Decision, str]]] = defaultdict(list)
        triples: dict[Triple, list[tuple[Decision, str]]] = defaultdict(list)
        for decision in self.decisions:
            if decision.kind == "pair":
                continue
            ids = change.ids(decision.subject)
            if not ids:
                self._tell(decision, "idle", say("problems", "gone", name=decision.subject.name))
            elif not decision.other.name:
                self._tell(decision, "done")
                for node in ids:
                    nodes[node, decision.kind].append((decision, node))
            elif not (others := change.ids(decision.other)):
                self._tell(decision, "idle", say("problems", "gone", name=decision.other.name))
            elif not (found := change.triples(ids, others, decision.relation)):
                self._tell(decision, "idle", say("problems", "gone_relation"))
            else:
                self._tell(decision, "done")
                for triple in found:
                    triples[triple].append((decision, ""))
        for told in (*nodes.values(), *triples.values()):
            self._contradicting([decision for decision, _ in told])
        holds = {d for d in self.decisions if d not in self._outcomes or self._outcomes[d].state == "done"}
        for triple, told in sorted(triples.items()):
            for decision, _ in told:
                if decision in holds:
                    change.relation(triple, decision)
        for (node, _), told in sorted(nodes.items(), key=lambda item: (item[0][1] != "stay", item[0])):
            for decision, _ in told:
                if decision in holds and not change.node(node, decision):
                    self._tell(decision, "idle", say("problems", "dropped", name=decision.subject.name))
        for (node, kind), told in sorted(nodes.items()):
            if kind == "type" and (unfit := change.unfit(node)):
                for decision, _ in told:
                    if self._outcomes[decision].state == "done":
                        self._tell(decision, "done", say("problems", "ends", count=unfit))
        return change.done(tuple(sorted(self._outcomes.values())))

    def _contradicting(self, told: list[Decision]) -> None:
        """Of decisions on one node or relation of one kind: none holds where two say different things."""
        for decision in told:
            against = [d for d in told if (d.action, d.value) != (decision.action, decision.value)]
            if against and decision.kind != "alias":
                self._tell(decision, "conflict", say("problems", "against", other=phrase(min(against))))

    def _judged(self, decision: Decision, pairs: list[Pair], resolution: Resolution, change: _Change) -> None:
        wanted = decision.action == "same"
        failed = [pair for pair in pairs if (resolution.of[pair[0]] == resolution.of[pair[1]]) != wanted]
        if failed and wanted:
            told = " ".join(c.why for c in resolution.conflicts if _sorted(c.ignored.first, c.ignored.second) in failed)
            chain = [d for (a, b), d in sorted(self._forbidden.items()) if f"{' '.join(a)} / {' '.join(b)}" in told]
            why = say("problems", "chain", other=phrase(chain[0])) if chain else say("problems", "apart")
            self._tell(decision, "conflict", why)
        elif failed:
            self._tell(decision, "conflict", say("problems", "together"))
        else:
            self._tell(decision, "done")
            told = say("texts", decision.action, first=decision.subject.name, second=decision.other.name)
            for node in sorted({resolution.of[member] for pair in pairs for member in pair}):
                change.remark(node, told)


class _Change:
    """A resolution that decisions change."""

    def __init__(self, index: Index, extractions: list[Extraction], resolution: Resolution) -> None:
        self._index, self._extractions, self._resolution = index, extractions, resolution
        self._entities: dict[str, Entity] = {entity.id: entity for entity in resolution.entities}
        self._nodes: dict[str, list[str]] = defaultdict(list)
        self._edges: dict[Triple, list[str]] = defaultdict(list)
        self._stated: set[Triple] | None = None
        self.gone: set[str] = set()
        self.dropped: set[Triple] = set()

    def ids(self, thing: Thing) -> list[str]:
        return sorted({self._resolution.of[member] for member in self._index.members(thing)})

    def triples(self, heads: list[str], tails: list[str], relation: str) -> list[Triple]:
        """The relations of one kind that lead from the first to the second, by the articles or the division tables."""
        ends = {(a, b) for a in heads for b in tails}
        found = {triple for triple in self.stated() if triple[:2] in ends and triple[2] == relation}
        if relation == "located_in":
            found |= {(a, b, relation) for a, b in ends if self._lies(a, b)}
        return sorted(found)

    def _lies(self, a: str, b: str) -> bool:
        """Whether the division tables may hang one region on the other."""
        codes = [str(dict(self._entities[node].attrs).get("adcode") or "") for node in (a, b)]
        return a != b and all(codes) and codes[0].startswith(codes[1].rstrip("0"))

    def stated(self) -> set[Triple]:
        if self._stated is None:
            of = self._resolution.of
            self._stated = {(of[s.document, s.head], of[s.document, s.tail], s.relation)
                            for extraction in self._extractions for s in extraction.statements}
        return self._stated

    def remark(self, node: str, text: str) -> None:
        self._nodes[node].append(text)

    def relation(self, triple: Triple, decision: Decision) -> None:
        if decision.action == "drop":
            self.dropped.add(triple)
        else:
            self._edges[triple].append(say("texts", "keep"))

    def node(self, node: str, decision: Decision) -> bool:
        """Change a node; False where another decision has dropped it."""
        if node in self.gone:
            return False
        entity = self._entities[node]
        if decision.action == "drop":
            self.gone.add(node)
        elif decision.action == "keep":
            self.remark(node, say("texts", "keep"))
        elif decision.action == "rename":
            self._named(entity, decision.value, decision.value)
            self.remark(node, say("texts", "rename", old=entity.name))
        elif decision.action == "alias":
            self._named(entity, decision.value, entity.name)
            self.remark(node, say("texts", "alias", value=decision.value))
        else:
            self._entities[node] = replace(entity, category=decision.value)
            self.remark(node, say("texts", "retype", old=CATEGORIES[entity.category]))
        return True

    def unfit(self, node: str) -> int:
        """Leave out what the schema does not allow between the categories that the ends have now."""
        found = {t for t in self.stated() if node in t[:2] and not self._fits(t)}
        self.dropped |= found
        return len(found)

    def _fits(self, triple: Triple) -> bool:
        return all(self._entities[node].category in ends
                   for node, ends in zip(triple[:2], ENDS[triple[2]], strict=True))

    def _named(self, entity: Entity, more: str, name: str) -> None:
        aliases = {*entity.aliases, entity.name, more}
        known = tuple(sorted(aliases, key=lambda n: (-len(n), n)))
        self._entities[entity.id] = replace(entity, name=name, aliases=known)

    def done(self, outcomes: tuple[Outcome, ...]) -> Decided:
        old, gone = self._resolution, self.gone
        made = replace(
            old,
            entities=tuple(entity for key, entity in self._entities.items() if key not in gone),
            of={member: node for member, node in old.of.items() if node not in gone} if gone else old.of,
            merges={node: found for node, found in old.merges.items() if node not in gone},
        )
        nodes = {node: tuple(sorted(set(told))) for node, told in sorted(self._nodes.items()) if node not in gone}
        edges = {triple: tuple(sorted(set(told))) for triple, told in sorted(self._edges.items())}
        return Decided(made, frozenset(self.dropped), nodes, edges, outcomes)


def _sorted(a: Member, b: Member) -> Pair:
    return (a, b) if a <= b else (b, a)


def names(outcomes: Iterable[Outcome], state: str) -> Iterator[str]:
    """A line for each outcome of *state*."""
    for outcome in outcomes:
        if outcome.state == state:
            yield phrase(outcome.decision) + (f"（{outcome.why}）" if outcome.why else "")
