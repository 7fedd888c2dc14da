"""Where a site lies that no sentence places: in the one place of the article, in the region that runs it."""

from __future__ import annotations

import re

import pytest

from kg.lexicon import table
from kg.model import Record
from kg.pipeline import analyse

ALONE = "赤城县开展平安行动。赤城县各村行动起来,赤城县石桥村也在其中。{}"


def located(text: str) -> set[tuple[str, str]]:
    found, _ = analyse(Record("a", "a", text, {"published": "2023-08-01"}))
    assert found is not None
    names = {e.key: e.name for e in found.entities}
    return {(names[s.head], names[s.tail]) for s in found.statements
            if s.relation == "located_in" and s.status == "fact" and s.rule in ("located_in/alone",
                                                                                "located_in/undertaken")}


@pytest.mark.parametrize("text", [
    "民警来到红石沟小学宣讲,红石沟小学师生听讲。",
    "红石沟农业专科学校师生来到村里,红石沟农业专科学校院长讲话。",
    "红石沟慈善协会送来物资,红石沟慈善协会会长讲话。",
])
def test_a_body_without_a_place_may_be_anywhere(text: str) -> None:
    assert not {head for head, _ in located(ALONE.format(text)) if head.startswith("红石沟")}


@pytest.mark.parametrize(("text", "place"), [
    ("8月1日,赤城县启用“暖蜂驿站”,骑手们有了歇脚处。", "河北省张家口市赤城县"),
    ("8月1日,赤城县举办首届“青石歌会”音乐节,村民登台。", "河北省张家口市赤城县"),
])
def test_what_a_region_runs_lies_in_it(text: str, place: str) -> None:
    assert place in {tail for _, tail in located(text)}


@pytest.mark.parametrize("text", [
    "8月1日,赤城县启动“暖阳护苗行动”,覆盖多地。",
    "8月1日,赤城县与怀来县共同启用“暖蜂驿站”。",
    "8月1日,海淀区向赤城县捐款10万元。海淀区启用“暖蜂驿站”。",
])
def test_a_campaign_or_a_work_of_helpers_need_not(text: str) -> None:
    assert not located(text)


def test_sorts_of_sites_are_told_from_names() -> None:
    lists = table("name_places")["alone"]
    assert all(re.search(lists["sort"], name) for name in lists["sort_examples"])
    assert not any(re.search(lists["sort"], name) for name in lists["sort_counter"])


def test_works_between_two_places_are_told_from_parks() -> None:
    lists = table("name_places")["between"]
    assert all(re.search(lists["linear"], name) for name in lists["linear_examples"])
    assert not any(re.search(lists["linear"], name) for name in lists["linear_counter"])


@pytest.mark.parametrize(("text", "shown"), [
    ("赤城县龙关镇的夜校开课了。龙关镇的孩子很高兴。", "赤城县龙关镇的夜校开课了。"),
    ("龙关镇的孩子很高兴。赤城县龙关镇的夜校开课了。", "赤城县龙关镇的夜校开课了。"),
    ("赤城县下了一夜雨。龙关镇的孩子很高兴。", "赤城县下了一夜雨。龙关镇的孩子很高兴。"),
])
def test_the_evidence_of_a_place_names_both_ends(text: str, shown: str) -> None:
    found, _ = analyse(Record("a", "a", text, {"published": "2023-08-01"}))
    assert found is not None
    names = {e.key: e.name for e in found.entities}
    edges = [s for s in found.statements if s.relation == "located_in" and names[s.head].endswith("龙关镇")]
    assert {s.evidence.text for s in edges} == {shown}


def test_the_evidence_of_who_spoke_names_the_meeting() -> None:
    text = "8月1日,赤城县召开乡村振兴工作推进会议。县委书记王强主持会议并讲话。"
    found, _ = analyse(Record("a", "a", text, {"published": "2023-08-02"}))
    assert found is not None
    (edge,) = [s for s in found.statements if s.relation == "attended"]
    assert edge.evidence.text == text
