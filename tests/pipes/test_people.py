"""kg_people reads sentences whose regions and bodies are marked, so that it is tested alone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.annotations import claims, mentions, meta, sentences, set_mentions
from kg.pipes.people import component as people
from kg.pipes.people import levels as people_levels
from kg.pipes.people.component import People
from kg.pipes.people.names import NameFinder
from kg.pipes.people.roles import people_in_roles
from kg.pipes.sentences import Sentences

CASES = tomllib.loads((Path(__file__).parent / "data" / "people.toml").read_text("utf-8"))["case"]
KINDS = {"o": ("organization", "bodies"), "e": ("enterprise", "bodies"), "j": ("project", "projects")}


def _doc(marked: str) -> Doc:
    """A Doc of the text without its marks, with their mentions."""
    text, groups, last = "", {"regions": [], "bodies": [], "projects": []}, 0
    for match in re.finditer(r"\[([^|\]]+)\|([^\]]+)\]", marked):
        text += marked[last : match.start()]
        words, key = match[1], match[2]
        span = (len(text), len(text) + len(words))
        if key[1:2] == ":":
            category, group = KINDS[key[0]]
            groups[group].append(Mention(*span, category, "body:" + key[2:], key[2:], "test"))
        else:
            groups["regions"].append(Mention(*span, "region", "region:" + key, words, "test"))
        text += words
        last = match.end()
    text += marked[last:]
    doc = Sentences()(spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}}).make_doc(text))
    for group, found in groups.items():
        set_mentions(doc, group, found)
    return doc


def _key(written: str) -> str:
    return "body:" + written[2:] if written[1:2] == ":" else "region:" + written


@pytest.mark.parametrize("case", CASES, ids=[c["pattern"] for c in CASES])
def test_people(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    home = "region:" + case["home"] if "home" in case else ""

    def home_region(doc: Doc, level: str) -> str:
        return next((k for k in gazetteer().ancestors(home) if gazetteer().level(k) == level), "") if home else ""

    monkeypatch.setattr(people, "home_region", home_region)
    monkeypatch.setattr(people_levels, "home_region", home_region)
    doc = People()(_doc(case["text"]))
    found = [m for m in mentions(doc, "people") if m.key.startswith("person:")]
    wanted = {name.removeprefix("p:"): "person" if name.startswith("p:") else "official" for name in case["people"]}
    assert {m.name: m.category for m in found} == wanted
    if "mentions" in case:
        assert len(found) == case["mentions"]
    if "posts" in case:
        said = {
            (c.head.removeprefix("person:"), c.attrs["title"], c.tail, bool(c.attrs.get("former")))
            for c in claims(doc)
            if c.head.removeprefix("person:") in wanted
        }
        expected = set()
        for post in case["posts"]:
            name, title, key, *rest = post.split(" > ")
            expected.add((name, title, _key(key), bool(rest)))
        assert said == expected


def test_unnamed_region_is_a_mention_without_surface(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (people, people_levels):
        monkeypatch.setattr(module, "home_region", lambda doc, level: "region:130000" if level == "province" else "")
    doc = People()(_doc("省委书记王远东讲话。"))
    region = next(m for m in mentions(doc, "people") if m.category == "region")
    assert (region.key, region.name, region.surface, doc.text[region.start : region.end]) == (
        "region:130000", "河北省", False, "省委")
    assert region.attrs["adcode"] == "130000"


def test_a_region_inside_a_name_is_none() -> None:
    doc = _doc("[唐县|130627]副县长张[海宁|330481]参加。")
    People()(doc)
    assert [m.name for m in mentions(doc, "people")] == ["张海宁"]
    assert [m.key for m in mentions(doc, "regions")] == ["region:130627"]


def test_a_reporter_is_nobody_without_a_body_of_his_own() -> None:
    doc = _doc("值守主任王建明说，[唐县|130627]县长齐向东说。")
    meta(doc)["reporters"] = ["王建明", "齐向东"]
    People()(doc)
    assert [m.name for m in mentions(doc, "people")] == ["齐向东"]


ROLES = [(text, fires) for entry in table("roles")["role"]
         for texts, fires in ((entry["examples"], True), (entry["counter"], False)) for text in texts]


@pytest.mark.parametrize(("text", "fires"), ROLES)
def test_every_frame_finds_its_examples_and_no_counterexample(text: str, fires: bool) -> None:
    doc = Sentences()(spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}}).make_doc(text))
    found = list(people_in_roles(text, sentences(doc), NameFinder(text, [], [])))
    assert bool(found) is fires
