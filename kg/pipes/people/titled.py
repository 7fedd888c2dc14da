"""Names behind their titles: 县长甲某, 会长为乙某, 曾任县长的丙某, 副主席：丁某、戊某."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.pipes.people.excluded import credited, excluded
from kg.pipes.people.listed import listed
from kg.pipes.people.names import ALONE, LISTED, OWNED, TITLED, Name
from kg.pipes.people.passage import Passage
from kg.pipes.people.person import Found
from kg.pipes.people.posts import Chain
from kg.pipes.people.rare import rare


@dataclass(frozen=True, slots=True)
class Words:
    """The words that may stand between a title and its name, compiled."""

    being: re.Pattern[str]
    colons: tuple[str, ...]
    parts: str
    of: tuple[str, ...]
    holding: tuple[str, ...]
    role: tuple[str, ...]


@cache
def words() -> Words:
    """Read once from the lexicon."""
    small = table("posts")["words"]
    return Words(
        being=re.compile(small["being"]),
        colons=tuple(small["colons"]),
        parts=small["parts"],
        of=tuple(small["former_end"]),
        holding=tuple(small["holding"]),
        role=tuple(small["role"]),
    )


def titled(passage: Passage) -> list[Found]:
    """The names behind the titles of a passage, and those that share the titles with them."""
    found: list[Found] = []
    used = passage.start
    for chain in passage.chains:
        if chain.end < used or credited(passage.text, passage.start, chain.start):
            continue
        name = _holder(passage, chain, bool(found) and 0 <= chain.start - found[-1].name.end <= 1)
        if name is None or excluded(passage, chain, name):
            continue
        found.append(Found(name, "titled", chain))
        found += [Found(further, "listed", chain) for further in listed(passage, name)]
        used = found[-1].name.end
    return found


def _holder(passage: Passage, chain: Chain, follows: bool) -> Name | None:
    """The name that a chain of titles leads to; *follows*: whether it stands right behind another name."""
    finder, last = passage.finder, chain.units[-1]
    place, limit = passage.past_aside(chain.end), passage.end
    sure = last.mention is not None or bool(last.lead)
    name = finder.behind(place, limit, forced=follows and any(u.lead or u.level for u in chain.units),
                         minority=passage.minority and (sure or not last.weak),
                         least=OWNED if sure and not last.weak else TITLED)
    name = name or _linked(passage, chain) or _apart(passage, chain)
    if name is None and sure and passage.minority:
        name = finder.dotted(place, limit)
    if name is None and (sure or last.level) and not last.weak:
        name = rare(passage.text, finder, place, limit)
    return name


def _linked(passage: Passage, chain: Chain) -> Name | None:
    """The name that a word of being joins to its title, where nothing follows it: 会长为甲某、乙某，."""
    link = words().being.match(passage.text, chain.end)
    if link is None or chain.units[-1].weak:
        return None
    name = passage.finder.behind(link.end(), passage.end, least=ALONE)
    if name is None:
        return None
    *_, last = name, *listed(passage, name)
    return name if passage.closes(passage.past_aside(last.end)) else None


def _apart(passage: Passage, chain: Chain) -> Name | None:
    """The name behind 的 or a comma: 曾任|县长|的甲某, 接替乙某任|县长|的甲某, 身为|会长|，甲某表示."""
    text, finder, limit, last = passage.text, passage.finder, passage.end, chain.units[-1]
    head = text[passage.start : chain.start]
    if (chain.units[0].former or head.endswith(words().holding)) and text.startswith(words().of, chain.end):
        return finder.behind(chain.end + 1, limit, least=LISTED)
    if any(u.mention is not None for u in chain.units) and last.category == "person" and (
            name := finder.foreign(chain.end, limit)) is not None:
        return name
    if text.startswith(words().colons, place := passage.past_aside(chain.end)) and not last.weak:
        name = finder.behind(place + 1, limit, least=LISTED)  # 副主席：|甲某、乙某
        return name if name is not None and _ends(passage, name) else None
    if head.endswith(words().role) and text.startswith("，", chain.end):
        return finder.behind(chain.end + 1, limit, least=ALONE)
    return None


def _ends(passage: Passage, name: Name) -> bool:
    """Whether a name fills its place in a list of names: 副主席：甲某（女）、乙某."""
    end = passage.past_aside(name.end)
    return end > name.end or end >= len(passage.text) or passage.text[end] in words().parts
