"""The projects on which the tagger has a vote."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.bodies.voted import fitted, is_name, named
from kg.pipes.names.context import Context
from kg.pipes.projects.assured import assured
from kg.pipes.projects.quoted import CHAIN, conferred
from kg.pipes.tagger.decode import Proposal
from kg.pipes.tagger.vote import voted

CATEGORIES = ("project",)


def voted_projects(doc: Doc, context: Context, found: list[Mention], bodies: list[Mention]) -> list[Mention]:
    """*found* after the vote; what lies in the name of a body stays that body's."""
    stand, joining = voted(doc, found, CATEGORIES)
    joining = [p for q in joining if (p := fitted(context, q)) is not None]
    new = [named(context, p, "project", "projects") for p in joining if _is_project(context, p, bodies)]
    return sorted([*stand, *new], key=lambda m: (m.start, -m.end))


def _is_project(context: Context, p: Proposal, bodies: list[Mention]) -> bool:
    if any(p.start < b.end and b.start < p.end and not (p.start <= b.start and b.end < p.end) for b in bodies):
        return False
    if conferred(context.text, p.start, p.end, p.end + CHAIN) or _cut_quotation(context.text, p):
        return False
    words = context.text[p.start : p.end]
    known = is_name(context, p) or assured(context, p)
    return known and not words.endswith(tuple(table("projects")["never"]["words"]))


def _cut_quotation(text: str, p: Proposal) -> bool:
    """Whether the last character or two of a quotation that a proposal opens are missing in it: “青石大闸|蟹”."""
    lists = table("tagger")["left"]
    missing = text[p.end : p.end + 3].partition(lists["close"])
    return text.endswith(lists["open"], 0, p.start) and bool(missing[0]) and bool(missing[1])
