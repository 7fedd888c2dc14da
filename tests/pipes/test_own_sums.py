"""Sums told of several with 分别: each giver or receiver has its own, and none where the lists differ in length."""

from __future__ import annotations

import pytest
from marked import document

from kg.pipes.annotations import claims
from kg.pipes.relations.component import Relations
from kg.pipes.relations.references import References

GIVERS = "[E:绿野公司]、[E:九天公司]分别向[O:民族小学]捐赠"


@pytest.mark.parametrize(("text", "sums"), [
    (f"{GIVERS}20万元、10万元。", {"绿野公司": 200000.0, "九天公司": 100000.0}),
    (f"{GIVERS}20万元、10万元、5万元。", {"绿野公司": None, "九天公司": None}),
    (f"{GIVERS}20万元。", {"绿野公司": 200000.0, "九天公司": 200000.0}),
])
def test_each_has_its_own_sum(text: str, sums: dict[str, float | None]) -> None:
    found = claims(Relations()(References()(document(text))))
    told = {c.head.partition(":")[2]: c.attrs.get("amount") for c in found if c.relation == "supports"}
    assert told == sums
