"""Whose an office is that stands in a row of posts behind another one: 石桥省委统战部副部长、省工商联书记."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention

REACH = 24  # characters between the region and the office
LIST = 120  # where persons stand between them


@cache
def _between() -> re.Pattern[str]:
    return re.compile(table("departments")["titled"]["between"])


def in_row(text: str, regions: Iterable[Mention], level: str, word: str, place: int) -> str:
    """The key of the region of *level* that the row before *place* begins with, empty where there is no row.

    *word* is the level as the text says it (省, 市). Between the two stand posts or offices alone.
    """
    gaz = gazetteer()
    found = ""
    for m in regions:
        if m.start >= place:
            break
        near = m.surface and place - REACH <= m.end < place and gaz.level(m.key) == level
        if near and gaz.own_name(m.key).endswith(word) and _between().fullmatch(text, m.end, place):
            found = m.key
    return found


@cache
def _posts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands behind a region that heads a list of persons, between them and an office, and what that ends in."""
    words = table("departments")["titled"]
    return re.compile(words["post"]), re.compile(words["persons"]), re.compile(words["more"])


def in_list(text: str, regions: Iterable[Mention], word: str, place: int) -> str:
    """The key of the region whose persons are listed right before *place*, empty where none are.

    石桥市委书记甲某，市委常委、副市长（青河挂职）乙某，市统计局局长丙某: *word* is the level as the text says it. What
    stands in brackets tells of no other region, and a verb ends the list.
    """
    post, persons, more = _posts()
    gaz = gazetteer()
    if text[max(0, place - 1) : place] not in table("departments")["titled"]["signs"] or not more.match(text, place):
        return ""
    fitting = [m for m in regions if m.surface and place - LIST <= m.start and m.end < place
               and gaz.own_name(m.key).endswith(word) and text[m.end - len(word) : m.end] == word]
    for m in reversed(fitting):
        if post.match(text, m.end) and persons.fullmatch(text, m.end, place):
            return m.key
        if not _bracketed(text, m):
            return ""
    return ""


def _bracketed(text: str, m: Mention) -> bool:
    return text.rfind("（", 0, m.start) > text.rfind("）", 0, m.start)
