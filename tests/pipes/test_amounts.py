from __future__ import annotations

import pytest

from kg.pipes.quantities.amounts import amounts
from kg.pipes.quantities.numerals import numeral


@pytest.mark.parametrize(("text", "amount", "approximate"), [
    ("累计投入帮扶资金7600余万元", 76000000, True),
    ("总投资1.5亿元", 150000000, False),
    ("财政资金62.85亿元", 6285000000, False),
    ("帮扶资金25万元及公务车一辆", 250000, False),
    ("捐赠近三百万元", 3000000, True),
    ("价值53,000元的学习用品", 53000, False),
    ("奖金五千元左右", 5000, True),
    ("投入2千多万元", 20000000, True),
    ("捐赠 500 万元现金", 5000000, False),
    ("投入一亿二千万元", 120000000, False),
    ("投入1亿2000万元", 120000000, False),
    ("捐赠百万元物资", 1000000, False),
])
def test_example(text: str, amount: float, approximate: bool) -> None:
    assert [(a.value, a.approximate) for a in amounts(text)] == [(amount, approximate)]


@pytest.mark.parametrize("text", ["总人口60.5万", "出口额3000万美元", "2024年元旦前夕", "种植2.67万亩",
                                  "捐赠港币2000万元", "三四十元"])
def test_counter_example(text: str) -> None:
    assert list(amounts(text)) == []


def test_places_are_those_of_the_text() -> None:
    text = "去年投入25万元,今年投入1.2亿元。"
    assert [text[a.start : a.end] for a in amounts(text)] == ["25万元", "1.2亿元"]


@pytest.mark.parametrize(("text", "value"), [
    ("十", 10), ("二十五", 25), ("一百零八", 108), ("3.5", 3.5), ("12,000", 12000), ("三百五", 350), ("一千零五", 1005),
    ("1.5万亿", 1500000000000), ("一万二千", 12000), ("三点二五", 3.25),
])
def test_numeral(text: str, value: float) -> None:
    assert float(numeral(text)) == value
