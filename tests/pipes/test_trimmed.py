"""Names that begin or end in the wrong place: every entry of trimmed.toml mends its own examples."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.trimmed import likely, span, trims

ENTRIES = table("trimmed")["trim"]


def become(entry: dict[str, Any], marked: str) -> str | None:
    """What an entry makes of the name in brackets; None where it leaves it alone."""
    text, marks, places = "", dict[str, int](), list[Mention]()
    for char in marked:
        if char in "[]{}":
            marks[char] = len(text)
        else:
            text += char
        if char == "}":
            places.append(Mention(marks["{"], len(text), "region", "region:1", text[marks["{"] :], "test", 1.0))
    start, end = marks["["], marks["]"]
    here = span(next(one for one in trims() if one.id == entry["id"]), text, start, end, places)
    return None if here is None else text[here[0] : here[1]]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
def test_a_name_is_mended(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        marked, _, wanted = example.partition(" -> ")
        assert become(entry, marked) == wanted  # "" where it is none
    for marked in entry["counter"]:
        assert become(entry, marked) is None


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
def test_it_is_tried_where_its_words_stand(entry: dict[str, Any]) -> None:
    """What is looked for first must not hide an example."""
    for example in entry["examples"]:
        text = re.sub(r"[\[\]{}]", "", example.partition(" -> ")[0])
        assert any(one.id == entry["id"] for one in likely().open(text, 0, len(text)))
    assert len(likely().open("今日天气晴好", 0, 6)) < len(ENTRIES) / 3  # most are never tried
