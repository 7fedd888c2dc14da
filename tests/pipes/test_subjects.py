"""Who acts in a clause that leaves its actor out."""

from __future__ import annotations

import pytest
from marked import document

from kg.model import Mention
from kg.pipes.relations.references import encoded
from kg.pipes.relations.subjects import agent, chief, in_charge, narrowed, opened_by

BODIES = frozenset({"region", "enterprise", "organization"})

# text, the deed, its actors
CASES = [
    ("近日,[E:绿野公司]闻讯而动,连夜驰援[R:赤城县]。", "驰援", ["绿野公司"]),
    ("[E:绿野公司]、[E:九天公司]迅速行动,累计捐赠物资。", "捐赠", ["绿野公司", "九天公司"]),
    ("[R:城阳区]坚持尽锐出战,选派教师到校任教。", "选派", ["城阳区"]),
    ("活动中,由[O:县妇联]向学生捐赠图书。", "捐赠", ["县妇联"]),
    ("在[R:赤城县],[O:县妇联]捐赠图书。", "捐赠", ["县妇联"]),
    # somebody else acts, or the text leaves it open
    ("[E:绿野公司]介绍,去年捐赠物资。", "捐赠", []),
    ("[E:绿野公司]召开大会,许多村民捐赠物资。", "捐赠", []),
    ("[E:绿野公司]开业。当天捐赠物资。", "捐赠", []),
    ("[E:绿野公司]收到[O:县妇联]捐赠的物资。", "捐赠", []),
    ("[E:绿野公司]召开大会,来自全省四面八方的六十多家大型代理商捐赠物资。", "捐赠", []),
    ("在[R:赤城县],捐赠仪式举行。", "捐赠", []),
    ("[R:赤城县]县级医院捐赠物资。", "捐赠", []),
]


@pytest.mark.parametrize(("marked", "deed", "actors"), CASES)
def test_agent(marked: str, deed: str, actors: list[str]) -> None:
    sentence = next(s for s in encoded(document(marked)) if deed in s.text)
    assert [m.name for m in agent(sentence, sentence.text.index(deed), BODIES)] == actors


# what was said before, the sentence with the deed, its actors
CARRIED = [
    ("[E:绿野公司]热心公益。连续四年捐赠图书。", "捐赠", ["绿野公司"]),
    ("[E:绿野公司]热心公益。着眼长远,做好教育帮扶。连续四年捐赠图书。", "捐赠", ["绿野公司"]),
    ("[O:县妇联]走进[R:青石村]。同时,志愿者们捐赠图书。", "捐赠", ["县妇联"]),
    ("[O:县妇联]走进[R:青石村]。同时,调研组为困难群众捐赠米面。", "捐赠", ["县妇联"]),
    # somebody else acted in between, or acts now
    ("[E:绿野公司]热心公益。许多村民捐赠图书。", "捐赠", []),
    ("[E:绿野公司]热心公益。[R:青石村]召开会议。连续四年捐赠图书。", "捐赠", ["青石村"]),
    ("[E:绿野公司]热心公益。村民们召开会议。连续四年捐赠图书。", "捐赠", []),
]


@pytest.mark.parametrize(("marked", "deed", "actors"), CARRIED)
def test_agent_of_the_sentence_before(marked: str, deed: str, actors: list[str]) -> None:
    house: tuple[Mention, ...] = ()
    for sentence in encoded(document(marked)):
        if deed in sentence.text:
            assert [m.name for m in agent(sentence, sentence.text.index(deed), BODIES, house)] == actors
        opened = opened_by(sentence)
        house = house if opened is None else opened


@pytest.mark.parametrize(("marked", "actor"), [
    ("在[R:赤城县=河北省张家口市赤城县],创新推出服务。", "河北省张家口市赤城县"),
    ("在[R:唐县=河北省保定市唐县],创新推出服务。", "河北省张家口市"),
    ("[R:赤城县=河北省张家口市赤城县]举行会议,创新推出服务。", "河北省张家口市"),
])
def test_the_part_of_a_region_acts_where_the_words_are_about_it(marked: str, actor: str) -> None:
    city = Mention(90, 93, "region", "region:130700", "河北省张家口市", "test")
    sentence = next(iter(encoded(document(marked))))
    assert [m.name for m in narrowed(sentence, sentence.text.index("推出"), (city,))] == [actor]


# what was said before, the sentence with the deed, who does it: the body that the article is about
ABOUT = [
    ("[E:绿野公司]热心公益。[E:绿野公司]成立十年。活动持续三天,共捐赠图书。", "捐赠", ["绿野公司"]),
    # the article is about nobody, or somebody else is named or hinted at
    ("[E:绿野公司]热心公益。[O:县妇联]成立十年。活动持续三天,共捐赠图书。", "捐赠", []),
    ("[E:绿野公司]热心公益。[E:绿野公司]成立十年。活动中,企业家捐赠图书。", "捐赠", []),
    ("[E:绿野公司]热心公益。[E:绿野公司]成立十年。活动中,[P:周立平]捐赠图书。", "捐赠", []),
]


@pytest.mark.parametrize(("marked", "deed", "actors"), ABOUT)
def test_the_body_that_an_article_is_about(marked: str, deed: str, actors: list[str]) -> None:
    told = encoded(document(marked))
    sentence = next(s for s in told if deed in s.text)
    found = in_charge(sentence, sentence.text.index(deed), chief(told), told[: told.index(sentence)])
    assert [m.name for m in found] == actors


# a region acts through its delegation, and through the officer who takes a party to another region or to a body
PARTIES = [
    ("[R:日照市=山东省日照市]市长[P:周立平]率队到[R:陇西县=甘肃省定西市陇西县],捐赠图书。", ["山东省日照市"]),
    ("由副市长[P:周立平]带队的[R:日照市=山东省日照市]考察团到[R:陇西县=甘肃省陇西县],捐赠图书。", ["山东省日照市"]),
    ("[R:日照市=山东省日照市]市长[P:周立平]率队到[R:莒县=山东省日照市莒县],捐赠图书。", []),
    ("[R:日照市=山东省日照市]市长[P:周立平]主持会议,捐赠图书。", []),
]


@pytest.mark.parametrize(("marked", "actors"), PARTIES)
def test_a_region_acts_through_its_party(marked: str, actors: list[str]) -> None:
    sentence = next(iter(encoded(document(marked))))
    assert [m.name for m in agent(sentence, sentence.text.index("捐赠"), BODIES)] == actors
