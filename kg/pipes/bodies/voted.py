"""The bodies on which the tagger has a vote: names that only it sees, and names of the rules that it cannot believe."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.names import names
from kg.model import Mention
from kg.pipes.bodies.heads import Head, another, heads
from kg.pipes.names.context import Context
from kg.pipes.names.generic import KEPT, common, doubled, generic, mended
from kg.pipes.tagger.decode import Proposal
from kg.pipes.tagger.vote import RULE, voted

CATEGORIES = ("enterprise", "organization")
LEFT = 4  # characters before a name that tell it to be a person
FILES = ("organisations", "projects")


def voted_bodies(doc: Doc, context: Context, found: list[Mention],
                 otherwise: Callable[[Proposal], Mention | None]) -> list[Mention]:
    """*found* after the vote; *otherwise* gives the name of a proposal whose words alone name nothing."""
    stand, joining = voted(doc, found, CATEGORIES)
    ends = tuple({context.text[m.start : m.end] for m in stand})
    joining = [p for q in joining if (p := fitted(context, q)) is not None]
    stand, joining = beheaded(context, found, stand, joining)
    joined = (named(context, p, "body", "organisations") if is_name(context, p) else otherwise(p) for p in joining)
    new = [m for m in joined if m is not None]
    new = [m for m in new if not any(words.endswith(m.name) for words in ends)]  # the end of a name is no other body
    return sorted([*stand, *new], key=lambda m: (m.start, -m.end))


def beheaded(context: Context, found: list[Mention], stand: list[Mention],
             joining: list[Proposal]) -> tuple[list[Mention], list[Proposal]]:
    """Without proposals that cut a word at the head of a name of the rules in two (暨|南大学): the name stands instead.

    So it does where a proposal begins inside the border word before the name (至今|华西医院).
    """
    borders = context.borders
    whole = {p: m for p in joining for m in found if m.end == p.end and m.category == p.category
             and ((m.start < p.start and all(borders.splits(i) for i in range(m.start + 1, p.start + 1)))
                  or p.start < m.start == borders.within(p.start))}
    return [*stand, *whole.values()], [p for p in joining if p not in whole]


def fitted(context: Context, p: Proposal) -> Proposal | None:
    """A proposal with the mark that completes a pair, and without the end of a border word: 导|师中华医学会.

    One that stands in brackets altogether is taken out of them: （绿野农业）. What stands before one that begins with
    a bracket, and the quotation before a team, belong to it.
    """
    opening, closing = table("tagger")["never"]["brackets"]
    start = context.borders.within(p.start)
    opens = start in context.places or context.text.startswith(tuple(table("name_borders")["nation"]["words"]), start)
    start = start if opens or start - p.start > 1 else p.start
    close = p.end if context.text[p.end : p.end + 1] in tuple(closing) else p.end - 1  # （绿野农业|）
    inner = context.text[start + 1 : close]
    whole = context.text[start] in opening and context.text[close] in closing and len(inner) > 1
    whole = whole and not any(sign in inner for sign in opening + closing)
    span = (start + 1, close) if whole else mended(context.text, start, p.end)
    if span is None or start >= p.end:
        return None
    return replace(p, start=leftmost(context, span[0], p), end=span[1])


def leftmost(context: Context, start: int, p: Proposal) -> int:
    """Where a name begins of which *start* is no beginning: 第二届SWEP|（云南）论坛, “云谷”|唐县执行团队."""
    text, lists = context.text, table("tagger")["left"]
    first = start
    if text[start] in lists["opening"]:
        while start - first < lists["reach"] and not context.borders.opens(first):
            first -= 1
        edition = _edition().search(text, max(0, first - LEFT * 2), first) if p.category == "project" else None
        return edition.start() if edition and first < start else first
    if text.endswith(lists["close"], 0, start) and text.endswith(tuple(lists["teams"]), start, p.end):
        first = text.rfind(lists["open"], max(0, start - lists["reach"]), start)
        inner = text[first + 1 : start - 1]
        named = first >= 0 and not any(sign in inner for sign in lists["signs"]) and inner[-1:] not in lists["signs"]
        return first if named and context.borders.opens(first) else start
    return start


@cache
def _edition() -> re.Pattern[str]:
    return re.compile(table("organisations")["generic"]["edition"])


def is_name(context: Context, p: Proposal) -> bool:
    """Whether the words of a proposal can be a name by themselves: no common noun, no region, nothing misread."""
    words = context.text[p.start : p.end]
    if misread(context, p) or whole_head(words) or words.startswith(tuple(table("tagger")["never"]["starts"])):
        return False
    if goes_on(context, p):
        return False  # 中西部局|地有雨
    head = head_of(words)
    chain = context.chain(p.start)
    if not chain:
        return not generic(words) and not (head and generic(words.removesuffix(head[0])))
    rest = context.text[chain[-1].end : p.end]
    return not plain(rest) and not generic(rest)


def misread(context: Context, p: Proposal) -> bool:
    """Whether the words of a proposal are no name whoever vouches for them: a leading body, a person, half a word.

    An ending that the rules know for another category decides: the tagger is weak in telling a centre from a body.
    """
    words = context.text[p.start : p.end]
    never = table("tagger")["never"]
    ends = words.endswith(tuple(never["ends"])) and not words.endswith(tuple(never["but"]))
    if len(words) < 2 or ends or words in never["words"]:
        return True
    signs = tuple(table("organisations")["lead"]["signs"])
    if any(mark in words for mark in never["marks"]) or words.startswith(signs):
        return True
    if _part().search(f"{context.text[max(0, p.start - LEFT) : p.start]}\n{words}\n{context.text[p.end : p.end + 2]}"):
        return True
    category = head_category(words)
    if category not in ("", p.category) or doubled(words):
        return True
    if not category and cut(context.text, p.end):
        return True
    titled = context.text.endswith(tuple(table("tagger")["people"]["titles"]), 0, p.start)
    if not category and (titled or names().score(words) >= table("tagger")["people"]["least"]):
        return True  # 沈岳川, 总统卡瓦略: a person whom the tagger takes for an enterprise
    if words in table("enterprises")["known"]["words"] and another(context.text, p.end):
        return True  # 盒马|鲜生
    chain = context.chain(p.start)
    return bool(chain) and context.text.startswith(tuple(table("projects")["verbs"]["words"]), chain[-1].end, p.end)


def whole_head(words: str) -> bool:
    """Whether the words only tell the kind of a thing and no name: 科技园, 研究院."""
    return any(words in heads(file)[1] for file in FILES)


def goes_on(context: Context, p: Proposal) -> bool:
    """Whether what follows the head that ends a proposal makes another word of it."""
    head = head_of(context.text[p.start : p.end])
    return head is not None and context.text.startswith(head[1].not_before, p.end)


def plain(rest: str) -> bool:
    """Whether words behind a region, with their head or without, are those that make no name of it."""
    head = head_of(rest)
    core = rest.removesuffix(head[0]) if head else rest
    return bool({rest, core} & set(table("organisations")["generic"]["plain"]))


def named(context: Context, p: Proposal, prefix: str, file: str) -> Mention:
    """The mention of a proposal; its kind is that of the rules' head that ends it, if one does."""
    name = context.text[p.start : p.end]
    kind = kind_of(name, p.category, file)
    return Mention(p.start, p.end, p.category, f"{prefix}:{name}", name, RULE + p.category, p.odds,
                   attrs={"kind": kind} if kind else {})


@cache
def _part() -> re.Pattern[str]:
    return re.compile(table("tagger")["never"]["latin"])


@lru_cache(KEPT)
def head_category(name: str) -> str:
    """The category that the rules give to names with this ending (its longest head), or empty.


    >>> head_category("青石岭小学"), head_category("青石岭")
    ('organization', '')
    """
    head = head_of(name)
    return head[1].category if head else ""


@lru_cache(KEPT)
def head_of(name: str) -> tuple[str, Head] | None:
    """The longest head that ends a name, and its group."""
    for i in range(len(name)):
        for file in FILES:
            group = heads(file)[1].get(name[i:])
            if group is not None:
                return name[i:], group
    return None


def cut(text: str, end: int) -> bool:
    """Whether a place lies inside a common word of two characters.

    >>> cut("唐县市场管理行政处罚", 7), cut("唐县石桥银行今年", 6)
    (True, False)
    """
    return text[end - 1 : end + 1] in common() and text[end - 2 : end] not in common()


@lru_cache(KEPT)
def kind_of(name: str, category: str, file: str) -> str:
    """The kind that the head at the end of a name gives it.

    >>> kind_of("青石岭小学", "organization", "organisations")
    'school'
    """
    groups = heads(file)[1]
    return next((groups[name[i:]].kind for i in range(len(name)) if name[i:] in groups
                 and groups[name[i:]].category == category), "")
