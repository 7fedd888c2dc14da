"""A user's own lexicon file: names, titles and suffixes that are added to the tables without touching the package.

Which sections and keys there are stands in `kg/lexicon/data/own.toml`; docs/lexicon.md explains the file to its writer.
"""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from kg.errors import LexiconError

SHORTEST: Final = 2  # characters of a word that may be added: one would be found everywhere
LONGEST: Final = 60


def read_own(file: Path, spec: dict[str, Any]) -> dict[str, Any]:
    """What *file* adds to the tables, by the name of the table. *spec* is the table `own`.

    Raises LexiconError, naming file and place, where it cannot be read or holds what no section takes.
    """
    where = str(file)
    try:
        given = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise LexiconError(where, what, "check the name of the file") from error
    except UnicodeDecodeError as error:
        raise LexiconError(where, f"byte {error.start} is no UTF-8", "save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(where, str(error), "mend the TOML at this place") from error
    added: dict[str, Any] = {}
    for section, content in given.items():
        known = spec["sections"].get(section)
        if known is None or not isinstance(content, dict):
            raise LexiconError(f"{where}: {section}", "there is no such section", _nearest(section, spec["sections"]))
        for key, words in content.items():
            if key not in known:
                raise LexiconError(f"{where}: {section}.{key}", "there is no such key", _nearest(key, known))
            place = f"{where}: {section}.{key}"
            _put(added, section, key, _words(place, words, key), spec)
    return added


def _nearest(word: str, known: Any) -> str:
    near = get_close_matches(word, list(known), 1)
    return f"write {near[0]}" if near else f"use one of {', '.join(known)}"


def _words(where: str, given: Any, key: str) -> list[list[str]]:
    """The entries of a list, each with its full name first. Raises LexiconError at the first that is none."""
    if not isinstance(given, list):
        raise LexiconError(where, "this is no list", 'write ["...", "..."]')
    found = []
    for number, entry in enumerate(given, 1):
        forms = entry if isinstance(entry, list) and key == "names" else [entry]
        for form in forms or [""]:
            if not isinstance(form, str) or not SHORTEST <= len(form.strip()) <= LONGEST or not form.isprintable():
                limits = f"{SHORTEST} to {LONGEST} characters"
                raise LexiconError(f"{where}: entry {number}", f"{form!r} is no word of {limits}", "mend or remove it")
        found.append([form.strip() for form in forms])
    return found


def _put(added: dict[str, Any], section: str, key: str, words: list[list[str]], spec: dict[str, Any]) -> None:
    """Write one key of the user's file into the shape of the tables."""
    plain = [forms[0] for forms in words]
    if section == "never":
        added.setdefault("own", {})["never"] = {"names": [form for forms in words for form in forms]}
    elif key == "names":
        known = added.setdefault("own", {}).setdefault("known", {}).setdefault(section, {})
        known.update({form: forms[0] for forms in words for form in forms})
    elif key == "titles":
        posts = added.setdefault("posts", {"rank": [], "cores": {"words": []}})
        form = "|".join(re.escape(word) for word in sorted(plain, key=lambda w: (-len(w), w)))
        rank = {"name": f"own titles: {section}", "category": section, "form": f"{spec['titles']['before']}(?:{form})"}
        if plain:
            posts["rank"].append(rank)
            posts["cores"]["words"] += plain
    else:
        heads = added.setdefault(spec["suffixes"][section], {}).setdefault("head", {})
        heads[f"own_{section}"] = {"category": section, "words": plain, "need": "any"}


def merged(base: Any, added: Any) -> Any:
    """*base* with *added*: tables joined key by key, lists joined, what is added first; neither is changed.

    >>> merged({"a": {"words": ["x"]}, "b": 1}, {"a": {"words": ["y"]}})
    {'a': {'words': ['y', 'x']}, 'b': 1}
    """
    if isinstance(base, dict) and isinstance(added, dict):
        new = {key: value for key, value in added.items() if key not in base}
        return {**new, **{key: merged(value, added[key]) if key in added else value for key, value in base.items()}}
    if isinstance(base, list) and isinstance(added, list):
        return [*added, *base]
    return added
