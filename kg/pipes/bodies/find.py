"""Names of bodies by their heads: 有限公司, 银行, 小学, 协会, 工作队, each with what must stand before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.names import names as names_of
from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.pipes.names.borders import alternation, opens_with
from kg.pipes.names.context import Context
from kg.pipes.names.generic import generic, rare, single

LONGEST = 32
COMPANY, EDITION = 8, 8
LEGAL, SHORT = 4, 2
PLACE = 6  # characters of a region whose end may look like a head
TWICE = 4  # characters of a name that may stand twice in a row
FIELD = 12
REPEATED = 7
PERSON = 3
ODDS = 3.0  # log odds of a name of a person right before the region that opens a company's name


@dataclass(frozen=True, slots=True)
class Head:
    """A group of heads from a lexicon file: what they make of a name and what a name needs before them."""

    name: str
    category: str
    need: str
    kind: str
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text. `head` is where its head begins, `place` the key of the region that opens it, or empty."""

    start: int
    end: int
    head: int
    group: Head
    place: str = ""
    place_end: int = 0


@cache
def heads(file: str) -> tuple[WordScan, dict[str, Head]]:
    """The scan for all heads of a lexicon file and the group that each word belongs to (the first that lists it)."""
    groups: dict[str, Head] = {}
    entries: dict[str, dict[str, Any]] = table(file)["head"]
    for name, entry in entries.items():
        around = (tuple(entry.get(key, ())) for key in ("not_before", "not_after"))
        group = Head(name, entry["category"], entry["need"], entry.get("kind", ""), *around)
        for word in entry["words"]:
            groups.setdefault(word, group)
    return WordScan(groups, nested=True), groups


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
            found = name_at(context, group, head, last, start)
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


def name_at(context: Context, group: Head, head: int, end: int, floor: int) -> Found | None:
    """The name with the head at head..end, or None where nothing before it makes a name of it.

    A name that stands twice in a row (a title run into its line) begins where it stands the second time.
    """
    found = _name_at(context, group, head, end, floor)
    again = doubled(context.text[found.start : end]) if found else 0
    return _name_at(context, group, head, end, end - again) if again else found


def doubled(words: str) -> int:
    """How long the name is that *words* end with twice in a row, or 0.

    >>> doubled("01青石博物馆青石博物馆"), doubled("青石博物馆")
    (5, 0)
    """
    return next((n for n in range(len(words) // 2, TWICE - 1, -1) if words[:-n].endswith(words[-n:])), 0)


def _name_at(context: Context, group: Head, head: int, end: int, floor: int) -> Found | None:
    start = context.begin(floor, head, group.category == "enterprise")
    branch = context.text[head:end] in table("enterprises")["branch"]["words"]
    if branch or (group.name == "legal" and any(m.end == head for m in context.chain(start))):
        start = _parent(context, start, head, floor)
    elif quoted := _quoted(context, group, start, floor):
        return Found(quoted[0], end, head, group, quoted[1])
    start = _firm(context, group, start, head)
    chain = [m for m in context.chain(start, group.category == "project") if m.end <= head]
    if context.text.endswith(table("organisations")["never"]["before"], 0, start):
        return None
    if context.text.startswith(tuple(table("organisations")["lead"]["signs"]), start):
        return None
    start, chain = _home(context, group, start, head, chain)
    if group.category == "project" and chain:
        verb = opens_with(context.text, table("projects")["verbs"]["words"], chain[-1].end)
        if verb and chain[-1].end + len(verb) < head:
            start, chain = chain[-1].end + len(verb), []
    after = chain[-1].end if chain else start
    edition = _edition().search(context.text, max(floor, start - EDITION), start) if group.need == "edition" else None
    proper = context.text[head:end] in table("projects")["head"]["fair"]["proper"]
    if edition and (start < head or proper):
        return Found(edition.start(), end, head, group, chain[-1].key if chain else "", after)
    nation = opens_with(context.text, table("organisations")["lead"]["nation"], start, head)
    if after == start and nation and not context.text.startswith(tuple(table("organisations")["lead"]["kind"]), start):
        after = start + len(nation)
    if after == start and (unknown := _unknown_place().match(context.text, start, head)):
        after = unknown.end()
    owner = context.owners.get(after)
    if owner and owner.end <= head:
        after = owner.end
    rest = context.text[after:head]
    if group.category == "enterprise" and context.text.startswith(_headless(), start):
        return None
    if after == start and group.need == "named" and _described(context, start):
        return None
    if end - start > LONGEST:
        return None
    if rest in table("organisations")["generic"]["some"]:
        return None
    if rest and rest[-1] in table("organisations")["generic"]["open"] and context.borders.closes(head):
        return None
    opened = context.borders.opens(start)
    if group.need == "company" and context.text[head:end] in table("enterprises")["legal"]["marked"]:
        opened = start == floor or context.borders.is_mark(start - 1)
    if not needed(group.need, after > start, rest, context.text, start, end, opened):
        if group.need in ("cued", "title") and _cued(context, start, floor) and _worked(rest):
            return Found(start, end, head, group, chain[-1].key if chain else "", after)
        first = _before_and(context, group, start, head, floor)
        if first is None:
            return None
        return Found(first, end, head, group)
    return Found(start, end, head, group, chain[-1].key if chain else "", after)


def _parent(context: Context, start: int, head: int, floor: int) -> int:
    """The start of a branch's name with the company before its region: 云山农险青石分公司."""
    lists = table("enterprises")["branch"]
    chain = context.chain(start)
    if not chain or (head > chain[-1].end and context.text[chain[-1].end : head] not in lists["between"]):
        return start
    first = start
    while first > floor and start - first <= COMPANY and not context.borders.opens(first):
        first -= 1
    lead = context.text[first:start]
    named = SHORT <= len(lead) <= COMPANY and not generic(lead) and not any(p in context.places for p in
                                                                          range(first, start))
    return first if named and lead.isalpha() and not lead.endswith(tuple(lists["not_before"])) else start


def _quoted(context: Context, group: Head, start: int, floor: int) -> tuple[int, str] | None:
    """Where a name begins that has a quotation in it (唐县“青石”志愿服务队), and the region that opens it."""
    lists = table("organisations")["quoted"]
    if group.name not in lists["groups"] or not context.text.endswith(lists["close"], floor, start):
        return None
    first = context.text.rfind(lists["open"], max(floor, start - FIELD), start)
    inner = context.text[first + 1 : start - 1]
    if first < 0 or lists["close"] in inner or inner in lists["not"]:
        return None
    for place, region in context.places.items():
        if region.end == first:
            chain_start = place
            while any(r.end == chain_start and s >= floor for s, r in context.places.items()):
                chain_start = next(s for s, r in context.places.items() if r.end == chain_start)
            return chain_start, region.key
    return first, ""


def _home(context: Context, group: Head, start: int, head: int, chain: list[Mention]) -> tuple[int, list[Mention]]:
    """Start and places of a name without the path to its village: 青山县石桥镇李庄村云谷公司 is 云谷公司.

    A project keeps the village itself.
    """
    if len(chain) < 2 or gazetteer().level(chain[-1].key) not in ("township", "village"):
        return start, chain
    if group.category == "project":
        return chain[-1].start, chain[-1:]
    if group.category == "enterprise" and own(context.text[chain[-1].end : head]):
        return chain[-1].end, []
    return start, chain


def _before_and(context: Context, group: Head, start: int, head: int, floor: int) -> int | None:
    """Where a name begins that has 和 in it (青石和贸易有限公司), if only common words stand after it.

    Institutes need a region or a nation before it: 唐县水土保持与规划院.
    """
    joining = table("name_borders")["border"]["joining"]
    if start <= floor or context.text[start - 1] not in joining:
        return None
    first = context.begin(floor, start - 1, True)
    if start - first >= FIELD or not generic(context.text[start:head]):
        return None
    if group.name == "legal":
        return first if start < head and own(context.text[first : start - 1]) else None
    placed = first in context.places or context.text.startswith(tuple(table("name_borders")["nation"]["words"]), first)
    return first if group.name in ("association", "research", "academy") and placed else None


def _firm(context: Context, group: Head, start: int, head: int) -> int:
    """The start of a company's name without a loose character before it (原青石集团)."""
    lists = table("organisations")["lead"]
    if group.category != "enterprise" or start in context.places or head - start < 3:
        return start
    if context.text.startswith(lists["party"], start):
        return start + len(lists["party"])
    person = names_of().score(context.text[start : start + PERSON])
    company = context.text[start + PERSON : start + PERSON + COMPANY // 2]
    again = context.text.count(company) > context.text.count(context.text[start : start + PERSON] + company)
    if person > ODDS and (again or start + PERSON in context.places) and start + PERSON < head:
        return start + PERSON  # 方某某|湖州银行股份有限公司
    loose = context.text.startswith(tuple(lists["loose"]), start)
    return start + 1 if loose and not context.text.startswith(tuple(lists["bound"]), start) else start


@cache
def _unknown_place() -> re.Pattern[str]:
    return re.compile(table("organisations")["lead"]["unknown_place"])


def another(text: str, end: int) -> bool:
    """Whether what follows a known company makes another word of its name: 中国银行|业, but not 中国移动|业务.

    >>> another("中国银行业", 4), another("中国移动业务", 4), another("京东到家", 2)
    (True, False, True)
    """
    lists = table("enterprises")["known_not_before"]
    return text.startswith(tuple(lists["words"]), end) and not text.startswith(tuple(lists["but"]), end)


def _headless() -> tuple[str, ...]:
    """What a company's name cannot begin with: its own legal form."""
    return tuple(table("organisations")["never"]["starts"])


def _described(context: Context, start: int) -> bool:
    """Whether the name follows 的 and so describes a kind (最大的助残服务中心), unless a region stands before 的."""
    if not context.text.endswith(table("organisations")["generic"]["of"], 0, start):
        return False
    return all(place.end != start - 1 for place in context.places.values())


def needed(need: str, place: bool, rest: str, text: str, start: int, end: int, opened: bool = False) -> bool:
    """Whether what stands before a head makes a name of it; *opened* says that a certain border stands before it."""
    lists = table("organisations")["generic"]
    if rest.isdigit() and not (place and need == "brand" and len(rest) > SHORT):
        return False
    if need == "own":
        clean = rest not in lists["plain"] and not any(c in lists["open"] for c in rest)
        return place and 1 < len(rest) <= FIELD and clean
    if need == "any":
        return place or own(rest) or any(name in rest for name in lists["proper"])
    if need == "legal":
        return (place and bool(rest)) or own(rest) or (opened and len(rest) > LEGAL)
    if need == "placed":
        return place and len(rest) > 1 and rest not in lists["plain"]
    if need == "place":
        field = rest in lists["fields"] and text.startswith(tuple(lists["national"]), start)
        return own(rest) or (place and (field or rest not in lists["plain"]))
    if need == "named":
        known = len(rest) > 3 or text.count(text[start:end]) > 1
        repeated = opened and len(rest) > REPEATED and text.count(text[start:end]) > 1
        placed = place and len(rest) > 1 and rest not in lists["plain"]
        return repeated or placed or (own(rest) and rare(rest) > 1 and known)
    if need == "region":
        return place and own(rest)
    if need == "cued":
        return False
    if need == "direct":
        return place and (not rest or (len(rest) <= SHORT and own(rest)))
    if need == "title":
        if not place:
            listed = table("organisations")["generic"]["list"] in (text[end : end + 1], text[max(0, start - 1) : start])
            listed = listed or text.startswith(tuple(lists["site"]), end)
            if opened and named_work(rest):
                return True
            brand = opened and rare(rest) > 2 and not generic_work(rest) and (listed or text.count(rest) > 1)
            return own(rest) and (brand or bool(re.match(lists["measure"], rest)))
        told = rare(rest) > 0 or bool(re.match(lists["measure"], rest))
        return len(rest) > 3 and told and rest not in lists["plain"] and not generic_work(rest)
    if need == "edition":
        return place and bool(rest)
    if need == "shop":
        return own(rest) and rare(rest) > 1
    if need == "brand":
        return own(rest) or (place and bool(rest))
    if need == "company":
        marks = lists["marks"]
        known = text.count(rest) > 1 or text[end : end + 1] in marks or text[max(0, start - 1) : start] in marks
        known = known or (opened and rare(rest) > 1)
        if rest[-1:].isdigit():
            return False
        if rest in table("brands")["known"]["words"]:
            return True
        return (place and bool(rest)) or (own(rest) and rare(rest) > (len(rest) < 4) and len(rest) <= COMPANY and known)
    if need == "short":
        if rest[:1].isdigit():
            return False
        right = text[end : end + 1]
        often = text.count(rest) > 1 or lists["list"] in (right, text[start - 1 : start])
        closed = not right or right in lists["right"] or text.startswith(tuple(lists["right_words"]), end)
        return not place and 2 <= len(rest) <= 4 and rare(rest) >= 2 and often and closed
    return True


def named_work(rest: str) -> bool:
    """Whether the words before 项目 tell work on a road, a river or a house that has a name.

    >>> named_work("青石河综合治理"), named_work("中小河流治理"), named_work("背街小巷改造")
    (True, False, False)
    """
    m = _works().fullmatch(rest)
    if m is None or any(word in m["what"] for word in table("organisations")["generic"]["nameless"]):
        return False
    return not generic(m["what"])


@cache
def _works() -> re.Pattern[str]:
    return re.compile(table("organisations")["generic"]["works"])


def generic_work(rest: str) -> bool:
    """Whether only words about the kind of help stand before 项目: 重大民生项目 of a region is no project by name.

    >>> generic_work("重大民生"), generic_work("单株碳汇")
    (True, False)
    """
    return bool(_plain().fullmatch(rest))


def _cued(context: Context, start: int, floor: int) -> bool:
    """Whether the words before a name show that one undertaking is meant (启动, 总投资12亿元的)."""
    return bool(_cues().search(context.text, max(floor, start - FIELD), start))


def _worked(rest: str) -> bool:
    """Whether the words before 项目 or 平台 tell one work among others: rare ones, no kind of help."""
    return len(rest) > 3 and rare(rest) > 1 and not generic_work(rest)


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(table("projects")["head"]["named_work"]["cues"])


@cache
def _edition() -> re.Pattern[str]:
    return re.compile(table("organisations")["generic"]["edition"])


@cache
def _plain() -> re.Pattern[str]:
    words = alternation(table("organisations")["generic"]["plain"])
    return re.compile(f"(?:{words.pattern})+")


def own(rest: str) -> bool:
    """Whether the words before a head hold something of their own: a brand, a number or letters, a quotation.

    >>> own("青石岭"), own("农业")
    (True, False)
    """
    return len(rest) > 1 and not generic(rest) and rare(rest) >= 1
