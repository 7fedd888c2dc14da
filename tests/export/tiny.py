"""A tiny graph of every category and relation, with its statements and documents; people and firms are invented."""

from __future__ import annotations

import networkx as nx

from kg.graph import sizes
from kg.model import Evidence, Statement
from kg.model.schema import CATEGORIES, COLORS, RELATIONS

NEWS = "zhenhai-jinyang"
BRIEF = "jinyang-brief"
NODES: list[tuple[str, str, str, dict[str, object]]] = [
    (
        "r330211",
        "region",
        "浙江省宁波市镇海区",
        {
            "adcode": "330211",
            "level": "county",
            "path": "浙江省宁波市镇海区",
            "latitude": 29.95,
            "longitude": 121.72,
            "aliases": "镇海区|镇海",
        },
    ),
    (
        "r513430",
        "region",
        "四川省凉山彝族自治州金阳县",
        {
            "adcode": "513430",
            "level": "county",
            "path": "四川省凉山彝族自治州金阳县",
            "latitude": 27.7,
            "longitude": 103.25,
            "aliases": "金阳县",
        },
    ),
    (
        "r5134",
        "region",
        "四川省凉山彝族自治州",
        {
            "adcode": "513400",
            "level": "prefecture",
            "path": "四川省凉山彝族自治州",
            "latitude": 27.88,
            "longitude": 102.27,
            "aliases": "凉山州",
        },
    ),
    (
        "o1",
        "official",
        "顾闻笛",
        {"title": "区委副书记、区长", "region": "浙江省宁波市镇海区", "documents": f"{BRIEF}|{NEWS}"},
    ),
    ("p1", "person", "阿依史布", {}),
    ("c1", "enterprise", "宁波澄湾食品有限公司", {"aliases": "宁波澄湾食品有限公司|澄湾食品"}),
    ("d1", "organization", "镇海区农业农村局", {"kind": "department"}),
    ("j1", "project", "金阳青花椒产业园", {"kind": "park"}),
    (
        "v1",
        "event",
        "2023-04-12 镇海区、金阳县签约仪式",
        {"kind": "signing", "start_date": "2023-04-12", "end_date": "2023-04-12"},
    ),
]
# head, tail, relation, attributes of the edge, sentence, rule, date
EDGES: list[tuple[str, str, str, dict[str, object], str, str]] = [
    (
        "o1",
        "r330211",
        "holds_post",
        {"title": "区委副书记、区长", "titles": "区委副书记、区长|区长", "body": "party/government"},
        "镇海区委副书记、区长顾闻笛一行抵达金阳。",
        "2023-04-12",
    ),
    ("o1", "r513430", "visited", {}, "镇海区委副书记、区长顾闻笛一行抵达金阳。", "2023-04-12"),
    ("r330211", "r513430", "paired_with", {"since": "2021"}, "2021年起，镇海区与金阳县结对。", ""),
    (
        "r330211",
        "r513430",
        "supports",
        {"amount": 3200000.0, "aid_kind": "funds", "quantities": "资金 3200000 元"},
        "镇海区向金阳县拨付“山海”资金320万元；\n用于花椒园。",
        "2022",
    ),
    ("c1", "j1", "invests_in", {"amount": 5000000.0}, "澄湾食品投资500万元建设金阳青花椒产业园。", "2023-04"),
    ("d1", "j1", "undertakes", {"role": "设计"}, "金阳青花椒产业园由镇海区农业农村局设计。", ""),
    (
        "c1",
        "d1",
        "cooperates_with",
        {"agreement": "购销协议"},
        "澄湾食品与镇海区农业农村局签下购销协议。",
        "2023-04-12",
    ),
    ("j1", "r513430", "located_in", {}, "金阳青花椒产业园坐落在金阳县。", ""),
    ("v1", "r513430", "located_in", {}, "签约仪式在金阳县举行。", ""),
    ("o1", "v1", "attended", {}, "顾闻笛、阿依史布出席签约仪式。", "2023-04-12"),
    ("p1", "v1", "attended", {"role": "signer"}, "顾闻笛、阿依史布出席签约仪式。", "2023-04-12"),
]


def tiny() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph(name="kg")
    for place, (node, category, label, more) in enumerate(NODES):
        graph.add_node(
            node,
            **{
                "label": label,
                "category": category,
                "category_zh": CATEGORIES[category],
                "aliases": label,
                "documents": NEWS,
                "mentions": place + 1,
                "first_seen": "2023-04-13",
                "last_seen": "2023-04-13",
                "color": COLORS[category],
                "x": 10.0 * place,
                "y": -2.5 * place,
            }
            | more,
        )
    statements: dict[str, list[Statement]] = {}
    start = 0
    for number, (head, tail, relation, more, sentence, date) in enumerate(EDGES):
        evidence = Evidence(NEWS, start, start + len(sentence), sentence)
        attrs = tuple((name, value) for name, value in more.items() if name != "titles")
        statement = Statement(
            NEWS,
            relation,
            head,
            tail,
            evidence,
            f"rule.{relation}",
            0.9,
            "fact",
            date,
            "text",
            Evidence(NEWS, start, start + 2, sentence[:2]),
            None,
            attrs,
        )  # type: ignore[arg-type]
        start += len(sentence)
        key = f"k{number:02}"
        statements[key] = [statement]
        dates = {"date": date, "start_date": date, "end_date": date} if date else {}
        graph.add_edge(
            head,
            tail,
            key=key,
            **{
                "relation": relation,
                "relation_zh": RELATIONS[relation],
                "status": "fact",
                "documents": NEWS,
                "evidence": sentence,
                "marks": "0-2",
                "weight": 1,
                "confidence": 0.9,
                "rule": f"rule.{relation}",
                "basis": "text",
            }
            | dates
            | more,
        )
    graph.add_edge(
        "r513430",
        "r5134",
        key="k99",
        relation="located_in",
        relation_zh="位于",
        status="fact",
        documents=NEWS,
        weight=1,
        confidence=1.0,
        rule="division_table",
        basis="background",
    )
    sizes(graph)
    graph.graph["statements"] = statements
    graph.graph["documents"] = {
        NEWS: {
            "title": "镇海区、金阳县签约",
            "published": "2023-04-13",
            "publisher": "宁波日报",
            "path": "x",
            "repost_of": "",
        },
        BRIEF: {"title": "", "published": "2023-04", "publisher": "", "path": "y", "repost_of": NEWS},
    }
    graph.graph["evidence"] = {"o1": [(NEWS, 8, 11)], "p1": [(NEWS, 90, 94)]}
    return graph
