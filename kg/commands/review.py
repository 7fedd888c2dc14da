"""kg review: what a person should look at, as lines or as a sheet; and the sheet that comes back with decisions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.decide.kept import keep, kept, taken
from kg.decide.sheet import read_sheet
from kg.decide.words import phrase, words
from kg.reading.explain import open_graph
from kg.reading.review import decided, questions, sheet, told, write_sheet
from kg.store import opened


def review(graph: Path, store: Path, output: Path | None, top: int, below: float | None) -> Iterator[str]:
    """What is open and what is decided, as lines, or written into the sheet *output*."""
    found, done = questions(open_graph(graph), below), decided(graph, store)
    if output is None:
        yield from told(found, done, top)
        return
    write_sheet(sheet(found, done), output)
    actions = "、".join(several[0] for several in words()["actions"].values())
    yield words()["screen"]["wrote"].format(file=output, open=len(found), done=len(done), words=actions)


def apply(file: Path, store: Path) -> Iterator[str]:
    """Take the decisions of a sheet into the store, where every build finds them."""
    said, screen = read_sheet(file), words()["screen"]
    if not said:
        yield screen["none"]
        return
    with opened(store) as memory:
        change = taken(kept(memory.judgements()), said)
        memory.judge(map(keep, change.new), (keep(d)[:3] for d in change.gone))
        held = len(kept(memory.judgements()))
    yield from (screen["gone"].format(decision=phrase(d)) for d in change.gone)
    yield screen["applied"].format(file=file, new=len(change.new), known=len(change.known), gone=len(change.gone),
                                   store=store, all=held)
