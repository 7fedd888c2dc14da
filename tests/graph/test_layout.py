"""The same picture in every run; labels apart; everything placed."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import numpy as np
import pytest

from kg.graph.forces import EXACT, _push_exact, _push_grid
from kg.graph.labels import box
from kg.graph.layout import DOT, positions


def village(count: int) -> nx.MultiDiGraph:
    """A tree with some chords, a pair, and single nodes."""
    graph = nx.MultiDiGraph()
    for i in range(count):
        graph.add_node(f"n{i}", label=f"云岭县第{i}产业园", category="project")
    for i in range(1, count - 5):
        graph.add_edge(f"n{i}", f"n{(i * 7) // 11 if i > 3 else 0}")
        if i % 9 == 0:
            graph.add_edge(f"n{i}", f"n{i // 3}")
    graph.add_edge(f"n{count - 1}", f"n{count - 2}")
    return graph


@pytest.mark.parametrize("count", [8, 40, 250, EXACT + 200])
def test_everything_has_its_own_place(count: int) -> None:
    graph = village(count)
    found = positions(graph)
    assert set(found) == set(graph)
    assert len(set(found.values())) == count
    assert all(value == round(value, 2) for place in found.values() for value in place)


@pytest.mark.parametrize("count", [8, 40, 250])
def test_labels_do_not_lie_on_each_other(count: int) -> None:
    graph = village(count)
    found = positions(graph)
    at = np.array([found[n] for n in graph])
    boxes = np.array([box(graph.nodes[n]["label"]) for n in graph])
    apart = np.abs(at[:, None] - at[None, :])
    text = (boxes[:, None] + boxes[None, :]) / 2 - 16  # the letters without their margin
    covered = (apart < text).all(2).sum() - count
    assert covered <= count // 25


def test_neighbours_are_near() -> None:
    graph = village(EXACT + 400)
    found = positions(graph)
    at = np.array(list(found.values()))
    edges = np.mean([np.hypot(*np.subtract(found[a], found[b])) for a, b in graph.edges()])
    pairs = np.hypot(*(at[:, None] - at[None, :]).reshape(-1, 2).T).mean()
    assert edges < 0.3 * pairs
    nearest = np.sort(np.hypot(*np.moveaxis(at[:, None] - at[None, :], 2, 0)), axis=1)[:, 1]
    assert np.quantile(nearest, 0.1) > DOT / 2


def test_single_nodes_stand_outside_the_component() -> None:
    graph = village(60)
    graph.add_nodes_from(f"z{i}" for i in range(12))
    found = positions(graph)
    linked = np.array([found[n] for n, degree in graph.degree() if degree])
    for i in range(12):
        across, down = (linked - found[f"z{i}"]).T
        row, column = across[np.abs(down) < 30], down[np.abs(across) < 30]
        sides = [(row > 0).any(), (row < 0).any(), (column > 0).any(), (column < 0).any()]
        assert not all(sides)
        assert np.hypot(across, down).min() > 60


def test_the_order_of_insertion_is_nothing() -> None:
    graph = village(80)
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from(reversed(list(graph.edges(keys=True))))
    assert positions(other) == positions(graph)


def test_another_process_draws_the_same() -> None:
    code = ("import networkx as nx; from kg.graph.layout import positions\n"
            "g = nx.MultiDiGraph([(f'{i}', f'{i * i % 97}') for i in range(700)]); print(positions(g))")
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                           env={"PYTHONHASHSEED": seed, "PATH": ""}).stdout for seed in ("1", "2")}
    assert len(runs) == 1
    assert "'96':" in runs.pop()


def test_the_grid_pushes_as_the_exact_sum_does() -> None:
    dice = np.random.default_rng(5)
    at = dice.normal(size=(400, 2)) * 30
    mass = dice.uniform(1, 2, 400)
    x, y = at.T.copy()
    exact, grid = (np.stack(push, 1) for push in (_push_exact(x, y, mass), _push_grid(x, y, mass, 128)))
    assert np.linalg.norm(exact - grid) < 0.15 * np.linalg.norm(exact)  # near pairs are smoothed, the rest agrees


def test_loops_parallel_edges_and_coinciding_nodes() -> None:
    graph = nx.MultiDiGraph([("a", "a"), ("a", "b"), ("b", "a"), ("a", "b"), ("c", "c")])
    assert len(set(positions(graph).values())) == 3
    star = nx.MultiDiGraph([("hub", f"{i}") for i in range(300)])
    assert len(set(positions(star).values())) == 301


def test_many_small_components_do_not_lie_on_each_other() -> None:
    graph = nx.MultiDiGraph([(f"{i}a", f"{i}b") for i in range(400)] + [(f"{i}b", f"{i}c") for i in range(0, 400, 3)])
    graph.add_nodes_from(f"z{i}" for i in range(100))
    found = positions(graph)
    at = np.array([found[n] for n in graph])
    apart = np.abs(at[:, None] - at[None, :]) + 1000 * np.eye(len(at))[:, :, None]
    assert not (apart < [40, 40]).all(2).any()
    assert np.ptp(at[:, 0]) < 40 * np.sqrt(len(at)) * 12
