"""Libraries without what they load beside and nobody here asks for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


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
