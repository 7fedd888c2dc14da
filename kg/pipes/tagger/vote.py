"""The vote between rules and tagger: it adds names, moves borders and refuses names; every change names the model.

What speaks for a name is weighed (`weights.vote` in `tagger.toml`, fitted to labelled articles): how sure the network
is of just these borders, here and wherever the same words stand, and how sure the rule is. A name that only the
network sees is added above the limit `add`, in place of what the rules see there where it weighs more; a name of the
rules that weighs less than `drop` is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from spacy.tokens import Doc

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.annotations import memory, text_of
from kg.pipes.tagger.decode import FULL, WIDTH, Proposal, column
from kg.pipes.tagger.network import PARTS

RULE = "model."
OWN = (".own.", ".own_")  # rules of the user's own lexicon
FEATURES = ("bias", "own", "support", "outside", "left", "right", "rival", "score", "count", "length")
HUMAN = ("official", "person")
SOMEBODY = 0.3  # chance of a person at one place above which the same words name nothing else
SLACK = 0.02  # keeps chances of 0 and 1 in reach of one another
SEVERAL, LONG = 3, 12  # counts and lengths above these weigh no more


def leaning(chance: float) -> float:
    """A chance on a scale that is even on both sides of one half.

    >>> leaning(0.5), round(leaning(1.0), 1)
    (0.0, 2.0)
    """
    return math.log((chance + SLACK) / (1 - chance + SLACK)) / 2


@dataclass(frozen=True)
class Ballot:
    """What the network said of a document: `odds` holds the chance of every tag of every character, a byte each."""

    text: str
    odds: bytes
    names: tuple[Proposal, ...]

    @classmethod
    def of(cls, doc: Doc) -> Ballot | None:
        """None where the pipeline has no tagger."""
        said = memory(doc).get("tagger")
        if said is None:
            return None
        made = _made.get("last")
        if made is None or made[0] is not said or made[1].text is not text_of(doc):
            made = said, cls(text_of(doc), said["odds"], tuple(Proposal(*name) for name in said["names"]))
            _made["last"] = made
        return made[1]

    @cached_property
    def support(self) -> dict[tuple[str, str], float]:
        """How sure the network is of some words as a name, at the best of their places."""
        best: dict[tuple[str, str], float] = {}
        for p in self.names:
            key = self.text[p.start : p.end], p.category
            best[key] = max(p.odds, best.get(key, 0.0))
        return best

    def elsewhere(self, p: Proposal) -> bool:
        """Whether the words of a proposal are a private person at another place, or a person while *p* is none."""
        words = self.text[p.start : p.end]
        if p.category in HUMAN:
            return (words, "private") in self.support
        last = PARTS * (len(HUMAN) + 1)  # the tags of people are the first
        places, place = [], self.text.find(words)
        while place >= 0:
            rows = range(place * WIDTH + 1, (place + len(words)) * WIDTH, WIDTH)
            places.append(min(sum(self.odds[row : row + last]) for row in rows))
            place = self.text.find(words, place + len(words))
        return max(places) > FULL * SOMEBODY

    def evidence(self, start: int, end: int, category: str, score: float) -> list[float]:
        """What speaks for and against a name, in the order of FEATURES; *score*: of the rules that see one there."""
        odds, first = self.odds, column(category, 0)
        begin, single = odds[start * WIDTH + first], odds[(end - 1) * WIDTH + first + PARTS - 1]
        close = odds[(end - 1) * WIDTH + first + 2]
        least = single if end - start == 1 else min(begin, close)
        if end - start > 2:
            least = min(least, *odds[(start + 1) * WIDTH + first + 1 : (end - 1) * WIDTH : WIDTH])
        own = least / FULL
        words = self.text[start:end]
        rival = max((p.odds for p in self.names if p.start < end and start < p.end and p.category != "region"
                     and (p.start, p.end, p.category) != (start, end, category)), default=0.0)
        return [
            1.0,
            leaning(own),
            leaning(max(own, self.support.get((words, category), 0.0))),
            leaning(min(odds[start * WIDTH : end * WIDTH : WIDTH]) / FULL),
            leaning(max(begin, odds[start * WIDTH + first + PARTS - 1]) / FULL),
            leaning(max(close, single) / FULL),
            leaning(rival),
            score,
            min(SEVERAL, self.text.count(words)) / SEVERAL,
            min(LONG, end - start) / LONG,
        ]

    def chance(self, start: int, end: int, category: str, score: float, weights: Mapping[str, float]) -> float:
        """The chance that a name is right, to three decimals."""
        weight = sum(weights.get(name, 0.0) * value for name, value in
                     zip(FEATURES, self.evidence(start, end, category, score), strict=True))
        return round(1 / (1 + math.exp(-weight)), 3)

    def trust(self, m: Mention) -> float:
        """The chance that a name of the rules is right; what the user's own lexicon or a sure rule names is."""
        sure = table("tagger")["sure"]
        if any(mark in f".{m.rule}" for mark in OWN) or m.rule in sure["rules"]:
            return 1.0
        return self.chance(m.start, m.end, m.category, m.score, settings(m.category)["rule"])

    @staticmethod
    def kept(m: Mention) -> bool:
        """Whether a name of the rules is never refused, though it may yield to one with other borders."""
        return bool(1 > m.score >= table("tagger")["sure"]["score"])


_made: dict[str, tuple[dict[str, Any], Ballot]] = {}  # what several components ask for, of the document read last


def _marked(text: str, m: Mention) -> bool:
    """Whether a name of the rules is all that stands between two quotation marks."""
    lists = table("tagger")["left"]
    return text.endswith(lists["open"], 0, m.start) and text.startswith(lists["close"], m.end)


def settings(category: str) -> dict[str, Any]:
    """The weights and limits of a category."""
    found: dict[str, Any] = table("tagger")["vote"][category]
    return found


def voted(doc: Doc, found: Sequence[Mention], categories: Sequence[str],
          taken: Iterable[Mention] = ()) -> tuple[list[Mention], list[Proposal]]:
    """The mentions of the rules that stand, and the proposals of *categories* that join them; `odds` is their weight.

    *taken*: mentions that no new name may cross.
    """
    ballot = Ballot.of(doc)
    if ballot is None:
        return list(found), []
    stands = [(m, ballot.trust(m)) for m in found]
    agreed = {(p.start, p.end) for p in ballot.names}  # a quarrel over the category alone is for the rules to decide
    stands = [(m, weight) for m, weight in stands
              if weight >= settings(m.category)["drop"] or (m.start, m.end) in agreed or ballot.kept(m)]
    spans = {(m.start, m.end) for m, _ in stands} | {(m.start, m.end) for m in found}
    walls = [(m.start, m.end) for m in taken]
    joining: list[Proposal] = []
    for p in ballot.names:
        if p.category not in categories or (p.start, p.end) in spans:
            continue
        if any(a < p.end and p.start < b for a, b in walls) or ballot.elsewhere(p):
            continue
        over = [(m, weight) for m, weight in stands if m.start < p.end and p.start < m.end]
        if any(_marked(ballot.text, m) and m.start <= p.start and p.end <= m.end for m, _ in over):
            continue  # the end of “青石县政府、云谷大学合作基地” is no name of its own
        score = max((m.score for m, _ in over), default=0.0)
        limit = settings(p.category)
        weight = ballot.chance(p.start, p.end, p.category, score, limit["model"])
        if weight < limit["add"] or any(other + limit["lead"] > weight for _, other in over):
            continue
        stands = [(m, other) for m, other in stands if (m, other) not in over]
        joining.append(Proposal(p.start, p.end, p.category, weight))
    return [m for m, _ in stands], joining
