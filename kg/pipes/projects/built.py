"""What is built for a place and bears its name: 唐县箭竹笋加工厂, 石桥镇农贸市场, 唐县二中教学楼.

Only in sentences that tell of building, paying, opening: where somebody merely is (住在唐县医院住院楼) names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.bodies.works import generic_work
from kg.pipes.names.borders import opens_with
from kg.pipes.names.context import Context
from kg.pipes.projects.sited import SMALL, SURE

LEVELS = ("county", *SMALL)
CUE = 30  # characters around a name in which the sentence tells of building


@cache
def _pattern(key: str) -> re.Pattern[str]:
    lists = table("projects")["built"]
    first = lists["what"] if key == "kind" else ""
    return re.compile(f"{first}{lists[key]}(?P<after>{lists['after']})")


@cache
def cue() -> re.Pattern[str]:
    """Words of building, paying, opening."""
    return re.compile(table("projects")["built"]["cue"])


def built(context: Context, start: int, end: int, bodies: list[Mention]) -> Iterator[Mention]:
    """The works in characters start..end that open with a region, or with a school or another house."""
    lists = table("projects")["built"]
    for place, region in context.places.items():
        if start <= place < end and gazetteer().level(region.key) in LEVELS:
            m = _pattern("kind").match(context.text, region.end, end)
            if m and _fits(context, region, m) and _told(context, m.end(), start, end, place):
                yield _mention(context, place, m.end(), m["kind"])
    for body in bodies:
        if start <= body.start and body.end < end and body.category == "organization":
            m = _pattern("house").match(context.text, body.end, end)
            meant = m is not None and (m["what"] or m["after"] or m["kind"] not in lists["plain"])
            if m and meant and _told(context, m.end(), start, end, body.start):
                yield _mention(context, body.start, m.end(), m["kind"])


def _fits(context: Context, region: Mention, m: re.Match[str]) -> bool:
    """Whether the words between a region and the kind can belong to a name."""
    lists = table("projects")["built"]
    what, kind = m["what"], m["kind"]
    if not what and kind not in lists["bare"]:
        return False
    if kind.endswith(tuple(lists["small"])) and gazetteer().level(region.key) == "county" and len(what) < len(kind):
        return False
    if what and (generic_work(what) or any(word in what for word in lists["not_in"])):
        return False
    if context.borders.crosses(region.end, m.start("kind")) or opens_with(
            context.text, table("projects")["verbs"]["words"], region.end):
        return False
    full = context.text[region.end - 1] in table("projects")["sited"]["levels"]
    return full and all(r not in context.places for r in range(region.end, m.start("kind")))


def _told(context: Context, last: int, start: int, end: int, first: int) -> bool:
    """Whether the sentence tells of building near characters first..last, outside of them."""
    around = ((max(start, first - CUE), first), (last, min(end, last + CUE)))
    return any(cue().search(context.text, a, b) for a, b in around)


def _mention(context: Context, start: int, end: int, word: str) -> Mention:
    kinds = table("projects")["built"]["kinds"]
    kind = next((kind for kind, words in kinds.items() if word in words), "facility")
    name = context.text[start:end]
    return Mention(start, end, "project", f"project:{name}", name, "projects.built", SURE, attrs={"kind": kind})
