"""Events: every rule fires on its examples, on none of its counterexamples; invented articles give their events."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.language import load
from kg.lexicon import table
from kg.model import Mention
from kg.pipes.annotations import claims, mentions, meta, set_mentions, set_sentences
from kg.pipes.dates.component import Dates
from kg.pipes.events import rules as events_rules
from kg.pipes.events.component import Events, Reading
from kg.text.sentences import split

ARTICLES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "events.toml").read_text("utf-8"))["article"]
LETTER = {"P": "\ue000", "R": "\ue001", "E": "\ue002", "O": "\ue003", "J": "\ue004", "D": "\ue005"}
CATEGORY = {"P": ("official", "people", "person"), "M": ("person", "people", "person"),
            "R": ("region", "regions", "region"),
            "O": ("organization", "bodies", "body"), "E": ("enterprise", "bodies", "body"),
            "J": ("project", "projects", "project")}
MARK = re.compile(r"\[([PMROEJ]):([^\]]+)\]")
RULES = {rule.id: rule for rule in events_rules.rules().every.items}
ENTRIES = [entry for section in ("trigger", "presence", "speaker") for entry in table("events")[section]]


def encoded(text: str) -> str:
    return re.sub(r"\{([PREOJD])\}", lambda m: LETTER[m[1]], text)


def fires(name: str, text: str) -> bool:
    rule = RULES[name]
    return any(not rule.unless or not re.search(rule.unless, m[0]) for m in rule.pattern.finditer(encoded(text)))


def read(marked: str, published: str = "", home: str = "") -> Any:
    """A Doc of a text in which [P:王强], [R:唐县] mark the mentions."""
    text, place, found = "", 0, {"people": [], "regions": [], "bodies": [], "projects": []}
    for match in MARK.finditer(marked):
        text += marked[place : match.start()]
        category, group, prefix = CATEGORY[match[1]]
        end = len(text) + len(match[2])
        found[group].append(Mention(len(text), end, category, f"{prefix}:{match[2]}", match[2], "test"))
        text, place = text + match[2], match.end()
    text += marked[place:]
    doc = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}}).make_doc(text)
    meta(doc).update(published=published, home=home)
    set_sentences(doc, [(a, b, "body") for a, b in split(text)])
    Dates()(doc)
    for group, marks in found.items():
        set_mentions(doc, group, marks)
    return Events()(doc)


def told(doc: Any) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for mention in mentions(doc, "events"):
        found.setdefault(mention.key, {
            "kind": mention.attrs["kind"], "start": mention.attrs.get("start_date", ""),
            "end": mention.attrs.get("end_date", ""), "people": [], "places": []})
    for claim in claims(doc):
        if claim.relation == "attended":
            found[claim.tail]["people"].append(f"{claim.head.partition(':')[2]} {claim.attrs.get('role', '')}".strip())
        else:
            found[claim.head]["places"].append(claim.tail.partition(":")[2])
    return [found[key] | {"people": sorted(found[key]["people"])} for key in sorted(found)]


@pytest.mark.parametrize(("name", "text"), [(e["id"], x) for e in ENTRIES for x in e["examples"]])
def test_every_rule_fires_on_its_examples(name: str, text: str) -> None:
    assert fires(name, text)


@pytest.mark.parametrize(("needs", "text"), [(e["needs"], x) for e in ENTRIES if "needs" in e for x in e["examples"]])
def test_examples_hold_what_their_rule_needs(needs: str, text: str) -> None:
    assert re.search(needs, encoded(text))


@pytest.mark.parametrize(("name", "text"), [(e["id"], x) for e in ENTRIES for x in e["counter"]])
def test_no_rule_fires_on_its_counterexamples(name: str, text: str) -> None:
    assert not fires(name, text)


@pytest.mark.parametrize("case", ARTICLES, ids=lambda c: c["name"])
def test_articles(case: dict[str, Any]) -> None:
    doc = read(case["text"], case.get("published", "2019-05-24"), case.get("home", ""))
    wanted = [{"start": "", "end": "", "people": [], "places": []} | e for e in case["events"]]
    assert told(doc) == [e | {"people": sorted(e["people"])} for e in wanted]


def test_keys_follow_the_text_and_names_are_readable() -> None:
    doc = read("5月21日,区长[P:王强]带领代表团赴[R:唐县]考察。座谈会上,[P:李明]介绍了情况。", "2019-05-24")
    names = {m.key: m.name for m in mentions(doc, "events")}
    assert names == {"event:1": "2019-05-21 王强到访唐县", "event:2": "2019-05-21 唐县座谈会"}


@pytest.mark.parametrize(("text", "title"), [
    ("5月20日,[R:唐县]两级法院启动“青石行动”专项行动。", "2019-05-20 唐县两级法院启动“青石行动”专项行动"),
    ("5月20日,[J:山货展]在[R:唐县]开幕。", "2019-05-20 山货展在唐县开幕"),
    ("5月20日,[R:唐县]举行新闻发布会。县长[P:王强]介绍情况。", "2019-05-20 唐县新闻发布会"),
    ("5月20日,[E:北方公司]举行业绩说明会,经理[P:王强]表示,销量不会变差。", "2019-05-20 业绩说明会"),
    ("5月20日,[R:唐县]举行一场爱心捐赠仪式,县长[P:王强]出席。", "2019-05-20 爱心捐赠仪式"),
    ("5月20日,一年一度的唐县山货节在[R:唐县]拉开帷幕。县长[P:王强]致辞。", "2019-05-20 唐县山货节"),
    ("5月20日,县长[P:王强]介绍了情况。随后召开的座谈会上,县长[P:王强]在[R:唐县]致辞。", "2019-05-20 唐县座谈会"),
    ("5月20日,[R:唐县]气象站（以下简称“气象站”）第一届大会召开。县长[P:王强]致辞。", "2019-05-20 唐县气象站第一届大会"),
    ("5月20日,第二届青石文化节在[R:唐县]启幕。县长[P:王强]、局长[P:李明]出席活动。", "2019-05-20 第二届青石文化节"),
    ("5月20日,[O:唐县妇联]、[O:唐县教育局]在[R:唐县]联合启动“青石相依”活动。县长[P:王强]出席。",
     "2019-05-20 “青石相依”活动"),
    ("《唐县青石志（2018）》发布会5月20日在[R:唐县]举行。县长[P:王强]致辞。",
     "2019-05-20 《唐县青石志（2018）》发布会"),
    ("总计30万余字的《唐县青石志》首发仪式5月20日在[R:唐县]举行。县长[P:王强]出席。",
     "2019-05-20 《唐县青石志》首发仪式"),
    ("5月20日,[R:唐县]举行了朴素而庄重的山货捐赠仪式。县长[P:王强]出席。", "2019-05-20 山货捐赠仪式"),
    ("5月20日,山货节如约而至,当日“青石相约”山货节推介会在[R:唐县]召开。县长[P:王强]致辞。",
     "2019-05-20 “青石相约”山货节推介会"),
    ("5月20日,县长[P:王强]主持召开专题会,部署[R:唐县]通水工作。", "2019-05-20 唐县专题会"),
    ("【青石动态】第二届山货研讨会媒体通气会5月20日在[R:唐县]举行,局长[P:王强]出席会议。",
     "2019-05-20 第二届山货研讨会媒体通气会"),
    ("5月20日,县长[P:王强]到[R:唐县]敬老院看望慰问老人。", "2019-05-20 王强在唐县走访慰问"),
    ("5月20日,院长[P:王强]深入走访[R:唐县]北方公司等企业。", "2019-05-20 王强在唐县走访"),
    ("[O:青石气象站]5月20日在[R:唐县]揭牌运行。县长[P:王强]出席。", "2019-05-20 唐县活动"),
    ("5月20日,部长[P:王强]主持专题会商会,分析汛情。县长[P:李明]参加会商。", "2019-05-20 专题会商会"),
])
def test_titles(text: str, title: str) -> None:
    assert {m.name for m in mentions(read(text, "2019-05-24"), "events")} == {title}


def test_who_is_called_upon_receives_his_guest() -> None:
    doc = read("5月20日,[P:李明]率队到[R:唐县]考察,拜会了县长[P:王强]。", "2019-05-24")
    assert {m.name for m in mentions(doc, "events")} == {"2019-05-20 李明到访唐县", "2019-05-20 王强会见李明"}


def test_who_meets_the_press_does_so_at_home() -> None:
    doc = load()("2023年8月15日，湖南省财政厅召开新闻通气会，披露了湘江株洲段一案的详情。副厅长石望山介绍了情况。")
    named = {m.key: m.name for m in mentions(doc)}
    events = {m.key for m in mentions(doc, "events")}
    assert {named[c.tail] for c in claims(doc) if c.relation == "located_in" and c.head in events} == {"湖南省"}


def test_evidence_of_a_claim_is_the_sentence_that_names_the_person() -> None:
    doc = read("5月21日,[P:王强]赴[R:唐县]考察。县长[P:李明]陪同。", "2019-05-24")
    text = doc.text
    evidence = {c.head: text[c.start : c.end] for c in claims(doc) if c.relation == "attended"}
    assert evidence == {"person:王强": "5月21日,王强赴唐县考察。", "person:李明": "县长李明陪同。"}


def test_nothing_is_made_of_an_empty_article() -> None:
    assert told(read("")) == []


def test_who_holds_his_post_where_the_visitors_do_is_no_host() -> None:
    doc = read("昨天,区委书记[P:王强]率代表团赴[R:唐县]考察。县长[P:李明]、区长[P:张华]参加。[R:朝阳区]欢迎来访。",
               "2019-05-24")
    reading = Reading(doc)
    region = next(m for m in mentions(doc, "regions") if m.name == "朝阳区")
    for name in ("王强", "张华"):
        reading.worth.where.posts[f"person:{name}"] = [region]
    people = {key: role for key, (_, role, _) in reading.happenings()[0].people.items()}
    assert people == {"person:王强": "visitor", "person:李明": "host", "person:张华": ""}


@pytest.mark.parametrize(("text", "places"), [
    ("8月1日，应急管理部召开会议，商议仓库的安全。", set()),
    ("8月1日，国家防总在唐县召开会议，研究部署防汛工作。", {"河北省保定市唐县"}),
    ("8月1日，唐县教育局召开会议，商议校舍的安全。", {"河北省保定市唐县"}),
])
def test_ministries_meet_elsewhere(text: str, places: set[str]) -> None:
    doc = load()("7月31日，唐县一仓库坍塌，唐县县委书记石望山赶到现场。唐县各部门展开救援。\n" + text)
    named = {m.key: m.name for m in mentions(doc)}
    met = {m.key for m in mentions(doc, "events") if "会" in m.name}
    assert {named[c.tail] for c in claims(doc) if c.relation == "located_in" and c.head in met} == places
