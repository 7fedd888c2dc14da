"""The slot engine: encoding, chains, lists, gaps, asides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import parse

from kg.pipes.slots import Encoded, compile_pattern, encode, find, without_asides


def coded(marked: str) -> Encoded:
    text, found = parse(marked)
    names = {m.key: m.name for _, m in found}
    return encode(text, 0, len(text), [m for _, m in found],
                  lambda child, parent: child != parent and names[child].startswith(names[parent]))


def test_a_chain_of_regions_is_one_slot() -> None:
    sentence = coded("赴[R:河北省][R:赤城县=河北省赤城县]")
    assert [s.keys for s in sentence.slots] == [("region:河北省赤城县",)]
    assert [m.name for m in sentence.slots[0].parents] == ["河北省"]


def test_neighbours_that_are_no_chain_stay_apart() -> None:
    assert len(coded("[R:河北省][R:山西省]").slots) == 2


def test_the_longer_of_two_overlapping_mentions_wins() -> None:
    text, found = parse("[R:赤城县]电商服务中心")
    _, more = parse("[J:赤城县电商服务中心]")
    sentence = encode(text, 0, len(text), [m for _, m in (*found, *more)])
    assert [s.mentions[0].category for s in sentence.slots] == ["project"]


@pytest.mark.parametrize(("pattern", "marked", "found"), [
    ("{P}赴{R}", "[P:周立平]赴[R:赤城县]", True),
    ("{P}赴{R}", "[R:赤城县]赴[P:周立平]", False),
    ("{Rs}$", "[R:赤城县]、[R:阜平县]和[R:赤城县]", True),
    ("^{Jl}$", "[J:甲车间]、村里的[J:乙基地]、[J:丙中心]", True),
    ("^{Jl}$", "[J:甲车间]。[J:乙基地]", False),
    ("{P}{_3}赴", "[P:周立平]今天赴", True),
    ("{P}{_3}赴", "[P:周立平]今天上午赴", False),
    ("{P}{_9}赴", "[P:周立平]从[R:赤城县]赴", False),
    ("{P}{~9}赴", "[P:周立平]从[R:赤城县]赴", True),
    ("{P}{_9}赴", "[P:周立平]在[D:5月]赴", True),
    ("{P}{~9}赴", "[P:周立平]说,赴", False),
    ("{B}", "[R:赤城县]", False),
    ("{X}", "[E:绿野公司]", True),
])
def test_pattern(pattern: str, marked: str, found: bool) -> None:
    assert bool(compile_pattern(pattern).search(coded(marked).text)) is found


def test_groups_hold_the_slots_and_spans_of_the_text() -> None:
    match = next(iter(find("(?P<head>{P})赴(?P<tail>{Rs})", coded("今天[P:周立平]赴[R:赤城县]、[R:阜平县]。"))))
    assert [s.keys[0] for s in match.slots("tail")] == ["region:赤城县", "region:阜平县"]
    assert match.span("head") == (2, 5)
    assert match.slots("nothing") == []


def test_asides_are_left_out_and_offsets_stay() -> None:
    sentence = without_asides(coded("[E:绿野公司]（以下简称[E:绿野]）与[E:九天公司]签约"))
    assert sentence.text.endswith("签约")
    assert [s.start for s in sentence.slots] == [0, 13]
    assert sentence.span(0, 1) == (0, 12)


@given(st.lists(st.sampled_from(["[R:赤城县]", "[P:周立平]", "赴", "、", "(", ")", "了"]), max_size=12))
def test_every_slot_keeps_its_place(parts: list[str]) -> None:
    text, found = parse("".join(parts))
    for sentence in (encode(text, 0, len(text), [m for _, m in found]),
                     without_asides(encode(text, 0, len(text), [m for _, m in found]))):
        assert len(sentence.offsets) == len(sentence.text) + 1
        for slot in sentence.slots:
            assert sentence.text[slot.position] == slot.letter
            assert sentence.offsets[slot.position] == slot.start
