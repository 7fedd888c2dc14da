"""The knowledge of kg as data: every word, pattern and place it knows stands in `kg/lexicon/data`.

A user's own lexicon file adds words to these tables for as long as `use` says so.
"""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import LexiconError
from kg.lexicon.own import merged, read_own
from kg.lexicon.ready import kept

DATA = files("kg.lexicon") / "data"

_added: dict[str, Any] = {}  # what the user's own file adds, by table


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed file `kg/lexicon/data/NAME.toml` with the user's additions, read once. Callers must not change it.

    Raises LexiconError where the file is missing or is no TOML; the message holds line and column.
    """
    try:
        data: dict[str, Any] = kept("table", name, lambda: tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")))
    except FileNotFoundError as error:
        raise LexiconError(f"{name}.toml", "there is no such lexicon file", "check the name") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}.toml", str(error), "mend the TOML at this place") from error
    return merged(data, _added[name]) if name in _added else data


def use(file: Path | None) -> None:
    """Add the words of a user's own lexicon *file* to the tables, or take away those of the last one (None).

    It holds for the whole process. Everything that kg has worked out from the tables is forgotten, so that a run with
    a file and the next one without it do not meet. Raises LexiconError where the file breaks its rules.
    """
    new = read_own(file, table("own")) if file is not None else {}
    if new == _added:
        return
    _added.clear()
    _added.update(new)
    for name, module in sorted(sys.modules.items()):
        if name.startswith(f"{__name__.partition('.')[0]}.") or name == __name__:
            _forget(vars(module))


def _forget(names: dict[str, Any]) -> None:
    """Clear every functools.cache among the *names* of a module."""
    for value in list(names.values()):
        clear = getattr(value, "cache_clear", None)
        if clear is not None and str(getattr(value, "__module__", "")).startswith("kg."):
            clear()
