"""Every way out of the tiny graph as a file in golden/: a change of what others read shows here, letter by letter.

After a change that is meant: KG_GOLDEN=write .venv/bin/python -m pytest tests/export/test_golden.py, then git diff.
"""

from __future__ import annotations

import copy
import os
from pathlib import Path

import pytest
from tiny import tiny

from kg.export import FORMATS, written

GOLDEN = Path(__file__).parent / "golden"
NAMES = [
    "tables.csv",
    "graph.cypher",
    "entities.ftm.json",
    "graph.json",
    "graph.jsonl",
    "graph.jsonld",
    "neo4j",
    "graph.nt",
    "graph.ttl",
]
ELSEWHERE = {
    ".gexf",
    ".graphml",
    ".html",
    ".parquet",
}  # bytes that depend on a package, or tested letter by letter there


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_what_it_was(name: str, tmp_path: Path) -> None:
    graph = tiny()
    before = copy.deepcopy(graph)
    files = written(graph, tmp_path / name, None if "." in name else name)
    assert repr(list(graph.nodes(data=True))) == repr(list(before.nodes(data=True)))
    assert repr(list(graph.edges(keys=True, data=True))) == repr(list(before.edges(keys=True, data=True)))
    assert graph.graph == before.graph
    for file in files:
        golden = GOLDEN / file.relative_to(tmp_path)
        if os.environ.get("KG_GOLDEN") == "write":
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_bytes(file.read_bytes())
        assert file.read_bytes().decode("utf-8") == golden.read_bytes().decode("utf-8"), golden


def test_every_format_has_its_file() -> None:
    told = {f".{name}" if "." not in name else "." + name.split(".")[1] for name in NAMES}
    assert told | ELSEWHERE == set(FORMATS)
