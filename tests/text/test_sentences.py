"""Sentences: quotations and brackets stay whole, closers stay with their sentence, nothing is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.sentences import LIMIT, split


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("两地签约。会后座谈！", ["两地签约。", "会后座谈！"]),
        ("他说：“要抓实。要抓好。”会后座谈。", ["他说：“要抓实。要抓好。”", "会后座谈。"]),
        ("他问：“行吗？！”大家说行。", ["他问：“行吗？！”", "大家说行。"]),
        ("一是抓产业；二是抓就业。", ["一是抓产业；二是抓就业。"]),
        ("捐赠（含物资。现金）三百万元。谢谢。", ["捐赠（含物资。现金）三百万元。", "谢谢。"]),
        ("标题\n　　正文第一句。第二句", ["标题", "正文第一句。", "第二句"]),
        ("引号“没有关上。\n下一段。再一句。", ["引号“没有关上。", "下一段。", "再一句。"]),
        ("《通知。办法》印发。（完）", ["《通知。办法》印发。", "（完）"]),
        ("。。。", ["。。。"]),
        ("", []),
        (" \n\u3000", []),
    ],
)
def test_sentences(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def test_an_open_quotation_holds_no_more_than_its_limit() -> None:
    text = "他说：“" + "协作要抓实。" * 200
    assert max(map(len, sentences(text))) <= LIMIT + 10


def test_a_part_of_the_text() -> None:
    text = "第一句。第二句。第三句。"
    assert [text[a:b] for a, b in split(text, 4, 8)] == ["第二句。"]


@given(st.text("县区。！”“（）《》\n \u3000,；", max_size=80))
def test_nothing_is_lost_and_nothing_overlaps(text: str) -> None:
    spans = list(split(text))
    place = 0
    for start, end in spans:
        assert place <= start < end <= len(text)
        assert not text[place:start].strip()
        assert "\n" not in text[start:end]
        place = end
    assert not text[place:].strip()


def test_speed_grows_with_length_only() -> None:
    text = "海州区党政代表团赴青河县，“对接协作（三年）工作。签订协议。”会后座谈！" * 3000
    begun = time.process_time()
    assert len(list(split(text))) == 6000
    assert time.process_time() - begun < 2
