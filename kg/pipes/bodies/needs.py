"""What a head needs before it to end a name: 青石|有限公司 and 唐县|小学 are names, 大型|企业 and 农业|协会 are none.

Every group of heads in the lexicon names its need; `NEEDS` holds the test of each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kg.lexicon import table
from kg.pipes.bodies.works import generic_work, measured, named_work
from kg.pipes.names.generic import own, rare

LEGAL: Final = 4  # characters that a border must hold together before a legal form (名称|有限公司)
SHORT: Final = 2
LONGEST: Final = 12  # characters that an office has before its head
COMPANY: Final = 8  # of a company before its head
REPEATED: Final = 7  # of a name of common words that the text repeats


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a head in characters `start` to `end` of a text.

    `place`: whether a region, a nation or a body opens the name; `rest`: the words between these and the head;
    `opened`: whether a certain border stands before the name.
    """

    text: str
    start: int
    end: int
    place: bool
    rest: str
    opened: bool = False

    @property
    def own(self) -> bool:
        return own(self.rest)

    @property
    def plain(self) -> bool:
        """Whether the words tell nothing but what every such body does (青石县|公共服务|中心)."""
        return self.rest in _lists()["plain"]

    @property
    def said_again(self) -> bool:
        """Whether the text has the whole name elsewhere too."""
        return self.text.count(self.text[self.start : self.end]) > 1

    @property
    def beside(self) -> tuple[str, str]:
        """The characters right before and behind the name."""
        return self.text[max(0, self.start - 1) : self.start], self.text[self.end : self.end + 1]


def _lists() -> dict[str, Any]:
    lists: dict[str, Any] = table("organisations")["generic"]
    return lists


def fulfilled(need: str, lead: Lead) -> bool:
    """Whether what stands before a head makes a name of it.

    >>> text = "青石岭农业公司"
    >>> fulfilled("any", Lead(text, 0, 7, False, "青石岭农业")), fulfilled("any", Lead(text, 3, 7, False, "农业"))
    (True, False)
    """
    if lead.rest.isdigit() and not (lead.place and need == "brand" and len(lead.rest) > SHORT):
        return False
    return need not in NEEDS or NEEDS[need](lead)


def _own(lead: Lead) -> bool:
    clean = not lead.plain and not any(c in _lists()["open"] for c in lead.rest)
    return lead.place and 1 < len(lead.rest) <= LONGEST and clean


def _any(lead: Lead) -> bool:
    return lead.place or lead.own or any(name in lead.rest for name in _lists()["proper"])


def _legal(lead: Lead) -> bool:
    return (lead.place and bool(lead.rest)) or lead.own or (lead.opened and len(lead.rest) > LEGAL)


def _placed(lead: Lead) -> bool:
    return lead.place and len(lead.rest) > 1 and not lead.plain


def _place(lead: Lead) -> bool:
    lists = _lists()
    field = lead.rest in lists["fields"] and lead.text.startswith(tuple(lists["national"]), lead.start)
    return lead.own or (lead.place and (field or not lead.plain))


def _named(lead: Lead) -> bool:
    if _placed(lead) or (lead.opened and len(lead.rest) > REPEATED and lead.said_again):
        return True
    return lead.own and rare(lead.rest) > 1 and (len(lead.rest) > 3 or lead.said_again)


def _region(lead: Lead) -> bool:
    return lead.place and lead.own


def _cued(lead: Lead) -> bool:
    """Never by what stands before the head alone: `works.cued_work` looks at the words before the name."""
    return False


def _direct(lead: Lead) -> bool:
    return lead.place and (not lead.rest or (len(lead.rest) <= SHORT and lead.own))


def _title(lead: Lead) -> bool:
    """A work that a region opens must tell more than a kind of help; any other is a brand, or has its measure."""
    rest, lists = lead.rest, _lists()
    if lead.place:
        told = rare(rest) > 0 or measured(rest)
        return len(rest) > 3 and told and not lead.plain and not generic_work(rest)
    if lead.opened and named_work(rest):
        return True
    listed = lists["list"] in lead.beside or lead.text.startswith(tuple(lists["site"]), lead.end)
    brand = lead.opened and rare(rest) > 2 and not generic_work(rest) and (listed or lead.text.count(rest) > 1)
    return lead.own and (brand or measured(rest))


def _edition(lead: Lead) -> bool:
    return lead.place and bool(lead.rest)


def _shop(lead: Lead) -> bool:
    return lead.own and rare(lead.rest) > 1


def _brand(lead: Lead) -> bool:
    return lead.own or (lead.place and bool(lead.rest))


def _company(lead: Lead) -> bool:
    rest = lead.rest
    if rest[-1:].isdigit():
        return False
    if rest in table("brands")["known"]["words"] or (lead.place and rest):
        return True
    if len(rest) > COMPANY or not lead.own or rare(rest) <= (len(rest) < 4):
        return False
    marked = any(sign in _lists()["marks"] for sign in lead.beside)
    return marked or lead.text.count(rest) > 1 or (lead.opened and rare(rest) > 1)


def _short(lead: Lead) -> bool:
    rest, lists = lead.rest, _lists()
    if lead.place or not 2 <= len(rest) <= 4 or rest[:1].isdigit() or rare(rest) < 2:
        return False
    often = lead.text.count(rest) > 1 or lists["list"] in lead.beside
    right = lead.beside[1]
    closed = not right or right in lists["right"] or lead.text.startswith(tuple(lists["right_words"]), lead.end)
    return often and closed


NEEDS: Final[dict[str, Callable[[Lead], bool]]] = {
    "any": _any, "brand": _brand, "company": _company, "cued": _cued, "direct": _direct, "edition": _edition,
    "legal": _legal, "named": _named, "own": _own, "place": _place, "placed": _placed, "region": _region,
    "shop": _shop, "short": _short, "title": _title,
}
