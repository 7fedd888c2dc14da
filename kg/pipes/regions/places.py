"""located_in for towns and villages: the smallest region that the article gives, with the sentence as evidence."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.lexicon.gazetteer import gazetteer
from kg.model import Claim
from kg.pipes.annotations import add_claims, mentions, sentences


def place_towns(doc: Doc) -> None:
    """Add a claim for the first sentence in which each town or village stands."""
    gaz = gazetteer()
    found = mentions(doc, "regions")
    named = {m.key for m in found if m.surface}
    spans = [(s.start, s.end) for s in sentences(doc)]
    zones = {m.end: m for m in found if gaz.level(m.key) == "zone"}
    claims = []
    done = set()
    for m in found:
        if m.key in done or not m.surface or gaz.level(m.key) not in ("township", "village"):
            continue
        done.add(m.key)
        holder = next((key for key in gaz.ancestors(m.key)[1:] if key in named), "")
        zone = next((z for o in found if o.key == m.key and (z := zones.get(o.start)) is not None), None)
        if zone is not None and gaz.level(m.key) == "township":   # 苏州工业园区|娄葑街道
            holder = zone.key
        sentence = next(((a, b) for a, b in spans if a <= m.start and m.end <= b), None)
        if holder and sentence:
            where = next(((o.start, o.end) for o in reversed(found) if o.key == holder and sentence[0] <= o.start
                          and o.end <= m.start), (0, 0))
            claims.append(Claim("located_in", m.key, holder, *sentence, rule="region:parent", score=0.95,
                                head_span=(m.start, m.end), tail_span=where))
    add_claims(doc, claims)
