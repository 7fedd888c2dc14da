"""Whose the posts and offices of a sentence are, read by the whole pipeline: of two sides, in lists, behind guests."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language

from kg.language import load
from kg.pipes.annotations import claims, mentions


@cache
def language() -> Language:
    return load()


def posts(text: str) -> set[str]:
    """Who holds which post of what: 甲某 > 局长 > 河北省保定市唐县审计局."""
    doc = language()(text)
    names = {m.key: m.name for m in mentions(doc, "regions", "bodies", "people", "projects")}
    return {f"{c.head.removeprefix('person:')} > {c.attrs['title']} > {names[c.tail]}"
            + (" > former" if c.attrs.get("former") else "") for c in claims(doc) if c.relation == "holds_post"}


CASES = [
    # what only tells its level is no office of a region of another kind (州, 自治区)
    ("上海市副市长姚怀川率团来到云南省红河州。红河州副州长毛义川，州农业农村局局长龙兴川陪同。上海市高度重视。",
     ["龙兴川 > 局长 > 云南省红河哈尼族彝族自治州农业农村局"]),
    ("福建省农科院院长林子川赴宁夏调研，自治区审计厅厅长马建川陪同。福建省很重视。",
     ["马建川 > 厅长 > 宁夏回族自治区审计厅"]),
    # the home region to which guests are brought, and guests that nobody brings there
    ("浙江省副省长王怀川率队来川考察，省农业农村厅厅长何江川陪同。四川省委书记高明川会见考察团。四川省高度重视。",
     ["何江川 > 厅长 > 四川省农业农村厅"]),
    ("浙江省副省长王怀川在考察时讲话，省农业农村厅厅长何江川参加。",
     ["何江川 > 厅长 > 浙江省农业农村厅"]),
    # a list of persons of one city, with a secondment from another
    ("天津市西青区考察团到平泉市回访。平泉市委副书记、市长刁志川，市委常委、副市长（天津挂职）卢子川，"
     "市食用菌产业发展中心主任杨秀川参加。天津市很重视。天津市领导来访。",
     ["杨秀川 > 主任 > 河北省承德市平泉市食用菌产业发展中心"]),
    # names behind titles whose last character begins another word
    ("重庆市副市长江建涛在会上致辞。", ["江建涛 > 副市长 > 重庆市"]),
    ("喜德县县长沙马日呷、副县长马海尔哈、阿约色黑参加。",
     ["沙马日呷 > 县长 > 四川省凉山彝族自治州喜德县", "阿约色黑 > 副县长 > 四川省凉山彝族自治州喜德县"]),
    # posts told of whom an age or a former post opens
    ("今年28岁的沈望川是剑阁县审计局副局长。", ["沈望川 > 副局长 > 四川省广元市剑阁县审计局"]),
    ("剑阁县副县长石望川介绍了情况。贺云川原任小金县教育局局长，2023年5月任小金县政协副主席。",
     ["石望川 > 副县长 > 四川省广元市剑阁县", "贺云川 > 县政协副主席 > 四川省阿坝藏族羌族自治州小金县"]),
    # the last line of a life has no end
    ("石望川，女，彝族，1971年2月生。1998.03—2003.05 如东县审计局副局长，2016.06— 南通市政协副主席。",
     ["石望川 > 市政协副主席 > 江苏省南通市"]),
    # a school named after who built it
    ("江苏省援藏工作组到访，拉萨江苏实验中学校长宣望川介绍情况。", ["宣望川 > 校长 > 拉萨江苏实验中学"]),
    # names and houses before words that were no end of them
    ("布拖县职业技术学校校长阿克伍果赠送图书。", ["阿克伍果 > 校长 > 布拖县职业技术学校"]),
    ("布拖县委书记讲话。青石岭农业有限公司负责人吉木阿且带大家看大棚。", ["吉木阿且 > 负责人 > 青石岭农业有限公司"]),
    ("唐县育英中学数学教师石望川讲课。", ["石望川 > 数学教师 > 唐县育英中学"]),
    ("青石岭汽车有限公司人力资源总监叶望川说。", ["叶望川 > 人力资源总监 > 青石岭汽车有限公司"]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:14] for text, _ in CASES])
def test_whose_post(text: str, wanted: list[str]) -> None:
    assert set(wanted) <= posts(text)


NEVER = [
    ("剑阁县副县长石望川介绍了情况。贺云川原任小金县教育局局长，2023年5月任小金县政协副主席。",
     "石望川 > 县政协副主席 > 四川省阿坝藏族羌族自治州小金县"),
    ("平泉市委书记石望川介绍了情况。2022年市委副书记抓基层党建述职评议会召开。",
     "石望川 > 市委副书记 > 河北省承德市平泉市"),
]


@pytest.mark.parametrize(("text", "unwanted"), NEVER, ids=[unwanted for _, unwanted in NEVER])
def test_not_whose_post(text: str, unwanted: str) -> None:
    assert unwanted not in posts(text)


def test_a_company_before_its_office_elsewhere() -> None:
    doc = language()("青石岭药业有限公司青海办事处主任赵望川捐药。")
    assert [m.name for m in mentions(doc, "bodies")] == ["青石岭药业有限公司"]


def test_the_university_beside_its_union() -> None:
    doc = language()("青石工业大学工会主席石望川到村。几年来青石工大高度重视。")
    assert {m.name for m in mentions(doc, "bodies")} == {"青石工业大学", "青石工业大学工会"}
