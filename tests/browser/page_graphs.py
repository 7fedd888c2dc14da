"""Invented graphs for the page: no name and no sentence is real."""

from __future__ import annotations

import networkx as nx

from kg.layout import positions
from kg.model import Evidence, Statement
from kg.model.schema import CATEGORIES, COLORS, RELATIONS


def place(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    degrees, places = dict(graph.degree()), positions(graph)
    most = max(degrees.values(), default=0) or 1
    for node, data in graph.nodes(data=True):
        data["x"], data["y"] = places[node]
        data |= {"degree": degrees[node], "size": 4 + 96 * (degrees[node] / most) ** 0.5}
    return graph


def add(graph: nx.MultiDiGraph, node: str, label: str, category: str, **more: str) -> None:
    graph.add_node(node, label=label, category=category, category_zh=CATEGORIES[category], color=COLORS[category],
                   documents="d1", mentions=1, **more)


def state(graph: nx.MultiDiGraph, source: str, relation: str, target: str, text: str, **more: object) -> None:
    """One edge with one statement; the labels of its ends are marked where the sentence holds them."""
    def part(label: str) -> Evidence | None:
        at = text.find(label)
        return Evidence("d1", 50 + at, 50 + at + len(label), label) if at >= 0 else None

    key = f"e-{source}-{relation}-{target}"
    head, tail = (part(graph.nodes[node]["label"]) for node in (source, target))
    statement = Statement("d1", relation, source, target, Evidence("d1", 50, 50 + len(text), text), "rule", 0.9, "fact",
                          head_evidence=head, tail_evidence=tail)
    graph.graph.setdefault("statements", {})[key] = [statement]
    graph.add_edge(source, target, key=key, relation=relation, relation_zh=RELATIONS[relation], weight=1, status="fact",
                   documents="d1", evidence=text, **more)


def invented(extra: int = 0) -> nx.MultiDiGraph:
    """Eight nodes that tests know by name, and as many more as wanted."""
    graph = nx.MultiDiGraph()
    graph.graph["documents"] = {"d1": {
        "title": "赵明远到云岭县调研", "published": "2021-03-04", "publisher": "青河日报", "path": "samples/d1.txt"}}
    add(graph, "p1", "赵明远", "official", title="市委书记", region="青河市", aliases="趙明遠|赵书记")
    add(graph, "r1", "云岭县", "region", level="county", adcode="999901")
    add(graph, "r2", "青河市", "region", level="prefecture")
    add(graph, "c1", "青河纺织有限公司", "enterprise")
    add(graph, "j1", "云岭县帮扶车间", "project")
    add(graph, "o1", "云岭县第一中学", "organization")
    add(graph, "v1", "2021-03-03 联席会议", "event", kind="meeting", start_date="2021-03-03")
    add(graph, "x1", "石桥镇", "region")
    state(graph, "p1", "holds_post", "r2", "青河市委书记赵明远率队出访。", title="市委书记", date="2021-03-03")
    state(graph, "p1", "visited", "r1", "𠮷日,赵明远到云岭县调研。", date="2021-03-03")
    state(graph, "r2", "supports", "r1", "青河市向云岭县拨付资金3亿元。", amount=3e8, aid_kind="funds")
    state(graph, "c1", "undertakes", "j1", "云岭县帮扶车间由青河纺织有限公司运营。")
    state(graph, "j1", "located_in", "r1", "云岭县帮扶车间投产。")
    state(graph, "p1", "attended", "v1", "会上,赵明远讲话。")
    state(graph, "r2", "paired_with", "r1", "青河市与云岭县结对。")
    for i in range(extra):
        add(graph, f"z{i:05d}", f"松原{i}村", "region")
        if i:
            state(graph, f"z{i:05d}", "located_in", f"z{i // 3:05d}", f"这是第{i}句。")
    if extra:
        state(graph, "z00000", "located_in", "r1", "松原0村在云岭县。")
    return place(graph)


NASTY = [
    "<script>window.PWNED=1</script>", "</script><script>window.PWNED=2</script>", "<img src=x onerror=window.PWNED=3>",
    "javascript:window.PWNED=4", "\"><svg/onload=window.PWNED=5>", "\u202e倒着写\u202c",
    "</title></style><!--", "{{ 7*7 }}{% x %}",
    "线\u2028分\u2029隔", "\x00\x07坏\x1b字符", "\ud800孤", "长" * 10_000, "", "__proto__", "constructor",
    "&lt;b&gt;&amp;",
]


def hostile() -> nx.MultiDiGraph:
    """The same with texts that try to become markup."""
    graph = invented()
    graph.graph["documents"]["d1"] = dict.fromkeys(("title", "published", "publisher"), NASTY[1])
    graph.graph["documents"]["</script>"] = {"title": NASTY[0]}
    for i, text in enumerate(NASTY):
        add(graph, f"{text[:60]}{i}", text, list(CATEGORIES)[i % 7], aliases=text[:50], title=text, path=text)
        state(graph, f"{text[:60]}{i}", "visited", "r1", text or "空", title=text, role=text, date=text[:40])
    return place(graph)
