"""Deictic words and what they stand for."""

from __future__ import annotations

import pytest
from marked import document

from kg.lexicon import table
from kg.pipes.annotations import Sentence, mentions
from kg.pipes.relations.references import References, _places, leader_at, leaders, pair_of, stricken_at
from kg.pipes.slots import compile_pattern

RESOLVED = [
    ("[P:周立平]率[R:城阳区]党政代表团赴[R:陇西县]考察。代表团一行来到茶园。", "代表团一行", ["周立平"]),
    ("调研组先后到茶园。随后,[P:周立平]前往[J:黑茶产业园]。", "调研组", ["周立平"]),
    ("[R:城阳区]与[R:陇西县]签订协议。两地携手前行。", "两地", ["城阳区", "陇西县"]),
    ("“专家到我院帮扶。”[O:唐县人民医院]院长[P:周立平]说。", "我院", ["唐县人民医院"]),
    ("[O:青石市医院]表彰先进。[O:青石市卫健委]主任[P:周立平]来到该院慰问。", "该院", ["青石市医院"]),
    ("[E:绿野公司]成立于2010年。去年,该公司投资2000万元。", "该公司", ["绿野公司"]),
    ("[E:绿野公司]成立于2010年。去年,公司投资2000万元。", "公司", ["绿野公司"]),
    ("[J:黑茶产业园]去年开工。该项目总投资3亿元。", "该项目", ["黑茶产业园"]),
    ("[R:城阳区]支援[R:陇西县]以来,选派教师到当地任教。", "当地", ["陇西县"]),
    ("[R:甲区=甲市甲区]与[R:乙区=乙市乙区]签约,[R:甲区=甲市甲区]与[R:乙区=乙市乙区]结对,"
     "[R:甲市]与[R:乙市]合作。两市携手前行。", "两市", ["甲市", "乙市"]),
    ("[P:周立平]主持会议。随后,他来到茶园。", "他", ["周立平"]),
    ("[R:河北]、[R:北京]等地遭遇暴雨。绿野公司向灾区捐款。", "灾区", ["河北", "北京"]),
    ("绿野公司捐款支援灾区。此前,[R:涿州]发生洪涝灾害。", "灾区", ["涿州"]),
]
UNRESOLVED = [
    ("[O:青石市卫健委]主任[P:周立平]来到该院慰问。", "该院"),
    ("[P:周立平]一行来到[R:陇西县]。", "一行"),
    ("[R:城阳区]、[R:陇西县]两地携手。[R:城阳区]与[R:陇西县]结对。", "两地"),
    ("共有8家公司参加。", "公司"),
    ("[P:周立平]与[P:王海]座谈。随后,他来到茶园。", "他"),
    ("“专家到我院帮扶。”村民说。[O:唐县人民医院]在场。", "我院"),
    ("代表团一行来到茶园。", "代表团一行"),
    ("两地携手前行。", "两地"),
    ("[R:涿州]遭遇暴雨。公司向[R:涿州]灾区捐款。", "灾区"),
    ("绿野公司向灾区捐款。[R:涿州]召开会议。", "灾区"),
    ("[R:涿州]遭遇暴雨。公司为[R:河北]等地受洪涝影响灾区捐款。", "灾区"),
]


@pytest.mark.parametrize(("marked", "words", "expected"), RESOLVED, ids=lambda v: v if isinstance(v, str) else "")
def test_resolved(marked: str, words: str, expected: list[str]) -> None:
    doc = References()(document(marked))
    found = [m for m in mentions(doc, "references") if doc.text[m.start : m.end] == words]
    assert sorted(m.name for m in found) == sorted(expected)
    assert not any(m.surface for m in found)


@pytest.mark.parametrize(("marked", "words"), UNRESOLVED)
def test_left_alone(marked: str, words: str) -> None:
    doc = References()(document(marked))
    assert words not in [doc.text[m.start : m.end] for m in mentions(doc, "references")]


def test_leader_changes_with_the_story() -> None:
    doc = References()(document("[P:周立平]一行来到[R:赤城县]。次日,[P:王海]一行来到[R:阜平县]。"))
    assert [keys for _, keys in leaders(doc)] == [("official:周立平",), ("official:王海",)]
    assert leader_at(doc, 0) == ("official:周立平",)
    assert leader_at(doc, len(doc.text)) == ("official:王海",)


def test_a_disaster_of_another_year_is_not_the_one_of_the_article() -> None:
    text = "[R:赤城县]汛情严重。[D:2021年=2021][R:阜平县]暴雨灾害发生之后,公司开展过救援。"
    doc = document(text, published="2023-08-05")
    assert stricken_at(References()(doc), len(doc.text)) == ("region:赤城县",)


def test_pair_is_never_a_region_and_its_part() -> None:
    doc = References()(document("[R:张家口市=河北省张家口市]与[R:赤城县=河北省张家口市赤城县]协作。"))
    assert pair_of(doc) == ()


@pytest.mark.parametrize("entry", table("references")["reference"], ids=lambda e: e["id"])
def test_examples_of_the_words(entry: dict) -> None:
    for text in entry["examples"]:
        assert entry["id"] in [e["id"] for _, _, e in _places(text, Sentence(0, len(text), "body", text))], text
    for text in entry["counter"]:
        assert entry["id"] not in [e["id"] for _, _, e in _places(text, Sentence(0, len(text), "body", text))], text


@pytest.mark.parametrize("entry", [*table("references")["leader"], *table("references")["stricken"]],
                         ids=lambda e: e["id"])
def test_examples_of_leaders_and_stricken_regions(entry: dict) -> None:
    from kg.pipes.relations.references import encoded

    pattern = compile_pattern(entry["pattern"])
    for text in entry["examples"]:
        assert any(pattern.search(s.text) for s in encoded(document(text))), text
    for text in entry["counter"]:
        assert not any(pattern.search(s.text) for s in encoded(document(text))), text
