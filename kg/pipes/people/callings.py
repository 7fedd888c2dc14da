"""Whether titles make somebody an official or a person of a trade: by their ranks and the body that they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.people.posts import Unit


def category(text: str, bodies: Sequence[Mention], key: str, units: Sequence[Unit]) -> str:
    """official, person, firm (a person of a company), mixed (no official unless one elsewhere) or either.

    Somebody whose category is either is an official unless a company's person elsewhere.
    """
    kinds = {u.category for u in units}
    societies = table("posts")["societies"]
    if key.startswith("region:"):
        return "official" if kinds & {"official"} else "person"
    body = next((m for m in bodies if m.key == key), None)
    if body is not None and body.category == "enterprise":
        return "firm"
    if "person" in kinds:
        return "mixed" if "official" in kinds else "person"
    if "society" in kinds and not (body is not None and _public(text, body)) and not any(
            u.rank.startswith(tuple(societies["party"])) for u in units):
        return "person"
    if "bank" in kinds and body is None:
        return "person"
    if body is not None and _society(text, body):
        return "person"
    if body is not None and body.name.endswith(tuple(societies["houses"])):
        return "either"
    return "official"


def _public(text: str, body: Mention) -> bool:
    endings = tuple(table("posts")["societies"]["public"])
    return body.name.endswith(endings) or text[body.start : body.end].endswith(endings)


def _society(text: str, body: Mention) -> bool:
    name = body.name or text[body.start : body.end]
    return name.endswith(tuple(table("posts")["societies"]["endings"])) and not _public(text, body)
