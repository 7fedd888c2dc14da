"""Time, successors, disagreement and corroboration, as data; and that the order of the articles changes nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.graph import build_graph
from kg.model import Evidence, Extraction, LocalEntity, Statement
from kg.resolve import resolve

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "facts.toml").read_text("utf-8"))["case"]
CODES = {"唐县": "130627", "阜平县": "130624", "金阳县": "513430", "镇海区": "330211", "宁波市": "330200",
         "顺德区": "440606", "思明区": "350203"}


def extraction(article: dict[str, Any]) -> Extraction:
    document = article["id"]
    entities: dict[str, LocalEntity] = {}
    statements = []

    def key(name: str) -> str:
        region = name in CODES
        found = f"region:{CODES[name]}" if region else f"person:{name}"
        level = "prefecture" if name.endswith("市") else "county"
        attrs = (("adcode", CODES[name]), ("level", level)) if region else ()
        entities[found] = LocalEntity(document, found, "region" if region else "official", name, (name,), (), attrs)
        return found

    for number, (head, relation, tail, more) in enumerate(article["says"]):
        text = f"{document}第{number}句"
        attrs = tuple(sorted((n, v) for n, v in more.items() if n != "at"))
        evidence = Evidence(document, number, number + 4, text)
        statements.append(Statement(document, relation, key(head), key(tail), evidence, "test", 0.9, "fact",
                                    more.get("at", ""), attrs=attrs))
    return Extraction(document, f"{document}.txt", "", article["day"], "", tuple(entities.values()), tuple(statements))


def graph(articles: list[dict[str, Any]]) -> nx.MultiDiGraph:
    found = [extraction(article) for article in articles]
    return build_graph(found, resolve(found), reposts={a["id"]: a["of"] for a in articles if "of" in a})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_several_articles_say_together(case: dict[str, Any]) -> None:
    for articles in (case["articles"], case["articles"][::-1]):
        made = graph(articles)
        named: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for source, target, data in made.edges(data=True):
            if data["basis"] == "text":
                named.setdefault((made.nodes[source]["label"], made.nodes[target]["label"]), []).append(data)
        for head, tail, wanted in case["edges"]:
            (data,) = named[head, tail]
            assert {name: data.get(name, "") for name in wanted} == wanted


def test_an_edge_of_the_division_table_rests_on_no_article() -> None:
    made = graph([{"id": "a", "day": "2019-03-01", "says": [["镇海区", "paired_with", "金阳县", {}],
                                                            ["宁波市", "paired_with", "金阳县", {}]]}])
    (edge,) = [d for *_, d in made.edges(data=True) if d["basis"] == "background"]
    assert edge["articles"] == 0
