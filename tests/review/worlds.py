"""Small runs with decisions: articles and sheets as data, and graphs of them."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import networkx as nx
from paired import article

from kg.decide import Decided, Decisions
from kg.decide.sheet import COLUMNS, read_sheet
from kg.graph import build_graph
from kg.model import Decision, Extraction, Member
from kg.resolve import resolve

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["case"]


def articles(sides: list[dict[str, Any]]) -> tuple[list[Extraction], list[Member]]:
    """An article for each side, and the members that they are about."""
    made = [article(f"d{n:02}", side["kind"], {k: v for k, v in side.items() if k != "kind"})
            for n, side in enumerate(sides)]
    return [extraction for extraction, _ in made], [(extraction.document, key) for extraction, key in made]


def decisions(rows: list[dict[str, str]], folder: Path) -> list[Decision]:
    """The decisions of a sheet with these rows, each read by itself: rows may contradict one another."""
    found = []
    for number, row in enumerate(rows):
        path = folder / f"{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, [row.get(name, "") for name in COLUMNS]])
        found += [said.decision for said in read_sheet(path)]
    return found


def apply(extractions: list[Extraction], decided: list[Decision]) -> tuple[Decided, nx.MultiDiGraph]:
    """What a build makes of the decisions."""
    given = Decisions(extractions, decided)
    result = given.apply(resolve(extractions, given.judgements()))
    return result, build_graph(extractions, result.resolution, decided=result)
