"""What is made of the lexicon before anything is read, kept between the builds on a store: the questions come again.

Some 1,300 patterns are compiled for a hundred articles, and of as many it is read off which words and letters a match
needs. Together that is half of what it takes to read them. What Python makes of a pattern are numbers (`re._compiler`,
there since Python 3.11); its engine checks them before it takes them. Where it has no such part, nothing is kept.
Patterns made of the words of one article have no place here, for the store would hold them: these are sought as texts.
"""

from __future__ import annotations

import re
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from kg.model import Notes, Page, content_id

try:
    import _sre  # type: ignore[import-not-found]
    from re import _compiler  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _compiler = None

PATTERNS, READ_OFF = "patterns", "lexicon"  # the pages: patterns compiled, all that is read off words and patterns
LETTERS: Final = 24  # of a hash that stands for a question

_pages: Final[dict[str, Page]] = {}  # those of the build that runs


@contextmanager
def ready(notes: Notes) -> Iterator[None]:
    """A block in which answers of the last build are taken for known, and new ones noted for the next.

    >>> notes = Notes()
    >>> with ready(notes):
    ...     _ = _compiler.compile("[甲乙]县(?P<name>.+)局", 0)
    >>> again = Notes({name: page.asked for name, page in notes.pages.items()})
    >>> with ready(again):
    ...     found = _compiler.compile("[甲乙]县(?P<name>.+)局", 0)
    >>> found.match("乙县教育局")["name"], again.page(PATTERNS, lasting=True).changed
    ('教育', False)
    """
    before = dict(_pages)
    _pages.update({name: notes.page(name, lasting=True) for name in (PATTERNS, READ_OFF)})
    compiler = _compiler.compile if _compiler is not None else None
    if compiler is not None:
        _compiler.compile = lambda pattern, flags=0: _compiled(compiler, pattern, flags)
    try:
        yield
    finally:
        if compiler is not None:
            _compiler.compile = compiler
        _pages.clear()
        _pages.update(before)


def kept(function: str, question: str, work: Callable[[], Any]) -> Any:
    """What *function* answers to *question*, from the last build if it was asked there; both as JSON holds them."""
    page = _pages.get(READ_OFF)
    return work() if page is None else page.get(content_id(function, question, length=LETTERS), work)


def _compiled(compiler: Callable[..., re.Pattern[str]], pattern: Any, flags: int) -> re.Pattern[str]:
    """What `re._compiler.compile` answers."""
    if type(pattern) is not str or flags & re.DEBUG:
        return compiler(pattern, flags)
    question = content_id(str(int(flags)), pattern, length=LETTERS)
    told = _pages[PATTERNS].get(question, lambda: _assembled(pattern, flags))
    try:
        whole, code, groups, names = told
        index: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            index[number] = name
        numbers = array("I", b64decode(code)).tolist()
        found: re.Pattern[str] = _sre.compile(pattern, whole, numbers, groups, names, tuple(index))
    except (ValueError, TypeError, LookupError, RuntimeError, OverflowError, AttributeError):  # it was damaged
        return compiler(pattern, flags)
    return found


def _assembled(pattern: str, flags: int) -> list[Any]:
    """What the engine is given for a pattern: flags, numbers, how many groups there are, and their names."""
    tree = _compiler._parser.parse(pattern, flags)
    code = array("I", _compiler._code(tree, flags))
    return [int(flags | tree.state.flags), b64encode(code.tobytes()).decode(), tree.state.groups - 1,
            tree.state.groupdict]
