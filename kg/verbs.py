"""A module that can be called like the one function it is named for, so that `kg.NAME` may mean both."""

from __future__ import annotations

from types import ModuleType
from typing import Any


class Verb(ModuleType):
    """`kg.explain(graph, name)` works, whether the import of kg.explain has put the module in its place or not."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*given, **named)
