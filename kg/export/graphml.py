"""GraphML that Gephi takes in whole, written as a stream, and read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import networkx as nx

from kg.errors import GraphError
from kg.export.files import whole_file
from kg.export.markup import attribute_writer, content, quoted
from kg.export.order import edges, node_ids, relation_word
from kg.export.values import Plain, columns
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
# Gephi and Gephi Lite give these names a meaning of their own.
RENAMED_NODE: Final = {name: f"{name}_" for name in ("id", "type", "source", "target", "r", "g", "b")}
RENAMED_EDGE: Final = {name: f"{name}_" for name in ("id", "type", "source", "target", "kind", "label", "start", "end")}


# Of an edge: the Chinese word of its relation, which Gephi and others show beside it.
LABEL: Final = ("", "label", "string")


def write_graphml(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write *graph* to *path*: nodes and edges sorted, every attribute of one type, every edge id unique.

    Empty and absent values are left out. Attributes that `kg.model.schema` does not know follow the known ones.
    """
    with whole_file(Path(path)) as file:
        file.writelines(_lines(graph))


def _lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    node_columns = columns((data for _, data in graph.nodes(data=True)), NODE_ATTRIBUTES, RENAMED_NODE)
    edge_columns = columns((data for _, _, data in graph.edges(data=True)), EDGE_ATTRIBUTES, RENAMED_EDGE)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}">\n'
    for domain, found, rows in (("node", node_columns, (data for _, data in graph.nodes(data=True))),
                                ("edge", [LABEL, *edge_columns], (data for *_, data in graph.edges(data=True)))):
        long = _long(found, rows)
        for name, written, kind in found:
            yield (f'<key id="{domain[0]}_{quoted(written)}" for="{domain}" attr.name="{quoted(written)}" '
                   f'attr.type="{"long" if name in long else kind}"/>\n')
    yield '<graph id="kg" edgedefault="directed">\n'
    ids = node_ids(graph)
    write = attribute_writer(node_columns, lambda name: (f'<data key="n_{quoted(name)}">', "</data>"), content)
    for node, called in ids.items():
        yield f'<node id="{quoted(called)}">{write(graph.nodes[node], called)}</node>\n'
    write = attribute_writer(edge_columns, lambda name: (f'<data key="e_{quoted(name)}">', "</data>"), content)
    for edge, source, target, _, data in edges(graph, ids):
        kind, label = _labels(relation_word(data))
        yield (f'<edge id="{quoted(edge)}" source="{quoted(source)}" target="{quoted(target)}"{kind}>'
               f"{label}{write(data, edge)}</edge>\n")
    yield "</graph>\n</graphml>\n"


def _long(found: Iterable[tuple[str, str, str]], rows: Iterable[Mapping[str, object]]) -> set[str]:
    """Which of the whole numbers are too large for an int of 32 bits."""
    names = [name for name, _, kind in found if kind == "int"]
    return {name for row in rows for name in names
            if type(value := row.get(name)) is int and not -2**31 <= value < 2**31}


@lru_cache(maxsize=100)
def _labels(word: str) -> tuple[str, str]:
    """The XML attribute by which Gephi keeps parallel edges of different relations apart, and the label of the edge."""
    return (f' label="{quoted(word)}"', f'<data key="e_label">{content(word)}</data>') if word else ("", "")


def read_graphml(path: Path) -> nx.MultiDiGraph:
    """The graph that a GraphML file holds; edge ids become keys. Statements and documents are not in such a file.

    The label of an edge is left out where it only repeats the word of its relation.
    """
    path = Path(path)
    try:
        return _read(path)
    except OSError as error:
        raise GraphError(str(path), f"cannot be read ({error.strerror or error})", "name a GraphML file") from error
    except (ElementTree.ParseError, ValueError, KeyError) as error:
        raise GraphError(str(path), f"is no readable GraphML ({error})", "write it again with kg build") from error


_TYPES: Final[dict[str, Callable[[str], Plain]]] = {
    "string": str, "int": int, "long": int, "float": float, "double": float,
    "boolean": lambda text: text.strip().lower() in ("true", "1"),
}


def _read(path: Path) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph(name="kg")
    keys: dict[str, tuple[str, Callable[[str], Plain]]] = {}
    root: ElementTree.Element | None = None
    for event, element in ElementTree.iterparse(path, ("start", "end")):
        word = element.tag.rpartition("}")[2]
        if event == "start":
            root = element if root is None else root
            if root.tag.rpartition("}")[2] != "graphml":
                raise ValueError(f"the first element is {word}")
        elif word == "key":
            keys[element.attrib["id"]] = (element.get("attr.name", element.attrib["id"]),
                                          _TYPES[element.get("attr.type", "string")])
        elif word == "node":
            graph.add_node(element.attrib["id"], **_data(element, keys))
            element.clear()
        elif word == "edge":
            source, target = element.attrib["source"], element.attrib["target"]
            key = element.get("id") or f"e{graph.number_of_edges()}"
            found = _data(element, keys)
            if found.get("label") == relation_word(found):
                del found["label"]
            graph.add_edge(source, target, key=key)
            graph.edges[source, target, key].update(found)
            element.clear()
    return graph


def _data(element: ElementTree.Element, keys: Mapping[str, tuple[str, Callable[[str], Plain]]]) -> dict[str, Plain]:
    found = {}
    for child in element:
        if child.tag.rpartition("}")[2] == "data" and child.text:
            name, convert = keys[child.attrib["key"]]
            found[name] = convert(child.text)
    return found
