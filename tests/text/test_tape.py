"""The way back holds through any edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.tape import Edit, Tape


@st.composite
def edits(draw: st.DrawFn, size: int) -> list[Edit]:
    cuts = sorted(draw(st.sets(st.integers(0, size), max_size=10)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [(first, last, draw(st.text("協作的", max_size=4))) for first, last in pairs]


@given(st.data(), st.text("县区(xié)玩具网\n", max_size=40))
def test_every_character_has_a_place_in_the_original(data: st.DataObject, text: str) -> None:
    tape = Tape.of(text)
    for _ in range(3):
        before = tape
        made = data.draw(edits(len(tape.text)))
        tape = tape.edit("test", made)
        assert len(tape.text) == len(before.text) + sum(len(after) - (last - first) for first, last, after in made)
        assert len(tape.repairs) == len(before.repairs) + len(made)
    assert tape.original == text
    assert len(tape.text) == len(tape.starts) == len(tape.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(tape.starts, tape.ends, strict=True))
    assert list(tape.starts) == sorted(tape.starts)
    assert list(tape.ends) == sorted(tape.ends)
    assert all(repair.before == text[repair.start : repair.end] for repair in tape.repairs)


def test_what_is_untouched_maps_to_itself() -> None:
    tape = Tape.of("他(tā)说好").edit("pinyin", [(0, 5, "他")]).edit("cut", [(1, 2, "")])
    assert tape.text == "他好"
    assert [(tape.starts[i], tape.ends[i]) for i in range(2)] == [(0, 5), (6, 7)]


@pytest.mark.parametrize("wrong", [[(1, 1, "x")], [(0, 2, ""), (1, 3, "")], [(2, 9, "")]])
def test_senseless_edits_are_refused(wrong: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        Tape.of("协作区").edit("test", wrong)
