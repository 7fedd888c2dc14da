"""Every sentence of data/regions.toml: the mentions it marks and no others."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import COMPONENTS, load
from kg.lexicon.gazetteer import gazetteer
from kg.pipes.annotations import claims, mentions, meta, set_sentences
from kg.text.sentences import split

DATA = Path(__file__).parent / "data" / "regions.toml"
CASES: list[dict[str, Any]] = tomllib.loads(DATA.read_text("utf-8"))["case"]
MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]|<([^|>]+)\|([^>]+)>")
KEPT = ("kg_sentences", "kg_regions")


@cache
def nlp() -> Language:
    return load(exclude=tuple(name for name in COMPONENTS if name not in KEPT))


def read(text: str, publisher: str = "", home: str = "") -> Doc:
    doc = nlp().make_doc(text)
    meta(doc).update(publisher=publisher, home=home)
    set_sentences(doc, [(a, b, "body") for a, b in split(text)])
    for _, component in nlp().pipeline:
        doc = component(doc)
    return doc


def expected(marked: str) -> tuple[str, list[tuple[int, str, str, bool]]]:
    text, found, place = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[place : match.start()]
        words, key, surface = (match[1], match[2], True) if match[1] else (match[3], match[4], False)
        found.append((len(text), words, f"region:{key}", surface))
        text += words
        place = match.end()
    return text + marked[place:], found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["pattern"])
def test_marked_mentions(case: dict[str, Any]) -> None:
    text, wanted = expected(case["text"])
    doc = read(text, case.get("publisher", ""), case.get("home", ""))
    found = [(m.start, text[m.start : m.end], m.key, m.surface) for m in mentions(doc, "regions")]
    assert found == wanted


def test_attributes_and_name() -> None:
    doc = read("河北省保定市唐县齐家佐镇脱贫。")
    county, town = mentions(doc, "regions")[2:]
    assert county.name == county.attrs["path"] == "河北省保定市唐县"
    assert (county.attrs["adcode"], county.attrs["level"]) == ("130627", "county")
    assert (county.attrs["latitude"], county.attrs["longitude"]) == gazetteer().point("region:130627")
    assert town.attrs["level"] == "township"
    assert "adcode" not in town.attrs


def test_towns_and_villages_lie_in_the_smallest_region_given() -> None:
    doc = read("阜平县修路。王林口镇寺口村通了车，唐县南洪城村也通了车。")
    assert sorted((c.head, c.tail) for c in claims(doc)) == [
        ("region:130624105", "region:130624"),
        ("region:130624105/寺口村", "region:130624105"),
        ("region:130627110/南洪城村", "region:130627"),
    ]
    assert {c.relation for c in claims(doc)} == {"located_in"}


def test_evidence_of_a_place_is_its_sentence() -> None:
    text = "阜平县修路。王林口镇通了车。"
    claim, = claims(read(text))
    assert text[claim.start : claim.end] == "王林口镇通了车。"
    assert text[claim.head_span[0] : claim.head_span[1]] == "王林口镇"
    assert claim.tail_span == (0, 0)


def test_a_second_reading_gives_the_same() -> None:
    text = "北京市朝阳区与唐县结对，该县派人到朝阳挂职。"
    assert mentions(read(text), "regions") == mentions(read(text), "regions")
