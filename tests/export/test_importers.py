"""What kg writes arrives whole in the programs that people use: every node, edge and attribute is compared.

networkx and igraph, Gephi Lite (graphology-graphml and graphology-gexf) and Gephi (gephi-toolkit) read the samples,
a graph in which every attribute is set and random graphs with the strings that break files.
"""

from __future__ import annotations

import calendar
import math
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
from importers import gephi, lite
from nasty import everything, some, writable

from kg.export import export
from kg.export.gexf import DRAWN, RENAMED, SHAPES
from kg.export.graphml import RENAMED_EDGE, RENAMED_NODE
from kg.export.order import edges as in_order
from kg.export.order import node_ids, relation_word
from kg.export.times import days, hull
from kg.export.values import clean
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES
from kg.pipeline import Run

Told = dict[str, dict[str, Any]]
FORMATS = ("graphml", "gexf")


def tame(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """*graph* with what kg never writes left out: weights below 1, numbers without bounds, a relation told twice."""
    kept = nx.MultiDiGraph()
    for number, (node, data) in enumerate(graph.nodes(data=True)):
        size = 4.0 if number else 100.0
        kept.add_node(node, **data | {"x": 8.0 * number, "y": -2.5, "size": size, "color": "#0072b2"})
    for source, target, key, data in graph.edges(keys=True, data=True):
        if all(d["relation"] != data["relation"] for d in (kept.get_edge_data(source, target) or {}).values()):
            word = clean(str(data.get("relation_zh") or "")) and data["relation"]  # one word for each relation
            kept.add_edge(source, target, key=key, **data | {"weight": 1 + abs(data.get("weight", 0)) % 1000,
                                                             "relation_zh": word})
    for data in [d for *_, d in kept.nodes(data=True)] + [d for *_, d in kept.edges(data=True)]:
        for name, value in list(data.items()):
            if isinstance(value, int) and not isinstance(value, bool):
                data[name] = value % 2**50  # JSON of Node.js knows no larger ones
            elif isinstance(value, float) and not 1e-300 <= abs(value) <= 1e300:  # igraph refuses the ends of the range
                data[name] = 0.0 if abs(value) < 1e-300 else value if not math.isfinite(value) else 1e300
    return kept


@pytest.fixture(scope="module")
def graphs(sample_run: Run) -> list[nx.MultiDiGraph]:
    return [sample_run.graph, everything(), nx.MultiDiGraph(), *map(tame, some(40))]


@pytest.fixture(scope="module")
def files(graphs: list[nx.MultiDiGraph], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    folder = tmp_path_factory.mktemp("importers")
    return {form: [export(graph, folder / f"g{number}.{form}") for number, graph in enumerate(graphs)]
            for form in FORMATS}


def nodes_of(graph: nx.MultiDiGraph, renamed: dict[str, str]) -> Told:
    return {clean(node): {n if n in NODE_ATTRIBUTES else renamed.get(n, n): v for n, v in writable(data).items()}
            for node, data in graph.nodes(data=True)}


def edges_of(graph: nx.MultiDiGraph, renamed: dict[str, str]) -> Told:
    return {key: {"source": clean(a), "target": clean(b),
                  **{n if n in EDGE_ATTRIBUTES else renamed.get(n, n): v for n, v in writable(data).items()}}
            for a, b, key, data in graph.edges(keys=True, data=True)}


def words_of(graph: nx.MultiDiGraph) -> dict[str, str]:
    return {key: relation_word(data) for *_, key, data in graph.edges(keys=True, data=True)}


def test_networkx_reads_graphml(graphs: list[nx.MultiDiGraph], files: dict[str, list[Path]]) -> None:
    for graph, file in zip(graphs, files["graphml"], strict=True):
        back = nx.read_graphml(file, force_multigraph=True)
        assert back.is_directed()
        assert dict(back.nodes(data=True)) == nodes_of(graph, RENAMED_NODE)
        words = words_of(graph)
        assert {k: {"source": a, "target": b, **d} for a, b, k, d in back.edges(keys=True, data=True)} == {
            key: data | labelled(words[key], "graphml") for key, data in edges_of(graph, RENAMED_EDGE).items()}


def test_igraph_reads_graphml(graphs: list[nx.MultiDiGraph], files: dict[str, list[Path]]) -> None:
    for graph, file in zip(graphs, files["graphml"], strict=True):
        back = igraph.Graph.Read_GraphML(str(file))
        assert back.is_directed()
        names = back.vs["id"] if graph else []
        nodes = {v["id"]: present(v.attributes(), "id") for v in back.vs}
        assert nodes == {node: numbers(data) for node, data in nodes_of(graph, RENAMED_NODE).items()}
        order = [edge.id for edge in in_order(graph, node_ids(graph))]  # igraph 1.0 gives edges the ids of nodes
        ends = [{"source": names[e.source], "target": names[e.target]} for e in back.es]
        edges = {key: end | present(e.attributes(), "id", "label")
                 for key, end, e in zip(order, ends, back.es, strict=True)}
        assert edges == {key: numbers(data) for key, data in edges_of(graph, RENAMED_EDGE).items()}
        assert {key: e["label"] for key, e in zip(order, back.es, strict=True)} == words_of(graph)


def present(data: dict[str, Any], *leave: str) -> dict[str, Any]:
    """What igraph holds of one node or edge: it fills gaps with empty texts, NaN (unequal to itself) and False."""
    return {n: v for n, v in data.items()
            if n not in leave and v not in ("", None) and v is not False and v == v}


def numbers(data: dict[str, Any]) -> dict[str, Any]:
    return {n: float(v) if type(v) is int else v for n, v in data.items() if v is not False}


@pytest.mark.parametrize("form", FORMATS)
def test_gephi_lite_reads(form: str, graphs: list[nx.MultiDiGraph], files: dict[str, list[Path]]) -> None:
    renamed = (RENAMED_NODE, RENAMED_EDGE) if form == "graphml" else (RENAMED, RENAMED)
    for graph, told in zip(graphs, lite(files[form]), strict=True):
        nodes = nodes_of(graph, renamed[0])
        if form == "gexf":
            for node, data in nodes.items():
                data["label"] = data.get("label") or node
                if color := rgb(data):
                    data["color"] = f"rgb({','.join(map(str, color))})"
                data |= {"z": 0} if "x" in data else {}
                data |= {"shape": SHAPES[data["category"]]} if data.get("category") in SHAPES else {}
        assert told["nodes"] == nodes
        words = words_of(graph)
        for edge in told["edges"].values():
            assert edge["directed"]
        edges = {key: {"source": e["source"], "target": e["target"], **e["attributes"]}
                 for key, e in told["edges"].items()}
        assert edges == {key: data | labelled(words[key], form) for key, data in edges_of(graph, renamed[1]).items()}


def labelled(word: str, form: str) -> dict[str, str]:
    named = {"label": word} if word else {}
    return named | ({"kind": word} if word and form == "gexf" else {})


def rgb(data: dict[str, Any]) -> list[int]:
    text = data.get("color", "")
    return [int(text[place:place + 2], 16) for place in (1, 3, 5)] if text else []


@pytest.fixture(scope="module")
def arrived(files: dict[str, list[Path]]) -> dict[str, list[dict[str, Any]]]:
    """What Gephi holds of every file; it is started once for all of them."""
    told = gephi([*files["graphml"], *files["gexf"]])
    return {"graphml": told[:len(told) // 2], "gexf": told[len(told) // 2:]}


@pytest.mark.parametrize("form", FORMATS)
def test_gephi_reads(form: str, graphs: list[nx.MultiDiGraph], arrived: dict[str, list[dict[str, Any]]]) -> None:
    renamed = (RENAMED_NODE, RENAMED_EDGE) if form == "graphml" else (RENAMED, RENAMED)
    for number, (graph, told) in enumerate(zip(graphs, arrived[form], strict=True)):
        assert [i for i in told["issues"] if not i.startswith("INFO")] == []
        nodes = nodes_of(graph, renamed[0])
        seen = blankless if form == "graphml" and number else dict
        assert {n: seen(d["attributes"]) for n, d in told["nodes"].items()} == {
            node: seen({n: v for n, v in data.items() if n not in DRAWN}) for node, data in nodes.items()}
        assert {n: seen({"": d["label"]}) for n, d in told["nodes"].items()} == {
            n: seen({"": d.get("label") or n}) for n, d in nodes.items()}
        drawn(nodes, told["nodes"])
        edges, words = edges_of(graph, renamed[1]), words_of(graph)
        ends = {"source", "target", "weight"}
        assert {k: seen(d["attributes"]) for k, d in told["edges"].items()} == {
            key: seen({n: v for n, v in data.items() if n not in ends}) for key, data in edges.items()}
        assert {k: [d["source"], d["target"], d["directed"], d["weight"]] for k, d in told["edges"].items()} == {
            k: [d["source"], d["target"], True, float(d.get("weight", 1))] for k, d in edges.items()}
        assert {k: d["label"] or "" for k, d in told["edges"].items()} == words
        if form == "gexf":  # gephi-toolkit 0.9.2 does not read the kinds of GraphML, Gephi 0.10 does
            assert {k: d["kind"] or "" for k, d in told["edges"].items()} == words


def blankless(data: dict[str, Any]) -> dict[str, Any]:
    """Gephi's importer of GraphML drops blanks alone between two signs like &amp;; that of GEXF keeps them."""
    shorn = {n: v.translate(dict.fromkeys(map(ord, " \t\r\n"))) if isinstance(v, str) else v for n, v in data.items()}
    return {name: value for name, value in shorn.items() if value != ""}


def drawn(nodes: Told, told: Told) -> None:
    """Sizes and colours arrive as they are; so do positions, moved together so that their centre is at 0."""
    several = len({data.get("size") for data in nodes.values()}) > 1  # Gephi draws nodes of one size at 4
    for node, data in nodes.items():
        if "size" in data and several:
            assert math.isclose(told[node]["size"], data["size"], rel_tol=1e-6), node
        if "color" in data:
            assert told[node]["color"] == rgb(data)
    for axis in "xy":
        moved = [told[node][axis] - data[axis] for node, data in nodes.items() if axis in data]
        assert not moved or max(moved) - min(moved) < 1e-2


def test_types_arrive_in_gephi(arrived: dict[str, list[dict[str, Any]]]) -> None:
    for form, whole in (("graphml", "Integer"), ("gexf", "Long")):
        told = arrived[form][1]
        kinds = {"mentions": whole, "degree": whole, "latitude": "Double", "longitude": "Double", "rank": "Double",
                 "seen": "Boolean", "adcode": "String", "big": "Long", "我的列": "String"}
        assert kinds.items() <= told["node_columns"].items()
        kinds = {"Weight": "Double", "amount": "Double", "confidence": "Double", "former": "Boolean", "votes": whole,
                 "evidence": "String"}
        assert kinds.items() <= told["edge_columns"].items()


def test_time_arrives_in_gephi(graphs: list[nx.MultiDiGraph], arrived: dict[str, list[dict[str, Any]]]) -> None:
    """Edges and events are there on their days, whatever the time zone of the computer (here that of China)."""
    dated = 0
    for graph, told in zip(graphs, arrived["gexf"], strict=True):
        assert told["time_format"] == ("DATE" if graph else told["time_format"])
        for *_, key, data in graph.edges(keys=True, data=True):
            span = hull(days(data.get(name)) for name in ("date", "start_date", "end_date"))
            assert told["edges"][key].get("time", []) == ([list(map(milliseconds, span))] if span else [])
            dated += span is not None
        for node, data in graph.nodes(data=True):
            own = hull(days(data.get(name)) for name in ("start_date", "end_date"))
            if data.get("category") == "event" and own and not any(True for _ in graph.to_undirected(True).edges(node)):
                assert told["nodes"][node]["time"] == [list(map(milliseconds, own))]
    assert dated > 50


def milliseconds(day: str) -> float:
    return calendar.timegm((*map(int, day.split("-")), 0, 0, 0)) * 1000.0


def test_an_id_of_white_space_spoils_no_file(tmp_path: Path) -> None:
    """Gephi refuses a whole file for such an id, so none is written."""
    graph = nx.MultiDiGraph([(" \n", "唐县")])
    told = gephi([export(graph, tmp_path / f"blank.{form}") for form in FORMATS])
    assert [sorted(each["nodes"]) for each in told] == [["node", "唐县"]] * len(FORMATS)


def test_networkx_own_writer_loses_edges_in_gephi(tmp_path: Path) -> None:
    """Why kg writes its files itself: of five edges that networkx writes one arrives, of ours all five."""
    graph = nx.MultiDiGraph()
    for ends, relation in (("ab", "到访"), ("ba", "任职"), ("bc", "结对"), ("ca", "支援"), ("cb", "合作")):
        graph.add_edge(*ends, relation=relation, weight=1)
    nx.write_graphml(graph, tmp_path / "networkx.graphml")
    ours = [export(graph, tmp_path / f"ours.{form}") for form in FORMATS]
    assert [len(told["edges"]) for told in gephi([tmp_path / "networkx.graphml", *ours])] == [1, 5, 5]


@pytest.mark.parametrize("part", [0, 1])
def test_the_manual_tells_what_every_attribute_is_for(part: int) -> None:
    manual = (Path(__file__).parents[2] / "docs/gephi.md").read_text("utf-8")
    text = manual.split("# Using the graph in Gephi")[part]
    text = text.split(("## 每个属性的用处", "## What each attribute is for")[part])[1]
    assert [name for name in {**NODE_ATTRIBUTES, **EDGE_ATTRIBUTES} if f"`{name}`" not in text] == []
