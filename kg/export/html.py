"""One offline page: pyvis and its vis-network draw, everything else is ours and stands in `page/`."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg.export.files import whole_file
from kg.export.page_data import PageData, columns, inert
from kg.lean import without
from kg.model.schema import COLORS

PAGE: Final = Path(__file__).parent / "page"
SCRIPTS: Final = (
    "words", "data", "sieve", "arrange", "layouts", "look", "labels", "view", "walk", "path", "filters",
    "period", "search", "panel", "tables", "matrix", "overview", "picture", "files", "state", "keys", "main",
)
LIBRARY: Final = "templates/lib/vis-9.1.2/vis-network.min.js"

# Shapes tell the categories apart where colours don't.
SHAPES: Final[dict[str, str]] = {
    "official": "dot", "person": "dot", "region": "square", "enterprise": "diamond",
    "organization": "triangle", "project": "hexagon", "event": "star",
}


def write_html(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write *graph* as one page that opens from disk without any network; the same graph, the same bytes."""
    with whole_file(Path(path)) as file:
        file.write(render(graph))


def render(graph: nx.MultiDiGraph) -> str:
    """The page as text. pyvis holds nodes, edges and options and fills our template."""
    with without("IPython.display.IFrame", "jsonpickle.encode"):  # only when a page is wanted, and without IPython
        from pyvis.network import Network

    data = PageData(graph)
    network = Network(directed=True, cdn_resources="in_line")
    network.nodes, network.edges = data.nodes, data.edges  # add_node and add_edge search lists at every call
    network.options = _options(data)
    network.set_template((PAGE / "template.html").as_posix())
    library, script, style = _library(), _script(), _source("style.css")
    network.templateEnv.filters.update(columns=columns, inert=inert)
    network.templateEnv.globals.update(
        rest=data.rest(), evidence=data.evidence(), library=library, script=script, style=style,
        policy=f"default-src 'none'; script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}; "
               "img-src data: blob:; base-uri 'none'; form-action 'none'")
    return str(network.generate_html())


def _options(data: PageData) -> dict[str, Any]:
    """What vis-network is told: no physics, no layout of its own, a shape and a colour for every category."""
    groups = {str(i): {"shape": SHAPES.get(c, "dot"), "color": COLORS.get(c, "#888888")}
              for i, c in enumerate(data.categories)}
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {"hover": True, "tooltipDelay": 100000, "keyboard": {"enabled": False},
                        "hideEdgesOnDrag": False, "selectConnectedEdges": False, "multiselect": False},
        "nodes": {"borderWidth": 1, "borderWidthSelected": 3, "scaling": {"label": False}},
        "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}, "selectionWidth": 2, "hoverWidth": 1,
                  "smooth": False},
        "groups": groups,
    }


@cache
def _source(name: str) -> str:
    return (PAGE / name).read_text("utf-8").replace("\r\n", "\n").strip() + "\n"


@cache
def _script() -> str:
    return '"use strict";\n' + "\n".join(_source(f"{name}.js") for name in SCRIPTS)


@cache
def _library() -> str:
    """The bundle of vis-network that pyvis brings, without its pointer to a source map."""
    import pyvis

    text = (Path(pyvis.__file__).parent / LIBRARY).read_text("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))


def _hash(text: str) -> str:
    """A script's or style's name in the content security policy; the template sets nothing around the text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
