"""Names of one body, project or place inside one article, and names that look alike and are of two."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.annotations import mentions
from kg.pipes.bodies import join as bodies
from kg.pipes.bodies.brands import tool
from kg.pipes.bodies.cited import quoted
from kg.pipes.bodies.told import told
from kg.pipes.bodies.whose import named_before
from kg.pipes.names.context import Context
from kg.pipes.projects import join as projects
from kg.pipes.regions.home import home_region
from tests.pipes.test_bodies import language
from tests.pipes.test_regions import read

ORG, FIRM = "organization", "enterprise"


def marked(text: str, names: list[str], category: str, prefix: str = "body") -> tuple[Doc, list[Mention]]:
    """The document and a mention wherever one of *names* stands, the longest name first."""
    taken: set[int] = set()
    found = []
    for name in sorted(names, key=len, reverse=True):
        start = text.find(name)
        while start >= 0:
            span = range(start, start + len(name))
            if not taken & {*span}:
                taken |= {*span}
                found.append(Mention(start, span.stop, category, f"{prefix}:{name}", name, "bodies.named"))
            start = text.find(name, start + 1)
    return language()(text), sorted(found, key=lambda m: m.start)


def keys(found: list[Mention], text: str) -> dict[str, str]:
    return {text[m.start : m.end]: m.key for m in found}


@pytest.mark.parametrize(("text", "one", "other", "category", "same"), [
    ("石桥护理教育认证委员会（以下简称“护认委”）开会。护认委介绍。", "石桥护理教育认证委员会", "护认委", ORG, True),
    ("石谷数科(600000.SH，下称“石数”)集团公布业绩，石数大涨。", "石谷数科", "石数", FIRM, True),
    ("云谷市农业学校（现云谷职业学院）庆祝。", "云谷市农业学校", "云谷职业学院", ORG, True),
    ("石谷玻璃有限公司（2019年1月，更名为云岭新能源有限公司）", "石谷玻璃有限公司", "云岭新能源有限公司", FIRM, True),
    ("石谷博物馆原名云岭邮局，很老。", "石谷博物馆", "云岭邮局", ORG, True),
    ("石谷信息技术有限公司（云岭科技）参加。", "石谷信息技术有限公司", "云岭科技", FIRM, True),
    ("石谷汽车（云岭汽车）连涨三天。", "石谷汽车", "云岭汽车", FIRM, False),
    ("云谷学院大观校区（云岭产业学院）揭牌。", "云谷学院大观校区", "云岭产业学院", ORG, False),
    ("石谷一中、云岭二中参加。", "石谷一中", "云岭二中", ORG, False),
])
def test_names_that_the_text_tells_to_be_one(text: str, one: str, other: str, category: str, same: bool) -> None:
    doc, found = marked(text, [one, other], category)
    groups = list(told(Context.of(doc), found, {}))
    assert ({f"body:{one}", f"body:{other}"} in groups) is same


@pytest.mark.parametrize(("text", "one", "other", "category", "same"), [
    ("石桥住房公积金管理中心通知。市民到公积金中心办理。", "石桥住房公积金管理中心", "公积金中心", ORG, True),
    ("中华两岸婚姻协调促进会来访。婚促会表示感谢。", "中华两岸婚姻协调促进会", "婚促会", ORG, True),
    ("唐县政务服务中心开放。唐县政务中心很忙。", "唐县政务服务中心", "唐县政务中心", ORG, True),
    ("唐县戏剧家协会演出。唐县剧协到场。", "唐县戏剧家协会", "唐县剧协", ORG, True),
    ("石谷汽车经济技术开发区人民法院开庭。汽开法院表示。", "石谷汽车经济技术开发区人民法院", "汽开法院", ORG, True),
    ("“石桥卫士”志愿服务队成立。石桥卫士志愿服务队出发。", "“石桥卫士”志愿服务队", "石桥卫士志愿服务队", ORG, True),
    ("保定市人民政府防汛抗旱指挥部通告。保定市防汛抗旱指挥部决定。",
     "保定市人民政府防汛抗旱指挥部", "保定市防汛抗旱指挥部", ORG, True),
    ("唐县县医院来到唐县县中医院。", "唐县县医院", "唐县县中医院", ORG, False),
    ("国务院港澳事务办公室开会。国务院港澳办主任出席。", "国务院港澳事务办公室", "国务院港澳办", ORG, True),
    ("唐县石桥医院暨云谷医科大学附属医院揭牌。", "唐县石桥医院", "云谷医科大学附属医院", ORG, True),
    ("石谷红峄爱心互助协会成立。红峄爱心协会到场。", "石谷红峄爱心互助协会", "红峄爱心协会", ORG, True),
    ("唐县大学暨云谷大学校友到场。", "唐县大学", "云谷大学", ORG, False),
    ("石谷茶叶协会成立。茶叶营销协会到场。", "石谷茶叶协会", "茶叶营销协会", ORG, False),
    ("石谷旅游促进会唐县分会成立。旅促会祝贺。", "石谷旅游促进会唐县分会", "旅促会", ORG, False),
    ("陕西煤业公告。山西煤业公告。", "陕西煤业", "山西煤业", FIRM, False),
])
def test_short_names(text: str, one: str, other: str, category: str, same: bool) -> None:
    doc, found = marked(text, [one, other], category)
    joined = keys(bodies.join(Context.of(doc), found), text)
    assert (joined[one] == joined[other]) is same


def spots(words: list[str], text: str) -> tuple[int, int]:
    """Where the first of *words* stands in *text*."""
    start, word = min((text.find(word), word) for word in words if word in text)
    return start, start + len(word)


@pytest.mark.parametrize(("text", "quoted_only"), [
    *((text, True) for text in table("organisations")["cited"]["examples"]),
    *((text, False) for text in table("organisations")["cited"]["counter"]),
])
def test_who_is_only_quoted(text: str, quoted_only: bool) -> None:
    assert quoted(text, *spots(table("organisations")["cited"]["agencies"], text)) is quoted_only


@pytest.mark.parametrize(("text", "used"), [
    *((text, True) for text in table("brands")["tool"]["examples"]),
    *((text, False) for text in table("brands")["tool"]["counter"]),
])
def test_what_is_only_used(text: str, used: bool) -> None:
    words = [word for word in table("brands")["tool"]["words"] if word != "微信"]
    assert tool(text, *spots(words, text)) is used


@pytest.mark.parametrize(("full", "same"), [
    (["上海市闵行区消防救援支队"], True),
    (["上海市闵行区消防救援支队", "上海市闵行区公安局交警支队"], False),
    (["上海市嘉定区消防救援支队"], False),
])
def test_a_region_and_a_rank_alone(full: list[str], same: bool) -> None:
    text = f"{'、'.join(full)}召开培训会，来到闵行区。闵行支队还将继续检查。"
    doc, found = marked(text, [*full, "闵行支队"], ORG)
    joined = keys(bodies.join(Context.of(doc), found), text)
    assert (joined["闵行支队"] == joined[full[0]]) is same


def test_a_name_that_is_short_for_two_names_of_one_body() -> None:
    text = "石谷船舶技术学院军士学院慰问。石船学院军士学院讲课。军士学院表演。"
    doc, found = marked(text, ["石谷船舶技术学院军士学院", "石船学院军士学院", "军士学院"], ORG)
    assert len({m.key for m in bodies.join(Context.of(doc), found)}) == 1


def test_a_body_and_not_its_part_has_the_short_name() -> None:
    text = "云岭农业大学签约。云岭农业大学植物学院参加。云岭农大的师生很高兴。"
    doc, found = marked(text, ["云岭农业大学", "云岭农业大学植物学院", "云岭农大"], ORG)
    joined = keys(bodies.join(Context.of(doc), found), text)
    assert joined["云岭农大"] == joined["云岭农业大学"] != joined["云岭农业大学植物学院"]


@pytest.mark.parametrize(("text", "home", "moved"), [
    ("慈溪市助餐中心很热闹。市助餐中心又添了新菜。", "", True),
    ("慈溪市助餐中心很热闹。市助餐中心又添了新菜。", "region:330200", True),  # the city above it is not named
    ("慈溪市助餐中心很热闹，宁波也学。市助餐中心又添了新菜。", "region:330200", False),
    ("慈溪市助餐中心很热闹。市助餐中心又添了新菜。", "region:130600", False),
    ("慈溪市助餐中心、市助餐中心都很热闹。", "", False),
    ("慈溪市助餐中心、唐县助餐中心很热闹。县助餐中心也热闹。", "", True),
])
def test_whose_a_body_is_that_tells_only_a_level(text: str, home: str, moved: bool) -> None:
    doc, found = marked(text, ["慈溪市助餐中心", "唐县助餐中心", "市助餐中心", "县助餐中心"], ORG)
    after = keys(named_before(Context.of(doc), found, lambda level: home), text)
    bare = next(name for name in ("市助餐中心", "县助餐中心") if name in after)
    assert (after[bare] != f"body:{bare}") is moved


@pytest.mark.parametrize(("text", "names", "groups"), [
    ("第六届云谷博览会。第六届云博会。云谷茶叶博览会。", ["第六届云谷博览会", "第六届云博会", "云谷茶叶博览会"], 2),
    ("2023云谷石桥城市论坛（以下简称“云石论坛”）开幕。本次“云石论坛”很热闹。",
     ["2023云谷石桥城市论坛", "“云石论坛”"], 1),
    ("第五届云博会。第六届云博会。", ["第五届云博会", "第六届云博会"], 2),
    ("保定市青石隧道通车。唐县青石隧道很长。", ["保定市青石隧道", "唐县青石隧道"], 1),
    ("阜平县青石隧道通车。唐县青石隧道很长。", ["阜平县青石隧道", "唐县青石隧道"], 2),
])
def test_names_of_one_project(text: str, names: list[str], groups: int) -> None:
    doc, found = marked(text, names, "project", "project")
    assert len({m.key for m in projects.join(Context.of(doc), found)}) == groups


@pytest.mark.parametrize(("publisher", "text", "level", "key"), [
    ("光明日报", "今天天气好。", "county", ""),
    ("吉林日报", "白山市开会。吉林石谷公司到白山市。", "prefecture", "region:220600"),
])
def test_no_place_by_the_name_of_a_paper(publisher: str, text: str, level: str, key: str) -> None:
    assert home_region(read(text, publisher), level) == key


def test_one_village_and_one_town_by_two_names() -> None:
    doc = read("唐县青石乡的石桥沟村开会。代表到唐县石桥沟行政村。")
    assert len({m.key for m in mentions(doc, "regions") if "石桥沟" in m.key}) == 1
