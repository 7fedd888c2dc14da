"""One module per format; none knows another.

The package can be called like its one function, for `kg.export` names both: `kg.export(graph, "graph.graphml")`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

import networkx as nx

from kg.errors import OutputError

# suffix: the module of this package and its function (graph, path) -> None
FORMATS: Final[dict[str, tuple[str, str]]] = {
    ".graphml": ("graphml", "write_graphml"),
    ".html": ("html", "write_html"),
}


def export(graph: nx.MultiDiGraph, path: str | Path) -> Path:
    """Write *graph* in the format that the suffix of *path* names; the graph stays as it is.

    >>> export(nx.MultiDiGraph(), "graph.docx")
    Traceback (most recent call last):
    kg.errors.OutputError: graph.docx: there is no format for '.docx' (remedy: use one of .graphml .html)
    """
    path = Path(path)
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise OutputError(str(path), f"there is no format for '{path.suffix}'", f"use one of {' '.join(FORMATS)}")
    module, function = found
    getattr(import_module(f"kg.export.{module}"), function)(graph, path)
    return path


class _Callable(ModuleType):
    def __call__(self, graph: nx.MultiDiGraph, path: str | Path) -> Path:
        return export(graph, path)


sys.modules[__name__].__class__ = _Callable
