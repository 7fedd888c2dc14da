"""GraphML that Gephi takes in whole, written as a stream, and read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from kg.errors import GraphError
from kg.export.files import whole_file
from kg.export.order import edges, node_ids, relation_word
from kg.export.values import Plain, as_type, columns
from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
# Gephi and Gephi Lite give these names a meaning of their own.
RENAMED_NODE: Final = {name: f"{name}_" for name in ("id", "type", "source", "target", "r", "g", "b")}
RENAMED_EDGE: Final = {name: f"{name}_" for name in ("id", "type", "source", "target", "kind", "label", "start", "end")}


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
    for domain, found in (("node", node_columns), ("edge", edge_columns)):
        for _, name, kind in found:
            identity = quoteattr(f"{domain[0]}_{name}")
            yield f'<key id={identity} for="{domain}" attr.name={quoteattr(name)} attr.type="{kind}"/>\n'
    yield '<graph id="kg" edgedefault="directed">\n'
    ids = node_ids(graph)
    write_node, write_edge = _writer("n", node_columns), _writer("e", edge_columns)
    for node, called in ids.items():
        yield f"<node id={quoteattr(called)}>{write_node(graph.nodes[node], called)}</node>\n"
    for edge, source, target, _, values in edges(graph, ids):
        yield (f"<edge id={quoteattr(edge)} source={quoteattr(source)} target={quoteattr(target)}{_label(values)}>"
               f"{write_edge(values, edge)}</edge>\n")
    yield "</graph>\n</graphml>\n"


def _label(data: Mapping[str, object]) -> str:
    """The XML attribute by which Gephi keeps parallel edges of different relations apart."""
    word = relation_word(data)
    return f" label={quoteattr(word)}" if word else ""


def _writer(prefix: str, found: list[tuple[str, str, str]]) -> Callable[[Mapping[str, object], str], str]:
    """A function from attributes to their <data> elements."""
    heads = [(name, f"<data key={quoteattr(f'{prefix}_{written}')}>", kind) for name, written, kind in found]

    def write(data: Mapping[str, object], where: str) -> str:
        parts = []
        for name, head, kind in heads:
            value = data.get(name)
            if value is None or value == "":
                continue
            if kind == "string" and type(value) is str and value.isprintable():  # most values: nothing to clean
                text = escape(value) if "&" in value or "<" in value or ">" in value else value
            elif kind == "int" and type(value) is int:
                text = str(value)
            else:
                plain = as_type(value, kind, f"{where}, attribute {name}")
                if plain is None:
                    continue
                text = _text(plain)
            parts.append(f"{head}{text}</data>")
        return "".join(parts)

    return write


def _text(value: Plain) -> str:
    if isinstance(value, str):
        value = escape(value)
        return value.replace("\r", "&#13;") if "\r" in value else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def read_graphml(path: Path) -> nx.MultiDiGraph:
    """The graph that a GraphML file holds; edge ids become keys. Statements and documents are not in such a file."""
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
            graph.add_edge(source, target, key=key)
            graph.edges[source, target, key].update(_data(element, keys))
            element.clear()
    return graph


def _data(element: ElementTree.Element, keys: Mapping[str, tuple[str, Callable[[str], Plain]]]) -> dict[str, Plain]:
    found = {}
    for child in element:
        if child.tag.rpartition("}")[2] == "data" and child.text:
            name, convert = keys[child.attrib["key"]]
            found[name] = convert(child.text)
    return found
