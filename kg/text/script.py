"""Traditional to simplified, and only where the text is traditional; the length never changes."""

from __future__ import annotations

import re
from functools import cache

from kg.text.tables import script, settings
from kg.text.tape import Edit, Tape


@cache
def _class(name: str) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(script(name)))}]")


@cache
def _han() -> re.Pattern[str]:
    return re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def traditional_share(text: str) -> float:
    """The share of traditional-only characters among the Han ones; 0 where simplified-only ones outnumber them.

    >>> traditional_share("扶貧協作"), traditional_share("扶贫协作"), traditional_share("2019")
    (0.5, 0.0, 0.0)
    """
    old = len(_class("traditional").findall(text))
    if not old or old < len(_class("simplified").findall(text)):
        return 0.0
    return old / len(_han().findall(text))


def simplify(tape: Tape) -> Tape:
    """The text in simplified characters: all of a traditional document, single lines of a mixed one.

    >>> simplify(Tape.of("著力做好東西部扶貧協作,顯著提升,乾安縣")).text
    '着力做好东西部扶贫协作,显著提升,乾安县'
    """
    limits = settings("script")
    if _class("traditional").search(tape.text) is None:
        return tape
    whole = traditional_share(tape.text) >= limits["share"]
    edits: list[Edit] = []
    place = 0
    for line in tape.text.split("\n"):
        if line and (
            whole or (len(_han().findall(line)) >= limits["line"] and traditional_share(line) >= limits["share"])
        ):
            after = convert(line)
            if after != line:
                edits.append((place, place + len(line), after))
        place += len(line) + 1
    return tape.edit("traditional", edits)


def convert(text: str) -> str:
    """*text* in simplified characters, character by character the same length."""
    limits = settings("script")
    found: str = _converter().convert(text)
    if len(found) != len(text):
        found = "".join(after if len(after := _converter().convert(char)) == 1 else char for char in text)
    found = _mend_zhe(found)
    for old, new in limits["words"]:
        place = text.find(old)
        while place >= 0:
            found = found[:place] + new + found[place + len(new) :]
            place = text.find(old, place + len(old))
    return found


def _mend_zhe(text: str) -> str:
    rules = settings("script")
    if rules["written"] not in text:
        return text
    before, after = frozenset(rules["kept_before"]), tuple(rules["kept_after"])
    chars = list(text)
    for place, char in enumerate(text):
        if char == rules["written"] and text[place - 1 : place] not in before and not text.startswith(after, place + 1):
            chars[place] = rules["read_as"]
    return "".join(chars)


@cache
def _converter():  # type: ignore[no-untyped-def]  # opencc has no types
    from opencc import OpenCC

    return OpenCC(settings("script")["config"])
