"""What goes into the store comes out again, exactly, whatever it is."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from pathlib import Path

from anything import of
from hypothesis import HealthCheck, given, settings

from kg.model import Extraction
from kg.pipeline import Run, analyse
from kg.report import DocumentReport
from kg.sources import read
from kg.store import decode, encode

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(of(Extraction))
def test_an_extraction_comes_back_as_it_was(extraction: Extraction) -> None:
    again = decode(encode(extraction), extraction.document, extraction.path, extraction.sketch)
    assert again == extraction
    assert repr(again) == repr(extraction)  # 1, 1.0 and True are equal, but not the same
    assert hash(again) == hash(extraction)  # no list has come in


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(of(DocumentReport))
def test_a_report_comes_back_as_it_was_but_for_its_repost(report: DocumentReport) -> None:
    again = DocumentReport.again(report.id, report.path, report.kept())
    assert repr(again) == repr(replace(report, repost_of=""))


def test_the_samples_come_back_under_another_path_in_few_bytes(sample_run: Run) -> None:
    found = 0
    for record in read(sorted({Path(report.path) for report in sample_run.documents})):
        extraction, _ = analyse(record)
        assert extraction is not None
        data = encode(extraction)
        moved = decode(data, extraction.document, "elsewhere/a.txt", extraction.sketch)
        assert moved.path == "elsewhere/a.txt"
        assert moved.statements == extraction.statements
        assert moved.entities == extraction.entities
        assert len(data) < len(json.dumps(json.loads(zlib.decompress(data)))) / 3
        found += len(moved.statements)
    assert found > 50
