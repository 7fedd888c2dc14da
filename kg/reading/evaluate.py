"""How near a graph comes to articles that were labelled by hand (the labels are described in CONTRIBUTING.md).

The measure: a node counts for a labelled entity of its category that shares a name or the division code with it; an
edge counts when its ends do and the relation is labelled between them; an event is compared by its fillers (kind,
start date, places, participants). What a label calls optional counts neither for nor against.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from kg.errors import GraphError, ReadError
from kg.model.schema import CATEGORIES, RELATIONS, SEPARATOR, SYMMETRIC
from kg.reading import fillers

EVENT: Final = "event"
ENTITIES: Final = tuple(c for c in CATEGORIES if c != EVENT)
SCORED: Final = tuple(r for r in RELATIONS if r != "attended")
CORE: Final = ("official", "region", "enterprise", "project")
IGNORED: Final = frozenset("\"'“”‘’《》〈〉「」『』【】·•-—,，、.。")

Node = dict[str, str]
Triple = tuple[str, str, str]


def fold(text: str) -> str:
    """A name without width, spaces, quotation marks and points, for comparison.

    >>> fold("“Ａ 项目”") == fold("A项目")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in IGNORED)


@dataclass
class Tally:
    """Right, spurious and missed, counted by category or relation."""

    right: Counter[str] = field(default_factory=Counter)
    spurious: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def figures(self, *kinds: str) -> tuple[float, float, float, int]:
        """Precision, recall, F1 and the number of labelled items of *kinds* together."""
        right, spurious, missed = (sum(c[k] for k in kinds) for c in (self.right, self.spurious, self.missed))
        precision, recall = share(right, right + spurious), share(right, right + missed)
        return precision, recall, share(2 * precision * recall, precision + recall), right + missed


def share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


@dataclass
class Score:
    """The tallies of all documents measured so far."""

    entities: Tally = field(default_factory=Tally)
    relations: Tally = field(default_factory=Tally)
    events: Tally = field(default_factory=Tally)
    counts: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)

    def figures(self) -> dict[str, float | int]:
        """The figures that the floors are set for."""
        c = self.counts
        return {
            "documents": c["documents"],
            "entity_f1": self.entities.figures(*ENTITIES)[2],
            "core_entity_f1": self.entities.figures(*CORE)[2],
            "relation_f1": self.relations.figures(*SCORED)[2],
            "event_f1": self.events.figures(EVENT)[2],
            "region_linking": share(c["linked"], c["linkable"]),
            "title_exact": share(c["titles_right"], c["titles"]),
            "split": c["split"],
            "never": c["never"],
        }

    def lines(self) -> Iterator[str]:
        """A table by category and relation, and the figures in one last line."""
        for tally, kinds, name in ((self.entities, ENTITIES, "ENTITIES"), (self.relations, SCORED, "RELATIONS")):
            for kind in kinds:
                yield _row(kind, tally.figures(kind))
            yield _row(name, tally.figures(*kinds))
        yield _row("EVENTS", self.events.figures(EVENT))
        yield " ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in self.figures().items())


def _row(name: str, figures: tuple[float, float, float, int]) -> str:
    precision, recall, f1, gold = figures
    return f"{name:<16} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  gold {gold}"


def evaluate(graph: Path, gold: Iterable[Path], only: Collection[str] | None = None) -> Score:
    """Measure the GraphML file *graph* against the label files in the folders *gold*.

    Raises ReadError where there is no label file, and GraphError where the graph cannot be read.
    """
    folders = list(gold)
    nodes, edges = _read(graph)
    score = Score()
    for file in sorted(f for folder in folders for f in folder.glob("*.json")):
        labels = _labels(file)
        if only is None or labels["doc"] in only:
            score.counts["documents"] += 1
            _Article(labels, nodes, score).measure(edges)
    if not score.counts["documents"]:
        raise ReadError(
            ", ".join(map(str, folders)), "there is no label file here", "name a folder with NAME.json files"
        )
    return score


def _labels(file: Path) -> dict[str, Any]:
    try:
        labels = json.loads(file.read_text("utf-8"))
        missing = [key for key in ("doc", "entities", "relations") if key not in labels]
    except (ValueError, TypeError) as error:
        raise ReadError(str(file), f"this is no label file ({error})", "mend it or take it away") from error
    if missing or not isinstance(labels, dict):
        raise ReadError(str(file), f"this label file lacks {', '.join(missing)}", "see CONTRIBUTING.md")
    return labels


def _read(path: Path) -> tuple[dict[str, Node], list[tuple[str, str, Node]]]:
    """Nodes and edges in the order of the file, all values as text."""
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise GraphError(
            str(path), f"cannot be read as GraphML ({error})", "name a graph.graphml that kg wrote"
        ) from error
    names = {key.get("id"): str(key.get("attr.name")) for key in root.iterfind("{*}key")}
    nodes, edges = {}, []
    for item in root.iterfind("{*}graph/*"):
        data = {names.get(d.get("key"), ""): d.text or "" for d in item.iterfind("{*}data")}
        if item.tag.endswith("}node"):
            nodes[item.get("id", "")] = data
        elif item.tag.endswith("}edge"):
            edges.append((item.get("source", ""), item.get("target", ""), data))
    return nodes, edges


def _parts(data: Node, key: str) -> set[str]:
    return {part for part in data.get(key, "").split(SEPARATOR) if part.strip()}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _signature(head: str, tail: str, relation: str) -> Triple:
    if relation in SYMMETRIC and head > tail:
        head, tail = tail, head
    return head, tail, relation


class _Article:
    """The labels of one article against the nodes that name it as their document."""

    def __init__(self, labels: dict[str, Any], nodes: dict[str, Node], score: Score) -> None:
        self.doc: str = labels["doc"]
        self.labels, self.all, self.score = labels, nodes, score
        self.nodes = {node: data for node, data in nodes.items() if self.doc in _parts(data, "documents")}
        self.gold: dict[str, dict[str, Any]] = {e["id"]: e for e in labels["entities"]}
        self.gold |= {e["id"]: {**e, "type": EVENT} for e in labels.get("events", [])}
        self.names = {i: {fold(n) for n in (e.get("name"), *e.get("names", ())) if n} for i, e in self.gold.items()}
        self.twins = {i: sorted(j for j in self.gold if i == j or self._twins(i, j)) for i in self.gold}
        self.surfaces = {
            n: {fold(s) for s in {d.get("label", ""), *_parts(d, "aliases")} if s.strip()}
            for n, d in self.nodes.items()
        }
        self.taken: dict[str, str] = {}

    def _twins(self, i: str, j: str) -> bool:
        """One thing that may be typed either way: a shared name, different types, one of the two optional."""
        a, b = self.gold[i], self.gold[j]
        return (
            a["type"] != b["type"]
            and bool(a.get("optional") or b.get("optional"))
            and bool(self.names[i] & self.names[j])
        )

    def measure(self, edges: Sequence[tuple[str, str, Node]]) -> None:
        self._entities()
        self._never()
        self._relations(edges)
        self._events(edges)

    def _optional(self, i: str | None) -> bool:
        return i is not None and bool(self.gold[i].get("optional"))

    def _miss(self, how: str, kind: str, what: str) -> None:
        self.score.misses.append((self.doc, how, kind, what))

    def _candidate(self, node: str, found: Collection[str]) -> str | None:
        data, best, rank = self.nodes[node], None, (False, False, False)
        for i, labelled in self.gold.items():
            if labelled["type"] != data["category"]:
                continue
            coded = (
                data["category"] == "region"
                and bool(labelled.get("adcode"))
                and labelled["adcode"] == data.get("adcode")
            )
            if coded or self.names[i] & self.surfaces[node]:
                mine = (coded, fold(data.get("label", "")) in self.names[i], i not in found)
                if best is None or mine > rank:
                    best, rank = i, mine
        return best

    def _entities(self) -> None:
        tally, counts = self.score.entities, self.score.counts
        found: set[str] = set()
        for node, data in sorted(self.nodes.items()):
            category = data.get("category", "")
            if category not in ENTITIES:
                continue
            i = self._candidate(node, found)
            if i is None:
                tally.spurious[category] += 1
                self._miss("spurious", category, data.get("label", ""))
                continue
            self.taken[node] = i
            again, labelled = i in found, self.gold[i]
            found.add(i)
            if labelled.get("optional"):
                continue
            if again:  # a second node for one thing: it was not resolved
                tally.spurious[category] += 1
                counts["split"] += 1
                self._miss("split", category, data.get("label", ""))
                continue
            tally.right[category] += 1
            if labelled.get("adcode"):
                counts["linkable"] += 1
                counts["linked"] += labelled["adcode"] == data.get("adcode")
        for labelled in self.labels["entities"]:
            if not labelled.get("optional") and not found.intersection(self.twins[labelled["id"]]):
                tally.missed[labelled["type"]] += 1
                self._miss("missed", labelled["type"], labelled["name"])

    def _never(self) -> None:
        for word in self.labels.get("never", []):
            for node, data in self.nodes.items():
                if fold(word) in self.surfaces[node]:
                    self.score.counts["never"] += 1
                    self._miss("NEVER", data.get("category", ""), word)

    def _wanted(self) -> dict[Triple, list[int]]:
        """From signatures to the positions of the labelled relations that they would fulfil."""
        wanted: dict[Triple, list[int]] = defaultdict(list)
        for position, relation in enumerate(self.labels["relations"]):
            for head in _listed(relation["head"]):
                for tail in _listed(relation["tail"]):
                    if relation["type"] in SCORED:
                        wanted[_signature(head, tail, relation["type"])].append(position)
        return wanted

    def _relations(self, edges: Sequence[tuple[str, str, Node]]) -> None:
        tally, counts = self.score.relations, self.score.counts
        labelled, wanted = self.labels["relations"], self._wanted()
        hit: set[int] = set()
        for source, target, data in edges:
            kind = data.get("relation", "")
            if (
                kind not in SCORED
                or self.doc not in _parts(data, "documents")
                or self._background(source, target, kind)
            ):
                continue
            head, tail = self.taken.get(source), self.taken.get(target)
            fits = [
                p
                for h in (self.twins[head] if head else ())
                for t in (self.twins[tail] if tail else ())
                for p in wanted.get(_signature(h, t, kind), ())
            ]
            if not fits:
                if not self._optional(head) and not self._optional(tail):
                    tally.spurious[kind] += 1
                    self._miss("spurious", kind, f"{self._label(source)} -> {self._label(target)}")
                continue
            position = min(fits, key=lambda p: (p in hit, bool(labelled[p].get("optional"))))
            if position in hit:
                continue
            hit.add(position)
            relation = labelled[position]
            if relation.get("optional"):
                continue
            tally.right[kind] += 1
            if kind == "holds_post" and relation.get("title"):
                shown = {fold(t) for t in (data.get("title", ""), *data.get("titles", "").split(SEPARATOR))}
                counts["titles"] += 1
                counts["titles_right"] += fold(relation["title"]) in shown
        for position, relation in enumerate(labelled):
            if relation["type"] in SCORED and position not in hit and not relation.get("optional"):
                tally.missed[relation["type"]] += 1
                ends = (self.gold.get(_listed(relation[end])[0], {}).get("name", "?") for end in ("head", "tail"))
                self._miss("missed", relation["type"], " -> ".join(ends))

    def _label(self, node: str) -> str:
        return self.all.get(node, {}).get("label", "?")

    def _background(self, source: str, target: str, kind: str) -> bool:
        """Edges that are not measured here: those of events, and a county in its prefecture."""
        a, b = self.all.get(source, {}), self.all.get(target, {})
        coded = bool(a.get("adcode")) and bool(b.get("adcode"))
        return EVENT in (a.get("category"), b.get("category")) or (kind == "located_in" and coded)

    def _required(self, i: str) -> str | None:
        return next((j for j in self.twins[i] if not self._optional(j)), None)

    def _filler(self, role: str, node: str) -> set[tuple[str, str]]:
        if node not in self.taken:
            return {(role, "?" + node)}
        required = self._required(self.taken[node])
        return {(role, required)} if required else set()

    def _events(self, edges: Sequence[tuple[str, str, Node]]) -> None:
        mine: dict[str, set[tuple[str, str]]] = {
            n: {("kind", d.get("kind", ""))} | ({("start", d["start_date"])} if d.get("start_date") else set())
            for n, d in self.nodes.items()
            if d.get("category") == EVENT
        }
        for source, target, data in edges:
            if data.get("relation") == "attended" and target in mine:
                mine[target] |= self._filler("who", source)
            elif data.get("relation") == "located_in" and source in mine:
                mine[source] |= self._filler("where", target)
        found, events = list(mine.values()), self.labels.get("events", [])
        wanted = [self._labelled(e) for e in events]
        pairs = fillers.paired(found, wanted)
        tally = self.score.events
        for i, event in enumerate(found):
            if i not in pairs:
                tally.spurious[EVENT] += len(event)
                self._miss("spurious", EVENT, fillers.line(event, self._named))
            elif not events[pairs[i]].get("optional"):
                asked = wanted[pairs[i]]
                tally.right[EVENT] += len(event & asked)
                tally.spurious[EVENT] += len(event - asked)
                tally.missed[EVENT] += len(asked - event)
                for difference in fillers.differences(event, asked, self._named):
                    self._miss(*difference)
        for j, asked in enumerate(wanted):
            if j not in pairs.values() and not events[j].get("optional"):
                tally.missed[EVENT] += len(asked)
                self._miss("missed", EVENT, fillers.line(asked, self._named))

    def _named(self, filler: str) -> str:
        """The name of what fills a role of an event: a labelled thing, or a node behind a question mark."""
        return self._label(filler[1:]) if filler.startswith("?") else str(self.gold[filler].get("name", filler))

    def _labelled(self, event: dict[str, Any]) -> set[tuple[str, str]]:
        labelled = {("kind", event.get("kind", ""))}
        for role, key in (("who", "participants"), ("where", "places")):
            labelled |= {(role, required) for i in event.get(key, []) if (required := self._required(i))}
        return labelled | ({("start", event["start"])} if event.get("start") else set())
