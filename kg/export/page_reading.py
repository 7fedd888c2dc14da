"""How names may be typed: by the first letters of their readings, and in traditional characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from unicodedata import normalize

from kg.lexicon.ready import kept
from kg.text.script import convert
from kg.text.tables import readings, script


def initials(characters: Iterable[str]) -> dict[str, str]:
    """Letters with the characters that have a reading beginning with them, of those given.

    >>> initials("王灏重庆")
    {'c': '重', 'h': '灏', 'q': '庆', 't': '重', 'w': '王', 'y': '王', 'z': '重'}
    """
    table = _letters()
    found: dict[str, list[str]] = defaultdict(list)
    for character in sorted(set(characters)):
        for letter in table.get(character, ""):
            found[letter].append(character)
    return {letter: "".join(found[letter]) for letter in sorted(found)}


def variants(characters: Iterable[str]) -> dict[str, str]:
    """Simplified characters with the traditional ones that may be typed for them, of those given.

    >>> variants("王灏云")
    {'云': '雲', '灏': '灝'}
    """
    wanted = set(characters)
    return {simple: old for simple, old in _pairs().items() if simple in wanted}


@cache
def _letters() -> dict[str, str]:
    """Characters with the letters that their readings begin with."""
    told: dict[str, str] = kept("page", "letters", _first_letters)
    return told


def _first_letters() -> dict[str, str]:
    found: dict[str, set[str]] = defaultdict(set)
    for reading, characters in readings().items():
        letter = normalize("NFD", reading)[:1].lower()
        if "a" <= letter <= "z":
            for character in characters:
                found[character].add(letter)
    return {character: "".join(sorted(letters)) for character, letters in found.items()}


@cache
def _pairs() -> dict[str, str]:
    """Simplified characters with their traditional ones."""
    told: dict[str, str] = kept("page", "pairs", _traditional)
    return told


def _traditional() -> dict[str, str]:
    old = sorted(script("traditional"))
    found: dict[str, list[str]] = defaultdict(list)
    for before, after in zip(old, convert("\n".join(old)).split("\n"), strict=True):
        if before != after and len(after) == 1:
            found[after].append(before)
    return {simple: "".join(found[simple]) for simple in sorted(found)}
