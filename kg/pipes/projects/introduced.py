"""Names in marks that other words tell to be projects: 品牌“青石心声”, “亮灯”“云课堂”等公益项目."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.lexicon.likely import Likely, words
from kg.model import Mention
from kg.pipes.projects.quoted import MARKS, conferred

_SHORTEST = 3


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, float, str], ...]:
    rules = table("projects")["introduced"]["rule"]
    return tuple((re.compile(r["pattern"]), r["id"], r["score"], r.get("kind", "programme")) for r in rules)


@cache
def _likely() -> Likely[tuple[re.Pattern[str], str, float, str]]:
    return Likely((one, words(one[0].pattern)) for one in _patterns())


def introducing() -> list[re.Pattern[str]]:
    """The words that call what stands in marks a project, with the marks."""
    return [pattern for pattern, *_ in _patterns()]


@cache
def _items() -> re.Pattern[str]:
    return re.compile(table("projects")["introduced"]["item"])


@cache
def _bad() -> re.Pattern[str]:
    return re.compile(table("projects")["introduced"]["not_name"])


def introduced(text: str, start: int, end: int) -> Iterator[Mention]:
    """Names in quotation marks or book marks that the words before or after them call a project."""
    for pattern, rule, score, kind in _likely().open(text, start, end):
        for m in pattern.finditer(text, start, end):
            if "whole" in pattern.groupindex:
                name = m["whole"]
                key = (m.groupdict().get("motto") or name).translate(MARKS)
                yield Mention(m.start("whole"), m.end("whole"), "project", f"project:{key}", name,
                              f"projects.{rule}", score, attrs={"kind": kind})
                continue
            for item in _items().finditer(text, m.start("names"), m.end("names")):
                name, first, last = item["name"], item.start("name"), item.end("name")
                least = _SHORTEST - (rule == "named")
                if len(name) < least or _bad().search(name) or conferred(text, first, last, end):
                    continue
                yield Mention(first, last, "project", f"project:{name.translate(MARKS)}", name, f"projects.{rule}",
                              score, attrs={"kind": kind})
