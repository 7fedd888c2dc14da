"""Traditional to simplified, and only where the text is traditional; the length never changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

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
        if line and (whole or _stands_out(line)):
            edits.extend(_changed(line, convert(line), place))
        place += len(line) + 1
    return tape.edit("traditional", edits)


def _changed(before: str, after: str, place: int) -> Iterator[Edit]:
    """The stretches in which two texts of one length differ.

    >>> list(_changed("對口協作區", "对口协作区", 7))
    [(7, 8, '对'), (9, 10, '协'), (11, 12, '区')]
    """
    first = 0
    for end, (old, new) in enumerate(zip(before + " ", after + " ", strict=True)):
        if old == new:
            if first < end:
                yield place + first, place + end, after[first:end]
            first = end + 1


def _stands_out(line: str) -> bool:
    """Whether a line is traditional by itself; of a short one more is asked, for it may be a name.

    >>> _stands_out("來源: 海州日報"), _stands_out("店名叫餘香")
    (True, False)
    """
    limits = settings("script")
    share = traditional_share(line)
    if share < limits["share"] or len(_class("traditional").findall(line)) < limits["fewest"]:
        return False
    return bool(share >= limits["short"] or len(_han().findall(line)) >= limits["line"])


def convert(text: str) -> str:
    """*text* in simplified characters, character by character the same length."""
    limits = settings("script")
    found: str = _converter().convert(text)
    if len(found) != len(text):
        found = "".join(after if len(after := _converter().convert(char)) == 1 else char for char in text)
    for choice in limits["choice"]:
        if choice["written"] in text:
            found = _choose(text, found, choice)
    for old, new in limits["words"]:
        place = text.find(old)
        while place >= 0:
            found = found[:place] + new + found[place + len(new) :]
            place = text.find(old, place + len(old))
    return found


def _choose(text: str, found: str, choice: dict[str, Any]) -> str:
    """*found* with the character of *choice* put right, by its neighbours."""
    before, after = tuple(choice["not_after"]), tuple(choice["not_before"])
    chars = list(found)
    for place, char in enumerate(text):
        if char == choice["written"]:
            other = found[:place].endswith(before) or found.startswith(after, place + 1)
            chars[place] = choice["else"] if other else choice["usual"]
    return "".join(chars)


@cache
def _converter():  # type: ignore[no-untyped-def]  # opencc has no types
    from opencc import OpenCC

    return OpenCC(settings("script")["config"])
