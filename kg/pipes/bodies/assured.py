"""Names that the tagger is sure of though their words alone name nothing: 省青委会, 市公安局石桥分局, 青石电视台.

What such a name lacks is asked of the text: whose a body is that tells only the level of its region, or that no region
stands before it, so that it must not meet a body of the same words in another article.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.bodies.leveled import levels_of
from kg.pipes.bodies.voted import goes_on, head_of, misread, named, plain, whole_head
from kg.pipes.names.context import Context
from kg.pipes.tagger.decode import Proposal


def assured(context: Context, p: Proposal, home: Callable[[str, int], str], document: str) -> Mention | None:
    """The body of a proposal that `is_name` refuses, or None where the network is not sure enough of it.

    *home(level, place)* tells whose a body is that tells only the level of its region.
    """
    lists = table("tagger")["assured"]
    words = context.text[p.start : p.end]
    if words in lists["not"] or words.startswith(tuple(lists["not_start"])) or misread(context, p):
        return None
    if context.text.endswith(tuple(lists["not_after"]), 0, p.start):
        return None
    if context.text.startswith(tuple(lists["not_before"]), p.end):
        return None
    m = named(context, p, "body", "organisations")
    level = next((word for word in levels_of() if words.startswith(word)), "")
    if level and p.start not in context.places:
        return _of_level(m, level, home, document) if _enough(p, "level") else None
    if words.startswith(tuple(table("tagger")["never"]["starts"])):
        return None
    if goes_on(context, p):
        return m if _enough(p, "followed") else None
    chain = context.chain(p.start)
    if chain and chain[-1].end < p.end:
        return m if _enough(p, "plain" if plain(context.text[chain[-1].end : p.end]) else "placed") else None
    if not _enough(p, "alone"):
        return None
    return replace(m, key=f"body:{document}/{m.name}") if whole_head(words) or head_of(words) else m


def _enough(p: Proposal, shape: str) -> bool:
    """Whether the weight of a proposal is that asked for names of its shape."""
    least: float = table("tagger")["assured"]["least"][shape]
    return p.odds >= least


def _of_level(m: Mention, level: str, home: Callable[[str, int], str], document: str) -> Mention | None:
    """The body of the home region at a level; without one nobody knows whose it is."""
    key = home(levels_of()[level], m.start)
    if not key:
        return replace(m, key=f"body:{document}/{m.name}")
    name = gazetteer().name(key) + m.name[len(level) :]
    return replace(m, key=f"body:{name}", name=name)
