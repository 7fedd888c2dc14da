"""Names of bodies and projects by their heads: 有限公司, 银行, 小学, 协会, 工作队, each with what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.pipes.bodies.heads import Head, heads
from kg.pipes.bodies.needs import Lead, fulfilled
from kg.pipes.bodies.starts import Candidate, before_and, behind_verb, branched, firm, home, parent, past_owner, quoted
from kg.pipes.bodies.works import cued_work
from kg.pipes.names.context import Context
from kg.pipes.names.generic import doubled, single

LONGEST: Final = 32
EDITION: Final = 8  # characters that 第三届 takes before a name
PLACE: Final = 6  # characters of a region whose end may look like a head


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text. `head` is where its head begins, `place` the key of the region that opens it, or empty."""

    start: int
    end: int
    head: int
    group: Head
    place: str = ""
    place_end: int = 0


def names(context: Context, file: str, start: int, end: int) -> Iterator[Found]:
    """All names with a head of *file* in characters start..end, nested ones included."""
    scan, groups = heads(file)
    text = context.text
    seen = set()
    for first, last in scan.longest(text, start, end):
        word = text[first:last]
        group = groups[word]
        if text.startswith(group.not_before, last) or text.endswith(group.not_after, start, first):
            continue  # 青石大|学校
        for head in _tails(word, first, groups):
            if any(r.end > head for s in range(head - PLACE, head) if (r := context.places.get(s))):
                continue  # 救援廊|坊
            found = _once(Candidate(context, group, head, last, start))
            if found and len(single(text[found.start : found.end])) < found.end - found.start:
                break  # 石桥中学石桥中学: the first of the two is found by its own head
            if found and (found.start, found.end) not in seen:
                seen.add((found.start, found.end))
                yield found
                break


def _tails(word: str, start: int, groups: dict[str, Head]) -> Iterator[int]:
    """Where the head may begin: the whole word, or a shorter head at its end (银行 in 商业银行)."""
    yield start
    for cut in range(1, len(word) - 1):
        if word[cut:] in groups:
            yield start + cut


def _once(candidate: Candidate) -> Found | None:
    """The name with this head, or None where nothing before it makes a name of it.

    A name that stands twice in a row (a title run into its line) begins where it stands the second time.
    """
    found = _name(candidate)
    again = doubled(candidate.text[found.start : found.end]) if found else 0
    return _name(replace(candidate, floor=candidate.end - again)) if again else found


def _name(candidate: Candidate) -> Found | None:
    context, text, group, head, end, floor = (
        candidate.context, candidate.text, candidate.group, candidate.head, candidate.end, candidate.floor)
    start = context.begin(floor, head, candidate.is_a("enterprise"))
    if branched(candidate, start):
        start = parent(candidate, start)
    elif quotation := quoted(candidate, start):
        return Found(quotation[0], end, head, group, quotation[1])
    start = firm(candidate, start)
    if text.endswith(table("organisations")["never"]["before"], 0, start):
        return None
    if text.startswith(tuple(table("organisations")["lead"]["signs"]), start):
        return None
    start, chain = behind_verb(candidate, *home(candidate, start, candidate.chain(start)))
    place = chain[-1].key if chain else ""
    if edition := _edited(candidate, start):
        return Found(edition.start(), end, head, group, place, chain[-1].end if chain else start)
    after = past_owner(candidate, start, chain)
    if _nameless(candidate, start, after):
        return None
    rest = text[after:head]
    if fulfilled(group.need, Lead(text, start, end, after > start, rest, _opened(candidate, start))):
        return Found(start, end, head, group, place, after)
    if group.need in ("cued", "title") and cued_work(text, floor, start, rest):
        return Found(start, end, head, group, place, after)
    first = before_and(candidate, start)
    return None if first is None else Found(first, end, head, group)


def _edited(candidate: Candidate, start: int) -> re.Match[str] | None:
    """The edition before a name that has one: 第三届|青石博览会."""
    if candidate.group.need != "edition":
        return None
    edition = _edition().search(candidate.text, max(candidate.floor, start - EDITION), start)
    proper = table("projects")["head"]["fair"]["proper"]
    return edition if start < candidate.head or candidate.text[candidate.head : candidate.end] in proper else None


def _nameless(candidate: Candidate, start: int, after: int) -> bool:
    """Whether words up to a head are too long for a name, or of a kind that makes none.

    *start*: where they begin, *after*: where the region, nation or body that opens them ends.
    """
    context, text, head = candidate.context, candidate.text, candidate.head
    lists = table("organisations")["generic"]
    rest = text[after:head]
    if candidate.is_a("enterprise") and text.startswith(_headless(), start):
        return True
    if after == start and candidate.group.need == "named" and _described(context, start):
        return True
    if candidate.end - start > LONGEST or rest in lists["some"]:
        return True
    return bool(rest) and rest[-1] in lists["open"] and context.borders.closes(head)


def _headless() -> tuple[str, ...]:
    """What a company's name cannot begin with: its own legal form."""
    return tuple(table("organisations")["never"]["starts"])


def _described(context: Context, start: int) -> bool:
    """Whether the name follows 的 and so describes a kind (最大的助残服务中心), unless a region stands before 的."""
    if not context.text.endswith(table("organisations")["generic"]["of"], 0, start):
        return False
    return all(place.end != start - 1 for place in context.places.values())


def _opened(candidate: Candidate, start: int) -> bool:
    """Whether a border stands before the name; before a legal form that is a common word, a sign."""
    marked = table("enterprises")["legal"]["marked"]
    if candidate.group.need == "company" and candidate.text[candidate.head : candidate.end] in marked:
        return start == candidate.floor or candidate.context.borders.is_mark(start - 1)
    return candidate.context.borders.opens(start)


@cache
def _edition() -> re.Pattern[str]:
    return re.compile(table("organisations")["generic"]["edition"])
