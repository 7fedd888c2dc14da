"""The name model: names of many shapes beat words that begin like names, and ends of names are found."""

from __future__ import annotations

import pytest

from kg.lexicon import table
from kg.lexicon.names import VERB, names


@pytest.mark.parametrize("name", ["王建国", "李晓红", "欧阳明", "诸葛志强", "吴敏", "逯海", "邢若兰", "张森森"])
def test_names_score_well(name: str) -> None:
    assert names().score(name) > 1


@pytest.mark.parametrize("word", ["方面", "高度", "任组长", "会的", "成立了", "候选人", "曾经帮", "某某", "张某"])
def test_words_are_no_names(word: str) -> None:
    assert names().score(word) == float("-inf")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王灏明带领代表团", "王灏明"),
        ("李波、张三", "李波"),
        ("陈立率队赴", "陈立"),
        ("周志高等参加", "周志高"),
        ("卢强称，", "卢强"),
        ("陈弘对《日报》", "陈弘"),
        ("韩森森便说", "韩森森"),
        ("王琪委托", "王琪"),
        ("蔡旺明听闻", "蔡旺明"),
    ],
)
def test_ends_of_names(text: str, name: str) -> None:
    assert names().candidates(text, 0)[0][0] == name


@pytest.mark.parametrize("text", ["高峰论坛在省城开幕", "高峰会开幕", "向渔民发放", "和肯尼亚代表"])
def test_words_of_three_characters_begin_no_name_of_two(text: str) -> None:
    assert names().candidates(text, 0) == []


@pytest.mark.parametrize("text", ["高峰指出，", "向渔，"])
def test_names_that_begin_like_these_words_stand(text: str) -> None:
    assert names().candidates(text, 0)[0][0] == text[:2]


def test_words_that_follow_are_ends() -> None:
    model = names()
    assert all(model.boundary(f"某{word}某", 1) >= 0 for word in table("names")["follow"]["strong"])
    assert model.boundary("甲的", 1) < VERB <= model.boundary("甲指出", 1)
