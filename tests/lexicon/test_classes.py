"""What is compiled from remembered classes is what the standard library makes of them."""

from __future__ import annotations

import re
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon.classes import COMPACT, remembered

SIGNS = st.sampled_from("甲乙丙龥㐀，。09azAZéſK𠀀")
RANGES = st.sampled_from(["一-龥", "㐀-鿿", "0-9", "a-z", r"\d", r"\w", r"\s", "𠀀-𠀂"])
CLASSES = st.builds(lambda no, parts: f"[{no}{''.join(parts)}]", st.sampled_from(["", "^"]),
                    st.lists(SIGNS | RANGES, min_size=1, max_size=6))


def code(pattern: str, flags: int) -> list[int]:
    made: list[int] = _compiler._code(_parser.parse(pattern, flags), flags)
    return made


def plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_compiler, COMPACT, getattr(_compiler, COMPACT).__wrapped__)


@settings(deadline=None, max_examples=60)
@given(st.lists(CLASSES, min_size=1, max_size=3), st.sampled_from([0, re.IGNORECASE, re.ASCII]))
def test_the_same_code(classes: list[str], flags: int) -> None:
    assert remembered()
    pattern = "甲?".join(classes)
    remembering = [code(pattern, flags), code(pattern, flags)]
    with pytest.MonkeyPatch.context() as patched:
        plainly(patched)
        assert remembering == [code(pattern, flags)] * 2


def test_a_class_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert remembered()
    seen: list[Any] = []
    plain = getattr(_compiler, COMPACT).__wrapped__

    def counted(*asked: Any) -> Any:
        seen.append(asked)
        return plain(*asked)

    monkeypatch.setattr(_compiler, COMPACT, counted)
    remembered.__wrapped__()  # around the one that counts
    for tail in "甲乙丙":
        assert re.compile(f"[一-鿿]{{3}}(?:[^，。；]){tail}").match("丁丁丁x" + tail)
    assert len(seen) == 2


def test_an_engine_without_it_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(_compiler, COMPACT)
    assert remembered.__wrapped__() is False
