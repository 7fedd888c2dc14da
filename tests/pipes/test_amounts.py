from __future__ import annotations

from typing import Any

import pytest

from kg.lexicon import table
from kg.pipes.relations.amounts import amounts, numeral


@pytest.mark.parametrize("case", table("amounts")["example"], ids=lambda c: c["text"])
def test_example(case: dict[str, Any]) -> None:
    found = list(amounts(case["text"]))
    assert [(a.value, a.approximate) for a in found] == [(case["amount"], case["approximate"])]


@pytest.mark.parametrize("case", table("amounts")["counter"], ids=lambda c: c["text"])
def test_counter_example(case: dict[str, Any]) -> None:
    assert list(amounts(case["text"])) == []


def test_places_are_those_of_the_text() -> None:
    text = "去年投入25万元,今年投入1.2亿元。"
    assert [text[a.start : a.end] for a in amounts(text)] == ["25万元", "1.2亿元"]


@pytest.mark.parametrize(("text", "value"), [
    ("十", 10), ("二十五", 25), ("一百零八", 108), ("3.5", 3.5), ("12,000", 12000),
])
def test_numeral(text: str, value: float) -> None:
    assert numeral(text) == value
