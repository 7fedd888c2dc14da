"""GraphML and GEXF keep the rules of their schemas, and the schemas can say no."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from nasty import everything, graphs
from rules import RULES, keeps

from kg.export import export
from kg.pipeline import Run


@pytest.mark.parametrize("form", RULES)
def test_the_samples(sample_run: Run, tmp_path: Path, form: str) -> None:
    keeps(export(sample_run.graph, tmp_path / f"g.{form}"))


@pytest.mark.parametrize("form", RULES)
def test_an_empty_graph(tmp_path: Path, form: str) -> None:
    keeps(export(nx.MultiDiGraph(), tmp_path / f"g.{form}"))


@pytest.mark.parametrize("form", RULES)
@settings(max_examples=80, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(graph=graphs())
def test_any_value(graph: nx.MultiDiGraph, form: str, tmp_path: Path) -> None:
    """Whatever the values: only the ids and the names of attributes have to be words, as those of kg are."""
    named = nx.relabel_nodes(graph, {node: f"n{number}" for number, node in enumerate(graph)})
    keeps(export(named, tmp_path / f"g.{form}"))


def test_everything(tmp_path: Path) -> None:
    for form in RULES:
        keeps(export(everything(), tmp_path / f"g.{form}"))


@pytest.mark.parametrize(("form", "right", "wrong"), [
    ("graphml", 'edgedefault="directed"', 'edgedefault="both"'),
    ("graphml", '<node id="alone">', '<node id="n1">'),
    ("graphml", 'target="n2"', 'target="n99"'),
    ("graphml", 'id="n0-n2-0"', 'id="n0 n2 0"'),
    ("graphml", 'attr.type="long"', 'attr.type="big"'),
    ("graphml", '<data key="e_weight">1</data>', '<data key="e_nothing">1</data>'),
    ("graphml", "</node>", "<data/></node>"),
    ("gexf", 'value="disc"', 'value="star"'),
    ("gexf", 'start="2023-04-01"', 'start="2023-04"'),
    ("gexf", 'weight="1.0"', 'weight="much"'),
    ("gexf", 'r="0"', 'r="256"'),
    ("gexf", '<attributes class="node">', '<attributes class="graph">'),
    ("gexf", 'defaultedgetype="directed"', 'defaultedgetype="arrow"'),
])
def test_the_schemas_can_say_no(tmp_path: Path, form: str, right: str, wrong: str) -> None:
    path = export(everything(), tmp_path / f"g.{form}")
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(AssertionError):
        keeps(path)
