"""The posts table: every group of ranks and leads has examples that it reads, and counter-examples that it does not."""

from __future__ import annotations

import re
from typing import Any

import pytest

import kg
from kg.lexicon import table
from kg.pipes.people.grammar import grammar
from kg.pipes.people.left import left, once
from kg.pipes.people.posts import chains, find_units

RANKS = table("posts")["rank"]
LEADS = table("posts")["lead"]


@pytest.mark.parametrize("entry", RANKS, ids=[e["name"] for e in RANKS])
def test_rank_examples(entry: dict[str, Any]) -> None:
    for words in entry["examples"]:
        assert re.fullmatch(entry["form"], words), words
        assert grammar().cores.search(words), f"{words} holds no core word"
        units = find_units(words, 0, len(words), ())
        assert [(u.start, u.end) for u in units] == [(0, len(words))], words
    for words in entry["counter"]:
        assert not re.fullmatch(entry["form"], words), words


@pytest.mark.parametrize("number", range(len(LEADS)), ids=[e["body"] for e in LEADS])
def test_lead_examples(number: int) -> None:
    pattern, _ = grammar().leads[number]
    for words in LEADS[number]["examples"]:
        assert pattern.fullmatch(words), words
    for words in LEADS[number]["counter"]:
        assert not pattern.fullmatch(words), words


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("县委副书记、县长", [["县委副书记", "县长"]]),
        ("市政府副秘书长、区委副书记、区长", [["市政府副秘书长", "区委副书记", "区长"]]),
        ("副主任兼秘书长", [["副主任", "秘书长"]]),
        ("县委书记甲某，副县长乙某", [["县委书记"], ["副县长"]]),
        ("联合专家组组长甲某", [["组长"]]),
        ("班主任甲某", []),
        ("全市长期坚持", []),
    ],
)
def test_chains(text: str, units: list[list[str]]) -> None:
    found = chains(text, find_units(text, 0, len(text), ()))
    assert [[text[u.start : u.end] for u in chain.units] for chain in found] == units


@pytest.mark.parametrize("model", [True, False])
def test_a_rank_inside_the_name_of_a_leading_body(model: bool) -> None:
    """人大工委|委员: the committee of the street is the owner, although the rank begins inside its name."""
    nlp = kg.load() if model else kg.load(exclude=("kg_tagger",))
    text = "深圳市坪山区马峦街道人大工委委员、3个联络站的负责人参加会议。"
    assert nlp(text).text == text


def test_posts_that_are_over() -> None:
    words = table("posts")["over"]
    assert [text for text in words["behind_examples"] if not left(text, 0)] == []
    assert [text for text in words["behind_counter"] if left(text, 0)] == []
    assert [text for text in words["examples"] if not once(text, len(text))] == []
    assert [text for text in words["counter"] if once(text, len(text))] == []
