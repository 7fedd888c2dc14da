"""The examples that the tables of names and regions give, run: what each rule reads, and what it leaves alone."""

from __future__ import annotations

import pytest

from kg.lexicon import table
from kg.pipes.people.names import NameFinder
from kg.pipes.people.rare import rare
from kg.pipes.regions.scan import in_title

BEHIND = ("省长", "部长", "书记", "局长", "县长", "副县长")


def cases(kind: str, name: str) -> list[tuple[str, bool]]:
    entry = table(kind)[name]
    return [(text, True) for text in entry["examples"]] + [(text, False) for text in entry["counter"]]


def titles(text: str) -> list[int]:
    """The places right behind the titles of a text."""
    return [end for end in range(len(text)) if text.endswith(BEHIND, 0, end)]


@pytest.mark.parametrize(("text", "fires"), cases("names", "rare"))
def test_rare_names(text: str, fires: bool) -> None:
    finder = NameFinder(text, (), ())
    assert any(rare(text, finder, place, len(text)) for place in titles(text)) == fires


@pytest.mark.parametrize(("text", "fires"), cases("names", "tibetan"))
def test_tibetan_names(text: str, fires: bool) -> None:
    found = NameFinder(text, (), ()).tibetan(0, len(text))
    assert (found is not None) == fires
    if found is not None:
        assert len(found.text) > 2


@pytest.mark.parametrize(("text", "fires"), cases("names", "minority"))
def test_names_of_syllables(text: str, fires: bool) -> None:
    finder = NameFinder(text, (), ())
    assert any(finder.syllabic(place, len(text)) for place in titles(text)) == fires


@pytest.mark.parametrize(("text", "fires"), cases("regions", "titled"))
def test_titles_that_begin_a_region(text: str, fires: bool) -> None:
    assert any(in_title(text, place) for place in range(len(text))) == fires
