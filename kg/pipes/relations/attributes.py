"""What a rule says of a relation beyond its two ends: the sum, the kind of help, since when, and what was signed."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.model import Value
from kg.pipes.quantities.amounts import given
from kg.pipes.relations.rules import Finding
from kg.pipes.relations.shares import joint, paper
from kg.pipes.slots import LETTERS, PAUSES, STOPS, Match

_COMMAS: Final = frozenset("，,")
_ACTORS: Final = frozenset(LETTERS[c] for c in ("official", "region", "enterprise", "organization"))
_TITLES: Final = "》《"  # between the titles of a list of articles


def attributes(finding: Finding, clause: str, givers: int, takers: int, text: str) -> dict[str, Value]:
    """The attributes of a claim whose deed is told by *clause* (see `deed`), *text* being that of the document."""
    rule, match, sentence = finding.rule, finding.match, finding.match.sentence
    attrs: dict[str, Value] = dict(rule.attrs)
    start = match.verb() if match.verb() >= 0 else match.raw.start()
    end = start + len(clause)
    if rule.amount and not joint(match, clause, givers, takers):
        inside = [*given(sentence.text[match.raw.start() : start])]
        for amount in (*inside[-1:], *given(clause)):
            attrs["amount"] = amount.value
            break
    if rule.kinds:
        comma = next((i for i in range(match.raw.end(), end) if sentence.text[i] in PAUSES), end)
        kind = kind_of_aid(sentence.text[start:comma]) or kind_of_aid(clause)
        kind = "funds" if kind == "staff" and "amount" in attrs else kind  # 派出干部14名,投入资金1亿元
        if kind:
            attrs["aid_kind"] = kind
    since = [str(m.attrs.get("start", "")) or m.name for slot in match.slots("since") for m in slot.mentions]
    if since:
        attrs["since"] = since[0]
    if match.text("agreement"):
        signed = paper(text[match.span("agreement")[0] : _end(match, "agreement")])
        if signed:
            attrs["agreement"] = signed
    return attrs


def deed(match: Match) -> str:
    """What is told of a deed, from its verb to the end of the sentence or to where another begins to give.

    >>> import re
    >>> from kg.model import Mention
    >>> from kg.pipes.slots import encode
    >>> text = "绿野公司捐款5万元,用于修路,石桥公司捐书。"
    >>> firms = [Mention(at, at + 4, "enterprise", f"body:{at}", text[at : at + 4], "test") for at in (0, 15)]
    >>> sentence = encode(text, 0, len(text), firms)
    >>> deed(Match(re.compile("(?P<verb>捐款)").search(sentence.text), sentence))
    '捐款5万元,用于修路'
    """
    text, start, last = match.sentence.text, match.verb() if match.verb() >= 0 else match.raw.start(), match.raw.end()
    stops = (text.find(stop, last) for stop in (*STOPS, _TITLES))
    end = min((stop for stop in stops if stop >= 0), default=len(text))
    end = next((i for i in range(last, end - 1) if text[i] in _COMMAS and text[i + 1] in _ACTORS), end)
    return text[start:end]


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry["pattern"]), entry["kind"]) for entry in table("relations/supports")["kind"])


def kind_of_aid(text: str) -> str:
    """The kind of help that a stretch of text tells, "" where it tells none.

    >>> kind_of_aid("捐赠资金5万元"), kind_of_aid("举行仪式")
    ('funds', '')
    """
    return next((kind for pattern, kind in _kinds() if pattern.search(text)), "")


def _end(match: Match, group: str) -> int:
    """Where the last character of a group stands in the document; an aside in brackets behind it is no part of it."""
    place = match.raw.end(group) - 1
    inside = match.sentence.within(place, place + 1)
    return inside[0].end if inside else match.sentence.offsets[place] + 1
