"""Which posts a text tells, to the last one: bodies named again, heads of a house, halves of a name, what is over."""

from __future__ import annotations

import pytest

from tests.pipes.test_whose_post import posts

CASES = [
    # a body that nothing marked where it stands for the second time, and a department with a bracket
    ("国家青石管理局浙江省分局综合处处长石望川、国家青石管理局浙江省分局综合业务处副处长贺望川介绍情况。",
     {"石望川 > 综合处处长 > 国家青石管理局浙江省分局", "贺望川 > 综合业务处副处长 > 国家青石管理局浙江省分局"}),
    ("如东县体育局财务（审计）科科长石望川出席。", {"石望川 > 财务（审计）科科长 > 江苏省南通市如东县体育局"}),
    # names in one line with the titles between them, brackets behind these
    ("如东县工商联主席团成员名单主席：石望川(女)常务副主席：贺云川副主席(专职)：龙兴川(苗族)、沈望川",
     {f"{post} > 江苏省南通市如东县工商联" for post in (
         "石望川 > 主席", "贺云川 > 常务副主席", "龙兴川 > 副主席", "沈望川 > 副主席")}),
    # departments of a hospital behind others of it
    ("如东县人民医院药剂科主任石望川、门诊部副主任贺望川出席活动。",
     {"石望川 > 药剂科主任 > 江苏省南通市如东县人民医院", "贺望川 > 门诊部副主任 > 江苏省南通市如东县人民医院"}),
    # what opens the sentence before a department is none of it
    ("如东县人民医院收治病人。温馨提醒产科主任石望川说，要产检。被举报人为呼吸科主任贺望川。",
     {"石望川 > 产科主任 > 江苏省南通市如东县人民医院", "贺望川 > 呼吸科主任 > 江苏省南通市如东县人民医院"}),
    # foreigners, before the adverb of their verb
    ("通用汽车首席执行官玛丽·巴拉曾表示，市场很好。特斯拉首席执行官埃隆·马斯克近期还说，很好。",
     {"玛丽·巴拉 > 首席执行官 > 通用汽车", "埃隆·马斯克 > 首席执行官 > 特斯拉"}),
    # leaders of a body, and of the one area that the text names
    ("江苏省军区领导石望川、贺望川参加慰问。", {"石望川 > 领导 > 江苏省军区", "贺望川 > 领导 > 江苏省军区"}),
    # an embassy, by its head before and behind the name
    ("中国驻瑞典大使石望川致辞。中国驻瑞典大使馆介绍了情况。", {"石望川 > 大使 > 中国驻瑞典大使馆"}),
    ("据中国驻瑞典大使馆官网报道，石望川大使在招待会上致辞。", {"石望川 > 大使 > 中国驻瑞典大使馆"}),
    ("中国驻瑞典大使石望川致辞。中国驻丹麦大使馆介绍了情况。", set()),
    # behind a post in a group that inspects the body
    ("中央纪委国家监委驻水利部纪检监察组组长石望川，副部长贺望川出席。水利部召开会议。",
     {"石望川 > 组长 > 中央纪委国家监委驻水利部纪检监察组", "贺望川 > 副部长 > 水利部"}),
    # what is over
    ("中国人民大学前副校长石望川提出观点。", {"石望川 > 副校长 > 中国人民大学 > former"}),
    ("2021年10月，石望川任福建省交通运输厅厅长，至此番调整。", {"石望川 > 厅长 > 福建省交通运输厅 > former"}),
    ("如东县水利局原正科级干部石望川被查。", {"石望川 > 正科级干部 > 江苏省南通市如东县水利局 > former"}),
    # half of a body's name, a street, an area, words before a title, somebody who is only called so
    ("海关总署自贸区和特殊区域司司长石望川介绍。", set()),
    ("他住在上海市虹口区长阳路8号。", set()),
    ("“换电”业务闵行区域负责人石望川介绍。", set()),
    ("武汉市东湖医院介绍，该院接诊的神经外科主治医师石望川说。", {"石望川 > 神经外科主治医师 > 武汉市东湖医院"}),
    ("如东县公安局民警石哥退休了。", set()),
    ("如东县人民医院医学影像科主任石望的说法不同。", {"石望 > 医学影像科主任 > 江苏省南通市如东县人民医院"}),
    # callings that are none in the house of the person before
    ("青石岭学院教授石望川及导演贺望川参加。", {"石望川 > 教授 > 青石岭学院"}),
    # a scholar's rank behind a name is none of the next person
    ("青石岭大学校长石望川院士，白石岭大学校长贺望川院士出席。",
     {"石望川 > 校长 > 青石岭大学", "贺望川 > 校长 > 白石岭大学"}),
    # the company above the one that is told of
    ("青石岭设备有限公司是白石岭集团有限公司下属企业，法定代表人为石望川。", set()),
    ("青石岭设备有限公司建于1987年春，法定代表人为石望川。", {"石望川 > 法定代表人 > 青石岭设备有限公司"}),
    # members of committees and boards
    ("如东县监委委员石望川、如东县人民医院院务会成员贺望川出席。",
     {"石望川 > 县监委委员 > 江苏省南通市如东县", "贺望川 > 院务会成员 > 江苏省南通市如东县人民医院"}),
    ("如东县人民医院副院长石望川（常务，正科级）、贺望川出席。",
     {"石望川 > 副院长 > 江苏省南通市如东县人民医院", "贺望川 > 副院长 > 江苏省南通市如东县人民医院"}),
    # members whose title shares a character with their team; captions; another name of a title in a bracket
    ("泉州青石岭救援队员石望川介绍。泉州青石岭救援队很努力。", {"石望川 > 队员 > 泉州青石岭救援队"}),
    ("青石岭药店有限公司片区经理 石望川：我们送药。", {"石望川 > 片区经理 > 青石岭药店有限公司"}),
    ("中国援柬埔寨医疗队领队 石望川：我们送药。", {"石望川 > 领队 > 中国援柬埔寨医疗队"}),
    ("如东县人民医院副主任（副院长）石望川说。", {"石望川 > 副主任 > 江苏省南通市如东县人民医院"}),
    # the party's posts behind a group that inspects
    ("教育部副部长石望川出席；党委委员，中央纪委国家监委驻教育部纪检监察组组长贺望川；党委委员、政治部主任沈望川。",
     {"石望川 > 副部长 > 教育部", "贺望川 > 组长 > 中央纪委国家监委驻教育部纪检监察组", "贺望川 > 党委委员 > 教育部",
      "沈望川 > 党委委员、政治部主任 > 教育部"}),
    # names of places that no title begins
    ("青石岭在敦化市长白山脉之中，黄埭镇长康社区也有一处。", set()),
    # a notice of appointments
    ("青海省人民政府决定：唐川任青海省水利厅副厅长。", {"唐川 > 副厅长 > 青海省水利厅"}),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_posts(text: str, wanted: set[str]) -> None:
    assert posts(text) == wanted
