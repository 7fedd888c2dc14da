"""Pairs of entities of two articles: none is joined that is two, and nearly all are that are one."""

from __future__ import annotations

from collections import Counter

import pytest
from paired import KINDS, Pair, judged, pairs

from kg.lexicon import table

DEVELOPMENT = list(pairs("development"))
PRECISION, RECALL = 0.99, 0.93  # floors of the part test


@pytest.mark.parametrize("pair", DEVELOPMENT, ids=[pair.told for pair in DEVELOPMENT])
def test_a_pair_is_judged_as_a_reader_judges_it(pair: Pair) -> None:
    verdict, _ = judged(pair)
    allowed = {"same": {"same"}, "different": {"different"}, "unsure": {"unsure", "different"}}
    assert verdict in allowed[pair.verdict]


def test_the_other_half_holds_its_floors() -> None:
    counts = Counter((pair.verdict, judged(pair)[0]) for pair in pairs("test"))
    joined = sum(n for (_, verdict), n in counts.items() if verdict == "same")
    one = sum(n for (wanted, _), n in counts.items() if wanted == "same")
    assert counts["same", "same"] >= PRECISION * joined
    assert counts["same", "same"] >= RECALL * one


def test_both_halves_have_both_verdicts_of_every_kind_and_share_no_pair() -> None:
    parts = {part: list(pairs(part)) for part in ("development", "test")}
    for found in parts.values():
        assert len(found) >= 150
        verdicts = {(pair.kind, pair.verdict) for pair in found}
        assert verdicts >= {(kind, verdict) for kind in KINDS for verdict in ("same", "different")}
    sides = [{repr((pair.a, pair.b)) for pair in found} for found in parts.values()]
    assert not sides[0] & sides[1]


def test_a_joined_pair_has_reasons_and_a_score_that_they_add_up_to() -> None:
    verdict, reasons = judged(next(pair for pair in DEVELOPMENT if "promoted to the prefecture" in pair.why))
    assert verdict == "same"
    assert any("韩承远" in reason for reason in reasons)
    assert any("唐县" in reason and "保定市" in reason for reason in reasons)


EXAMPLES = [(name, text) for name, entry in table("identity_names").items() if isinstance(entry, dict)
            for text in entry.get("examples", ()) if " = " in text]
COUNTERS = [(name, text) for name, entry in table("identity_names").items() if isinstance(entry, dict)
            for text in entry.get("counter", ()) if " and " in text]


def of_two(section: str, text: str, joint: str) -> str:
    first, second = text.split(joint)
    kind = "person" if section == "fold" and len(first) == len("郑东升") - ("王" in first) else "enterprise"
    kind = "project" if section == "project" or "“" in text else kind
    more: dict[str, list[str]] = {"posts": ["130627 县长"]} if kind == "person" else {}
    if kind == "project":
        more = {"at": ["130627"]}
    return judged(Pair(kind, "", "", {"name": first} | more, {"name": second} | more))[0]


@pytest.mark.parametrize(("section", "text"), EXAMPLES)
def test_examples_of_the_lexicon_are_one(section: str, text: str) -> None:
    assert of_two(section, text, " = ") == "same"


@pytest.mark.parametrize(("section", "text"), COUNTERS)
def test_counter_examples_of_the_lexicon_are_two(section: str, text: str) -> None:
    assert of_two(section, text, " and ") != "same"


def test_names_of_one_body_stand_in_one_row() -> None:
    counted = Counter(name for row in table("identity_names")["same"] for name in row["names"])
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("row", table("identity_names")["same"], ids=lambda row: row["names"][0])
def test_the_names_of_a_row_are_one_body(row: dict[str, list[str]]) -> None:
    first, *rest = row["names"]
    for name in rest:
        assert judged(Pair("enterprise", "", "", {"name": first}, {"name": name}))[0] == "same"
