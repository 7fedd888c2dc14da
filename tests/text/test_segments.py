"""Every pattern of headers.toml and boilerplate.toml finds its examples and nothing in its counter-examples."""

from __future__ import annotations

from typing import Any

import pytest

from kg.lexicon import table
from kg.text.patterns import compiled
from kg.text.segments import segment

ENTRIES = [entry for name in ("headers", "boilerplate") for entry in table(name)["pattern"]]


def find(entry: dict[str, Any], text: str) -> str | None:
    pattern = compiled(entry["pattern"])
    how = {"line": pattern.fullmatch, "head": pattern.match}.get(entry["where"], pattern.search)
    found = how(text)
    return found[0].strip() if found else None


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_examples(entry: dict[str, Any]) -> None:
    assert entry["examples"]
    assert entry["counter"]
    for text, wanted in entry["examples"]:
        assert find(entry, text) == wanted.strip(), text
    for text in entry["counter"]:
        assert find(entry, text) is None, text


def kinds(text: str) -> list[tuple[str, str]]:
    return [(line.kind, text[line.start : line.end]) for line in segment(text).lines]


BODY = "8月3日上午，海州区委书记林远山率党政代表团赴青河县考察，并召开座谈会，听取了对口协作工作情况介绍。"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "2023-08-04\n原标题：海州区代表团赴青河县考察海州区代表团赴青河县考察 "
            f"{BODY}（来源：海州发布）返回搜狐，查看更多责任编辑：",
            [
                ("meta", "2023-08-04"),
                ("meta", "原标题："),
                ("title", "海州区代表团赴青河县考察"),
                ("title", "海州区代表团赴青河县考察"),
                ("body", BODY),
                ("meta", "（来源：海州发布）"),
                ("noise", "返回搜狐，查看更多责任编辑："),
            ],
        ),
        (
            f"海州日报讯（记者 李小文 通讯员 王一一）{BODY}文字：黄静静摄影：刘思思编辑：张紫紫",
            [
                ("meta", "海州日报讯"),
                ("meta", "（记者 李小文 通讯员 王一一）"),
                ("body", BODY),
                ("meta", "文字：黄静静"),
                ("meta", "摄影：刘思思"),
                ("meta", "编辑：张紫紫"),
            ],
        ),
        (
            "海州新闻网>>要闻\n来源:\n海州日报\n海州赴青河考察\n"
            f"{BODY}\n责任编辑: 王甲乙\n为你推荐\n海边城市迎来旅游旺季\n+1",
            [
                ("noise", "海州新闻网>>要闻"),
                ("meta", "来源:"),
                ("meta", "海州日报"),
                ("title", "海州赴青河考察"),
                ("body", BODY),
                ("meta", "责任编辑: 王甲乙"),
                ("noise", "为你推荐"),
                ("noise", "海边城市迎来旅游旺季"),
                ("noise", "+1"),
            ],
        ),
        (
            f"小标题一\n{BODY}\n小标题二\n{BODY}",
            [("title", "小标题一"), ("body", BODY), ("title", "小标题二"), ("body", BODY)],
        ),
        ("林远山赴青河县", [("title", "林远山赴青河县")]),
        ("　　林远山赴青河县。", [("body", "林远山赴青河县。")]),
    ],
)
def test_articles(text: str, wanted: list[tuple[str, str]]) -> None:
    assert kinds(text) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "记者从市政府获悉，海州区与青河县签订协议。",
        "海州区为青河县拓宽收入来源：种植、养殖和务工。",
        "他是海州日报的编辑。",
        "林远山强调，要完善产业链、供应链。",
        "青河县融媒体中心与海州区融媒体中心结对。",
        "海州区（含高新区）向青河县捐赠物资（价值10万元）。",
        "活动由海州区委宣传部主办，海州日报社承办，青河县文联协办（免费开放）。",
        "返回途中，代表团考察了青河县图书馆。",
    ],
)
def test_sentences_of_the_article_stay(sentence: str) -> None:
    assert kinds(sentence) == [("body", sentence)]
