"""Borders of names told by words and by the article: every case of name_evidence.toml comes out as it says."""

from __future__ import annotations

import re

import pytest

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.names.borders import Borders
from kg.pipes.names.evidence import sound

CASES = table("name_evidence")["cases"]
MARK = re.compile(r"\[(\w+)\||[\]{}]")


def read(marked: str) -> tuple[str, list[Mention], dict[int, Mention]]:
    """The text of a case, its names and its regions."""
    text, at = "", 0
    found, places = list[Mention](), dict[int, Mention]()
    kind, start, region = "", 0, 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            kind, start = mark[1], len(text)
        elif mark[0] == "{":
            region = len(text)
        elif mark[0] == "}":
            places[region] = Mention(region, len(text), "region", "region:1", text[region:], "test")
        else:
            name = text[start:]
            found.append(Mention(start, len(text), kind, f"body:{name}", name, "test"))
    return text + marked[at:], found, places


def become(marked: str) -> tuple[list[str], list[str]]:
    """The names of a case before and after."""
    text, found, places = read(marked)
    after = sound(text, found, places, Borders(text))
    assert all(m.name == text[m.start : m.end] == m.key.partition(":")[2] for m in after)
    return [m.name for m in found], [m.name for m in after]


@pytest.mark.parametrize("case", CASES["examples"])
def test_a_name_gets_its_borders(case: str) -> None:
    marked, _, wanted = case.partition(" ->")
    assert become(marked)[1] == [name for name in wanted.strip().split("、") if name]


@pytest.mark.parametrize("marked", CASES["counter"])
def test_other_names_keep_theirs(marked: str) -> None:
    before, after = become(marked)
    assert before == after
