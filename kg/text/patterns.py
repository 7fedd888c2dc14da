"""The patterns of headers.toml and boilerplate.toml, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.lexicon import table
from kg.lexicon.needs import Sieve, needs
from kg.model.document import LineKind


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to tell what surrounds an article: `where` says at which place it is tried, `kind` what it marks."""

    name: str
    where: str
    kind: LineKind
    find: re.Pattern[str]


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
    return re.compile(expand(text))


@cache
def patterns(where: str) -> tuple[Pattern, ...]:
    """All patterns tried at one place, in the order of the files, headers first."""
    kinds: tuple[tuple[str, LineKind], ...] = (("headers", "meta"), ("boilerplate", "noise"))
    return tuple(
        Pattern(entry["name"], where, kind, compiled(entry["pattern"]))
        for name, kind in kinds
        for entry in table(name)["pattern"]
        if entry["where"] == where
    )


def likely(where: str, text: str) -> list[Pattern]:
    """The patterns of one place that *text* can hold, by its characters."""
    return _sieve(where).open(text)


@cache
def _sieve(where: str) -> Sieve[Pattern]:
    return Sieve((pattern, needs(pattern.find.pattern)) for pattern in patterns(where))


def setting(part: str, name: str) -> Any:
    """A value of headers.toml outside the patterns."""
    return table("headers")[part][name]
