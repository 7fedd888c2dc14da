"""Classes of characters that are looked up give the patterns that Python makes without looking."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kg.lean import classes_once
from kg.lexicon import table
from kg.text.patterns import expand

COMPILER: Any = getattr(re, "_compiler", None)
CASES = ["[a-z\u4e00-\u9fff]+", "(?i)[a-z\u4e00-\u9fff]+[k\u212a]", "[^，。]{2,}", "[\U00020000-\U0002a6df甲]?"]


@pytest.mark.skipif(not hasattr(COMPILER, "_code"), reason="this Python compiles patterns elsewhere")
def test_a_class_that_comes_again_is_the_same() -> None:
    found = [expand(entry["pattern"]) for name in ("headers", "boilerplate") for entry in table(name)["pattern"]]
    for pattern in [*CASES, *found, *CASES]:
        tree = re._parser.parse(pattern)  # type: ignore[attr-defined]
        plain = COMPILER._code(tree, tree.state.flags)
        real = COMPILER._optimize_charset
        with classes_once():
            assert COMPILER._code(tree, tree.state.flags) == plain
        assert COMPILER._optimize_charset is real


def test_what_was_there_comes_back_after_an_error() -> None:
    real = getattr(COMPILER, "_optimize_charset", None)
    with pytest.raises(re.error), classes_once():
        re.compile("[")
    assert getattr(COMPILER, "_optimize_charset", None) is real
