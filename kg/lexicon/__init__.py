"""The knowledge of kg as data: every word, pattern and place it knows stands in `kg/lexicon/data`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import LexiconError

DATA = files("kg.lexicon") / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed file `kg/lexicon/data/NAME.toml`, read once. Callers must not change it.

    Raises LexiconError where the file is missing or is no TOML; the message holds line and column.
    """
    try:
        return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"{name}.toml", "there is no such lexicon file", "check the name") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}.toml", str(error), "mend the TOML at this place") from error
