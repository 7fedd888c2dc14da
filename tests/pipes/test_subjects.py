"""Who acts in a clause that leaves its actor out."""

from __future__ import annotations

import pytest
from marked import document

from kg.pipes.relations.references import encoded
from kg.pipes.relations.subjects import agent

BODIES = frozenset({"region", "enterprise", "organization"})

# text, the deed, its actors
CASES = [
    ("近日,[E:绿野公司]闻讯而动,连夜驰援[R:赤城县]。", "驰援", ["绿野公司"]),
    ("[E:绿野公司]、[E:九天公司]迅速行动,累计捐赠物资。", "捐赠", ["绿野公司", "九天公司"]),
    ("[R:城阳区]坚持尽锐出战,选派教师到校任教。", "选派", ["城阳区"]),
    ("活动中,由[O:县妇联]向学生捐赠图书。", "捐赠", ["县妇联"]),
    ("在[R:赤城县],[O:县妇联]捐赠图书。", "捐赠", ["县妇联"]),
    # somebody else acts, or the text leaves it open
    ("[E:绿野公司]介绍,去年捐赠物资。", "捐赠", []),
    ("[E:绿野公司]召开大会,许多村民捐赠物资。", "捐赠", []),
    ("[E:绿野公司]开业。当天捐赠物资。", "捐赠", []),
    ("[E:绿野公司]收到[O:县妇联]捐赠的物资。", "捐赠", []),
    ("[E:绿野公司]召开大会,来自全省四面八方的六十多家大型代理商捐赠物资。", "捐赠", []),
    ("在[R:赤城县],捐赠仪式举行。", "捐赠", []),
    ("[R:赤城县]县级医院捐赠物资。", "捐赠", []),
]


@pytest.mark.parametrize(("marked", "deed", "actors"), CASES)
def test_agent(marked: str, deed: str, actors: list[str]) -> None:
    sentence = next(s for s in encoded(document(marked)) if deed in s.text)
    assert [m.name for m in agent(sentence, sentence.text.index(deed), BODIES)] == actors
