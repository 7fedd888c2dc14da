"""What leaves the language part is verbatim, complete and of the categories that its relation allows."""

from __future__ import annotations

import pytest

from kg.extract import extract, to_doc
from kg.language import load
from kg.model import Claim, Document, Line, Mention
from kg.pipes.annotations import add_claims, claims, mentions, set_mentions

ORIGINAL = "周立山赴協(xié)作县考察。"
CLEAN = "周立山赴协作县考察。"
STARTS = (0, 1, 2, 3, 4, 10, 11, 12, 13, 14)
ENDS = (1, 2, 3, 4, 10, 11, 12, 13, 14, 15)
PERSON = Mention(0, 3, "official", "person:周立山", "周立山", "test")
PLACE = Mention(4, 7, "region", "region:1", "协作县", "test", attrs={"level": "county"})


@pytest.fixture(scope="module")
def nlp():
    return load(exclude=tuple(n for n in load().pipe_names))


@pytest.fixture
def document() -> Document:
    return Document("a", "a.txt", ORIGINAL, CLEAN, STARTS, ENDS, (Line(0, len(CLEAN), "body"),))


def extracted(nlp, document: Document, *made: Claim):
    doc = to_doc(nlp, document)
    set_mentions(doc, "people", [PERSON])
    set_mentions(doc, "regions", [PLACE])
    add_claims(doc, made)
    return extract(doc, document)


def test_evidence_is_what_was_printed(nlp, document: Document) -> None:
    result = extracted(nlp, document, Claim("visited", PERSON.key, PLACE.key, 0, 10, "test", tail_span=(4, 7)))
    (statement,) = result.statements
    assert statement.evidence.text == ORIGINAL
    assert statement.tail_evidence is not None
    assert statement.tail_evidence.text == ORIGINAL[4:12] == "協(xié)作县"
    region = next(e for e in result.entities if e.category == "region")
    assert region.names == ("协作县",)
    assert region.mentions[0].text == "協(xié)作县"


@pytest.mark.parametrize(
    "claim",
    [
        Claim("visited", PLACE.key, PERSON.key, 0, 10, "test"),  # a region visits nobody
        Claim("visited", PERSON.key, "region:9", 0, 10, "test"),  # an unknown tail
        Claim("visited", PERSON.key, PLACE.key, 3, 3, "test"),  # no evidence
    ],
)
def test_a_claim_that_cannot_be_is_dropped(nlp, document: Document, claim: Claim) -> None:
    assert extracted(nlp, document, claim).statements == ()


def test_annotations_survive_bytes(nlp, document: Document) -> None:
    doc = to_doc(nlp, document)
    claim = Claim(
        "visited", PERSON.key, PLACE.key, 0, 10, "test", 0.5, "planned", "2020", (0, 3), (4, 7), {"amount": 5}
    )
    set_mentions(doc, "people", [PERSON])
    set_mentions(doc, "regions", [PLACE])
    add_claims(doc, [claim])
    copy = type(doc)(nlp.vocab).from_bytes(doc.to_bytes())
    assert mentions(copy) == [PERSON, PLACE]
    assert claims(copy) == [claim]
