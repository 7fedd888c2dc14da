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

# suffix: the module of this package and its function (graph, path), which answers with its files where they are several
FORMATS: Final[dict[str, tuple[str, str]]] = {
    ".csv": ("tables", "write_tables"),
    ".cypher": ("neo4j", "write_cypher"),
    ".ftm": ("ftm", "write_ftm"),
    ".gexf": ("gexf", "write_gexf"),
    ".graphml": ("graphml", "write_graphml"),
    ".html": ("html", "write_html"),
    ".json": ("node_link", "write_node_link"),
    ".jsonl": ("statements", "write_statements"),
    ".jsonld": ("json_ld", "write_json_ld"),
    ".neo4j": ("neo4j", "write_neo4j"),
    ".nt": ("rdf", "write_triples"),
    ".parquet": ("parquet", "write_parquet"),
    ".ttl": ("rdf", "write_turtle"),
}
DOUBLE: Final[dict[str, str]] = {".ftm.json": ".ftm", ".ftm.jsonl": ".ftm"}


def export(graph: nx.MultiDiGraph, path: str | Path, form: str | None = None) -> Path:
    """Write *graph* in the format *form*, or in the one that the suffix of *path* names; the graph stays as it is.

    The suffix of entities.ftm.json is .ftm.json. The answer is the file written, of several the first (`written` names
    them all).

    >>> export(nx.MultiDiGraph(), "graph.docx")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kg.errors.OutputError: graph.docx: there is no format for '.docx' (remedy: use one of .csv .cypher .ftm ...)
    >>> export(nx.MultiDiGraph(), "graph", "pdf")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kg.errors.OutputError: graph: there is no format 'pdf' (remedy: use one of csv cypher ftm ...)
    """
    return written(graph, path, form)[0]


def written(graph: nx.MultiDiGraph, path: str | Path, form: str | None = None) -> list[Path]:
    """Write *graph* as `export` does and name every file that was written."""
    path = Path(path)
    module, function = _writer(path, form)
    files: list[Path] | None = getattr(import_module(f"kg.export.{module}"), function)(graph, path)
    return files or [path]


def _writer(path: Path, form: str | None) -> tuple[str, str]:
    if form is None:
        both = "".join(path.suffixes[-2:]).lower()
        found, what = FORMATS.get(DOUBLE.get(both, path.suffix.lower())), f"there is no format for '{path.suffix}'"
        remedy = f"use one of {' '.join(FORMATS)}"
    else:
        found, what = FORMATS.get("." + form.lower().removeprefix(".")), f"there is no format '{form}'"
        remedy = f"use one of {' '.join(names())}"
    if found is None:
        raise OutputError(str(path), what, remedy)
    return found


def names() -> list[str]:
    """The formats by name.

    >>> names()[:5]
    ['csv', 'cypher', 'ftm', 'gexf', 'graphml']
    """
    return [suffix[1:] for suffix in FORMATS]


class _Callable(ModuleType):
    def __call__(self, graph: nx.MultiDiGraph, path: str | Path, form: str | None = None) -> Path:
        return export(graph, path, form)


sys.modules[__name__].__class__ = _Callable
