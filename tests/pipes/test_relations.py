"""Every rule of every relation table states its own examples, and none of its counter-examples."""

from __future__ import annotations

from typing import Any

import pytest
from marked import document

from kg.lexicon import table
from kg.model import Claim
from kg.pipes.annotations import claims
from kg.pipes.references import References
from kg.pipes.relations import TABLES, Relations


def read(marked: str) -> list[Claim]:
    return claims(Relations()(References()(document(marked))))


def edges(found: list[Claim]) -> set[str]:
    return {f"{c.head.partition(':')[2]}>{c.tail.partition(':')[2]}" for c in found}


def cases(kind: str) -> list[Any]:
    found = []
    for name in TABLES:
        data = table(f"relations/{name}")
        for rule in data["rule"]:
            rule_id = f"{rule.get('relation', data['relation'])}/{rule['id']}"
            for i, case in enumerate(rule.get(kind, [])):
                found.append(pytest.param(rule_id, case, id=f"{rule_id}-{i}"))
    return found


@pytest.mark.parametrize(("rule", "case"), cases("examples"))
def test_example(rule: str, case: dict[str, Any]) -> None:
    relation = rule.partition("/")[0]
    facts = [c for c in read(case["text"]) if c.relation == relation and c.status == "fact"]
    assert set(case["edges"]) <= edges(facts)
    assert not set(case.get("never", [])) & edges(facts)
    for name, value in case.get("attrs", {}).items():
        assert {c.attrs.get(name) for c in facts if c.rule == rule} == {value}


@pytest.mark.parametrize(("rule", "case"), cases("examples"))
def test_example_comes_from_its_rule(rule: str, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.pipes import relations

    chosen = tuple(r for r in relations._all_rules() if r.id == rule or case.get("after") == r.id)
    monkeypatch.setattr(relations, "_all_rules", lambda: chosen)
    assert set(case.get("own", case["edges"])) <= edges([c for c in read(case["text"]) if c.rule == rule])


@pytest.mark.parametrize(("rule", "case"), cases("counter"))
def test_counter_example(rule: str, case: str) -> None:
    relation = rule.partition("/")[0]
    assert not [c for c in read(case) if c.relation == relation and c.status == "fact"]


def test_every_rule_has_an_example() -> None:
    bare = [f"{n}/{r['id']}" for n in TABLES for r in table(f"relations/{n}")["rule"] if not r.get("examples")]
    assert not bare
