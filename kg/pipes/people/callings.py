"""Whether titles make somebody an official or a person of a trade: by their ranks and the body that they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.people.posts import Unit

REACH: Final = 24  # characters before a title in which the words of a company stand


def category(text: str, bodies: Sequence[Mention], key: str, units: Sequence[Unit]) -> str:
    """official, person, firm (a person of a company), mixed (no official unless one elsewhere) or either.

    Somebody whose category is either is an official unless a company's person elsewhere.
    """
    societies = table("posts")["societies"]
    posts = [u for u in units if not (u.category == "person" and u.rank.endswith(tuple(societies["grades"])))]
    kinds = {u.category for u in posts or units}
    if key.startswith("region:"):
        return "official" if kinds & {"official"} else "person"
    body = next((m for m in bodies if m.key == key), None)
    if body is not None and body.category == "enterprise":
        return "official" if any(u.rank.endswith(tuple(societies["masters"])) for u in units) else "firm"
    if not key and units and _of_firm(text, units[0].front):
        return "firm"
    if body is not None and kinds == {"person"} and _chief(body, units):
        return "official"
    if "person" in kinds:
        state = body is not None and "official" in kinds and body.name.endswith(tuple(societies["state"]))
        return "official" if state else "mixed" if "official" in kinds else "person"
    if "society" in kinds and not (body is not None and _public(text, body) and _heads(units)) and not any(
            u.rank.startswith(tuple(societies["party"])) for u in units):
        return "person"
    if "bank" in kinds and body is None:
        return "person"
    if body is not None and _society(text, body):
        return "person"
    if body is not None and body.name.endswith(tuple(societies["houses"])):
        return "either"
    return "official"


@cache
def _firms() -> re.Pattern[str]:
    return re.compile(table("posts")["societies"]["firms"])


def _of_firm(text: str, place: int) -> bool:
    """Whether the words right before a title are of a company that nobody marked, or of a site of its works."""
    return bool(_firms().search(text, max(0, place - REACH), place))


def _chief(body: Mention, units: Sequence[Unit]) -> bool:
    """Whether all titles are posts in an office of the state (自然资源部|总工程师) or in a hospital (主治医师)."""
    words = table("posts")
    chiefs, healers = tuple(words["societies"]["chiefs"]), tuple(words["departments"]["healers"])
    if body.name.endswith(tuple(words["departments"]["hospitals"])):
        senior = tuple(rank for rank in chiefs if rank.startswith(words["societies"]["senior"]))
        return any(u.rank.endswith(healers + senior) for u in units)
    office = body.rule == "bodies.department" or body.name.endswith(tuple(words["societies"]["offices"]))
    return office and all(u.rank.endswith(chiefs) for u in units)


def _heads(units: Sequence[Unit]) -> bool:
    """Whether somebody is more than a member of the board."""
    return any(u.rank not in table("posts")["societies"]["members"] for u in units)


def _public(text: str, body: Mention) -> bool:
    """Whether the heads of a society hold an office: mass organisations, and the societies of the whole nation."""
    words = table("posts")["societies"]
    endings = tuple(words["public"])
    national = body.name.startswith(words["nation"]) and body.name.endswith(tuple(words["endings"]))
    return national or body.name.endswith(endings) or text[body.start : body.end].endswith(endings) or any(
        word in body.name for word in words["public_within"])


def _society(text: str, body: Mention) -> bool:
    name = body.name or text[body.start : body.end]
    return name.endswith(tuple(table("posts")["societies"]["endings"])) and not _public(text, body)
