"""Where a body's name begins before its head: behind a loose word or a village, before the company of a branch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.names import names as names_of
from kg.model import Mention
from kg.pipes.bodies.heads import Head
from kg.pipes.names.borders import opens_with
from kg.pipes.names.context import Context
from kg.pipes.names.generic import generic, own

COMPANY: Final = 8  # characters of a company's name before the region of its branch
SHORT: Final = 2
FIELD: Final = 12  # characters of a name before 和, or with a quotation in it
PERSON: Final = 3
ODDS: Final = 3.0  # log odds of a name of a person right before the region that opens a company's name


@dataclass(frozen=True, slots=True)
class Candidate:
    """A head at characters `head` to `end` of a text, whose name begins nowhere before `floor`."""

    context: Context
    group: Head
    head: int
    end: int
    floor: int

    @property
    def text(self) -> str:
        return self.context.text

    def is_a(self, category: str) -> bool:
        return self.group.category == category

    def chain(self, start: int) -> list[Mention]:
        """The regions that open the name from *start* on."""
        return [m for m in self.context.chain(start, self.is_a("project")) if m.end <= self.head]


def branched(candidate: Candidate, start: int) -> bool:
    """Whether the name is that of a branch, or of a firm of which only the region stands between *start* and head."""
    if candidate.text[candidate.head : candidate.end] in table("enterprises")["branch"]["words"]:
        return True
    firm = candidate.group.name == "legal"
    return firm and any(m.end == candidate.head for m in candidate.context.chain(start))


def parent(candidate: Candidate, start: int) -> int:
    """The start of a branch's name with the company before its region: 云山农险青石分公司."""
    context, text, head = candidate.context, candidate.text, candidate.head
    lists = table("enterprises")["branch"]
    chain = context.chain(start)
    if not chain or (head > chain[-1].end and text[chain[-1].end : head] not in lists["between"]):
        return start
    first = start
    while first > candidate.floor and start - first <= COMPANY and not context.borders.opens(first):
        first -= 1
    lead = text[first:start]
    named = SHORT <= len(lead) <= COMPANY and not generic(lead) and not any(
        place in context.places for place in range(first, start))
    return first if named and lead.isalpha() and not lead.endswith(tuple(lists["not_before"])) else start


def quoted(candidate: Candidate, start: int) -> tuple[int, str] | None:
    """Where a name begins that has a quotation in it (唐县“青石”志愿服务队), and the region that opens it."""
    text, floor = candidate.text, candidate.floor
    lists = table("organisations")["quoted"]
    if candidate.group.name not in lists["groups"] or not text.endswith(lists["close"], floor, start):
        return None
    first = text.rfind(lists["open"], max(floor, start - FIELD), start)
    inner = text[first + 1 : start - 1]
    if first < 0 or lists["close"] in inner or inner in lists["not"]:
        return None
    places = candidate.context.places
    for place, region in places.items():
        if region.end == first:
            while (above := next((s for s, r in places.items() if r.end == place and s >= floor), None)) is not None:
                place = above
            return place, region.key
    return first, ""


def firm(candidate: Candidate, start: int) -> int:
    """The start of a company's name without a loose character or a person before it (原青石集团)."""
    context, text, head = candidate.context, candidate.text, candidate.head
    lists = table("organisations")["lead"]
    if not candidate.is_a("enterprise") or start in context.places or head - start < PERSON:
        return start
    if text.startswith(lists["party"], start):
        return start + len(lists["party"])
    behind = start + PERSON
    if behind < head and names_of().score(text[start:behind]) > ODDS:
        company = text[behind : behind + COMPANY // 2]
        if behind in context.places or text.count(company) > text.count(text[start:behind] + company):
            return behind  # 方某某|湖州银行股份有限公司
    loose = text.startswith(tuple(lists["loose"]), start)
    return start + 1 if loose and not text.startswith(tuple(lists["bound"]), start) else start


def home(candidate: Candidate, start: int, chain: list[Mention]) -> tuple[int, list[Mention]]:
    """Start and places of a name without the path to its village: 青山县石桥镇李庄村云谷公司 is 云谷公司.

    A project keeps the village itself.
    """
    if len(chain) < 2 or gazetteer().level(chain[-1].key) not in ("township", "village"):
        return start, chain
    if candidate.is_a("project"):
        return chain[-1].start, chain[-1:]
    if candidate.is_a("enterprise") and own(candidate.text[chain[-1].end : candidate.head]):
        return chain[-1].end, []
    return start, chain


def behind_verb(candidate: Candidate, start: int, chain: list[Mention]) -> tuple[int, list[Mention]]:
    """Start and places of a project's name without a region and the verb behind it: 唐县|启动|青石行动."""
    if candidate.is_a("project") and chain:
        verb = opens_with(candidate.text, table("projects")["verbs"]["words"], chain[-1].end)
        if verb and chain[-1].end + len(verb) < candidate.head:
            return chain[-1].end + len(verb), []
    return start, chain


def past_owner(candidate: Candidate, start: int, chain: list[Mention]) -> int:
    """Where the region, the nation or the body ends that a name opens with; *start* where none does."""
    context, text, head = candidate.context, candidate.text, candidate.head
    lists = table("organisations")["lead"]
    end = chain[-1].end if chain else start
    nation = opens_with(text, lists["nation"], start, head)
    if end == start and nation and not text.startswith(tuple(lists["kind"]), start):
        end = start + len(nation)
    if end == start and (unknown := _unknown_place().match(text, start, head)):
        end = unknown.end()
    owner = context.owners.get(end)
    return owner.end if owner and owner.end <= head else end


def before_and(candidate: Candidate, start: int) -> int | None:
    """Where a name begins that has 和 in it (青石和贸易有限公司), if only common words stand after it.

    Institutes need a region or a nation before it: 唐县水土保持与规划院.
    """
    context, text, group = candidate.context, candidate.text, candidate.group
    lists = table("name_borders")
    if start <= candidate.floor or text[start - 1] not in lists["border"]["joining"]:
        return None
    first = context.begin(candidate.floor, start - 1, True)
    if start - first >= FIELD or not generic(text[start : candidate.head]):
        return None
    if group.name == "legal":
        return first if start < candidate.head and own(text[first : start - 1]) else None
    placed = first in context.places or text.startswith(tuple(lists["nation"]["words"]), first)
    return first if group.name in ("association", "research", "academy") and placed else None


@cache
def _unknown_place() -> re.Pattern[str]:
    return re.compile(table("organisations")["lead"]["unknown_place"])
