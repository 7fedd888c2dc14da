"""Dates: the examples that stand beside the patterns, whole sentences, and the date that governs a place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.lexicon import table
from kg.pipes.annotations import mentions, meta, set_sentences
from kg.pipes.dates import calendar
from kg.pipes.dates.component import Dates, anchor, date_of
from kg.pipes.speech.spoken import spoken
from kg.text.sentences import split

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "dates.toml").read_text("utf-8"))
POSITIVE = [(name, *example) for name, example, _ in calendar.examples() if example]
NEGATIVE = [(name, text) for name, example, text in calendar.examples() if not example]


def read(text: str, published: str = "") -> Any:
    doc = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}}).make_doc(text)
    meta(doc)["published"] = published
    set_sentences(doc, [(a, b, "body") for a, b in split(text)])
    return Dates()(doc)


@pytest.mark.parametrize(("name", "text", "published", "start", "end"), POSITIVE)
def test_every_pattern_finds_its_examples(name: str, text: str, published: str, start: str, end: str) -> None:
    found = [(d.rule, d.start, d.end) for d in calendar.find_dates(text, calendar.Anchor.of(published))]
    assert (name, start, end) in found


@pytest.mark.parametrize(("name", "text"), NEGATIVE)
def test_no_pattern_fires_on_its_counterexamples(name: str, text: str) -> None:
    found = [d.rule for d in calendar.find_dates(text, calendar.Anchor.of("2023-08-14"))]
    assert name not in found


@pytest.mark.parametrize("case", CASES["sentence"], ids=lambda c: c["text"][:24])
def test_keys_of_a_sentence(case: dict[str, Any]) -> None:
    doc = read(case["text"], case.get("published", ""))
    assert [m.key.removeprefix("date:") for m in mentions(doc, "dates")] == case["keys"]
    if "modes" in case:
        assert [m.attrs["mode"] for m in mentions(doc, "dates")] == case["modes"]


@pytest.mark.parametrize("case", CASES["governs"], ids=lambda c: c["at"])
def test_date_that_governs(case: dict[str, Any]) -> None:
    doc = read(case["text"], case.get("published", ""))
    place = case["text"].index(case["at"])
    assert date_of(doc, place, place + len(case["at"])) == case["date"]


@pytest.mark.parametrize(("text", "year"), table("dates")["infer"]["examples"])
def test_year_from_the_text(text: str, year: str) -> None:
    assert str(calendar.infer_year(text) or "") == year


def test_without_any_year_nothing_is_invented() -> None:
    doc = read("5月21日,代表团赴唐县考察。")
    (found,) = mentions(doc, "dates")
    assert (found.key, found.attrs["start"], found.attrs["partial"]) == ("date:--05-21", "", "--05-21")
    assert date_of(doc, 6, 8) == ""
    assert anchor(doc).year == 0


def test_inferred_years_are_marked() -> None:
    doc = read("6月27日,代表团到保靖县。会上汇报了2019年度协作情况。")
    assert [m.attrs.get("inferred", False) for m in mentions(doc, "dates")] == [True, False]


@pytest.mark.parametrize(("text", "day"), [
    ("8月5日,会议召开。近年来,县林业局帮扶石桥村。", ""),
    ("8月5日,会议召开。随后,县林业局帮扶石桥村。", "2023-08-05"),
    ("8月5日,公司启动行动。公司帮扶石桥村,继今年5月开业后再添新店。", "2023-08-05"),
    ("公司帮扶石桥村8月5日启动。", "2023-08-05"),
])
def test_what_lasts_and_other_deeds_give_no_date(text: str, day: str) -> None:
    place = text.index("帮扶")
    assert date_of(read(text, "2023-08-16"), place, place + 2) == day


@pytest.mark.parametrize(("text", "lasts"), table("dates")["standing"]["examples"])
def test_what_lasts_has_no_day_of_its_own(text: str, lasts: bool) -> None:
    assert calendar.is_standing(text) is lasts


@pytest.mark.parametrize(("text", "rest"), table("speech")["examples"])
def test_speech_ends_the_narration(text: str, rest: str) -> None:
    assert text[: spoken(text)[0][0]] == rest


@pytest.mark.parametrize("text", table("speech")["counter"])
def test_narration_is_no_speech(text: str) -> None:
    assert spoken(text) == []
