"""kg evaluate: build from a folder of labelled articles, and measure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.commands.build import progress
from kg.errors import OutputError
from kg.export import export
from kg.pipeline import run
from kg.reading import evaluate as measure


def evaluate(
    gold: Sequence[Path], graph: Path | None, docs: str | None, misses: bool, file: Path | None, workers: int
) -> Iterator[str]:
    """The lines of the table; the graph is built from *gold* where none is given."""
    with TemporaryDirectory(prefix="kg-") as folder:
        if graph is None:
            graph = Path(folder) / "graph.graphml"
            with progress("Reading articles") as report:
                export(run(gold, workers=workers, progress=report).graph, graph)
        score = measure.evaluate(graph, gold, frozenset(docs.split(",")) if docs else None)
    if misses:
        yield from ("\t".join(miss) for miss in sorted(score.misses))
    yield from score.lines()
    if file is not None:
        try:
            file.write_text(json.dumps(score.figures(), indent=1) + "\n", "utf-8")
        except OSError as error:
            raise OutputError(str(file), f"cannot be written ({error.strerror})", "choose another file") from error
