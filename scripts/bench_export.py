"""How fast and in how much memory the writers of GraphML and GEXF work, beside networkx.write_graphml, in one run.

    python scripts/bench_export.py [EDGES ...]

An invented graph as make_big_graph.py makes it, three nodes for ten edges. Every writer writes the same graph in turn,
five times; the medians of processor time are compared. The peak is what Python reserves while writing,
above the graph itself; what libxml2 reserves for networkx is not in it.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import make_big_graph
import networkx as nx

from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml

ROUNDS = 5


def bare(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """*graph* without what belongs to the whole of it, which networkx cannot write."""
    plain = nx.MultiDiGraph()
    plain.add_nodes_from(graph.nodes(data=True))
    plain.add_edges_from(graph.edges(keys=True, data=True))
    return plain


def seconds(write: Callable[[nx.MultiDiGraph, Path], None], graph: nx.MultiDiGraph, path: Path) -> float:
    gc.collect()
    begin = time.process_time()
    write(graph, path)
    return time.process_time() - begin


def peak(write: Callable[[nx.MultiDiGraph, Path], None], graph: nx.MultiDiGraph, path: Path) -> float:
    """Megabytes above those in use before."""
    gc.collect()
    tracemalloc.start()
    write(graph, path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    make_big_graph.positions = lambda graph: {node: (1.5 * i, -2.5) for i, node in enumerate(graph)}  # no layout here
    writers: dict[str, Callable[[nx.MultiDiGraph, Path], None]] = {
        "networkx.write_graphml": nx.write_graphml, "kg GraphML": write_graphml, "kg GEXF": write_gexf}
    for edges in [int(word) for word in sys.argv[1:]] or [100_000]:
        graph = bare(make_big_graph.make(edges * 3 // 10, edges))
        print(f"{graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges")
        taken: dict[str, list[float]] = {name: [] for name in writers}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "graph.xml"
            for _ in range(ROUNDS):
                for name, write in writers.items():
                    taken[name].append(seconds(write, graph, path))
            for name, write in writers.items():
                median = statistics.median(taken[name])
                ratio = statistics.median(taken["networkx.write_graphml"]) / median
                memory = peak(write, graph, path)
                print(f"{name:23} {median:6.2f} s  {ratio:4.1f} times as fast  peak {memory:5.1f} MB"
                      f"  file {path.stat().st_size / 1e6:5.1f} MB")


if __name__ == "__main__":
    main()
