"""Names that begin or end in the wrong place: every entry of trimmed.toml mends its own examples."""

from __future__ import annotations

from typing import Any

import pytest

from kg.lexicon import table
from kg.pipes.names.trimmed import span, trims

ENTRIES = table("trimmed")["trim"]


def become(entry: dict[str, Any], marked: str) -> str | None:
    """What an entry makes of the name in brackets; None where it leaves it alone."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    here = span(next(one for one in trims() if one.id == entry["id"]), text, start, end)
    return None if here is None else text[here[0] : here[1]]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))
def test_a_name_is_mended(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        marked, _, wanted = example.partition(" -> ")
        assert become(entry, marked) == wanted  # "" where it is none
    for marked in entry["counter"]:
        assert become(entry, marked) is None
