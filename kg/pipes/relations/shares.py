"""What of a sentence belongs to one relation: a sum that several give or are given, the name of what was signed."""

from __future__ import annotations

import re
from typing import Final

from kg.lexicon import table
from kg.model import Mention, Value
from kg.pipes.quantities.amounts import given
from kg.pipes.slots import Encoded, Match, compile_pattern

_TAKERS: Final = frozenset({"region", "organization"})
_QUOTES: Final = (("《", "》"), ("“", "”"))


def joint(match: Match, clause: str, givers: int, takers: int) -> bool:
    """Whether a sum is that of several givers or receivers together: no pair of them has it unless each gave it.

    Those without a name count too (绿野公司等5家企业). A total of all (共捐款) is no sum of each either.
    """
    lists = table("relations/words")["lists"]
    told = match.raw[0] + clause
    if re.search(lists["each"], told):
        return False
    several = givers > 1 or takers > 1
    return several or in_list(match, "tail") or in_list(match, "head", lists["more"])


def own_sums(told: str, givers: int, takers: int) -> list[float] | None:
    """The sums of a list, one for each of several givers or receivers; None where no such list is told.

    Empty where it is told and no list of ends has its length: whose sum is whose then, nobody can tell.

    >>> own_sums("捐赠20万元、10万元", 2, 1), own_sums("捐赠20万元、10万元", 3, 1), own_sums("捐赠20万元", 2, 1)
    ([200000.0, 100000.0], [], None)
    >>> own_sums("捐赠20万元、10万元和价值5万元的图书", 1, 3), own_sums("捐赠20万元,去年捐赠10万元", 2, 1)
    ([200000.0, 100000.0, 50000.0], None)
    """
    if givers < 2 and takers < 2:
        return None
    between = table("relations/words")["lists"]["between_sums"]
    runs: list[list[float]] = [[]]
    last = -1
    for amount in given(told):
        if last < 0 or not re.fullmatch(between, told[last : amount.start]):
            runs.append([])
        runs[-1].append(amount.value)
        last = amount.end
    longest = max(runs, key=len)
    if len(longest) < 2:
        return None
    ends = {givers, takers} - {1}
    return longest if ends == {len(longest)} else []


def share(attrs: dict[str, Value], sums: list[float], place: int) -> dict[str, Value]:
    """The attributes of one of several: with its own sum, or with none where the list does not tell it.

    >>> share({"amount": 1.0, "kind": "funds"}, [1.0, 2.0], 1), share({"amount": 1.0}, [], 0)
    ({'kind': 'funds', 'amount': 2.0}, {})
    """
    own = {name: value for name, value in attrs.items() if name != "amount"}
    return {**own, "amount": sums[place]} if sums else own


def in_list(match: Match, group: str, words: str = "") -> bool:
    """Whether the list of a group goes on with what has no name, behind it or before it."""
    place, lists = group if match.text(group) else f"{group}_", table("relations/words")["lists"]
    if not match.text(place):
        return False
    first, last = match.raw.span(place)
    text = match.sentence.text
    return bool(compile_pattern(words or lists["next"]).match(text, last) or re.match(lists["next"],
                                                                                     text[first - 1 : first]))


def receivers(sentence: Encoded, place: int) -> tuple[Mention, ...]:
    """Whom the gifts of a sentence go to, as it says itself before *place* (此次对赤城县的捐款,甲公司捐款5万元)."""
    told = compile_pattern(table("relations/words")["lists"]["receiver"])
    found = list(told.finditer(sentence.text, 0, place))
    slots = sentence.within(*found[-1].span("tail")) if found else []
    return tuple(m for slot in slots for m in slot.mentions if m.category in _TAKERS)


def paper(text: str) -> str:
    """The name of what was signed, without the words around it, its marks of a title and the sum it is worth.

    >>> paper("共识并签署供货协议"), paper("《合作协议》"), paper("共计5亿元的合同")
    ('供货协议', '合作协议', '合同')
    """
    words = table("relations/words")["lists"]
    name = re.sub(words["before_paper"], "", text.strip(table("joints")["fill"]["characters"]))
    for opened, closed in _QUOTES:
        if name.startswith(opened) and (name.endswith(closed) or closed not in name):
            name = name[1:].removesuffix(closed)
    return name
