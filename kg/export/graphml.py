"""GraphML that Gephi takes in whole (interim writer)."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from kg.model.schema import EDGE_ATTRIBUTES, NODE_ATTRIBUTES


def write_graphml(graph: nx.MultiDiGraph, path: Path) -> None:
    out = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for kind, attributes in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
        out += [f'<key id="{kind[0]}_{n}" for="{kind}" attr.name="{n}" attr.type="{t}"/>' for n, t in attributes.items()]
    out.append('<graph id="kg" edgedefault="directed">')
    for node, data in sorted(graph.nodes(data=True)):
        out.append(f"<node id={quoteattr(node)}>")
        out += [f'<data key="n_{n}">{escape(str(data[n]))}</data>' for n in NODE_ATTRIBUTES if n in data]
        out.append("</node>")
    for source, target, key, data in sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3]):
        out.append(f'<edge id="{key}" source="{source}" target="{target}" label="{data["relation_zh"]}">')
        out += [f'<data key="e_{n}">{escape(str(data[n]))}</data>' for n in EDGE_ATTRIBUTES if n in data]
        out.append("</edge>")
    out.append("</graph></graphml>")
    path.write_text("\n".join(out), "utf-8")
