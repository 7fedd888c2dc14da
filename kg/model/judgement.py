"""Why two things of two documents were taken for one, for two, or left open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Member = tuple[str, str]  # a document and the key of an entity in it
Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """One thing that a comparison saw: `feature` names it in the lexicon, `weight` is what it says for (or against).

    `detail` is what it was seen in (a place, a title, a part of a name); `says` puts it in words for people.
    """

    feature: str
    weight: float
    detail: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """What was judged of two members, or of the clusters that stood around them: `source` is machine or person."""

    first: Member
    second: Member
    verdict: Verdict
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    source: Literal["machine", "person"] = "machine"


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Judgements of a person that cannot all hold: `ignored` is the one that was left out, `why` says against what."""

    ignored: Judgement
    why: str
