"""GEXF 1.3 for Gephi: typed attributes, positions, sizes, colours, kinds of edges, and time for the timeline."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import networkx as nx

from kg.export.files import whole_file
from kg.export.markup import attribute_writer, quoted
from kg.export.order import edges, node_ids, relation_word
from kg.export.times import Days, days_of, hull
from kg.export.values import as_type, clean, columns
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES

NAMESPACE: Final = "http://gexf.net/1.3"
TYPES: Final = {"string": "string", "int": "long", "double": "double", "boolean": "boolean"}
# These stand in places of their own: the label and the elements of viz, the weight.
DRAWN: Final = frozenset({"label", "x", "y", "size", "color"})
WEIGHT: Final = "weight"
EVENT_DATES: Final = ("start_date", "end_date")
NODE_DATES: Final = (*EVENT_DATES, "first_seen", "last_seen")
EDGE_DATES: Final = ("date", "start_date", "end_date")
# Readers of GEXF give these names a meaning of their own.
RENAMED: Final = {name: f"{name}_" for name in (
    "id", "type", "source", "target", "kind", "label", "start", "end", "timeset", "interval", "viz", "spells", "pid",
    "parents", "networkx_key", "r", "g", "b")}
SHAPES: Final = {  # the schema knows no other
    "official": "disc", "person": "disc", "region": "square", "enterprise": "diamond", "organization": "triangle",
}


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
        yield f'<attributes class="{domain}">\n'
        for _, name, kind in found:
            yield f'<attribute id="{quoted(name)}" title="{quoted(name)}" type="{TYPES[kind]}"/>\n'
        yield "</attributes>\n"
    ids = node_ids(graph)
    times = _node_times(graph)
    write = attribute_writer(node_columns, _frame, quoted)
    yield "<nodes>\n"
    for node, called in ids.items():
        data = graph.nodes[node]
        label = quoted(clean(str(data.get("label") or "")) or called)
        yield (f'<node id="{quoted(called)}" label="{label}"{_time(times[node])}>{_values(write(data, called))}'
               f"{_viz(data, called)}</node>\n")
    write = attribute_writer(edge_columns, _frame, quoted)
    yield "</nodes>\n<edges>\n"
    for edge, source, target, _, data in edges(graph, ids):
        yield (f'<edge id="{quoted(edge)}" source="{quoted(source)}" target="{quoted(target)}"'
               f"{_kind(relation_word(data))}{_weight(data.get(WEIGHT), edge)}{_time(days_of(data, EDGE_DATES))}>"
               f"{_values(write(data, edge))}</edge>\n")
    yield "</edges>\n</graph>\n</gexf>\n"


def _frame(name: str) -> tuple[str, str]:
    return f'<attvalue for="{quoted(name)}" value="', '"/>'


def _values(elements: str) -> str:
    return f"<attvalues>{elements}</attvalues>" if elements else ""


@lru_cache(maxsize=100)
def _kind(word: str) -> str:
    """The relation as label, and as the kind by which Gephi keeps parallel edges apart."""
    return f' label="{quoted(word)}" kind="{quoted(word)}"' if word else ""


def _weight(value: object, edge: str) -> str:
    if type(value) is int and abs(value) < 10**15:
        return f' weight="{value}.0"'
    weight = as_type(value, "double", f"{edge}, attribute {WEIGHT}")
    return "" if weight is None else f' weight="{weight!r}"'


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


def _node_times(graph: nx.MultiDiGraph) -> dict[object, Days | None]:
    """From the first to the last day of every node, its edges included, for Gephi draws no edge without its ends."""
    times: dict[object, Days | None] = {}
    for node, data in graph.nodes(data=True):
        own = days_of(data, EVENT_DATES)
        times[node] = own if own and data.get("category") == "event" else days_of(data, NODE_DATES)
    for source, target, data in graph.edges(data=True):
        if span := days_of(data, EDGE_DATES):
            for end in (source, target):
                own = times[end]
                if own is None or span[0] < own[0] or own[1] < span[1]:
                    times[end] = hull((own, span))
    return times
