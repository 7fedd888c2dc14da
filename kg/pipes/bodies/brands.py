"""Companies under their brands (小米, 中建七局, 青石医疗) and media as partners, where the text shows what they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from kg.lexicon import table
from kg.lexicon.likely import Words, either
from kg.lexicon.names import names
from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.pipes.names.borders import alternation
from kg.pipes.names.context import Context
from kg.pipes.names.generic import common, generic, rare

SHORTEST, LONGEST = 2, 4
PERSON = 3  # characters that a name of a person has at most
ODDS = 3.0  # log odds of a name of a person


@cache
def _compiled(part: str, key: str) -> re.Pattern[str]:
    return re.compile(table("brands")[part][key])


@cache
def _words(part: str) -> WordScan:
    words = table("brands")[part]
    return WordScan([*words["words"], *words.get("doubtful", ())])


@cache
def _companies() -> re.Pattern[str]:
    return alternation([*table("brands")["known"]["words"], *table("enterprises")["known"]["words"]])


def brands(context: Context, start: int, end: int, likely: Collection[str]) -> Iterator[Mention]:
    """The companies and media in characters start..end that no legal form shows; *likely*: which of `finders`."""
    if "group" in likely:
        for m in _compiled("group", "pattern").finditer(context.text, start, end):
            yield _mention(context, m.start(), m.end(), "group", 0.9)
    for first, last in _words("known").words(context.text, start, end):
        right = _compiled("known", "after").match(context.text, last, end)
        if not right:
            continue
        if tool(context.text, first, last):
            continue
        left = _compiled("known", "before").search(context.text[start:first])
        listed = context.text.startswith(_mark(), last) and not _companies().match(context.text, last + 1)
        if left or (not listed and context.borders.opens(first)):
            yield _mention(context, first, last, "brand", 0.8)
    if "donor" in likely:
        yield from _donors(context, start, end)
    yield from _trades(context, start, end)
    if "media" in likely:
        yield from _media(context, start, end)


def tool(text: str, first: int, last: int) -> bool:
    """Whether a platform is only used: 利用抖音、微信等平台.

    >>> tool("村民利用抖音、微信等平台推广", 4, 6), tool("抖音宣布捐款", 0, 2)
    (True, False)
    """
    used = text[first:last] in table("brands")["tool"]["words"] and _compiled("tool", "after").match(text, last)
    return bool(used and _compiled("tool", "before").search(text[max(0, first - LONGEST * 8) : first]))


def finders() -> list[tuple[str, Words]]:
    """The parts of the lexicon whose patterns find brands, each with the words that its sentence holds."""
    signs = [(part, frozenset(table("brands")[part]["signs"])) for part in ("donor", "media")]
    return [("group", either(_compiled("group", "pattern"))), *signs]


def _donors(context: Context, start: int, end: int) -> Iterator[Mention]:
    """A brand that gives or announces a gift: 青石记宣布捐赠50万元."""
    for m in _compiled("donor", "pattern").finditer(context.text, start, end):
        name = m["name"]
        if any(word in name for word in table("brands")["donor"]["not_in"]) or _place(context, m.start(), m.end()):
            continue
        if name in common() or generic(name) or rare(name) < SHORTEST - 1 or _person(name):
            continue
        yield _mention(context, m.start(), m.end(), "donor", 0.6)


def _trades(context: Context, start: int, end: int) -> Iterator[Mention]:
    """A brand before a word of its trade with a company's sign beside it: 青石医疗、云谷生物等企业."""
    lists = table("brands")["trade"]
    for head, last in _words("trade").words(context.text, start, end):
        word = context.text[head:last]
        sign = "sure" if word in lists["doubtful"] else "right"
        shown = bool(_compiled("trade", sign).match(context.text, last, end))
        if shown and word not in lists["firm"] and context.text.startswith(_mark(), last):
            shown = neighbour(context, head, last)
        if not shown and word not in lists["repeated"]:
            continue
        for size in range(LONGEST, SHORTEST - 1, -1):
            first = head - size
            if first < start:
                continue
            chain = context.chain(first)
            brand = context.text[chain[-1].end if chain else first : head]
            if not brand.isalpha() or len(brand) < SHORTEST or rare(brand) < SHORTEST:
                continue
            often = context.text.count(context.text[first : last]) >= lists["often"]
            if not shown and (not often or rare(brand) < len(brand) or
                              context.text.startswith(tuple(lists["not_after"]), last)):
                continue
            if generic(context.text[first : last]) or _place(context, last - len(brand), last):
                continue
            if any(word in brand for word in lists["not_in"]) or context.borders.crosses(first, head):
                continue
            if _compiled("trade", "left").search(context.text[start:first]) or context.borders.opens(first):
                yield _mention(context, first, last, "trade", 0.7)
                break


def _mark() -> str:
    mark: str = table("organisations")["generic"]["list"]
    return mark


def neighbour(context: Context, first: int, last: int) -> bool:
    """Whether an item beside it in the list ends like a company too and is no common noun."""
    if _compiled("trade", "told").match(context.text, last):
        return True
    after = _compiled("trade", "neighbour").match(context.text, last)
    start = max(0, first - LONGEST)
    before = next((found for i in range(start, first)
                   if (found := _compiled("trade", "former").search(context.text[max(0, i - 12) : i]))), None)
    forms = (*table("brands")["trade"]["words"], *table("enterprises")["legal"]["words"])
    items = [found["next"] for found in (after, before) if found]
    return any((item.endswith(forms) and not generic(item)) or item in table("enterprises")["known"]["words"]
               for item in items)


def _media(context: Context, start: int, end: int) -> Iterator[Mention]:
    for m in _compiled("media", "pattern").finditer(context.text, start, end):
        first = context.begin(m.start(), m.end("name") - 1)
        if not _compiled("media", "not_after").search(context.text[start:first]) and m.end("name") - first > SHORTEST:
            name = context.text[first : m.end("name")]
            yield Mention(first, m.end("name"), "organization", f"body:{name}", name, "bodies.media", 0.7)


def _place(context: Context, start: int, end: int) -> bool:
    return any(start <= place < end for place in context.places)


def _person(name: str) -> bool:
    """Whether a short word is more likely the name of a person."""
    return len(name) <= PERSON and names().score(name) > ODDS


def _mention(context: Context, start: int, end: int, rule: str, score: float) -> Mention:
    name = context.text[start:end]
    return Mention(start, end, "enterprise", f"body:{name}", name, f"bodies.{rule}", score)
