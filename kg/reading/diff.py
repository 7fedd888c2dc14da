"""What differs between two graphs, told by what things are called: ids change with the articles, names do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.errors import GraphError
from kg.model.schema import CATEGORIES, EDGE_ATTRIBUTES, NODE_ATTRIBUTES, RELATIONS, SEPARATOR
from kg.reading.explain import open_graph
from kg.store import NAME as STORE
from kg.store import Past, is_store

PROJECT: Final = "project"
MAIN: Final = ("holds_post", "paired_with", "visited", "supports", PROJECT)  # what `kg diff` lists, in this order
REST: Final = tuple(relation for relation in RELATIONS if relation not in MAIN)
WORDS: Final = RELATIONS | {PROJECT: CATEGORIES[PROJECT]}
# What is told of a relation or a project beside how often, where and how surely it is told.
_TOLD: Final = {
    True: tuple(a for a in EDGE_ATTRIBUTES if a not in {
        "relation", "relation_zh", "title", "documents", "evidence", "marks", "weight", "confidence", "rule", "basis",
        "articles", "first_seen", "last_seen", "successor", "predecessor", "conflict", "decided"}),
    False: tuple(a for a in NODE_ATTRIBUTES if a in {"kind", "start_date", "end_date", "quantities"}),
}

Values = dict[str, str]


class Thing(NamedTuple):
    """A relation between two names, or a project (`tail` is empty), and a sentence that tells it."""

    head: str
    tail: str
    values: Values
    evidence: str
    weight: int


class Change(NamedTuple):
    """What is new (no *old*), gone (no *new*) or changed."""

    head: str
    tail: str
    old: Thing | None
    new: Thing | None

    @property
    def kind(self) -> str:
        """new, gone or changed."""
        return "new" if self.old is None else "gone" if self.new is None else "changed"

    @property
    def changes(self) -> dict[str, tuple[str, str]]:
        """The values before and after that are not the same."""
        old, new = self.old.values if self.old else {}, self.new.values if self.new else {}
        return {a: (old.get(a, ""), new.get(a, "")) for a in [*old, *(n for n in new if n not in old)]
                if old.get(a) != new.get(a)}


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one relation, or of the projects; `again` counts what is told as before, by other sentences."""

    name: str
    changes: tuple[Change, ...]
    again: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A graph as `kg diff` looks at it: things by section and names. Documents are known to stores only."""

    name: str
    counts: tuple[int, int]
    things: dict[str, dict[tuple[str, ...], Thing]]
    documents: dict[str, tuple[bytes, dict[str, Any]]] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two graphs; `documents` is None where one of them does not know its documents."""

    old: Snapshot
    new: Snapshot
    sections: tuple[Section, ...]
    documents: dict[str, list[tuple[str, dict[str, Any]]]] | None = field(default=None)


def snapshots(old: str, new: str | None) -> tuple[Snapshot, Snapshot]:
    """What the two words name: a graph.graphml, a store, one of its builds (kg.sqlite@3), or a folder that holds one.

    Without *new*, the last two builds of the store *old*. Raises GraphError or StoreError where there is none.
    """
    if new is not None:
        return _snapshot(old), _snapshot(new)
    path, _ = _place(old)
    if not is_store(path):
        raise GraphError(old, "this is no store, and nothing is named to compare it with", "name two graphs")
    with Past.opened(path) as past:
        if len(past.builds) < 2:
            raise GraphError(str(path), "the store holds one build", "name another graph to compare it with")
        before, last = (_of_build(past, build) for build in past.builds[-2:])
        return before, last


def compare(old: Snapshot, new: Snapshot) -> Difference:
    """What is new, gone or changed from *old* to *new*; the same for every order of their nodes and edges."""
    sections = []
    for name in (*MAIN, *REST):
        before, after = old.things.get(name, {}), new.things.get(name, {})
        changes, again = [], 0
        for key in sorted(before.keys() | after.keys()):
            one, other = before.get(key), after.get(key)
            thing = other or one
            if one is None or other is None or one.values != other.values:
                changes.append(Change(thing.head, thing.tail, one, other))  # type: ignore[union-attr]
            elif one.weight != other.weight:
                again += 1
        sections.append(Section(name, tuple(changes), again))
    return Difference(old, new, tuple(sections), _documents(old, new))


def _documents(old: Snapshot, new: Snapshot) -> dict[str, list[tuple[str, dict[str, Any]]]] | None:
    if old.documents is None or new.documents is None:
        return None
    before, after = old.documents, new.documents
    return {
        "new": [(d, after[d][1]) for d in sorted(after.keys() - before.keys())],
        "gone": [(d, before[d][1]) for d in sorted(before.keys() - after.keys())],
        "changed": [(d, after[d][1]) for d in sorted(after.keys() & before.keys()) if after[d][0] != before[d][0]],
    }


def _place(word: str) -> tuple[Path, int | None]:
    """The file that a word names, and the number of the build behind its @."""
    path, build = Path(word), None
    before, at, number = word.rpartition("@")
    if at and number.isdecimal() and not path.exists():
        path, build = Path(before), int(number)
    if path.is_dir():
        path = path / STORE if build is not None or is_store(path / STORE) else path / "graph.graphml"
    return path, build


def _snapshot(word: str) -> Snapshot:
    path, build = _place(word)
    if build is not None or is_store(path):
        with Past.opened(path) as past:
            return _of_build(past, past.checked(build))
    graph = open_graph(path)
    nodes = dict(graph.nodes(data=True))
    return _taken(str(path), nodes, list(graph.edges(data=True)), None)


def _of_build(past: Past, build: int) -> Snapshot:
    nodes = {row.id: row.data for row in past.entities(build)}
    edges = [(row.source, row.target, row.data) for row in past.relations(build)]
    return _taken(f"{past.path}@{build}", nodes, edges, past.documents(build))


def _taken(name: str, nodes: Mapping[str, Mapping[str, Any]], edges: Collection[tuple[str, str, Mapping[str, Any]]],
           documents: dict[str, tuple[bytes, dict[str, Any]]] | None) -> Snapshot:
    found: dict[str, dict[tuple[str, ...], list[Thing]]] = defaultdict(lambda: defaultdict(list))
    for data in nodes.values():
        if data["category"] == PROJECT:
            label = str(data["label"])
            thing = Thing(label, "", _values(data, False), "", int(data.get("mentions") or 0))
            found[PROJECT][_identity(data)].append(thing)
    for source, target, data in edges:
        head, tail = nodes[source], nodes[target]
        sentence = str(data.get("evidence") or "").partition(SEPARATOR)[0]
        ends = str(head["label"]), str(tail["label"])
        thing = Thing(*ends, _values(data, True), sentence, int(data.get("weight") or 1))
        found[str(data["relation"])][(*_identity(head), *_identity(tail))].append(thing)
    things = {section: {key: _joined(same) for key, same in by_key.items()} for section, by_key in found.items()}
    return Snapshot(name, (len(nodes), len(edges)), things, documents)


def _identity(data: Mapping[str, Any]) -> tuple[str, str]:
    """By what a thing is the same in two graphs: its code, or its name and what it is (an official is a person)."""
    category = str(data["category"])
    category = "person" if category == "official" else category
    return category, str(data.get("adcode") or data["label"])


def _values(data: Mapping[str, Any], edge: bool) -> Values:
    names = [name for name in _TOLD[edge] if data.get(name) not in (None, "", False)]
    return {name: _written(data[name]) for name in names if not (name == "status" and data[name] == "fact")}


def _written(value: object) -> str:
    """A value as a text: the same for a graph in memory, a store and a file.

    >>> _written(1_260_000.0), _written(True), _written("甲|乙")
    ('1260000', 'true', '甲|乙')
    """
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _joined(things: list[Thing]) -> Thing:
    """Namesakes that stand in the same relation, as one: the graph tells them apart, their names do not."""
    if len(things) == 1:
        return things[0]
    values: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        for name, value in thing.values.items():
            values[name].update(value.split(SEPARATOR))
    first = min(things, key=lambda t: (t.head, t.tail, t.evidence))
    joined = {name: SEPARATOR.join(sorted(found)) for name, found in values.items()}
    return Thing(first.head, first.tail, joined, first.evidence, sum(thing.weight for thing in things))


def as_json(difference: Difference, names: Iterable[str]) -> dict[str, Any]:
    """The difference for machines."""
    told: dict[str, Any] = {
        side: {"name": shot.name, "nodes": shot.counts[0], "edges": shot.counts[1]}
        for side, shot in (("old", difference.old), ("new", difference.new))
    }
    if difference.documents is not None:
        told["documents"] = {kind: [{"id": d} | about for d, about in found]
                             for kind, found in difference.documents.items()}
    wanted = set(names)
    for section in difference.sections:
        if section.name in wanted:
            told[section.name] = {kind: [_change(c) for c in section.changes if c.kind == kind]
                                  for kind in ("new", "gone", "changed")} | {"said_again": section.again}
    return told


def _change(change: Change) -> dict[str, Any]:
    ends = {"head": change.head, "tail": change.tail} if change.tail else {"label": change.head}
    thing = change.new or change.old
    told: dict[str, Any] = ends | {"attributes": thing.values if thing else {}}
    if change.kind == "changed":
        told["changes"] = {name: list(pair) for name, pair in change.changes.items()}
    if thing and thing.evidence:
        told["evidence"] = thing.evidence
    return told
