"""The patterns of headers.toml and boilerplate.toml, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.lexicon import needs, table
from kg.lexicon.likely import Likely, words
from kg.model.document import LineKind


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to tell what surrounds an article: `where` says at which place it is tried, `kind` what it marks.

    It is compiled when it is first tried: of most patterns no text holds the words.
    """

    name: str
    where: str
    kind: LineKind
    text: str

    @property
    def find(self) -> re.Pattern[str]:
        return compiled(self.text)


def expand(text: str) -> str:
    """*text* with its <fragments> put in.

    >>> expand("<s>?") != "<s>?"
    True
    """
    fragments: dict[str, str] = table("headers")["fragments"]
    for _ in range(6):
        before = text
        for name, fragment in fragments.items():
            text = text.replace(f"<{name}>", fragment)
        if text == before:
            break
    return text


@cache
def compiled(text: str) -> re.Pattern[str]:
    return needs.compiled(expand(text))


@cache
def patterns(where: str) -> tuple[Pattern, ...]:
    """All patterns tried at one place, in the order of the files, headers first."""
    kinds: tuple[tuple[str, LineKind], ...] = (("headers", "meta"), ("boilerplate", "noise"))
    return tuple(
        Pattern(entry["name"], where, kind, entry["pattern"])
        for name, kind in kinds
        for entry in table(name)["pattern"]
        if entry["where"] == where
    )


def likely(where: str, text: str, start: int, end: int) -> list[Pattern]:
    """The patterns of one place that *text* can hold from *start* to *end*, by its words."""
    return _likely(where).open(text, start, end)


@cache
def _likely(where: str) -> Likely[Pattern]:
    return Likely((pattern, words(expand(pattern.text))) for pattern in patterns(where))


def setting(part: str, name: str) -> Any:
    """A value of headers.toml outside the patterns."""
    return table("headers")[part][name]
