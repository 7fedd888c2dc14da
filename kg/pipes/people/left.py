"""Posts that are over: 前某公司主管甲某, 总裁甲某因个人原因离职; and titles in a chain that are no posts (奥运冠军)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.lexicon import table

_BEFORE: Final = 4  # characters before a body that are looked at
_TODAY: Final = 6  # characters before a title in which it is said to be held today


@cache
def _over(name: str) -> re.Pattern[str]:
    return re.compile(table("posts")["over"][name])


def left(text: str, end: int) -> bool:
    """Whether the words behind a name that ends at *end* say that its post is over.

    >>> left("总裁甲某因个人原因于近期离职", 4), left("总裁甲某介绍情况", 4)
    (True, False)
    """
    return _over("behind").match(text, end) is not None


def once(text: str, front: int) -> bool:
    """Whether 前 stands before the body of a post that begins at *front*.

    >>> once("任命了前青石公司主管甲某", 4), once("会前青石公司主管甲某", 2)
    (True, False)
    """
    return _over("before").search(text[max(0, front - _BEFORE) : front]) is not None


def current(text: str, place: int) -> bool:
    """Whether a title that begins at *place* is said to be held today.

    >>> current("甲某现任县长", 4), current("甲某曾任县长", 4)
    (True, False)
    """
    return _over("current").search(text[max(0, place - _TODAY) : place]) is not None


def bare_title(title: str) -> str:
    """A title without the legal form of the company before it.

    >>> bare_title("股份有限公司副行长"), bare_title("公司监事")
    ('副行长', '公司监事')
    """
    return _over("legal").sub("", title) or title


def honour(title: str) -> bool:
    """Whether a title is no post but what somebody has won.

    >>> honour("奥运冠军"), honour("主任")
    (True, False)
    """
    return _over("honours").match(title) is not None
