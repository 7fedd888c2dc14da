"""Which regions of an article become nodes: those named by themselves, not those inside other names."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Claim, Document, Mention
from kg.pipes.annotations import add_claims, set_mentions
from tests.pipes.test_regions import read


def keys(text: str, name: str, category: str, kind: str = "", relation: str = "") -> set[str]:
    """Keys of the region nodes of an article whose body or project is called *name*; *relation* ties it to Beijing."""
    doc = read(text)
    start = text.index(name)
    attrs = {"kind": kind} if kind else {}
    body = Mention(start, start + len(name), category, f"body:{name}", name, "test", attrs=attrs)
    set_mentions(doc, "bodies", [body])
    if relation:
        add_claims(doc, [Claim(relation, body.key, "region:110000", 0, len(text), "test")])
    offsets = tuple(range(len(text)))
    document = Document("a", "a.txt", text, text, offsets, tuple(i + 1 for i in offsets), ())
    return {e.key for e in extract(doc, document).entities if e.category == "region"}


@pytest.mark.parametrize(("text", "name", "category", "kind", "wanted"), [
    ("北京水云科技有限公司来了。", "北京水云科技有限公司", "enterprise", "", set()),
    ("北京水云科技有限公司从北京来了。", "北京水云科技有限公司", "enterprise", "", {"region:110000"}),
    ("大连理化大学来了。", "大连理化大学", "organization", "school", set()),
    ("唐县人民医院来了。", "唐县人民医院", "organization", "hospital", {"region:130627"}),
    ("河北省唐县云杉中学来了。", "河北省唐县云杉中学", "organization", "school", {"region:130000", "region:130627"}),
    ("鄂州云杉开发区来了。", "鄂州云杉开发区", "organization", "zone", {"region:420700"}),
    ("水云公司（北京）中心来了。", "水云公司（北京）中心", "organization", "", set()),
])
def test_regions_inside_names(text: str, name: str, category: str, kind: str, wanted: set[str]) -> None:
    assert keys(text, name, category, kind) == wanted


def test_a_statement_keeps_the_region_but_its_own_name_is_no_statement() -> None:
    text, name = "北京水云科技有限公司来了。", "北京水云科技有限公司"
    assert keys(text, name, "enterprise", relation="supports") == {"region:110000"}
    assert keys(text, name, "enterprise", relation="located_in") == set()
