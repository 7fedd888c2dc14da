"""Names of projects that the tagger is sure of though common words make them up: 唐县露天音乐公园, 青石大运会.

Bodies of this kind stand in kg/pipes/bodies/assured.py.
"""

from __future__ import annotations

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.pipes.bodies.voted import goes_on, head_of, misread, plain, whole_head
from kg.pipes.bodies.works import generic_work
from kg.pipes.names.context import Context
from kg.pipes.names.generic import rare
from kg.pipes.tagger.decode import Proposal


def assured(context: Context, p: Proposal) -> bool:
    """Whether a proposal that `is_name` refuses is a project all the same, by its weight and the region before it."""
    lists = table("projects")["assured"]
    words = context.text[p.start : p.end]
    if misread(context, p):
        return False
    if p.odds >= table("projects")["assured"]["least"]["sure"]:
        return True
    if whole_head(words) or goes_on(context, p):
        return False
    if words.startswith(tuple(table("tagger")["never"]["starts"])) or words.endswith(tuple(lists["not_end"])):
        return False
    least: dict[str, float] = lists["least"]
    chain = context.chain(p.start)
    if not chain:
        named = len(words) >= lists["long"] or rare(words) > 1
        return named and p.odds >= least["alone"]
    rest = context.text[chain[-1].end : p.end]
    head = head_of(rest)
    core = rest.removesuffix(head[0]) if head else rest
    if plain(rest) or (core and generic_work(core)) or (not core and gazetteer().level(chain[-1].key) == "village"):
        return False
    return p.odds >= least["placed"]
