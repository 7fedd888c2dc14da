"""The grammar of titles: the compiled words of the lexicon file posts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import table
from kg.lexicon.likely import Likely
from kg.lexicon.likely import words as words_of


@dataclass(frozen=True, slots=True)
class Kind:
    """What the posts table says of a group of ranks.

    `silent` ones show a role but are no post (全国人大代表); `alone` ones name a person without a body (演员).
    """

    category: str
    body: str
    weak: bool
    silent: bool
    level: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled words of the posts table."""

    ranks: Likely[tuple[str, Kind]]
    leads: tuple[tuple[re.Pattern[str], str], ...]
    cores: re.Pattern[str]
    level: re.Pattern[str]
    inner: re.Pattern[str]
    inward: re.Pattern[str]
    own: tuple[str, ...]
    chief: str
    boards: tuple[str, ...]
    gloss: re.Pattern[str]
    telling: re.Pattern[str]
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    but: tuple[str, ...]
    street: re.Pattern[str]
    once: str
    former: tuple[str, ...]
    links: tuple[str, ...]
    prefixes: tuple[str, ...]
    term: re.Pattern[str]
    seats: tuple[str, ...]
    silent_level: tuple[str, ...]
    closing: tuple[str, ...]
    trailing: tuple[str, ...]
    aside: re.Pattern[str]
    zones: tuple[str, ...]
    shared: tuple[str, ...]
    team: tuple[str, ...]
    towns: tuple[str, ...]
    town_office: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """Read once from the lexicon."""
    words = table("posts")
    classes = "(?:" + "|".join(sorted(words["classes"], key=lambda w: (-len(w), w))) + ")"
    leads = [(entry["form"].replace("{C}", classes), entry["body"]) for entry in words["lead"]]
    lead = "|".join(form for form, _ in leads)
    department = "|".join(sorted(words["departments"]["words"], key=lambda w: (-len(w), w)))
    was = "|".join(words["words"]["former"])
    officer = "|".join(words["words"]["military"])
    office = words["departments"]["form"]
    before = f"(?:(?P<lead>{lead})(?P<was>{was})?(?P<office>{office})??)?(?P<dept>(?:{department})*)"
    ranks = [
        ((f"{before}(?P<rank>(?:{officer})?(?:{entry['form']}))",
          Kind(entry["category"], entry.get("body", ""), entry.get("weak", False), entry.get("silent", False),
               entry.get("level", ""), entry.get("alone", False))),
         words_of(f"(?:{entry['form']})"))
        for entry in words["rank"]
    ]
    other = words["words"]
    return Grammar(
        ranks=Likely(ranks),
        leads=tuple((re.compile(form), body) for form, body in leads),
        cores=re.compile("|".join(sorted(words["cores"]["words"], key=lambda w: (-len(w), w)))),
        level=re.compile(classes),
        inner=re.compile(words["departments"]["inner"]),
        own=tuple(words["departments"]["own"]),
        chief=other["chief"],
        boards=tuple(other["boards"]),
        inward=re.compile("|".join(words["departments"]["inward"])),
        telling=re.compile(f"(?:{words['told']['verbs']}|{words['told']['weak']})$"),
        gloss=re.compile(f"(?:{other['gloss']})$"),
        not_before=tuple(words["not_before"]["words"]),
        not_after=tuple(words["not_after"]["words"]),
        but=tuple(words["not_after"]["but"]),
        street=re.compile(words["not_after"]["street"]),
        once=words["shown"]["former"],
        former=tuple(other["former"]),
        links=tuple(other["links"]),
        prefixes=tuple(other["prefixes"]),
        term=re.compile(other["term"]),
        seats=tuple(other["seats"]),
        silent_level=tuple(other["silent_level"]),
        closing=tuple(other["closing"]),
        trailing=tuple(other["trailing"]),
        aside=re.compile(other["aside"]),
        zones=tuple(words["shown"]["zones"]),
        shared=tuple(other["shared"]),
        team=tuple(other["team"]),
        towns=tuple(words["inside"]["towns"]),
        town_office=re.compile(words["inside"]["town_office"]),
    )


def level_word(words: str) -> str:
    """The word of level that a lead or the rank of a region's head begins with.

    >>> level_word("自治区政府"), level_word("常务副市长"), level_word("党工委")
    ('自治区', '市', '')
    """
    found = grammar().level.search(words)
    return found[0] if found else ""


@cache
def suits() -> dict[str, tuple[str, ...]]:
    """Rank to the last characters of the bodies that have it."""
    return {rank: tuple(entry["bodies"]) for entry in table("posts")["suits"] for rank in entry["ranks"]}
