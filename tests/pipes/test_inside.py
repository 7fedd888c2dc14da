"""Departments and offices that were marked with the body or region they are in, as titles see them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.people.grammar import grammar
from kg.pipes.people.inside import departed, opened

TEXT = "青石市审计局督查处处长石望山"


def _body(start: int, end: int, text: str = TEXT, rule: str = "test") -> Mention:
    return Mention(start, end, "organization", "body:" + text[start:end], text[start:end], rule)


@pytest.mark.parametrize("words", table("posts")["inside"]["examples"])
def test_examples_are_cut(words: str) -> None:
    region = [Mention(0, 1, "region", "region:130627", "唐县", "test")] if words[0] == "县" else []
    assert opened(words + "主任", [_body(0, len(words), words)], region).cut


@pytest.mark.parametrize("words", table("posts")["inside"]["counter"])
def test_counterexamples_stay(words: str) -> None:
    assert not opened(words + "主任", [_body(0, len(words), words)], []).cut


def test_the_shortest_name_that_ends_like_a_body_has_the_department() -> None:
    found = opened(TEXT, [_body(0, 9)], [])
    assert [m.name for m in found.bodies] == ["青石市审计局"] == [m.name for m in found.made]
    assert found.cut == [(0, 9)]


def test_a_body_that_was_marked_too_has_the_department() -> None:
    text = "国家石务总局纳税服务司司长石望山"
    found = opened(text, [_body(0, 11, text), _body(0, 6, text)], [])
    assert [m.name for m in found.bodies] == ["国家石务总局"]
    assert not found.made


def test_nothing_is_cut_without_a_title_behind_it() -> None:
    text = "青石市审计局督查处通报"
    assert not opened(text, [_body(0, 9, text)], []).cut


def test_a_region_inside_the_rest_names_a_body_of_its_own() -> None:
    text = "国家石务管理局浙江省分局收支处处长石望山"
    region = Mention(7, 10, "region", "region:330000", "浙江省", "test")
    assert [m.name for m in opened(text, [_body(0, 15, text)], [region]).bodies] == ["国家石务管理局浙江省分局"]


def test_offices_of_a_town_hall_belong_to_the_town() -> None:
    assert re.fullmatch(grammar().town_office, "社会事务办")
    assert not re.fullmatch(grammar().town_office, "卫生院")


def test_only_the_tagger_takes_a_department_for_a_body() -> None:
    text = "国民经济综合处"
    assert departed(text, _body(0, 7, text, "model.organization"), [])
    assert not departed(text, _body(0, 7, text), [])
    assert not departed("青石学院", _body(0, 4, "青石学院", "model.organization"), [])


def test_a_word_of_level_stands_for_the_region_of_an_office() -> None:
    text = "县人大委员会主任石望山"
    assert opened(text, [_body(0, 6, text)], []).cut == [(0, 6)]
    text = "县教育委员会主任石望山"
    assert not opened(text, [_body(0, 6, text)], []).cut


def test_the_department_of_a_body_that_the_text_names_elsewhere() -> None:
    text = "青石基金市场部总监石望山，青石基金有限公司董事长柳青川，青石基金发布公告。"
    bodies = [replace(_body(0, 7, text), category="enterprise"), replace(_body(13, 21, text), category="enterprise"),
              replace(_body(28, 32, text), category="enterprise")]
    found = opened(text, bodies, [])
    assert [(m.start, m.end, m.name) for m in found.made] == [(0, 4, "青石基金")]
    assert found.cut == [(0, 7)]
