"""Invented graphs for the page: no name and no sentence is real."""

from __future__ import annotations

import networkx as nx

from kg.graph.layout import positions
from kg.model import Evidence, Statement
from kg.model.schema import CATEGORIES, COLORS, RELATIONS


def place(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    degrees, places = dict(graph.degree()), positions(graph)
    most = max(degrees.values(), default=0) or 1
    for node, data in graph.nodes(data=True):
        data["x"], data["y"] = places[node]
        data |= {"degree": degrees[node], "size": 4 + 96 * (degrees[node] / most) ** 0.5}
    return graph


def add(graph: nx.MultiDiGraph, node: str, label: str, category: str, **more: object) -> None:
    graph.add_node(node, **({"documents": "d1"} | more), label=label, category=category, mentions=1,
                   category_zh=CATEGORIES[category], color=COLORS[category])


def state(graph: nx.MultiDiGraph, source: str, relation: str, target: str, text: str, **more: object) -> None:
    """One edge with one statement; the labels of its ends are marked where the sentence holds them."""
    documents = str(more.pop("documents", "d1"))
    document = documents.split("|")[0]

    def part(label: str) -> Evidence | None:
        at = text.find(label)
        return Evidence(document, 50 + at, 50 + at + len(label), label) if at >= 0 else None

    key = f"e-{source}-{relation}-{target}"
    head, tail = (part(graph.nodes[node]["label"]) for node in (source, target))
    statement = Statement(document, relation, source, target, Evidence(document, 50, 50 + len(text), text), "rule", 0.9,
                          "fact", head_evidence=head, tail_evidence=tail)
    graph.graph.setdefault("statements", {})[key] = [statement]
    graph.add_edge(source, target, key=key, relation=relation, relation_zh=RELATIONS[relation], weight=1, evidence=text,
                   documents=documents, **({"status": "fact"} | more))


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


def dated() -> nx.MultiDiGraph:
    """Two counties with coordinates, two years, planned and doubtful relations, a reposted article."""
    graph = nx.MultiDiGraph()
    graph.graph["documents"] = {
        "d1": {"title": "黄岩区召开联席会议", "published": "2021-03-04", "publisher": "青河日报"},
        "d2": {"title": "两地签约", "published": "2022-06-10", "publisher": "云岭日报"},
        "d3": {"title": "两地签约", "published": "2022-06-11", "publisher": "青河日报", "repost_of": "d2"}}
    add(graph, "r1", "四川省南充市仪陇县", "region", adcode="511324", level="county", path="四川省南充市仪陇县",
        aliases="仪陇县", latitude=31.43, longitude=106.51, documents="d1|d2|d3")
    add(graph, "r2", "浙江省台州市黄岩区", "region", adcode="331003", level="county", path="浙江省台州市黄岩区",
        aliases="黄岩区", latitude=28.6, longitude=121.08, documents="d1|d2|d3")
    add(graph, "p1", "赵灏川", "official", title="县委副书记", aliases="趙灝川", documents="d1|d2|d3")
    add(graph, "p2", "钱明远", "official", title="县长", documents="d1")
    add(graph, "c1", "青禾农业有限公司", "enterprise", documents="d2")
    add(graph, "j1", "仪陇县柑橘产业园", "project", documents="d2", kind="park")
    add(graph, "v1", "2021-03-03 联席会议", "event", kind="meeting", start_date="2021-03-03")
    add(graph, "v2", "2022-06-09 签约仪式", "event", kind="signing", start_date="2022-06-09", documents="d2")
    old, new = {"date": "2021-03-03", "confidence": 0.95}, {"date": "2022-06-09", "confidence": 0.9, "documents": "d2"}
    state(graph, "p1", "holds_post", "r2", "赵灏川任区长。", title="区长", titles="区长", rule="people.titled", **old)
    state(graph, "p1", "holds_post", "r1", "赵灏川任县委副书记。", title="县委副书记",
          titles="县委副书记|副县长", **new)
    state(graph, "p2", "holds_post", "r1", "钱明远任县长。", title="县长", **old)
    state(graph, "p1", "attended", "v1", "赵灏川主持联席会议。", role="host", **old)
    state(graph, "p2", "attended", "v1", "钱明远参加。", **old)
    state(graph, "p1", "attended", "v2", "赵灏川参加签约。", **new)
    state(graph, "v1", "located_in", "r2", "会议在黄岩区召开。", **old)
    state(graph, "v2", "located_in", "r1", "签约仪式在仪陇县举行。", **new)
    state(graph, "r2", "paired_with", "r1", "黄岩区与仪陇县结对。", **old | {"documents": "d1|d2|d3"})
    state(graph, "r2", "supports", "r1", "黄岩区向仪陇县拨付3亿元。", amount=3e8, aid_kind="funds", **new)
    state(graph, "c1", "invests_in", "j1", "公司计划投资1.2亿元。", amount=1.2e8,
          **new | {"status": "planned", "confidence": 0.5, "documents": "d2|d3"})
    state(graph, "j1", "located_in", "r1", "产业园位于仪陇县。", **new)
    return place(graph)


def judged() -> nx.MultiDiGraph:
    """An official that was merged from several forms, one that may be the same, and a post with a successor."""
    graph = nx.MultiDiGraph()
    add(graph, "p1", "周明远", "official", documents="d1|d2|d3", decided="人工：周明远 = 周明远",
        unsure="p2 1.5 周明遠：姓名只是字形不同",
        identity="周明远（d1） = 周明远（d2）：人工判定为同一|周明远（d1） = 周明远（d3）：在同一县任职：云岭县（7）")
    add(graph, "p2", "周明遠", "official", documents="d4", unsure="p1 1.5 周明远：姓名只是字形不同")
    add(graph, "r1", "云岭县", "region", documents="d1|d2|d3|d4")
    state(graph, "p1", "holds_post", "r1", "云岭县县长周明远讲话。", title="县长", documents="d1|d2|d3", articles=2,
          former=True, first_seen="2021-03-04", last_seen="2021-05-01", successor="县长：钱立言（2022-06-09起见）",
          conflict="县长：孙怀山（2021-03-04）也在同一时间任此职")
    state(graph, "p2", "visited", "r1", "周明遠到云岭县。", documents="d4", articles=1)
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
