"""The words of a pattern: a text without them is never matched, and the rules of the lexicon lose no match by it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon.likely import Likely, words
from kg.lexicon.needs import Several, compiled
from kg.pipes.events.rules import rules
from kg.pipes.relations.component import TABLES
from kg.pipes.relations.rules import rules as relations
from kg.pipes.slots import LETTERS, compile_pattern

TEXT = st.text("甲乙丙丁一1", max_size=12)
WORDS = "捐赠向与签订协议结对帮扶赴到调研考察主持会议、，投资建设由"
SMALL = st.recursive(
    st.sampled_from(["甲", "乙", "[甲乙]", "[^甲]", ".", "\\d", "[一-丁]", "(?=甲)", "(?!乙)", "^"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{0,2}", "{2}", "*?"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
    ),
    max_leaves=8,
)


@given(pattern=SMALL, text=st.text("甲乙丙丁一1", max_size=6))
def test_what_matches_is_possible(pattern: str, text: str) -> None:
    if re.search(pattern, text):
        assert Likely([(pattern, words(pattern))]).of(text)


@given(pattern=SMALL, text=TEXT, start=st.integers(0, 4), end=st.integers(0, 12))
def test_what_matches_in_a_part_is_possible_there(pattern: str, text: str, start: int, end: int) -> None:
    likely = Likely([(pattern, words(pattern))])
    likely.of(text)
    if re.compile(pattern).search(text, start, end):
        assert likely.open(text, start, min(end, len(text)))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [("甲|乙", {"甲", "乙"}), ("甲?乙+", {"乙"}), ("(?:甲丙|)", set()),
     (".甲乙[丙丁]", {"甲乙丙", "甲乙丁"}),
     ("(?i:ceo)", set()),
     ("甲.*乙丙", {"乙丙"}), ("(?:甲|丙甲)乙", {"甲乙"}), ("[^甲]乙(?!丙)丁", {"乙丁"}), ("(?:甲乙){2}", {"甲乙"})],
)
def test_words_of_a_pattern(pattern: str, found: set[str]) -> None:
    assert words(pattern) == found


def test_most_rules_need_something() -> None:
    chosen = [rule.needs for name in TABLES for rule in relations(name)]
    assert sum(bool(wanted) for wanted in chosen) > 0.9 * len(chosen)
    assert not Likely((wanted, wanted) for wanted in chosen if wanted).open("天气很好。", 0, 5)


@settings(deadline=None)  # the first example compiles all patterns
@given(st.lists(st.sampled_from([*LETTERS.values(), *WORDS]), max_size=24))
def test_no_rule_loses_a_match(letters: list[str]) -> None:
    text = "".join(letters)
    told = [compile_pattern(rule.pattern) for name in TABLES for rule in relations(name)]
    events = rules()
    told += [rule.pattern for rule in events.every.items]
    likely = Likely((pattern, words(pattern.pattern)) for pattern in told)
    assert {pattern for pattern in told if pattern.search(text)} <= set(likely.of(text))


@given(SMALL, TEXT, st.integers(0, 4), st.integers(0, 12))
def test_a_pattern_that_asks_first_finds_the_same(pattern: str, text: str, start: int, end: int) -> None:
    plain, asking = re.compile(pattern), compiled(pattern)
    assert [m.span() for m in asking.finditer(text, start, end)] == [m.span() for m in plain.finditer(text, start, end)]


@pytest.mark.parametrize(
    ("pattern", "asks"), [("(?:甲|乙组)?丙", True), ("(?<!甲)\\s?乙", True), ("甲|乙", False), (".甲", False)])
def test_which_patterns_ask_first(pattern: str, asks: bool) -> None:
    assert compiled(pattern).pattern.startswith("(?=") is asks


@given(st.lists(SMALL, min_size=1, max_size=4), TEXT, st.integers(0, 4), st.integers(0, 12))
def test_patterns_sought_together_find_what_each_finds(given: list[str], text: str, start: int, end: int) -> None:
    patterns = [re.compile(pattern) for pattern in given]
    alone = [(n, m.span()) for n, p in enumerate(patterns) for m in p.finditer(text, start, end) if m[0]]
    together = [(n, m.span()) for n, m in Several(patterns).finditer(text, start, end) if m[0]]
    assert sorted(together) == sorted(alone)
    assert [span[0] for _, span in together] == sorted(span[0] for _, span in together)


@pytest.mark.parametrize("text", ["12年到13年", "1\u0662年", "前年、前天", "前", "第1年"])
def test_two_characters_tell_no_less_than_the_patterns(text: str) -> None:
    patterns = [re.compile(pattern) for pattern in (r"\d{2}年", "前[年天]", "前", r"(?<!\d)1.?年")]
    found = sorted((number, m.span()) for number, m in Several(patterns).finditer(text))
    assert found == [(number, m.span()) for number, one in enumerate(patterns) for m in one.finditer(text)]
