"""The pairs of `pairs/*.toml` as two articles each, and what resolution makes of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.model import Evidence, Extraction, LocalEntity, Statement
from kg.resolve import resolve

FOLDER = Path(__file__).parent / "pairs"
KINDS = ("person", "organization", "enterprise", "project", "event", "region")
KEYS = {"person": "person", "organization": "body", "enterprise": "body", "project": "project", "event": "event"}


class Pair(NamedTuple):
    """Two sides, what a careful reader says of them, and why the pair is there."""

    kind: str
    verdict: str
    why: str
    a: dict[str, Any]
    b: dict[str, Any]

    @property
    def told(self) -> str:
        """The pair in a line."""
        return f"{self.kind}: {self.why}: {self.a.get('name', '')}|{self.b.get('name', '')}"


def pairs(part: str) -> Iterator[Pair]:
    """The pairs of a part: development or test."""
    with (FOLDER / f"{part}.toml").open("rb") as file:
        known = tomllib.load(file)
    for kind in KINDS:
        for row in known[kind]:
            yield Pair(kind, row["verdict"], row["why"], row["a"], row["b"])


def article(document: str, kind: str, side: dict[str, Any]) -> tuple[Extraction, str]:
    """An article that holds one side, and the key of its entity."""
    entities: dict[str, LocalEntity] = {}
    statements: list[Statement] = []

    def add(key: str, category: str, name: str, names: list[str] | None = None, **attrs: str) -> str:
        mention = Evidence(document, len(entities), len(entities) + len(name), name)
        told = {name: value for name, value in attrs.items() if value}
        entities[key] = LocalEntity(document, key, category, name, tuple(names or [name]), (mention,),
                                    tuple(sorted(told.items())))
        return key

    def region(code: str) -> str:
        key = PREFIX + code
        return key if key in entities else add(key, "region", gazetteer().name(key))

    def say(relation: str, head: str, tail: str, **attrs: str) -> None:
        evidence = Evidence(document, 0, 2, "某句")
        statements.append(Statement(document, relation, head, tail, evidence, "test", 1.0, "fact",
                                    attrs=tuple(sorted(attrs.items()))))

    name = side.get("name", "")
    if kind == "region":
        main = region(name)
    elif kind == "event":
        main = add("event:1", "event", name, kind=side["kind"], start_date=side.get("date", ""),
                   end_date=side.get("end", ""))
    else:
        category = side.get("cat", "official" if kind == "person" else kind)
        main = add(f"{KEYS[kind]}:{name}", category, name, side.get("names"))
    for post in side.get("posts", []):
        tail, _, title = post.partition(" ")
        body = tail.startswith("body:")
        say("holds_post", main, add(tail, "organization", tail[5:]) if body else region(tail), title=title)
    for place in side.get("at", []):
        say("located_in", main, region(place))
    for other in side.get("with", []):
        if kind == "event":
            say("attended", add(f"person:{other}", "official", other), main)
        else:
            say("undertakes", add(f"body:{other}", "enterprise", other), main)
    for other in side.get("others", []):
        add(f"person:{other}", "official", other)
    extraction = Extraction(document, f"{document}.txt", "", side.get("date", ""), "", tuple(entities.values()),
                            tuple(statements), home=side.get("home", ""))
    return extraction, main


def judged(pair: Pair) -> tuple[str, tuple[str, ...]]:
    """The verdict of the program on a pair, and its reasons."""
    (first, a), (second, b) = article("a", pair.kind, pair.a), article("b", pair.kind, pair.b)
    resolution = resolve([first, second])
    one, two = ("a", a), ("b", b)
    if resolution.of[one] == resolution.of[two]:
        return "same", tuple(r.says for j in resolution.why(one, two) for r in j.reasons)
    for judgement in resolution.unsure:
        if {judgement.first, judgement.second} == {one, two}:
            return "unsure", tuple(r.says for r in judgement.reasons)
    return "different", ()
