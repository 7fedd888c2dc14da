"""Telling names from common nouns: 农业科技公司 is any company, 青石岭科技公司 is one.

Words of running text (`common_words.csv`, counted) and generic words (`organisations.toml`) are laid over what stands
before the head. What they cover altogether names nothing.
"""

from __future__ import annotations

from functools import cache, lru_cache

from kg.lexicon import table
from kg.pipes.names.borders import column

LONGEST = 5
KEPT = 2048  # stretches of text that were looked at last, of which the answer is kept
WHOLE = 4  # characters of the shortest name that may stand twice in a row
TWICE = 3  # characters of the shortest end that a name cannot have twice


@cache
def common() -> frozenset[str]:
    """Words that name nothing by themselves."""
    return frozenset(column("common_words")) | frozenset(table("organisations")["generic"]["words"])


@lru_cache(KEPT)
def generic(text: str) -> bool:
    """Whether common words cover all of *text* (the empty text included).

    >>> generic("现代农业科技"), generic("青石岭农业科技")
    (True, False)
    """
    words = common()
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = any(
            reached[start] and text[start:end] in words for start in range(max(0, end - LONGEST), end)
        )
    return reached[-1]


@lru_cache(KEPT)
def rare(text: str) -> int:
    """How many characters of *text* no common word covers, at best.

    >>> rare("现代农业"), rare("青石岭农业") > 1
    (0, True)
    """
    words = common()
    least = [0] + [len(text)] * len(text)
    for end in range(1, len(text) + 1):
        least[end] = least[end - 1] + 1
        for start in range(max(0, end - LONGEST), end):
            if text[start:end] in words:
                least[end] = min(least[end], least[start])
    return least[-1]


def own(rest: str) -> bool:
    """Whether the words before a head hold something of their own: a brand, a number or letters, a quotation.

    >>> own("青石岭"), own("农业")
    (True, False)
    """
    return len(rest) > 1 and not generic(rest) and rare(rest) >= 1


@lru_cache(maxsize=2048)
def whole(name: str) -> bool:
    """Whether every bracket and quotation mark of a name has its partner.

    >>> whole("“青石”服务队"), whole("石桥）招商局"), whole("青石（上海）公司")
    (True, False, True)
    """
    pairs = table("organisations")["never"]["pairs"]
    return all(name.count(opening) == name.count(closing) for opening, closing in pairs)


def doubled(words: str, least: int = WHOLE) -> int:
    """How long the name is that *words* end with twice in a row, or 0; shorter ones than *least* do not count.

    >>> doubled("01青石博物馆青石博物馆"), doubled("青石博物馆")
    (5, 0)
    """
    return next((size for size in range(len(words) // 2, least - 1, -1) if words.endswith(words[-size:] * 2)), 0)


def single(name: str) -> str:
    """A name without its end where that only repeats what stands before it (two names printed without a break).

    >>> single("唐县文化中心文化中心"), single("唐县文化中心")
    ('唐县文化中心', '唐县文化中心')
    """
    return name[: len(name) - doubled(name, TWICE)]


def mended(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of a name with the mark right before or behind it that completes a pair, or None.

    >>> text = "在“青石”服务队"
    >>> mended(text, 2, 8), mended(text, 4, 8), mended(text, 2, 4)
    ((1, 8), None, (2, 4))
    """
    if whole(text[start:end]):
        return start, end
    pairs = table("organisations")["never"]["pairs"]
    opening, closing = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    for first, last in ((start - 1, end), (start, end + 1)):
        added = text[max(first, 0) : start] + text[end:last]
        if first >= 0 and last <= len(text) and added in opening | closing and whole(text[first:last]):
            return first, last
    return None
