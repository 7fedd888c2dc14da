"""Names whose surname no table knows, where a title and what follows leave no other reading: 副省长|稂某某|指出."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.lexicon import table
from kg.lexicon.names import VERB, WORD, NameModel, names
from kg.pipes.people.names import Name, NameFinder, ordinary

GIVEN: Final = {2: 1.5, 3: 1.0}  # least log odds of the given name alone, by the length of the whole
CLEAR: Final = 2.5  # of a given name behind a word of running text
LENGTHS: Final = (3, 2)
SHARE: Final = 2  # names of a list that are read for one that is not


@cache
def _never() -> re.Pattern[str]:
    return re.compile(table("names")["rare"]["never"])


def rare(text: str, finder: NameFinder, place: int, limit: int) -> Name | None:
    """The name right at *place*, behind a title that says whose it is, or None.

    Its first character is no surname of the tables, its others are those of given names, and a word or sign that ends
    a name follows.

    >>> text = "副省长稂雄伟指出"
    >>> found = rare(text, NameFinder(text, (), ()), 3, len(text))
    >>> found and found.text
    '稂雄伟'
    >>> text = "副省长接待日活动"
    >>> rare(text, NameFinder(text, (), ()), 3, len(text)) is None
    True
    """
    model = finder.model
    if model.transcribed(text, place):
        return None
    least = VERB if model.begins(text, place) else WORD  # 区长区柱山|主动: a word that is a surname as well
    for length in LENGTHS:
        end = place + length
        word = text[place:end]
        if end > limit or finder.covered(place, end) or text.startswith(tuple(finder.lists.dots), end):
            continue
        odds = model.boundary(text, end)
        if not _possible(model, word) and not _telling(model, word, odds):
            continue
        if odds >= least and _given(model, word) >= GIVEN[length]:
            return Name(place, end, word, odds)
    return None


def _telling(model: NameModel, word: str, odds: float) -> bool:
    """Whether all but the surname, which is a word of running text as well, tells a name: 副局长|要晋山|说.

    >>> from kg.lexicon.names import names
    >>> _telling(names(), "要晋山", VERB), _telling(names(), "要带头", VERB)
    (True, False)
    """
    given = word[1:]
    return (len(given) > 1 and odds >= VERB and "\u4e00" <= min(word) <= max(word) <= "\u9fff"
            and _possible(model, given) and word[:2] not in ordinary() and _given(model, word) >= CLEAR)


def _given(model: NameModel, word: str) -> float:
    """Log odds of the given name of *word*, without its surname."""
    common = _common()
    return model.score(common + word[1:]) - model.surnames[common]


@cache
def _common() -> str:
    """The commonest surname of one character."""
    surnames = names().surnames
    return max((name for name in surnames if len(name) == 1), key=lambda name: (surnames[name], name))


def _possible(model: NameModel, word: str) -> bool:
    """Whether *word* may be a name: it holds no ordinary word and nothing that stands behind names.

    >>> from kg.lexicon.names import names
    >>> _possible(names(), "稂雄伟"), _possible(names(), "工作会")
    (True, False)
    """
    if not all("\u4e00" <= c <= "\u9fff" for c in word) or model.common(word) or _never().search(word):
        return False
    pairs = {word[i : i + 2] for i in range(len(word) - 1)}
    behind = any(word[:n] in words for n, words in enumerate(model.follow))
    return not behind and not pairs & ordinary()


def filled(text: str, finder: NameFinder, read: list[Name], gaps: list[tuple[int, int]]) -> list[Name]:
    """The names of a list that the tables do not know, where most of the list is read: 甲某、|达某某某|、乙某、丙某.

    >>> text = "区领导王建川、庆岳珅、张翠云、贾卫舟参加"
    >>> finder = NameFinder(text, (), ())
    >>> read = [finder.behind(place, len(text)) for place in (3, 11, 15)]
    >>> [name.text for name in filled(text, finder, [name for name in read if name], [(7, 10)])]
    ['庆岳珅']
    """
    if len(read) < SHARE * len(gaps):
        return []
    return [Name(a, b, text[a:b], WORD) for a, b in gaps
            if _possible(finder.model, text[a:b]) and not finder.covered(a, b)
            and (b - a <= max(LENGTHS) or set(text[a:b]) <= finder.lists.syllables)]
