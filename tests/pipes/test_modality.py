from __future__ import annotations

from typing import Any

import pytest

from kg.lexicon import table
from kg.pipes.speech.modality import scopes, status

CUES = table("modality")["cue"]


def cases(kind: str) -> list[Any]:
    return [pytest.param(cue, text, id=f"{cue['id']}-{text}") for cue in CUES for text in cue[kind]]


@pytest.mark.parametrize(("cue", "text"), cases("examples"))
def test_cue_opens_a_scope(cue: dict[str, Any], text: str) -> None:
    assert any(status == cue["status"] for _, _, status in scopes(text))


@pytest.mark.parametrize(("cue", "text"), cases("counter"))
def test_counter_example_stays_a_fact(cue: dict[str, Any], text: str) -> None:
    assert scopes(text) == []


@pytest.mark.parametrize(("text", "word", "expected"), [
    ("周立平强调,要加快项目进度,支持企业在赤城县投资。", "投资", "planned"),
    ("周立平强调,要加快项目进度。", "强调", "fact"),
    ("周立平介绍,去年城阳区向陇西县捐赠资金200万元。", "捐赠", "fact"),
    ("下一步,两地将共建产业园。去年已签约。", "签约", "fact"),
    ("公司拟投资建厂,已签订协议。", "签订", "fact"),
])
def test_status(text: str, word: str, expected: str) -> None:
    assert status(text, text.index(word)) == expected
