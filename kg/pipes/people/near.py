"""The body before a title, with words between that no table knows: 青石集团|政务一网通军团|总经理甲某."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.lexicon.names import names
from kg.model import Mention
from kg.pipes.people.posts import ranked

FAR: Final = 16  # characters between a body and the title
NAMED: Final = 2.0  # log odds from which the words between are the name of a person


@cache
def _between() -> re.Pattern[str]:
    return re.compile(table("posts")["near"]["between"])


def near(text: str, place: int, bodies: Sequence[Mention], regions: Sequence[Mention],
         persons: Collection[int]) -> Mention | None:
    """The body whose own words stand right before a title that begins at *place*, or None.

    *persons*: where names of persons end, which stand in no title.

    >>> text = "青石集团品牌战略总监甲某，青石集团来了总监乙某"
    >>> firm = [Mention(i, i + 4, "enterprise", "body:青石集团", "青石集团", "r", 1.0) for i in (0, 13)]
    >>> [near(text, place, firm, (), ()) is not None for place in (8, 19)]
    [True, False]
    """
    words = table("posts")["near"]
    for m in reversed(bodies):
        if m.end <= place <= m.end + FAR:
            gap = text[m.end : place]
            inside = any(m.end <= r.start and r.end <= place for r in regions) or any(
                m.end < n <= place for n in persons)
            own = not ranked(gap) or gap.endswith(tuple(words["departments"]))
            fits = not gap.endswith(tuple(words["bodies"])) and _between().fullmatch(gap) is not None
            named = names().score(gap) >= NAMED  # 青石集团|甲某某|总经理
            return m if fits and own and not inside and not named else None
    return None
