"""Libraries without what they load beside and nobody here asks for, and without what they do twice."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any, Final

_COMPILING: Final = RLock()
_CLASSES: Final[dict[tuple[Any, ...], Any]] = {}


@contextmanager
def without(*wanted: str) -> Iterator[None]:
    """Where the block imports one of the modules of *wanted* (`module.name`), it gets a stand-in that has this name.

    The name is a function that loads the true module when it is called; whoever imports that later gets the whole of
    it. What is loaded already stays as it is.

    >>> with without("wsgiref.simple_server.make_server"):
    ...     from wsgiref.simple_server import make_server
    >>> make_server.__module__, "wsgiref.simple_server" in sys.modules
    ('kg.lean', False)
    >>> from wsgiref.simple_server import WSGIServer
    >>> WSGIServer.__module__
    'wsgiref.simple_server'
    """
    stands: dict[str, ModuleType] = {}
    for path in wanted:
        module, _, name = path.rpartition(".")
        for part in (module.rpartition(".")[0], module):
            if part and part not in sys.modules:
                stands.setdefault(part, ModuleType(part))
        if module in stands:
            setattr(stands[module], name, _called(module, name))
    sys.modules.update(stands)
    try:
        yield
    finally:
        for name in stands:
            del sys.modules[name]


def _called(module: str, name: str) -> Callable[..., Any]:
    def call(*args: Any, **more: Any) -> Any:
        return getattr(import_module(module), name)(*args, **more)

    return call


@contextmanager
def classes_once() -> Iterator[None]:
    """Where the block compiles patterns, a class of characters that came before costs a look.

    Python goes through all characters of a range one by one, for the Han characters a millisecond each time, and a
    pattern for names has dozens of such classes. What it finds depends on the class alone; it is found by a part of
    `re` that is not public, and where a Python has no such part nothing changes.
    """
    part = getattr(re, "_compiler", None)
    real = getattr(part, "_optimize_charset", None)
    if part is None or real is None:
        yield
        return

    def once(charset: Any, *settings: Any) -> Any:
        if any(setting is not None for setting in settings):  # what cases fold into depends on more than the class
            return real(charset, *settings)
        known = tuple(charset)
        if known not in _CLASSES:
            _CLASSES[known] = real(charset, *settings)
        return _CLASSES[known]

    with _COMPILING:
        part._optimize_charset = once
        try:
            yield
        finally:
            part._optimize_charset = real
