"""Every mention and every sentence of evidence stands letter by letter in the decoded source, whatever was repaired."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Evidence, Record
from kg.pipeline import inspect
from kg.sources import read
from kg.text.script import convert
from kg.text.tables import is_han, readings
from tests.text.test_clean import twins

SAMPLES = list(read([Path(__file__).parent.parent.parent / "samples"]))
INVISIBLE = ("\u200b", "\ufeff", "\x00", "\u00ad", "\u2060")


def han(text: str) -> str:
    return convert("".join(filter(is_han, text)))


def check(text: str) -> int:
    """The number of spans looked at."""
    document, extraction, report = inspect(Record("a", "a.txt", text))
    assert report.problem == ""
    assert document is not None
    assert extraction is not None
    starts, ends = set(document.starts), set(document.ends)
    found: list[Evidence] = [mention for entity in extraction.entities for mention in entity.mentions]
    for statement in extraction.statements:
        found += [
            span for span in (statement.evidence, statement.head_evidence, statement.tail_evidence) if span is not None
        ]
    for span in found:
        assert text[span.start : span.end] == span.text
        assert span.start in starts
        assert span.end in ends
        first = document.starts.index(span.start)
        last = max(place for place, end in enumerate(document.ends) if end == span.end)
        if not any(repair.step == "spam string" for repair in document.repairs):  # it is no part of the clean text
            assert han(document.text[first : last + 1]) == han(span.text)
    return len(found)


@pytest.mark.parametrize("kind", ["traditional", "pinyin", "spam", "furniture"])
@pytest.mark.parametrize("record", SAMPLES, ids=lambda record: record.id)
def test_twins_of_the_samples(record: Record, kind: str) -> None:
    assert check(twins().DIRT[kind](record.text, random.Random(3))) > 10


@given(st.sampled_from(SAMPLES), st.data())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_random_edits(record: Record, data: st.DataObject) -> None:
    pairs = [f"({reading})" for reading in sorted(readings())[:40]]
    deed = st.sampled_from(["drop", "double", "put", "swap"])
    text = record.text
    for place in sorted(data.draw(st.lists(st.integers(0, len(text) - 1), max_size=12)), reverse=True):
        match data.draw(deed):
            case "drop":
                text = text[:place] + text[place + 1 :]
            case "double":
                text = text[:place] + text[place : place + 6] + text[place:]
            case "swap":
                text = text[:place] + text[place : place + 2][::-1] + text[place + 2 :]
            case _:
                text = text[:place] + data.draw(st.sampled_from([*INVISIBLE, *pairs, "\r\n"])) + text[place:]
    check(text)
