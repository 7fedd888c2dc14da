"""Campaigns and brands that carry their name in quotation marks: “家家暖阳一盏灯”公益项目."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.lexicon import table
from kg.lexicon.likely import Words, either
from kg.model import Mention
from kg.pipes.names.borders import alternation
from kg.pipes.names.generic import own

CHAIN = 80  # as far back as a chain of conferred titles goes
FIELD = 14  # characters before a quotation that tell what somebody does with it
LEAST = 3  # characters that a name before a bare 活动 exceeds
RUN = 0.99  # how sure a name is that the tagger does not refuse
MARKS = str.maketrans("", "", "-－—·•“”‘’\"（）() ")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(table("projects")["quoted"]["pattern"])


def formulaic(name: str) -> bool:
    """Whether a name opens with a formula in marks, which is no part of any name.

    >>> formulaic("“一站式”云谷基地"), formulaic("“云谷”培训基地")
    (True, False)
    """
    marked = _opening().match(name)
    return marked is not None and _formula().search(marked[1]) is not None


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(table("projects")["quoted"]["opening"])


@cache
def _formula() -> re.Pattern[str]:
    return re.compile(table("projects")["quoted"]["formula"])


def quoted(text: str, start: int, end: int, places: frozenset[int] = frozenset()) -> Iterator[Mention]:
    """Quoted names with a head after them in characters start..end; *places*: where regions end."""
    lists = table("projects")["quoted"]
    for m in _pattern().finditer(text, start, end):
        plain = m["rest"][: -len(m["head"])]
        odd = plain not in lists["plain"] and any(word in plain for word in lists["not_rest"])
        if odd or m["head"] not in lists["heads"]:
            continue
        if conferred(text, m.start("name"), m.end("name"), end):
            continue
        plainly = m["rest"].startswith(lists["series"]) or m["head"] in lists["funds"]
        if not plainly and m["head"] in lists["long"] and (len(m["name"]) < 3 or m["name"][0] in lists["numbers"]):
            continue
        if _formula().search(m["name"]):
            continue
        weak = len(m["name"]) < 5 and not own(m["name"])
        if weak and len(plain) < lists["worded_long"] and not plainly:
            continue
        weak |= len(m["name"]) < 3  # two letters stand for too much elsewhere: 为老 is a campaign in marks only
        if any(word in m["name"] for word in lists["not_name"]) or (m["head"] in lists["worded"] and len(plain) < 2):
            continue
        name = m["name"] if m["head"] in lists["ceremonies"] else m[0]
        key = f"project:{(m[0] if weak else m['name']).translate(MARKS)}"
        attrs = {"kind": "programme"}
        span = (m.start(), m.end()) if weak else m.span("name")
        sure = m["head"] in lists["sure_heads"] and len(m["name"]) >= lists["sure_least"] and own(m["name"])
        score = RUN if sure or _run(text, m, start) or _sited(text, m, start, places) else 0.75
        yield Mention(*span, "project", key, name, "projects.quoted", score, attrs=dict(attrs))


def _run(text: str, m: re.Match[str], start: int) -> bool:
    """Whether somebody is told to start or run what a quotation names, and its head tells an undertaking."""
    lists = table("projects")["quoted"]
    halves = _motto().match(m["name"])
    motto = halves is not None and abs(len(halves["first"]) - len(halves["second"])) < 2
    worded = len(m["rest"]) - len(m["head"]) >= lists["worded_least"] and len(m["name"]) > LEAST
    if m["head"] not in lists["run_heads"] and not (m["head"] in lists["motto_heads"] and (motto or worded)):
        return False
    if m["name"][0].isdigit():
        return False
    return _starts().search(text, max(start, m.start() - FIELD), m.start("name")) is not None


def _sited(text: str, m: re.Match[str], start: int, places: frozenset[int]) -> bool:
    """Whether a region or a word of building stands right before a quotation whose head tells a site."""
    if m["head"] not in table("projects")["quoted"]["site_heads"] or m["name"][0].isdigit():
        return False
    return m.start() in places or _site().search(text, max(start, m.start() - FIELD), m.start("name")) is not None


@cache
def _site() -> re.Pattern[str]:
    return re.compile(table("projects")["quoted"]["site"])


@cache
def _motto() -> re.Pattern[str]:
    return re.compile(table("projects")["quoted"]["motto"])


@cache
def _starts() -> re.Pattern[str]:
    return re.compile(table("projects")["quoted"]["run"])


@cache
def _programmes() -> re.Pattern[str]:
    return alternation(table("projects")["programme"]["words"])


def programmes(text: str, start: int, end: int) -> Iterator[Mention]:
    """Programmes that the lexicon knows by name."""
    for m in _programmes().finditer(text, start, end):
        yield Mention(m.start(), m.end(), "project", f"project:{m[0]}", m[0], "projects.programme", 0.85,
                      attrs={"kind": "programme"})


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(table("projects")["quoted_whole"]["pattern"])


@cache
def _paired() -> re.Pattern[str]:
    return re.compile(table("projects")["quoted_whole"]["paired"])


@cache
def _place() -> re.Pattern[str]:
    return re.compile(table("projects")["quoted_whole"]["places"])


def quoted_whole(text: str, start: int, end: int, places: frozenset[int]) -> Iterator[Mention]:
    """Quotations that are a name by themselves, in characters start..end; the marks do not belong to the name.

    Common words make a name where they are many, or where a region ends right before the quotation (*places*).
    """
    lists = table("projects")["quoted_whole"]
    for m in _whole().finditer(text, start, end):
        if conferred(text, m.start("name"), m.end("name"), end) or _formula().search(m["name"]):
            continue
        if _paired().match(text, max(start, m.start() - 1), end):
            continue
        worked_for = text.endswith(tuple(lists["worked_for"]), start, m.start())
        if worked_for and m["name"].endswith(tuple(lists["honours"])):
            continue
        said = len(m["name"]) > 7 or own(m["name"][:-2]) or m.start() in places
        if said and not any(word in m["name"] for word in lists["not_name"]):
            kind = "facility" if _place().search(m["name"]) else "programme"
            yield Mention(m.start("name"), m.end("name"), "project", f"project:{m['name']}", m["name"],
                          "projects.quotation", 0.75, attrs={"kind": kind})


@cache
def _before_name() -> re.Pattern[str]:
    return re.compile(table("projects")["opened"]["pattern"])


def with_marks(m: Mention, text: str, start: int) -> Mention:
    """A project with the words in marks right before it, which belong to its name: “云谷”|田园综合体项目.

    *start* is where its sentence begins. Titles given to somebody and lists of words in marks are left alone.
    """
    lists = table("projects")["opened"]
    open_ended = m.name.endswith(tuple(lists["ends"])) and text[m.start] not in lists["marks"]
    marked = _before_name().search(text, start, m.start) if open_ended else None
    if marked is None or conferred(text, marked.start(), m.start, m.end):
        return m
    words = marked["name"]
    named = own(words) or any(sign in words for sign in lists["signs"])
    if not named or _formula().search(words) or any(word in words for word in lists["not_in"]):
        return m
    name = text[marked.start() : m.end]
    return replace(m, start=marked.start(), key=f"project:{name.translate(MARKS)}", name=name)


def finders() -> list[tuple[str, Words]]:
    """What finds projects here, each with the words that it needs."""
    patterns = {"quoted": _pattern(), "quoted_whole": _whole(), "slogans": _slogan(), "programmes": _programmes()}
    return [(name, either(pattern)) for name, pattern in patterns.items()]


@cache
def _conferred() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = table("projects")["conferred"]
    return re.compile(lists["before"]), re.compile(lists["after"]), re.compile(lists["right_before"])


def conferred(text: str, start: int, end: int, limit: int) -> bool:
    """Whether the quoted words at start..end are a title that somebody was given."""
    before, after, right_before = _conferred()
    first = max(0, start - CHAIN)
    return bool(right_before.search(text, first, start)
                or (before.search(text, first, start) and after.match(text, end, limit)))


@cache
def _slogan() -> re.Pattern[str]:
    return re.compile(table("projects")["slogan"]["pattern"])


def slogans(text: str, start: int, end: int) -> Iterator[Mention]:
    """Mottos of campaigns in characters start..end: “情满青石 爱在云谷”文艺演出."""
    lists = table("projects")["slogan"]
    for m in _slogan().finditer(text, start, end):
        if abs(len(m["first"]) - len(m["second"])) < 2 and not any(word in m["name"] for word in lists["not_name"]):
            yield Mention(m.start("name"), m.end("name"), "project", f"project:{m['name'].translate(MARKS)}", m["name"],
                          "projects.slogan", 0.6, attrs={"kind": "programme"})
