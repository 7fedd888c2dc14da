"""Identity across documents: what must come together and what must stay apart."""

from __future__ import annotations

import itertools

import pytest

from kg.model import Evidence, Extraction, LocalEntity, Statement
from kg.resolve import resolve


def entity(document: str, key: str, category: str, name: str, **attrs: str) -> LocalEntity:
    mention = Evidence(document, 0, len(name), name)
    return LocalEntity(document, key, category, name, (name,), (mention,), tuple(sorted(attrs.items())))


def post(document: str, person: str, tail: str, title: str = "县长") -> Statement:
    evidence = Evidence(document, 0, 2, "某句")
    return Statement(document, "holds_post", person, tail, evidence, "test", 1.0, "fact", attrs=(("title", title),))


def article(document: str, entities: list[LocalEntity], statements: list[Statement] | None = None) -> Extraction:
    return Extraction(document, f"{document}.txt", "", "2020-01-01", "", tuple(entities), tuple(statements or []))


def person_in(document: str, region: str, name: str = "周立山") -> Extraction:
    return article(
        document,
        [entity(document, f"person:{name}", "official", name), entity(document, region, "region", region)],
        [post(document, f"person:{name}", region)],
    )


def people(*articles: Extraction) -> int:
    return sum(e.category == "official" for e in resolve(articles).entities)


@pytest.mark.parametrize(
    ("first", "second", "nodes"),
    [
        ("region:130627", "region:130627", 1),  # one name, one county
        ("region:130627", "region:130600", 1),  # promoted to the prefecture of the county
        ("region:130627", "region:520123", 2),  # two provinces: two people
        ("region:610000", "region:140000", 2),  # 陕西 and 山西
    ],
)
def test_persons_join_by_name_and_province(first: str, second: str, nodes: int) -> None:
    assert people(person_in("a", first), person_in("b", second)) == nodes


def test_names_that_only_sound_alike_stay_apart() -> None:
    assert people(person_in("a", "region:110105", "王灏"), person_in("b", "region:110105", "王浩")) == 2


def test_regions_join_by_code_and_keep_all_names() -> None:
    articles = [article(d, [entity(d, "region:110105", "region", "北京市朝阳区")]) for d in "ab"]
    (region,) = resolve(articles).entities
    assert region.members == (("a", "region:110105"), ("b", "region:110105"))
    assert region.mentions == 2


def test_events_of_two_documents_stay_two() -> None:
    articles = [article(d, [entity(d, "event:1", "event", "座谈会")]) for d in "ab"]
    assert len(resolve(articles).entities) == 2


def test_the_order_of_the_articles_does_not_matter() -> None:
    articles = [person_in("a", "region:130627"), person_in("b", "region:520123"), person_in("c", "region:130600")]
    results = {repr(resolve(order)) for order in itertools.permutations(articles)}
    assert len(results) == 1
