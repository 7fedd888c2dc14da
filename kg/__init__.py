"""kg: a knowledge-graph builder for Chinese official news on paired assistance and local government.

>>> import kg
>>> kg.__all__  # doctest: +NORMALIZE_WHITESPACE
['Graph', 'KgError', '__version__', 'build', 'explain', 'export', 'load', 'open', 'path', 'select', 'show', 'stats',
 'view']

What each does stands in docs/python.md. All errors that kg raises on purpose are `KgError` (kg/errors.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

__version__ = "0.1.0"
__all__ = [
    "Graph",
    "KgError",
    "__version__",
    "build",
    "explain",
    "export",
    "load",
    "open",
    "path",
    "select",
    "show",
    "stats",
    "view",
]

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.export import export
    from kg.language import load
    from kg.pipeline import build
    from kg.reading.analysis import stats
    from kg.reading.display import Graph, show
    from kg.reading.display import opened as open
    from kg.reading.explain import explain, path
    from kg.reading.select import select
    from kg.views import view

# the module of each name, and what it is called there
_HOMES: Final = {
    "Graph": ("kg.reading.display", "Graph"),
    "KgError": ("kg.errors", "KgError"),
    "build": ("kg.pipeline", "build"),
    "explain": ("kg.reading.explain", "explain"),
    "export": ("kg.export", ""),
    "load": ("kg.language", "load"),
    "open": ("kg.reading.display", "opened"),
    "path": ("kg.reading.explain", "path"),
    "select": ("kg.reading.select", "select"),
    "show": ("kg.reading.display", "show"),
    "stats": ("kg.reading.analysis", "stats"),
    "view": ("kg.views", "view"),
}


def __getattr__(name: str) -> Any:
    """Fetch a name when it is first asked for, so that `import kg` costs next to nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    place, there = _HOMES[name]
    module = import_module(place)
    return getattr(module, there) if there else module


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
