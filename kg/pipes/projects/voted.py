"""The projects on which the tagger has a vote."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.bodies.voted import fitted, is_name, named
from kg.pipes.names.context import Context
from kg.pipes.projects.assured import assured
from kg.pipes.projects.houses import likely
from kg.pipes.projects.quoted import CHAIN, conferred
from kg.pipes.tagger.decode import Proposal
from kg.pipes.tagger.vote import Ballot, settings, voted

CATEGORIES = ("project",)


def voted_projects(doc: Doc, context: Context, found: list[Mention], bodies: list[Mention]) -> list[Mention]:
    """*found* after the vote; what lies in the name of a body stays that body's."""
    stand, joining = voted(doc, found, CATEGORIES)
    joining = [p for q in joining if (p := fitted(context, q)) is not None]
    new = [named(context, p, "project", "projects") for p in joining if _is_project(context, p, bodies)]
    new += _suspected(doc, context, [*stand, *new, *bodies])
    return sorted([*stand, *new], key=lambda m: (m.start, -m.end))


def _suspected(doc: Doc, context: Context, taken: list[Mention]) -> list[Mention]:
    """Names that weigh too little by themselves, told by their ends and the words around them."""
    ballot = Ballot.of(doc)
    if ballot is None:
        return []
    model, found = settings("project")["model"], []
    for p in ballot.names:
        if p.category != "project" or any(m.start < p.end and p.start < m.end for m in taken) or ballot.elsewhere(p):
            continue
        weight = ballot.chance(p.start, p.end, p.category, 0.0, model)
        name = fitted(context, replace(p, odds=weight))
        inside = next((s for s in context.sentences if s.start <= p.start and p.end <= s.end), None)
        if name is None or inside is None or any(m.start < name.end and name.start < m.end for m in taken):
            continue
        if conferred(context.text, name.start, name.end, name.end + CHAIN) or _cut_quotation(context.text, name):
            continue
        if likely(context, name, inside.start, inside.end):
            found.append(replace(named(context, name, "project", "projects"), rule="model.suspected"))
    return found


def _is_project(context: Context, p: Proposal, bodies: list[Mention]) -> bool:
    if any(p.start < b.end and b.start < p.end and not (p.start <= b.start and b.end < p.end) for b in bodies):
        return False
    if conferred(context.text, p.start, p.end, p.end + CHAIN) or _cut_quotation(context.text, p):
        return False
    words = context.text[p.start : p.end]
    if _place_or_manner().search(words):
        return False
    known = is_name(context, p) or assured(context, p)
    return known and not words.endswith(tuple(table("projects")["never"]["words"]))


@cache
def _place_or_manner() -> re.Pattern[str]:
    """A village, or how something is done and not what it is called: “一站式”服务."""
    return re.compile("|".join(table("projects")["never"][key] for key in ("village", "manner")))


def _cut_quotation(text: str, p: Proposal) -> bool:
    """Whether the last character or two of a quotation that a proposal opens are missing in it: “青石大闸|蟹”."""
    lists = table("tagger")["left"]
    missing = text[p.end : p.end + 3].partition(lists["close"])
    return text.endswith(lists["open"], 0, p.start) and bool(missing[0]) and bool(missing[1])
