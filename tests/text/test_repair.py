"""Shifted bytes, readings, invisible and look-alike characters; traditional text; strings in place of characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.clean import repair
from kg.text.script import convert, simplify, traditional_share
from kg.text.spam import find_replacement, restore
from kg.text.tables import settings as config
from kg.text.tape import Tape

PROSE = (
    "海州区的党政代表团来到青河县，察看了产业园区的建设情况。代表团的成员走访了结对的学校和医院，询问了学生的生活和老师的困难。"
    "座谈会上，两地的干部介绍了协作的进展，签订了新的协议。大家表示，要把群众的需要作为工作的方向，把协作的成果变成百姓的收入。"
    "海州的企业带来了先进的技术和管理的经验，青河的农产品走进了城市的超市，山里的孩子用上了新的电脑，村里的老人看上了远方的医生。"
    "会后，代表团还来到移民的新村，看望了搬迁的群众。下一步的重点是产业的发展和人才的培养，让合作的路子越走越宽，让乡村的面貌越来越好。"
    "两地的教育部门约定，每年互派二十名教师，开展为期一年的交流，帮助当地学校提高教学水平，并为困难家庭的孩子提供助学金。"
    "医院之间也建立了远程会诊，专家定期坐诊，培训基层医护人员一百余人次，受到群众欢迎。"
    "双方的部门将按照协议的要求，落实好每一个项目的资金，确保年底的任务按时完成。"
)


@pytest.mark.parametrize(
    ("dirty", "true"),
    [
        ("京津?qū)\ue78b诜鲐氋Y源", "京津对口扶贫资源"),  # bytes cut apart
        ("記者訊。某新聞?dòng)浾?李甲乙", "记者讯。某新闻记者李甲乙"),  # and the last one torn
        ("跌至新低，創下?zhí)v史新高", "跌至新低，创下历史新高"),
        ("扶貧協(xié)作任務(wù)圓滿", "扶贫协作任务圆满"),
        ("經濟發展和對口協(xié)作", "经济发展和对口协作"),  # one reading, but a traditional text
        ("協(xié)作(三年)和業(yè)務(WU)及東(dong)部經(jīng)濟", "协作(三年)和业务(WU)及东(dong)部经济"),
        ("县\u200b委\ufeff书\x07记\r\n林远山\u2028来了", "县委书记\n林远山\n来了"),
        ("⼈⺠政府的买买提•艾力和约翰‧李", "人民政府的买买提·艾力和约翰·李"),
        ("張囗鎮黨委書記", "张口镇党委书记"),
    ],
)
def test_repairs(dirty: str, true: str) -> None:
    tape = repair(dirty)
    assert tape.text == true
    assert tape.repairs
    assert "".join(dirty[a:b] for a, b in zip(tape.starts, tape.ends, strict=True)) != ""


@pytest.mark.parametrize(
    "clean",
    [
        "镇党委书记周祎(yī)介绍情况。",
        "他问:“可以吗?ok)”",
        "签约(10亿元)和(APP)上线(beta)版",
        "著名作家的著作，乾隆年间的瓷器，於潜镇和乾安县",
        "👨\u200d👩\u200d👧 全家福",
        "列表：\n• 第一\n• 第二",
        PROSE,
        "",
    ],
)
def test_clean_text_is_left_alone(clean: str) -> None:
    tape = repair(clean)
    assert tape.text == clean
    assert tape.repairs == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *(tuple(pair) for choice in config("script")["choice"] for pair in choice["examples"]),
        ("著力解決突出問題，沿著新路", "着力解决突出问题，沿着新路"),
        ("成效顯著，著名專家編著的論著", "成效显著，著名专家编著的论著"),
        ("吉林省乾安縣和陝西省乾縣", "吉林省乾安县和陕西省乾县"),
        ("浙江省於潛鎮幹部後來到瀋陽市", "浙江省於潜镇干部后来到沈阳市"),
        ("葉劍英、鍾南山", "叶剑英、钟南山"),
    ],
)
def test_traditional_words(old: str, new: str) -> None:
    assert convert(old) == new


def test_only_traditional_lines_of_a_mixed_text_are_converted() -> None:
    text = PROSE + "\n香港聯合醫務集團舉行簽約儀式歡迎各界參加\n店名叫餘香"
    assert traditional_share(text) < 0.1
    assert simplify(Tape.of(text)).text == PROSE + "\n香港联合医务集团举行签约仪式欢迎各界参加\n店名叫餘香"


@pytest.mark.parametrize("string", ["玩具城", "特惠商城", "手游网", "abc", "彩虹棋牌"])
def test_a_string_in_place_of_de(string: str) -> None:
    tape = restore(Tape.of(PROSE.replace("的", string)))
    assert tape.text == PROSE
    assert {repair.before for repair in tape.repairs} == {string}


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        PROSE.replace("的", ""),
        PROSE.replace("的", "")
        + "扶贫协作、扶贫车间、扶贫产业、扶贫项目、扶贫资金、扶贫干部、精准扶贫、产业扶贫、消费扶贫" * 2,
        "第一条、第二条、第三条、" * 60,
    ],
)
def test_a_text_without_de_holds_no_string(text: str) -> None:
    assert find_replacement(text) is None


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_invisible_characters_anywhere_are_taken_out(data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(PROSE)), min_size=1, max_size=12)))
    dirty, last = "", 0
    for place in places:
        dirty += PROSE[last:place] + data.draw(st.sampled_from("\u200b\ufeff\x00\x07\u200e\xad\u2060"))
        last = place
    dirty += PROSE[last:]
    tape = repair(dirty)
    assert tape.text == PROSE
    assert all(dirty[a:b] == char for char, a, b in zip(tape.text, tape.starts, tape.ends, strict=True))
