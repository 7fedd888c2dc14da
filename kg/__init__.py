"""kg: a knowledge-graph builder for Chinese official news on paired assistance and local government.

>>> import kg
>>> kg.__all__
['__version__', 'build', 'export', 'load']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "build", "export", "load"]

if TYPE_CHECKING:
    from kg.export import export
    from kg.language import load
    from kg.pipeline import build

_HOMES = {"build": "kg.pipeline", "export": "kg.export", "load": "kg.language"}


def __getattr__(name: str) -> Any:
    """Fetch the three verbs when they are first asked for, so that `import kg` costs next to nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = import_module(_HOMES[name])
    return module if name == "export" else getattr(module, name)  # kg.export is a package that can be called


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
