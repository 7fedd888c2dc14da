"""The public names: which there are, what they take, what an import costs, how a graph behaves and shows itself."""

from __future__ import annotations

import copy
import inspect
import pickle
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg.pipeline import Run, write
from kg.reading.display import SMALL, faced

SURFACE = {
    "build": "(paths, *, workers, limit, statuses, columns, lexicon, model, store, decisions, engine, master)",
    "explain": "(graph, name, other)",
    "export": "(graph, path, form)",
    "load": None,
    "open": "(path)",
    "path": "(graph, first, last)",
    "select": "(graph, *, categories, relations, regions, start, end, undated, min_confidence, min_weight, ego, depth)",
    "show": "(graph, height)",
    "stats": "(graph, *, documents)",
    "view": "(graph, name, level)",
    "Graph": None,
    "KgError": "(where, what, remedy)",
}


def names(signature: inspect.Signature) -> str:
    """The names of parameters alone, as SURFACE writes them."""
    bare = [p.replace(annotation=inspect.Parameter.empty, default=inspect.Parameter.empty)
            for p in signature.parameters.values()]
    return str(inspect.Signature(bare))


def test_the_public_names_are_these() -> None:
    assert sorted(kg.__all__) == sorted([*SURFACE, "__version__"])
    assert set(kg.__all__) <= set(dir(kg))
    for name, wanted in SURFACE.items():
        found = getattr(kg, name)
        assert callable(found)
        if wanted is not None:
            verb = getattr(found, name) if inspect.ismodule(found) else found
            assert names(inspect.signature(verb)) == wanted, name


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = kg.nonsense


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(kg.__file__).parent / "py.typed").exists()


def run(code: str) -> str:
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    return shown.stdout.strip()


def test_import_is_quick_and_leaves_no_trace() -> None:
    code = ("import os, sys, time, logging, warnings; before = (os.getcwd(), dict(os.environ), list(warnings.filters),"
            "list(logging.root.handlers), set(sys.modules)); began = time.process_time(); import kg;"
            "took = time.process_time() - began; after = (os.getcwd(), dict(os.environ), list(warnings.filters),"
            "list(logging.root.handlers)); assert after == before[:4];"
            "assert not {m for m in set(sys.modules) - before[4] if m.startswith('kg.')}; print(took < 0.3)")
    assert run(code) == "True"


TRY_ALL = """
import kg
graph = kg.Graph()
graph.add_node("a", label="唐县", category="region", category_zh="地区")
assert str(kg.explain(graph, "唐县")).startswith("唐县")
assert str(kg.path(graph, "唐县", "唐县")) == "唐县"
assert kg.stats(graph).nodes == 1 and len(kg.view(graph, "posts")) == 0
kg.KgError, kg.show, kg.load, kg.open
"""


@pytest.mark.parametrize(
    "first", ["", "import kg.reading.explain", "from kg import explain, export", "import kg.pipeline, kg.views"])
def test_verbs_work_whatever_was_imported_before(first: str) -> None:
    run(first + TRY_ALL)


@pytest.fixture(scope="module")
def graph(sample_run: Run) -> nx.MultiDiGraph:
    return faced(sample_run.graph.copy())


def test_a_graph_is_a_networkx_graph_in_every_respect(graph: nx.MultiDiGraph) -> None:
    assert isinstance(graph, kg.Graph)
    some = list(graph)[:40]
    for made in (graph.copy(), copy.deepcopy(graph), pickle.loads(pickle.dumps(graph)), graph.subgraph(some),
                 graph.subgraph(some).copy(), graph.edge_subgraph([*graph.edges(keys=True)][:5]), graph.reverse()):
        assert type(made) is kg.Graph
    again = pickle.loads(pickle.dumps(graph))
    assert nx.utils.graphs_equal(again, graph)
    assert again.graph["documents"] == graph.graph["documents"]
    assert type(graph.to_undirected()) is nx.MultiGraph
    assert nx.number_weakly_connected_components(graph) > 1
    assert nx.relabel_nodes(graph, {some[0]: "x"}).has_node("x")


def test_build_and_open_give_such_a_graph(samples: Path, sample_run: Run, tmp_path: Path) -> None:
    built = kg.build(samples / "plans-dejiang.txt")
    assert type(built) is kg.Graph
    write(sample_run, tmp_path)
    opened = kg.open(str(tmp_path / "graph.graphml"))
    assert type(opened) is kg.Graph
    assert set(opened) == set(sample_run.graph)
    with pytest.raises(kg.KgError, match="cannot be read"):
        kg.open(tmp_path / "none.graphml")


def test_a_small_graph_shows_its_page_and_a_large_one_its_counts(graph: nx.MultiDiGraph) -> None:
    page = graph._repr_html_()
    assert page.startswith('<iframe title="kg" sandbox="allow-scripts allow-downloads"')
    assert page.count("<") == 2
    large = faced(nx.MultiDiGraph())
    large.add_nodes_from(range(SMALL + 1), label="<b>唐县</b>", category="region", category_zh="地区")
    shown = large._repr_html_()
    assert "<iframe" not in shown
    assert "&lt;b&gt;唐县" in shown
    assert "1,001" in shown or "1001" in shown
    assert kg.show(large, height=321)._repr_html_().startswith("<iframe")
    assert "height:321px" in kg.show(graph, height=321)._repr_html_()


def test_a_graph_without_our_attributes_shows_itself_too() -> None:
    bare = kg.Graph([("a", "b"), ("b", 1)])
    assert bare._repr_html_().startswith("<iframe")
    bare.add_nodes_from(range(2 * SMALL))
    assert "<table>" in bare._repr_html_()
