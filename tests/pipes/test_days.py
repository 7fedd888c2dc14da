"""Which day an edge takes: that of its own sentence, one that the text carries on, or none."""

from __future__ import annotations

import pytest
from marked import document

from kg.lexicon import table
from kg.pipes.annotations import claims
from kg.pipes.dates.component import Dates
from kg.pipes.relations.component import Relations
from kg.pipes.relations.references import References


def days(text: str) -> set[str]:
    found = claims(Relations()(References()(Dates()(document(text, published="2023-05-06")))))
    return {c.date for c in found if c.relation in ("supports", "cooperates_with") and c.status == "fact"}


@pytest.mark.parametrize(("text", "day"), table("days")["examples"]["told"])
def test_told(text: str, day: str) -> None:
    assert days(text) == {day}


@pytest.mark.parametrize("text", table("days")["examples"]["silent"])
def test_silent(text: str) -> None:
    assert days(text) == {""}
