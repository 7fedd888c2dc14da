"""Posts of persons: what their titles say, and how close two of them are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.model import Member
from kg.pipes.names.generic import rare
from kg.resolve.naming import OWN, parse
from kg.resolve.places import area, county, relation


class Post(NamedTuple):
    """A post: its body or region (`tail`, one key for one body), its place, the parts of its title, if it heads."""

    tail: str
    place: str
    titles: frozenset[str]
    heads: bool
    name: str


def in_order(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Different posts, sorted. Sets cannot be: of two that share nothing neither is the less.

    >>> words = ["常委", "长", "主任"]
    >>> posts = [Post("region:130627", "130627", frozenset({word}), False, "唐县") for word in words * 2]
    >>> [min(post.titles) for post in in_order(posts)] == sorted(words)
    True
    """
    return tuple(sorted({*posts}, key=lambda p: (p.tail, p.place, sorted(p.titles), p.heads, p.name)))


@lru_cache(maxsize=1 << 16)
def title_parts(title: str) -> frozenset[str]:
    """The parts of a title without what makes no difference.

    >>> sorted(title_parts("县委副书记、县长")), title_parts("新闻发言人") == title_parts("发言人")
    (['委副书记', '长'], True)
    """
    words = table("identity_people")["titles"]
    for mark in words["marks"]:
        title = title.replace(mark, "|")
    for word in words["drop"]:
        title = title.replace(word, "")
    return frozenset(filter(None, title.split("|")))


@lru_cache(maxsize=1 << 16)
def leads(title: str) -> bool:
    """Whether a title is that of the head of a place or body.

    >>> leads("县委书记"), leads("副县长"), leads("党委副书记、县长")
    (True, False, True)
    """
    words = table("identity_people")
    for mark in words["titles"]["marks"]:
        title = title.replace(mark, "|")
    return any(
        part.endswith(tuple(words["heads"]["words"])) and not any(no in part for no in words["heads"]["not"])
        for part in title.split("|")
    )


def post(document: str, tail: str, title: str, names: Mapping[Member, str], places: Mapping[str, str]) -> Post:
    """A post as an article tells it, with one key for its body."""
    key = names.get((document, tail), tail)
    place = area(tail) or places.get(key, "")
    name = gazetteer().own_name(tail) if tail.startswith(PREFIX) else tail.partition(":")[2]
    return Post(key, place, title_parts(title), leads(title), name)


@lru_cache(maxsize=1 << 14)
def shared_name(first: str, second: str) -> str:
    """The longest stretch that two names share without their legal forms and that common words do not cover.

    >>> shared_name("中国足协竞赛部", "中国足协"), shared_name("青石岭有限公司", "云谷有限公司")
    ('中国足协', '')
    """
    a, b = parse(first, "enterprise").core, parse(second, "enterprise").core
    found = []
    for start in range(len(a)):
        end = start + 2
        while end <= len(a) and a[start:end] in b:
            end += 1
        piece = a[start : end - 1]
        if len(piece) > 1 and not (start and a[start - 1 : end - 1] in b) and rare(piece) >= OWN:
            found.append(piece)
    return max(found, key=lambda w: (len(w), w), default="")


def closeness(p: Post, q: Post) -> tuple[str, str]:
    """How close two posts are: the feature that says it, and in what."""
    told = f"{p.name}/{q.name}" if p.name != q.name else p.name
    if p.tail == q.tail:
        if p.titles & q.titles:
            return "post", f"{told} {min(p.titles & q.titles)}"
        if p.tail.startswith(PREFIX):
            return ("county" if county(p.place) else "broad"), told
        return ("tail" if (p.place and county(p.place)) or p.place == "" else "broad"), told
    if not p.place or not q.place:
        return "bodies", told
    lies = relation(p.place, q.place)
    if lies == "same":
        return ("county" if county(p.place) else "state" if p.place.endswith("0000") else "city"), told
    if lies == "nested":
        low, high = sorted((p.place, q.place), key=lambda c: c.rstrip("0"), reverse=True)
        if high.endswith("0000"):
            return ("province" if not county(low) else "within"), told
        return "prefecture", told
    return lies or "bodies", told
