"""JSON Lines: one statement a line, with its sentence, where it stands, what found it and how sure it is."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx

from kg.export.files import whole_file
from kg.export.stated import stated


def write_statements(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write the statements that the edges of *graph* rest on (`kg.export.stated`), objects with sorted keys."""
    with whole_file(Path(path)) as file:
        for line in stated(graph):
            file.write(json.dumps(line, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n")
