"""Every rule of every relation table states its own examples, and none of its counter-examples."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from marked import document

from kg.language import load
from kg.lexicon import table
from kg.lexicon.likely import Likely
from kg.model import Claim
from kg.pipes.annotations import claims, mentions, set_mentions
from kg.pipes.relations.antecedents import ANTECEDENTS
from kg.pipes.relations.attributes import kind_of_aid
from kg.pipes.relations.checked import BETWEEN, FILES, checks
from kg.pipes.relations.component import TABLES, Relations
from kg.pipes.relations.references import References
from kg.pipes.relations.rules import rules
from kg.pipes.slots import compile_pattern


def read(marked: str) -> list[Claim]:
    return claims(Relations()(References()(document(marked))))


def edges(found: list[Claim]) -> set[str]:
    return {f"{c.head.partition(':')[2]}>{c.tail.partition(':')[2]}" for c in found}


def cases(kind: str) -> list[Any]:
    found = []
    for name in TABLES:
        data = table(f"relations/{name}")
        for rule in data["rule"]:
            rule_id = f"{rule.get('relation', data['relation'])}/{rule['id']}"
            for i, case in enumerate(rule.get(kind, [])):
                found.append(pytest.param(rule_id, case, id=f"{rule_id}-{i}"))
    return found


@pytest.mark.parametrize(("rule", "case"), cases("examples"))
def test_example(rule: str, case: dict[str, Any]) -> None:
    relation = rule.partition("/")[0]
    facts = [c for c in read(case["text"]) if c.relation == relation and c.status == "fact"]
    assert set(case["edges"]) <= edges(facts)
    assert not set(case.get("never", [])) & edges(facts)
    for name, value in case.get("attrs", {}).items():
        assert {c.attrs.get(name) for c in facts if c.rule == rule} == {value}
    for name in case.get("bare", []):
        assert not [c for c in facts if c.rule == rule and name in c.attrs]


@pytest.mark.parametrize(("rule", "case"), cases("examples"))
def test_example_comes_from_its_rule(rule: str, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.pipes.relations import component as relations

    told = relations._all_rules().items
    chosen = Likely((r, r.needs) for r in told if r.id == rule or case.get("after") == r.id)
    monkeypatch.setattr(relations, "_all_rules", lambda: chosen)
    assert set(case.get("own", case["edges"])) <= edges([c for c in read(case["text"]) if c.rule == rule])


@pytest.mark.parametrize(("rule", "case"), cases("counter"))
def test_counter_example(rule: str, case: str) -> None:
    relation = rule.partition("/")[0]
    assert not [c for c in read(case) if c.relation == relation and c.status == "fact"]


@pytest.mark.parametrize("name", TABLES)
def test_every_part_of_a_rule_compiles(name: str) -> None:
    for rule in rules(name):
        for part in (rule.pattern, rule.unless, rule.beyond, f"(?:{rule.before})$", rule.named, rule.tail_named):
            assert compile_pattern(part).pattern or not part


def test_every_rule_has_an_example() -> None:
    bare = [f"{n}/{r['id']}" for n in TABLES for r in table(f"relations/{n}")["rule"] if not r.get("examples")]
    assert not bare


@pytest.mark.parametrize("rule", table("relations/paired_with")["name"], ids=lambda r: r["id"])
def test_names_of_teams(rule: dict[str, Any]) -> None:
    for case in rule["examples"]:
        match = re.match(rule["pattern"], case["name"])
        assert match is not None
        assert (match["head"], match["tail"]) == (case["head"], case["tail"])


def test_team_pairs_the_regions_of_its_name() -> None:
    found = read("[R:城阳区=山东省青岛市城阳区]与[R:陇西县=甘肃省定西市陇西县]商定,由[O:城阳对口帮扶陇西工作组]负责。")
    assert "山东省青岛市城阳区>甘肃省定西市陇西县" in edges([c for c in found if c.rule == "paired_with/team"])


def test_owned_names() -> None:
    owned = table("relations/undertakes")["owned"]
    assert all(re.match(owned["pattern"], text) for text in owned["examples"])
    assert not any(re.match(owned["pattern"], text) for text in owned["counter"])


def test_project_named_after_its_company() -> None:
    found = read("[E:绿野公司]成立于2010年。[J:绿野公司育苗基地]投入使用。")
    assert edges([c for c in found if c.relation == "undertakes"]) == {"绿野公司>绿野公司育苗基地"}


def test_a_project_in_a_zone_is_not_the_zones_own() -> None:
    found = read("[O:青石经济开发区]招商。[J:青石经济开发区绿野车料产业园]投产,[J:青石经济开发区亮灯工程]完工。")
    assert edges([c for c in found if c.relation == "undertakes"]) == {"青石经济开发区>青石经济开发区亮灯工程"}


def test_what_is_built_for_a_school_is_not_built_by_it() -> None:
    found = read("[O:青禾小学]和[E:绿野公司]动工。[J:青禾小学校园新建食堂工程]封顶,[J:绿野公司新建厂房项目]投产,"
                 "[J:青禾小学阅读推广项目]启动。")
    assert edges([c for c in found if c.rule == "undertakes/named-after"]) == {
        "绿野公司>绿野公司新建厂房项目", "青禾小学>青禾小学阅读推广项目"}


def test_a_stop_in_a_tower_is_not_the_towers_own() -> None:
    found = read("[O:云谷大厦]招商。[J:云谷大厦“青石员”政务服务驿站]启用,[J:云谷大厦亮灯工程]完工。")
    assert edges([c for c in found if c.rule == "undertakes/named-after"]) == {"云谷大厦>云谷大厦亮灯工程"}


def test_the_platform_of_a_company_is_the_company() -> None:
    found = read("[E:绿野旅游]成立于2010年。[J:绿野旅游平台]上线新品,[J:绿野旅游云展平台]开通。")
    assert edges([c for c in found if c.rule == "undertakes/named-after"]) == {"绿野旅游>绿野旅游云展平台"}


def test_town_lies_in_the_smallest_region_of_the_article() -> None:
    found = read("赴[R:张家口市=河北省张家口市][R:赤城县=河北省张家口市赤城县][R:石桥村=河北省张家口市赤城县石桥村]。")
    assert "河北省张家口市赤城县石桥村>河北省张家口市赤城县" in edges([c for c in found if c.relation == "located_in"])
    assert "河北省张家口市赤城县石桥村>河北省张家口市" not in edges([c for c in found if c.relation == "located_in"])


def test_a_zone_beside_its_prefecture_does_not_lie_in_it() -> None:
    """雄安新区 in a list beside 保定市 is told to lie nowhere; a town lies in the county named beside it."""
    texts = ("雄安新区、保定市南部有大雨。", "保定市、雄县昝岗镇有大雨。")
    nested = [[c for c in claims(load()(text)) if c.relation == "located_in"] for text in texts]
    assert [len(found) for found in nested] == [0, 1]


def test_visits_carry_the_date_of_their_sentence() -> None:
    found = read("[D:5月21日=2019-05-21],[P:周立平]一行来到[R:赤城县]。")
    assert [(c.relation, c.date) for c in found] == [("visited", "2019-05-21")]


@pytest.mark.parametrize("text", [
    "[P:周立平]强调,要加快建设[J:黑茶产业园],支持[E:绿野公司]投资建设[J:乙基地]。",
    "下一步,[E:绿野公司]将投资2亿元建设[J:黑茶产业园]。",
    "[R:城阳区]计划向[R:陇西县]捐赠资金200万元。",
])
def test_plans_are_no_facts(text: str) -> None:
    assert not [c for c in read(text) if c.status == "fact"]


def test_site_of_an_itinerary_lies_in_the_region_of_the_visit() -> None:
    marked = "[P:周立平]赴[R:日照市]调研,先后到[O:远山食品]、[J:青石镇果品产业园]。"
    doc = document(marked)
    coded = [replace(m, attrs={"adcode": "371100"}) for m in mentions(doc, "regions")]
    set_mentions(doc, "regions", coded)
    found = claims(Relations()(References()(doc)))
    assert edges([c for c in found if c.rule == "located_in/itinerary"]) == {"远山食品>日照市"}


def test_names_with_a_place_of_their_own() -> None:
    own = table("relations/located_in")["own_place"]
    assert all(re.match(own["pattern"], text) for text in own["examples"])
    assert not any(re.match(own["pattern"], text) for text in own["counter"])


def test_a_county_is_no_partner_of_its_prefecture() -> None:
    found = read("[R:陇西县=甘肃省定西市陇西县]对口帮扶[R:定西市=甘肃省定西市]。")
    assert {c.relation for c in found} <= {"located_in"}


def test_a_team_that_names_only_the_province_helps_the_region_in_focus() -> None:
    found = read("[R:武汉市=湖北省武汉市]干部来到[R:乃东区=西藏自治区山南市乃东区]。"
                 "[O:武汉市第九批援藏工作队]在[R:乃东区=西藏自治区山南市乃东区]任教。")
    assert "湖北省武汉市>西藏自治区山南市乃东区" in edges([c for c in found if c.rule == "paired_with/aid-team-of"])


@pytest.mark.parametrize(("told", "amount"), [
    ("捐款300万元", None), ("分别捐款300万元", 3000000.0), ("各捐款300万元", 3000000.0), ("共捐款300万元", None),
    ("捐款5次,总额300万元", None),
])
def test_total_of_several_givers_is_no_share_of_each(told: str, amount: float | None) -> None:
    found = read(f"[R:赤城县]遭遇暴雨。[E:绿野公司]、[E:九天公司]{told}。")
    assert {c.attrs.get("amount") for c in found if c.relation == "supports"} == {amount}


def test_what_somebody_else_gives_is_not_the_gift_told_before() -> None:
    found = edges(read("[E:绿野公司]向[R:承德市]捐款600万元。[O:云雀小学]协助书店,将书包等物资专车送至[R:赤城县]。"))
    assert "绿野公司>承德市" in found
    assert "绿野公司>赤城县" not in found


@pytest.mark.parametrize(("told", "amount"), [("", None), ("各", 300000.0), ("分别", 300000.0)])
def test_a_sum_told_of_several_receivers_is_the_share_of_none(told: str, amount: float | None) -> None:
    found = read(f"[E:绿野公司]向[R:赤城县]、[R:陇西县]{told}捐款30万元。")
    assert {c.attrs.get("amount") for c in found if c.relation == "supports"} == {amount}


def test_a_visit_that_a_speech_cites_has_no_date_of_its_own() -> None:
    found = read("[D:5月21日=2019-05-21],会议要求学习[P:周立平]在[R:赤城县]考察时的重要讲话精神。")
    assert [(c.relation, c.date) for c in found] == [("visited", "")]


def test_of_some_days_with_a_stop_on_each_only_the_month_is_known() -> None:
    doc = document("[D:7月18日至25日=2023-07-18],[P:周立平]一行分别到访[R:赤城县]、[R:陇西县]。次站参观[E:绿野公司]。")
    set_mentions(doc, "dates", [replace(m, attrs={**m.attrs, "end": "2023-07-25"}) for m in mentions(doc, "dates")])
    coded = [replace(m, attrs={"adcode": m.name}) for m in mentions(doc, "regions")]
    set_mentions(doc, "regions", coded)
    found = claims(Relations()(References()(doc)))
    assert {c.date for c in found if c.relation == "visited"} == {"2023-07"}
    assert not [c for c in found if c.rule == "located_in/itinerary"]


def _beside(entry: dict[str, Any], example: str) -> bool:
    """Whether a check fires at the end that an example marks with brackets."""
    first, last = example.index("["), example.index("]") - 1
    text = example.replace("[", "").replace("]", "")
    if entry["end"] == BETWEEN:  # the head stands in the first brackets, the tail in the second
        first, last = example.index("]") - 1, example.rindex("[") - 2
    return next(one for one in checks() if one.id == entry["id"]).of(text, (first, last))


@pytest.mark.parametrize("entry", [one for name in FILES for one in table(name)["check"]],
                         ids=lambda entry: str(entry["id"]))
def test_words_beside_an_end_undo_a_claim(entry: dict[str, Any]) -> None:
    assert [text for text in entry["examples"] if not _beside(entry, text)] == []
    assert [text for text in entry["counter"] if _beside(entry, text)] == []


@pytest.mark.parametrize(("text", "kind"), table("relations/supports")["kinds"]["examples"])
def test_kind_of_aid(text: str, kind: str) -> None:
    assert kind_of_aid(text) == kind


def test_a_region_that_goes_on_giving_gives_to_its_own_partner() -> None:
    """No department that has signed in between, and none where nobody told of a partner."""
    said = ("[R:城阳区]对口帮扶[R:陇西县]。[O:城阳区教育局]与[O:陇西县教育局]签订了结对帮扶协议。"
            "[R:城阳区]累计投入财政帮扶资金2.6亿元。[R:胶州市]累计投入财政帮扶资金3亿元。")
    found = edges([c for c in read(said) if c.attrs.get("aid_kind") == "funds"])
    assert found == {"城阳区>陇西县"}


def test_pairs_in_a_row_are_no_pairs_across() -> None:
    found = edges([c for c in read("[R:学田街道]与[R:高寨子街道]、[R:虹桥街道]与[R:大安镇]签订结对共建协议书。")
                   if c.relation == "paired_with"])
    assert found == {"学田街道>高寨子街道", "虹桥街道>大安镇"}


def test_who_acts_in_the_clause_of_the_verb_undoes_the_agent_of_an_earlier_one() -> None:
    told = "[O:石桥街道办]立足实际,{}举办“[J:清凉一夏]”主题活动。"
    assert edges([c for c in read(told.format("近日")) if c.relation == "undertakes"]) == {"石桥街道办>清凉一夏"}
    assert not [c for c in read(told.format("临水社区近日")) if c.relation == "undertakes"]


def test_every_word_for_an_end_left_out_is_one_that_some_rule_uses() -> None:
    used = {word for name in TABLES for rule in rules(name) for word in (rule.carry, rule.carry_tail) if word}
    assert used == set(ANTECEDENTS)
