"""Sentences that need the whole pipeline: what one component finds and another one reads."""

from __future__ import annotations

from kg.model import Record
from kg.pipeline import analyse

JOINT = ("山东省济南市历城区与重庆市武隆区召开东西部协作联席会议\n"
         "本报讯 7月20日，历城区·武隆区鲁渝协作联席会议在武隆召开。历城区委书记石望川，武隆区委书记高立岩出席会议。\n"
         "会前，石望川一行实地考察了仙女山街道荆竹村乡村振兴示范点、鲁渝协作武隆蔬菜种植基地、重庆市武隆区江口中学校。")


def edges(text: str, published: str, relation: str) -> set[tuple[str, str]]:
    extraction, report = analyse(Record("a", "a.txt", text, {"published": published}))
    assert extraction is not None, report.problem
    names = {entity.key: entity.name for entity in extraction.entities}
    return {(names[s.head], names[s.tail]) for s in extraction.statements
            if s.relation == relation and s.status == "fact"}


def test_who_looks_at_something_elsewhere_has_not_gone_home() -> None:
    found = edges(JOINT, "2023-07-21", "located_in")
    places = {tail for head, tail in found if "石望川" in head}
    assert places
    assert not any("历城" in place for place in places)


def test_two_regions_in_a_letter_each_are_no_place_to_go_to() -> None:
    text = "5月20日，武进区委书记石望川率党政代表团到陕西省旬阳市考察对接苏陕协作工作。"
    assert {tail for _, tail in edges(text, "2023-05-21", "visited")} == {"陕西省安康市旬阳市"}
