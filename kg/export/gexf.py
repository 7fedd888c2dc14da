"""GEXF 1.3 for Gephi: typed attributes, positions, sizes, colours, kinds of edges, and time for the timeline."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

import networkx as nx

from kg.export.files import whole_file
from kg.export.order import edges, node_ids, relation_word
from kg.export.times import Days, days, hull
from kg.export.values import as_type, clean, columns
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES

NAMESPACE: Final = "http://gexf.net/1.3"
TYPES: Final = {"string": "string", "int": "long", "double": "double", "boolean": "boolean"}
# These stand in places of their own: the label and the elements of viz, the weight.
DRAWN: Final = frozenset({"label", "x", "y", "size", "color"})
WEIGHT: Final = "weight"
# Readers of GEXF give these names a meaning of their own.
RENAMED: Final = {name: f"{name}_" for name in (
    "id", "type", "source", "target", "kind", "label", "start", "end", "timeset", "interval", "viz", "spells", "pid",
    "parents", "networkx_key", "r", "g", "b")}
SHAPES: Final = {
    "official": "disc", "person": "disc", "region": "square", "enterprise": "diamond", "organization": "triangle",
    "project": "hexagon", "event": "star",
}
Columns = list[tuple[str, str, str]]


def write_gexf(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write *graph* to *path*: nodes and edges sorted, every attribute of one type, every edge id unique.

    An edge is there on the days of its dates, an event from its start to its end, any other node from the first to the
    last of its documents and of its edges. A month or a year counts as all of its days; what has no date has no time.
    """
    with whole_file(Path(path)) as file:
        file.writelines(_lines(graph))


def _lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    node_columns = columns((data for _, data in graph.nodes(data=True)), NODE_ATTRIBUTES, RENAMED)
    node_columns = [column for column in node_columns if column[0] not in DRAWN]
    edge_columns = columns((data for _, _, data in graph.edges(data=True)), EDGE_ATTRIBUTES, RENAMED)
    edge_columns = [column for column in edge_columns if column[0] != WEIGHT]
    yield ('<?xml version="1.0" encoding="UTF-8"?>\n'
           f'<gexf xmlns="{NAMESPACE}" xmlns:viz="{NAMESPACE}/viz" version="1.3">\n'
           '<meta><creator>kg</creator></meta>\n<graph defaultedgetype="directed" idtype="string" mode="dynamic" '
           'timeformat="date" timerepresentation="interval">\n')
    for domain, found in (("node", node_columns), ("edge", edge_columns)):
        yield f'<attributes class="{domain}" mode="static">\n'
        for _, name, kind in found:
            yield f'<attribute id={quoteattr(name)} title={quoteattr(name)} type="{TYPES[kind]}"/>\n'
        yield "</attributes>\n"
    ids = node_ids(graph)
    times = _node_times(graph)
    write_node, write_edge = _writer(node_columns), _writer(edge_columns)
    yield "<nodes>\n"
    for node, called in ids.items():
        data = graph.nodes[node]
        label = clean(str(data.get("label") or "")) or called
        yield (f"<node id={quoteattr(called)} label={quoteattr(label)}{_time(times[node])}>"
               f"{write_node(data, called)}{_viz(data, called)}</node>\n")
    yield "</nodes>\n<edges>\n"
    for edge, source, target, _, data in edges(graph, ids):
        word = relation_word(data)
        kind = f" label={quoteattr(word)} kind={quoteattr(word)}" if word else ""
        weight = as_type(data.get(WEIGHT), "double", f"{edge}, attribute {WEIGHT}")
        heavy = "" if weight is None else f' weight="{weight!r}"'
        yield (f"<edge id={quoteattr(edge)} source={quoteattr(source)} target={quoteattr(target)}{kind}{heavy}"
               f"{_time(_edge_days(data))}>{write_edge(data, edge)}</edge>\n")
    yield "</edges>\n</graph>\n</gexf>\n"


def _writer(found: Columns) -> Callable[[Mapping[str, object], str], str]:
    """A function from attributes to their <attvalues>."""
    heads = [(name, f"<attvalue for={quoteattr(written)} value=", kind) for name, written, kind in found]

    def write(data: Mapping[str, object], where: str) -> str:
        parts = []
        for name, head, kind in heads:
            value = data.get(name)
            if value is None or value == "":
                continue
            if kind == "string" and type(value) is str and value.isprintable():  # most values: nothing to clean
                plain = "&" not in value and "<" not in value and ">" not in value and '"' not in value
                parts.append(f'{head}"{value}"/>' if plain else f"{head}{quoteattr(value)}/>")
                continue
            value = as_type(value, kind, f"{where}, attribute {name}")
            if isinstance(value, str):
                parts.append(f"{head}{quoteattr(value)}/>")
            elif isinstance(value, bool):
                parts.append(f'{head}"{str(value).lower()}"/>')
            elif value is not None:
                parts.append(f'{head}"{value!r}"/>')
        return f"<attvalues>{''.join(parts)}</attvalues>" if parts else ""

    return write


def _viz(data: Mapping[str, object], where: str) -> str:
    """Colour, position, size and shape, as far as they are known.

    >>> _viz({"x": 1.0, "y": -2.5, "size": 4.0, "color": "#0072b2", "category": "region"}, "node 1")[:37]
    '<viz:color r="0" g="114" b="178"/><vi'
    """
    parts = [_color(data.get("color"))]
    x, y, size = (as_type(data.get(name), "double", f"{where}, attribute {name}") for name in ("x", "y", "size"))
    if x is not None and y is not None:
        parts.append(f'<viz:position x="{x!r}" y="{y!r}" z="0.0"/>')
    if isinstance(size, float) and math.copysign(1.0, size) > 0:
        parts.append(f'<viz:size value="{size!r}"/>')
    if shape := SHAPES.get(str(data.get("category"))):
        parts.append(f'<viz:shape value="{shape}"/>')
    return "".join(parts)


def _color(value: object) -> str:
    if not (isinstance(value, str) and len(value) == 7 and value.isascii() and value[0] == "#" and value[1:].isalnum()):
        return ""
    try:
        red, green, blue = (int(value[place:place + 2], 16) for place in (1, 3, 5))
    except ValueError:
        return ""
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _time(span: Days | None) -> str:
    return f' start="{span[0]}" end="{span[1]}"' if span else ""


def _edge_days(data: Mapping[str, object]) -> Days | None:
    return hull(days(data.get(name)) for name in ("date", "start_date", "end_date"))


def _node_times(graph: nx.MultiDiGraph) -> dict[object, Days | None]:
    """From the first to the last day of every node, its edges included, for Gephi draws no edge without its ends."""
    times: dict[object, Days | None] = {}
    for node, data in graph.nodes(data=True):
        own = hull(days(data.get(name)) for name in ("start_date", "end_date"))
        if own is None or data.get("category") != "event":
            own = hull([own, *(days(data.get(name)) for name in ("first_seen", "last_seen"))])
        times[node] = own
    for source, target, data in graph.edges(data=True):
        if span := _edge_days(data):
            for end in (source, target):
                times[end] = hull((times[end], span))
    return times
