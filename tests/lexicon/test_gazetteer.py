from __future__ import annotations

import re

import pytest

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.gazetteer_names import names
from kg.lexicon.villages import towns_with, transposed
from kg.pipes.regions.component import datelines


@pytest.mark.parametrize(("name", "key", "level"), [
    ("河北省保定市阜平县", "region:130624", "county"),
    ("北京市朝阳区", "region:110105", "county"),
    ("湖北省仙桃市", "region:429004", "county"),
    ("湖南省湘西土家族苗族自治州保靖县吕洞山镇", "region:433125116", "township"),
    ("广东省东莞市石碣镇", "region:441900101", "township"),
    ("河北省保定市阜平县王林口镇寺口村", "region:130624105/寺口村", "village"),
    ("雄安新区", "region:雄安新区", "zone"),
    ("京津冀", "region:京津冀", "group"),
])
def test_names_and_levels(name: str, key: str, level: str) -> None:
    assert gazetteer().name(key) == name
    assert gazetteer().level(key) == level


@pytest.mark.parametrize(("child", "parent"), [
    ("region:130624105/寺口村", "region:130624105"),
    ("region:130624105", "region:130624"),
    ("region:130624", "region:130600"),
    ("region:130600", "region:130000"),
    ("region:130000", ""),
    ("region:110105", "region:110000"),
    ("region:429004", "region:420000"),
    ("region:441900101", "region:441900"),
    ("region:雄安新区", "region:130600"),
    ("region:京津冀", ""),
])
def test_parent(child: str, parent: str) -> None:
    assert gazetteer().parent(child) == parent


def test_inside_is_strict_and_deep() -> None:
    gaz = gazetteer()
    assert gaz.inside("region:130624105/寺口村", "region:130000")
    assert not gaz.inside("region:130000", "region:130000")
    assert not gaz.inside("region:130624", "region:130700")


@pytest.mark.parametrize(("name", "key"), [
    ("蓟县", "region:120119"), ("崇文区", "region:110101"), ("莱芜市", "region:370116"), ("海北州", "region:632200"),
    ("塔县", "region:653131"), ("齐家佐乡", "region:130627110"),
])
def test_former_names_and_nicknames_lead_to_the_division_of_today(name: str, key: str) -> None:
    entries = names().entries.get(name, ())
    assert key in gazetteer().find(name) or key in [e.key for e in entries]


def test_villages_are_searched_in_their_county_only() -> None:
    assert towns_with("寺口", "130624") == ["130624105"]
    assert towns_with("寺口", "130627") == []
    assert towns_with("寺", "130624") == []
    assert transposed("洪南城", "130627") == ["南洪城"]
    assert transposed("洪南村", "130627") == []


def test_adcode_and_centre() -> None:
    gaz = gazetteer()
    assert gaz.adcode("region:130624") == "130624"
    assert gaz.adcode("region:130624105") == gaz.adcode("region:雄安新区") == ""
    county, town = gaz.point("region:130624"), gaz.point("region:130624105/寺口村")
    assert county is not None
    assert county == town
    assert 38 < county[0] < 40
    assert 113 < county[1] < 115
    assert gaz.point("region:雄安新区") is not None


def test_children() -> None:
    gaz = gazetteer()
    assert "region:110105" in gaz.children("region:110000")
    assert "region:130600" in gaz.children("region:130000")
    assert "region:130624" not in gaz.children("region:130000")
    assert "region:130624105" in gaz.children("region:130624")


def test_tables_are_whole() -> None:
    gaz = gazetteer()
    assert len(gaz.divisions) == 3213
    assert len(gaz.towns.codes) > 32000
    for code, division in gaz.divisions.items():
        parent = gaz.parent(PREFIX + code)
        assert (parent == "") == (division.level == "province"), code
    for former in gaz.former:
        assert not former.followed or former.code in gaz.divisions, former


def test_every_code_in_the_words_is_a_division() -> None:
    words, divisions = table("regions"), gazetteer().divisions
    codes = [c for zone in words["zones"].values() for c in zone["hosts"]]
    codes += [c for group in words["groups"].values() for c in group]
    codes += [*words["abbreviations"].values(), *words["nicknames"].values(), *words["media"].values()]
    assert [c for c in codes if c not in divisions] == []


def test_every_letter_of_the_known_pairs_is_an_abbreviation() -> None:
    words = table("regions")
    assert [pair for pair in words["pairs"]["known"] if set(pair) - words["abbreviations"].keys()] == []


def test_dateline_pattern_on_its_own_examples() -> None:
    words = table("regions")["dateline"]
    pattern = re.compile(words["pattern"])
    assert [e for e in words["examples"] if not pattern.search(e)] == []
    assert [e for e in words["counter"] if pattern.search(e)] == []
    assert [e for e in words["examples"] if not datelines(e)] == []  # each ends with the sign by which it is sought
    assert [e for e in words["counter"] if datelines(e)] == []


@pytest.mark.parametrize(
    ("text", "places"),
    [("新华社兰州5月6日电 新华社南昌5月6日电", ["兰州", "南昌"]), ("青河日报讯(记者)", []),
     ("中新网太原（5月6日）消息", ["太原"]),
     ("青河晚报太原5月6日讯 会议定于6月1日（周四）召开", ["太原"])],
)
def test_every_dateline_is_found(text: str, places: list[str]) -> None:
    assert [text[a:b] for a, b in datelines(text)] == places


def test_lists_of_county_names_do_not_overlap() -> None:
    behave = table("county_names")
    lists = {kind: behave[kind].split() for kind in ("words", "mixed", "clear")}
    joined = [name for found in lists.values() for name in found]
    assert len(joined) == len(set(joined))
    shorts = {d.short for d in gazetteer().divisions.values()}
    assert [name for name in joined if name not in shorts] == []
