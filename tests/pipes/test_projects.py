"""Names that other words tell to be projects, editions of fairs, and where sites lie, in invented sentences."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from spacy.language import Language

from kg.language import load
from kg.lexicon import table
from kg.model import Mention
from kg.pipes.annotations import claims, mentions
from kg.pipes.names.context import Context
from kg.pipes.projects.alike import same
from kg.pipes.projects.join import join


@cache
def language() -> Language:
    return load(exclude=("kg_tagger", "kg_people", "kg_events"))


def projects(text: str) -> dict[str, Mention]:
    doc = language()(text)
    return {doc.text[m.start : m.end]: m for m in mentions(doc, "projects")}


def introductions() -> list[tuple[str, str, bool]]:
    rules: list[dict[str, Any]] = table("projects")["introduced"]["rule"]
    edition = table("projects")["edition"]
    return [(rule["id"], text, fires) for rule in [*rules, {"id": "edition", **edition}]
            for texts, fires in ((rule["examples"], True), (rule["counter"], False)) for text in texts]


@pytest.mark.parametrize(("rule", "text", "fires"), introductions())
def test_what_introduces_a_project_has_examples_that_fire_and_counters_that_do_not(
    rule: str, text: str, fires: bool
) -> None:
    rules = {m.rule.partition(".")[2] for m in projects(text + "。").values()}
    assert bool(rules & {rule, "fair"}) is fires


@pytest.mark.parametrize(("text", "sure"), [
    *((text, True) for text in table("projects")["quoted"]["run_examples"]),
    *((text, False) for text in table("projects")["quoted"]["run_counter"])])
def test_campaigns_that_somebody_runs_are_not_refused(text: str, sure: bool) -> None:
    assert any(m.rule == "projects.quoted" and m.score > 0.98 for m in projects(text).values()) is sure


@pytest.mark.parametrize(("text", "name", "found"), [
    *((text, name, True) for text, name in table("projects")["built"]["examples"]),
    *((text, name, False) for text, name in table("projects")["built"]["counter"])])
def test_what_is_built_for_a_place_bears_its_name(text: str, name: str, found: bool) -> None:
    assert (name in projects(text)) is found


@pytest.mark.parametrize(("text", "name", "found"), [
    *((text, name, True) for text, name in table("projects")["lying"]["examples"]),
    *((text, name, False) for text, name in table("projects")["lying"]["counter"])])
def test_works_are_told_apart_by_where_they_lie(text: str, name: str, found: bool) -> None:
    assert (name in projects(text)) is found


@pytest.mark.parametrize(("text", "name", "found"), [
    *((text, name, True) for text, name in table("projects")["hosted"]["examples"]),
    *((text, name, False) for text, name in table("projects")["hosted"]["counter"])])
def test_what_stands_between_hosts_and_the_word_that_it_is_held_is_a_name(text: str, name: str, found: bool) -> None:
    assert (name in projects(text)) is found


@pytest.mark.parametrize(("text", "name", "found"), [
    *((text, name, True) for text, name in table("projects")["later"]["examples"]),
    *((text, name, False) for text, name in table("projects")["later"]["counter"])])
def test_what_a_later_sentence_names_the_hosts_of_is_a_name(text: str, name: str, found: bool) -> None:
    assert (name in projects(text)) is found


@pytest.mark.parametrize(("text", "name", "told"), table("projects")["house"]["examples"])
def test_houses_that_the_words_around_them_tell(text: str, name: str, told: str) -> None:
    assert projects(text)[name].rule == f"projects.house.{told}"


@pytest.mark.parametrize(("text", "name"), table("projects")["house"]["counter"])
def test_words_that_tell_no_house(text: str, name: str) -> None:
    assert name not in projects(text)


@pytest.mark.parametrize(("text", "name", "house"), table("projects")["house"]["turned_examples"])
def test_a_body_that_does_nothing_is_a_house(text: str, name: str, house: bool) -> None:
    doc = language()(text)
    named = {group: {doc.text[m.start : m.end] for m in mentions(doc, group)} for group in ("bodies", "projects")}
    assert (name in named["projects"], name in named["bodies"]) == (house, not house)


def test_works_that_bear_two_places_with_a_dash_between_them() -> None:
    lists = table("projects")["paired"]
    assert all("projects.tied" in {m.rule for m in projects(text).values()} for text in lists["joint_examples"])
    assert not any("projects.tied" in {m.rule for m in projects(text).values()} for text in lists["joint_counter"])


@pytest.mark.parametrize(("text", "one"), [
    ("县文联启动“暖阳工程”——望都县云谷大桥项目。望都县云谷大桥项目有序推进，“暖阳工程”惠及两镇。", True),
    ("县文联启动“暖阳工程”和望都县云谷大桥项目。望都县云谷大桥项目有序推进，“暖阳工程”惠及两镇。", False)])
def test_a_name_in_marks_and_its_subtitle_are_one(text: str, one: bool) -> None:
    assert (len({m.key for m in projects(text).values()}) == 1) is one


def test_words_of_a_tie_behind_a_region_belong_to_the_name() -> None:
    lists = table("projects")["border"]
    assert all(name in projects(text) for text, name in lists["tied_examples"])
    assert not any(projects(text) for text in lists["tied_counter"])


@pytest.mark.parametrize("name", ["venue"])
def test_words_of_a_venue(name: str) -> None:
    entry = table("name_places")[name]
    pattern = re.compile(f"夏令营{entry['before']}青石文化园{entry['after']}")
    assert all(pattern.search(text) for text in entry["examples"])
    assert not any(pattern.search(text) for text in entry["counter"])


def test_words_that_make_another_word_of_an_end() -> None:
    entry = table("projects")["cut"]
    assert all(re.search(entry["pattern"], text) for text in entry["examples"])
    assert not any(re.search(entry["pattern"], text) for text in entry["counter"])


@pytest.mark.parametrize(("text", "has", "lacks"), [
    ("唐县人大走访了唐县“人大代表之家”。", ["人大代表之家"], []),
    ("该县荣获“最佳青石志愿服务项目”。", [], ["最佳青石志愿服务项目"]),
    ("全县建成青石蘑菇种植基地96个。", [], ["青石蘑菇种植基地"]),
    ("唐县推进“一镇一品”文体品牌建设。", [], ["一镇一品"]),
    ("全镇创建“文明建设示范点”。", [], ["文明建设示范点"]),
    ("书香青岛青石夜读推广工程启动。", ["书香青岛青石夜读推广工程"], ["青岛青石夜读推广工程"]),
    ("志愿者来到唐县云谷小区赵芹、杨丽两位老人的家里。", [], ["唐县云谷小区赵芹"]),
    ("沿途察看青石云谷、唐县水舞桥、柳湾花海等项目。", ["唐县水舞桥", "柳湾花海"], []),
    ("唐县举办“青石杯”劳动和技能竞赛，建立“暖蜂家园”党群服务中心。", ["青石杯", "暖蜂家园"], []),
    ("唐县建成全球首条青石岭隧道，引进青石岭科技园8大基地。", ["青石岭科技园"], ["青石岭科技园8大基地"]),
    ("唐县获批青石岭种植基地，该基地，镇级青石服务中心。", ["青石岭种植基地"], ["该基地", "镇级青石服务中心"]),
    ("县妇联打造“青石·守护”公益诉讼品牌。", [], ["“青石·守护”公益"]),
    ("以“青石之窗”展示“云谷之治”，以“青石之进”呈现“云谷之强”。", [], ["青石之窗"]),
    ("石桥镇打造“青石之窗”，展示“云谷之治”。", ["青石之窗"], []),
    ("唐县打响“青石大闸蟹”品牌。", [], ["青石大闸蟹", "青石大闸"]),
    ("门店在唐县平安路228号青石国际广场。", [], ["唐县平安路228号青石国际广场"]),
    ("唐县轨道青石岭联络线开工。", ["唐县轨道青石岭联络线"], ["唐县轨道青石岭"]),
    ("唐县办起2023年云谷书展石桥区分会场活动。", ["2023年云谷书展石桥区分会场活动"], ["2023年云谷书展"]),
    ("唐县建设“云谷橘乡”田园综合体项目。", ["“云谷橘乡”田园综合体项目"], ["田园综合体项目"]),
    ("唐县“量身打造”青石岭人才驿站。", [], ["“量身打造”青石岭人才驿站"]),
    ("唐县举办“青石在等你”2023年云谷书展。", ["2023年云谷书展"], ["“青石在等你”2023年云谷书展"]),
    ("河北省唐县与阜平县共建的唐阜扶贫车间投产。", ["唐阜扶贫车间"], []),
    ("河北省唐县建设的唐阜扶贫车间投产，唐县共建东西部协作产业园。", [], ["唐阜扶贫车间", "唐县共建东西部协作产业园"]),
    ("唐县白合镇“青石坝”民宿项目营业，白合镇光伏电站并网。", ["白合镇“青石坝”民宿项目", "白合镇光伏电站"], []),
    ("王海来到唐县白合镇帮扶车间，察看白合镇污水治理工程。", ["白合镇帮扶车间", "白合镇污水治理工程"], []),
    ("唐县白合镇的帮扶车间投产，白合镇实施重点项目。", [], ["白合镇实施重点项目"]),
    ("云谷市援建平山县青花椒加工项目。", ["平山县青花椒加工项目"], []),
    ("青石岭水库由绿野公司更好地服务保障唐县国家公园发展。", ["青石岭水库"], ["服务保障唐县国家公园"]),
])
def test_names(text: str, has: list[str], lacks: list[str]) -> None:
    found = projects(text)
    assert set(has) <= found.keys()
    assert not set(lacks) & found.keys()


@pytest.mark.parametrize(("text", "one", "other"), [
    ("唐县第一届青石黄桃开园节举行，青石黄桃开园节吸引游客。", "第一届青石黄桃开园节", "青石黄桃开园节"),
    ("公益项目“青石小伙伴”启动，“青石小伙伴”受到欢迎。", "青石小伙伴", "青石小伙伴"),
])
def test_one_project_with_two_names(text: str, one: str, other: str) -> None:
    found = projects(text)
    assert found[one].key == found[other].key


def test_a_short_bare_name_is_the_one_that_a_region_opens() -> None:
    text = "望都县冬奥园落成，走进冬奥园。阜平县冬奥楼落成，平山县冬奥楼落成，走进冬奥楼。"
    context = Context.of(language()(text))
    named = [Mention(m.start(), m.end(), "project", f"project:{m[0]}", m[0], "projects.site")
             for m in re.finditer("望都县冬奥园|冬奥园|阜平县冬奥楼|平山县冬奥楼|冬奥楼", text)]
    keys = [m.key for m in join(context, named)]
    assert keys[0] == keys[1]
    assert len(set(keys[2:])) == 3


def test_a_bare_name_behind_another_region_is_another_site() -> None:
    found = projects("唐县罗庄乡云谷实践站启用，阜平县云谷实践站启用。")
    assert found["罗庄乡云谷实践站"].key != found["阜平县云谷实践站"].key


def places(text: str) -> set[tuple[str, str]]:
    doc = language()(text)
    named = {m.key: m.name for m in mentions(doc)}
    return {(named[c.head], named[c.tail]) for c in claims(doc) if c.relation == "located_in" and c.status == "fact"}


@pytest.mark.parametrize(("text", "thing", "place"), [
    ("绿野研究院-河北唐县育种基地揭牌。", "绿野研究院-河北唐县育种基地", "河北省保定市唐县"),
    ("第六届青石夏令营在唐县青石文化园开营。", "第六届青石夏令营", "河北省保定市唐县"),
    ("近年来，唐县抢抓机遇。云岭湾碳科技园开园。", "云岭湾碳科技园", "河北省保定市唐县"),
])
def test_where_sites_lie(text: str, thing: str, place: str) -> None:
    assert (thing, place) in places(text)


@pytest.mark.parametrize(("text", "thing"), [
    ("云龙区的志愿者走进徐州云龙湖实验室，云龙湖实验室开放。", "云龙湖实验室"),
    ("长沙到宁乡线工程开工。", "长沙到宁乡线工程"),
    ("唐县会议召开。鄂州至黄石段隧道工程开工。", "鄂州至黄石段隧道工程"),
    ("广州市西城云峄科创园开园，西城云峄科创园招租。", "西城云峄科创园"),
])
def test_what_lies_not_where_its_name_comes_from(text: str, thing: str) -> None:
    assert not any(one == thing for one, _ in places(text))


def test_an_airport_lies_in_the_first_region_of_its_name() -> None:
    assert {place for one, place in places("重庆江北机场扩建。") if one == "重庆江北机场"} == {"重庆市"}


def test_a_project_lies_not_in_the_province_that_its_house_is_named_for() -> None:
    assert not any(thing == "湖南工业大学科技园" for thing, _ in places("湖南工业大学科技园开园。"))


def test_of_two_regions_the_smaller_and_no_place_for_a_railway() -> None:
    found = places("青石云谷产业园在河北省保定市，位于唐县。沪湖铁路经过唐县。")
    assert ("青石云谷产业园", "河北省保定市") not in found
    assert not any(thing == "沪湖铁路" for thing, _ in found)


def test_who_goes_does_not_lie_where_he_goes() -> None:
    found = places("8月3日，一行抵达河北省保定市唐县。江海大学的专家先后参观青石云谷产业园、远山农博园。")
    assert ("青石云谷产业园", "河北省保定市唐县") in found
    assert not any(thing == "江海大学" for thing, _ in found)


def test_a_site_told_far_from_its_region_lies_nowhere() -> None:
    head = "唐县山高。唐县水长。唐县人多。"
    assert ("云岭湾碳科技园", "河北省保定市唐县") in places(f"{head}云岭湾碳科技园开园。")
    assert not any(thing == "云岭湾碳科技园" for thing, _ in places(f"{head}雨停了。风也停了。云岭湾碳科技园开园。"))
    assert not any("机场" in thing for thing, _ in places(f"{head}客机飞抵罗兰希亚国际机场。"))


def test_reservoirs_side_by_side_may_be_anywhere() -> None:
    head = "唐县山高。唐县水长。唐县人多。"
    assert ("云岭湾水库", "河北省保定市唐县") in places(f"{head}云岭湾水库水位上涨。")
    assert not any("水库" in thing for thing, _ in places(f"{head}云岭湾水库、青石岭水库水位上涨。"))


def test_partners_are_no_sights_of_a_tour() -> None:
    found = places("8月3日，一行抵达河北省保定市唐县，先后参观青石云谷产业园，深化与云谷大学、江海大学的培养。")
    assert ("青石云谷产业园", "河北省保定市唐县") in found
    assert not any(thing.endswith("大学") for thing, _ in found)


def test_a_title_lies_nowhere() -> None:
    found = places("唐县山高。唐县水长。唐县入选国家水情教育基地，建起青石云谷产业园。")
    assert {thing for thing, _ in found} == {"青石云谷产业园"}


def test_words_in_marks_stand_for_the_name_that_they_open() -> None:
    table_of = table("projects")["same"]
    for key, wanted in (("examples", True), ("counter", False)):
        for one, other in (pair["same"] for pair in table_of[key]):
            assert same(*sorted((one, other), key=len)) is wanted


@pytest.mark.parametrize(("text", "name"), table("projects")["stop"]["examples"])
def test_a_stop_is_named_by_its_kind(text: str, name: str) -> None:
    assert name in projects(f"{text}。")


@pytest.mark.parametrize("text", table("projects")["stop"]["counter"])
def test_no_stop(text: str) -> None:
    assert not projects(f"{text}。")


@pytest.mark.parametrize(("text", "where"), [
    ("深圳市龙华区在紫金县援建的龙华（紫金）产业园投产。", {"广东省河源市紫金县"}),
    ("广州市荔湾区援建的贵州省赫章县荔湾产业园投产。", {"贵州省毕节市赫章县"}),
    ("中山市与昭通市共建的滇中产业园中山园区投产。", set()),
    ("镇宁县青石冷链物流中心投产。", {"贵州省安顺市镇宁布依族苗族自治县"}),
])
def test_who_built_a_site_for_others_is_not_where_it_lies(text: str, where: set[str]) -> None:
    doc = language()(text)
    names = {m.key: m.name for m in mentions(doc)}
    sites = {m.key for m in mentions(doc, "projects")}
    assert {names[c.tail] for c in claims(doc) if c.relation == "located_in" and c.head in sites} == where


def test_a_line_called_after_two_places_by_a_letter_each_lies_in_neither() -> None:
    words = table("name_places")["between"]
    lines = re.compile(words["lines"])
    assert [name for name in words["lines_examples"] if not lines.search(name)] == []
    assert [name for name in words["lines_counter"] if lines.search(name)] == []


def test_posts_may_be_called_after_a_distant_city() -> None:
    words = table("name_places")["between"]
    posts = re.compile(words["posts"])
    assert [name for name in words["posts_examples"] if not posts.search(name)] == []
    assert [name for name in words["posts_counter"] if posts.search(name)] == []


def test_a_village_with_the_name_of_a_province_is_not_the_province() -> None:
    words = table("name_places")["between"]
    streets = re.compile(words["streets"])
    assert [name for name in words["streets_examples"] if not streets.match(name, 2)] == []
    assert [name for name in words["streets_counter"] if streets.match(name, 2)] == []
