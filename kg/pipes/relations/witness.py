"""The words that show an edge: its evidence names both ends, as far as the article has such words near by.

A village is told in its county in one sentence and walked through in another, a park's name stands alone in a caption,
who speaks at a meeting does so three sentences behind its name. What a reader is shown of a place is the sentence that
names both ends; of anything else, and where no sentence does, the stretch from the end named before to what is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.model import Claim, Mention
from kg.pipes.annotations import Sentence

REACH: Final = 250  # characters back from what is told to the name of an end that its sentence leaves out
PLACE: Final = "located_in"
EVENT: Final = "event"


def witnessed(found: Iterable[Mention], claims: Sequence[Claim], told: Sequence[Sentence]) -> list[Claim]:
    """*claims* with the evidence that names both ends; *told* are the sentences of the article.

    >>> told = [Sentence(0, 7, "body", "青石乡石桥村。"), Sentence(7, 13, "body", "在石桥村看到")]
    >>> town, first = Mention(0, 3, "region", "r:1", "", ""), Mention(3, 6, "region", "r:2", "", "")
    >>> claim = Claim("located_in", "r:2", "r:1", 7, 13, "region:parent", head_span=(8, 11))
    >>> again = Mention(8, 11, "region", "r:2", "", "")
    >>> [(c.start, c.end, c.head_span, c.tail_span) for c in witnessed([town, first, again], [claim], told)]
    [(0, 7, (3, 6), (0, 3))]
    """
    places: dict[str, list[Mention]] = defaultdict(list)
    for m in found:
        if m.surface or m.category == EVENT:
            places[m.key].append(m)
    return [_shown(c, places.get(c.head, []), places.get(c.tail, []), told) for c in claims]


def _shown(claim: Claim, heads: list[Mention], tails: list[Mention], told: Sequence[Sentence]) -> Claim:
    spans = [claim.head_span, claim.tail_span]
    named = [_named(claim, span, some, told) for span, some in zip(spans, (heads, tails), strict=True)]
    if all(named) or claim.end <= claim.start:
        return claim
    if claim.relation == PLACE and heads and heads[0].category != EVENT:
        both = min(_together(heads, tails, told), key=lambda one: (_apart(*one[1:]), one[0].start), default=None)
        if both is not None:
            sentence, head, tail = both
            return replace(claim, start=sentence.start, end=sentence.end, head_span=(head.start, head.end),
                           tail_span=(tail.start, tail.end))
    here = [s for s in told if s.start < claim.end and claim.start < s.end]
    if not here:
        return claim
    start = min(claim.start, here[0].start)
    for n, some in enumerate((heads, tails)):
        before = [m for m in some if claim.start - REACH <= m.start < claim.start]
        if not named[n] and before:
            start = min(start, next((s.start for s in told if s.start <= before[-1].start < s.end), start))
            spans[n] = before[-1].start, before[-1].end
    return replace(claim, start=start, end=max(claim.end, here[-1].end), head_span=spans[0], tail_span=spans[1])


def _named(claim: Claim, span: tuple[int, int], places: list[Mention], told: Sequence[Sentence]) -> bool:
    """Whether the evidence of a claim holds a name of an end: at one of its *places*, or where the claim saw it."""
    if any(claim.start <= m.start < claim.end for m in places):
        return True
    here = next((s for s in told if s.start <= span[0] < span[1] <= s.end), None)
    if here is None or not claim.start <= span[0] < claim.end:
        return False
    words = here.text[span[0] - here.start : span[1] - here.start]
    return any(m.name.endswith(words) and m.end - m.start <= len(words) for m in places)


def _together(heads: list[Mention], tails: list[Mention],
              told: Sequence[Sentence]) -> Iterator[tuple[Sentence, Mention, Mention]]:
    """The sentences that name both, each with the two places that stand nearest to each other."""
    for sentence in told:
        here = [[m for m in some if sentence.start <= m.start and m.end <= sentence.end] for some in (heads, tails)]
        if all(here):
            yield sentence, *min(((h, t) for h in here[0] for t in here[1]), key=lambda pair: _apart(*pair))


def _apart(head: Mention, tail: Mention) -> tuple[bool, int]:
    """How far what lies somewhere stands from the place; the place before it is the nearer one."""
    return tail.start > head.start, abs(head.start - tail.end)
