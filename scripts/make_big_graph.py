"""An invented graph of any size in the shape of real ones, to measure the layout and the page: no name is real.

    python scripts/make_big_graph.py 10000 30000 output/big.html output/big.graphml
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import networkx as nx

from kg.export import export
from kg.graph.layout import positions
from kg.model import Evidence, Statement
from kg.model.schema import CATEGORIES, COLORS, ENDS, RELATIONS

SHARES = {"official": 30, "person": 5, "region": 18, "enterprise": 17, "organization": 12, "project": 10, "event": 8}
SURNAMES, GIVEN = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张", "明远志国文华建平海燕立新春生晓东永康嘉宁"
PLACES = "云岭青河石桥松原白沙金川东陵西塘南浦北屏长泽高坪"
ENDINGS = {"region": "县市区镇", "enterprise": ["农业发展有限公司", "纺织有限公司", "科技集团"],
           "organization": ["第一中学", "人民医院", "农业农村局", "对口支援前方指挥部"],
           "project": ["产业园", "帮扶车间", "电商服务中心", "饮水安全工程"],
           "event": ["协作联席会议", "签约仪式", "调研"]}


def name(category: str, dice: random.Random) -> str:
    """An invented name."""
    if category in ("official", "person"):
        return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))
    place = "".join(dice.sample(PLACES, 2))
    return place + ("县" if category in ("project", "organization") else "") + dice.choice(ENDINGS[category])


def make(nodes: int, edges: int, seed: int = 7) -> nx.MultiDiGraph:
    """A graph with hubs, communities, pairs and single nodes, dressed as `kg.graph.build_graph` does."""
    dice = random.Random(seed)
    graph = nx.MultiDiGraph(name="kg")
    kinds: dict[str, list[str]] = {c: [] for c in CATEGORIES}
    for i in range(nodes):
        category = dice.choices(list(SHARES), list(SHARES.values()))[0]
        node = f"n{i:06d}"
        kinds[category].append(node)
        graph.add_node(node, label=name(category, dice), category=category, category_zh=CATEGORIES[category],
                       aliases="", documents=f"d{i % 97:03d}", mentions=1 + i % 5, color=COLORS[category])
    statements: dict[str, list[Statement]] = {}
    tries = 0
    while len(statements) < edges and tries < 40 * edges:
        tries += 1
        relation = dice.choice(list(RELATIONS))
        heads, tails = (sorted(c for c in side if kinds[c]) for side in ENDS[relation])
        if not heads or not tails:
            continue
        pool, other = kinds[dice.choice(heads)], kinds[dice.choice(tails)]
        spot = dice.random() ** 1.6
        source = pool[int(spot * len(pool))]
        near = min(max(spot + dice.gauss(0, 0.04), 0), 0.999)
        target = other[int(near * len(other))] if dice.random() < 0.7 else other[int(dice.random() ** 5 * len(other))]
        key = f"e-{source}-{relation}-{target}"
        if source == target or graph.has_edge(source, target, key):
            continue
        document = f"d{dice.randrange(97):03d}"
        head, tail = graph.nodes[source]["label"], graph.nodes[target]["label"]
        text = f"{head}一行在{tail}{RELATIONS[relation]}，双方就产业协作和消费帮扶作了交流，这是一句编写的例句。"
        begin = text.index(tail, len(head))
        statement = Statement(
            document, relation, source, target, Evidence(document, 10, 10 + len(text), text), "example", 0.9, "fact",
            date=f"2021-{1 + len(statements) % 12:02d}-{1 + len(statements) % 28:02d}",
            head_evidence=Evidence(document, 10, 10 + len(head), head),
            tail_evidence=Evidence(document, 10 + begin, 10 + begin + len(tail), tail))
        statements[key] = [statement]
        graph.add_edge(source, target, key=key, relation=relation, relation_zh=RELATIONS[relation], weight=1,
                       documents=document, evidence=text, status="fact", date=statement.date, confidence=0.9)
    graph.graph["statements"] = statements
    graph.graph["documents"] = {f"d{i:03d}": {
        "title": f"云岭县与青河市召开第{i + 1}次协作会议", "published": f"2021-{1 + i % 12:02d}-{1 + i % 28:02d}",
        "publisher": "云岭日报", "path": f"samples/d{i:03d}.txt"} for i in range(97)}
    degrees, places = dict(graph.degree()), positions(graph)
    most = max(degrees.values(), default=0) or 1
    for node, data in graph.nodes(data=True):
        data["degree"] = degrees[node]
        data["size"] = round(4 + 96 * (degrees[node] / most) ** 0.5, 3)
        data["x"], data["y"] = places[node]
    return graph


def main(words: list[str]) -> int:
    """Write one graph to every file named."""
    if len(words) < 3:
        print(__doc__)
        return 2
    graph = make(int(words[0]), int(words[1]))
    for word in words[2:]:
        print(export(graph, Path(word)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
