"""What views, columns and figures are called: the words stand in words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words() -> dict[str, dict[str, Any]]:
    """The file of words."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def word(part: str, name: str) -> str:
    """The Chinese word of a name; a name that has none stands for itself.

    >>> word("columns", "leader"), word("columns", "四川省")
    ('领导', '四川省')
    """
    return str(words()[part].get(name, name))
