"""kg evaluate --misses: labelled events without a partner, found ones without one, and how paired ones differ."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from kg.export import export
from kg.reading.evaluate import evaluate

ENTITIES = [
    {"id": "o1", "type": "official", "name": "沈岳川"}, {"id": "o2", "type": "official", "name": "罗文翰"},
    {"id": "r1", "type": "region", "name": "唐县"}, {"id": "r2", "type": "region", "name": "金阳县"},
    {"id": "p1", "type": "person", "name": "周小平", "optional": True},
]
VISIT = {"id": "e1", "kind": "visit", "start": "2023-04-12", "places": ["r1"], "participants": ["o1", "o2"]}
GIFT = {"id": "e2", "kind": "donation", "start": "2023-04-15", "places": ["r2"], "participants": ["p1"]}


def misses(folder: Path, labelled: list[dict[str, object]], *found: tuple[str, str, str, str]) -> list[tuple[str, ...]]:
    """What evaluate lists of events; *found* are kind, start, place and participant."""
    graph = nx.MultiDiGraph()
    for entity in ENTITIES:
        graph.add_node(entity["name"], label=entity["name"], category=entity["type"], documents="a")
    for number, (kind, start, where, who) in enumerate(found):
        graph.add_node(f"event{number}", label=kind, category="event", kind=kind, start_date=start, documents="a")
        graph.add_edge(f"event{number}", where, key=f"w{number}", relation="located_in", documents="a")
        graph.add_edge(who, f"event{number}", key=f"a{number}", relation="attended", documents="a")
    labels = {"doc": "a", "entities": ENTITIES, "relations": [], "events": labelled}
    (folder / "a.json").write_text(json.dumps(labels), "utf-8")
    score = evaluate(export(graph, folder / "graph.graphml"), [folder])
    return sorted(miss[1:] for miss in score.misses)


def test_paired_events_differ_by_their_fillers(tmp_path: Path) -> None:
    event = "<- visit | 2023-04-12 | 唐县 | 沈岳川、罗文翰"
    assert misses(tmp_path, [VISIT], ("inspection", "2023-04-12", "金阳县", "沈岳川")) == [
        ("missed", "event kind", f"visit {event}"), ("missed", "event where", f"唐县 {event}"),
        ("missed", "event who", f"罗文翰 {event}"), ("spurious", "event kind", f"inspection {event}"),
        ("spurious", "event where", f"金阳县 {event}"),
    ]


def test_events_without_a_partner_are_listed(tmp_path: Path) -> None:
    assert misses(tmp_path, [VISIT, GIFT], ("donation", "2023-04-15", "金阳县", "周小平"),
                  ("meeting", "2023-05-02", "金阳县", "周小平")) == [
        ("missed", "event", "visit | 2023-04-12 | 唐县 | 沈岳川、罗文翰"),
        ("spurious", "event", "meeting | 2023-05-02 | 金阳县"),
    ]


@pytest.mark.parametrize("found", [(), (("donation", "2023-04-15", "唐县", "罗文翰"),)])
def test_optional_events_are_neither_asked_for_nor_counted(
    tmp_path: Path, found: tuple[tuple[str, str, str, str], ...]
) -> None:
    assert misses(tmp_path, [GIFT | {"optional": True}], *found) == []
