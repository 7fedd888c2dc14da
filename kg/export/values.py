"""What may stand in a file: characters that XML and JSON allow, one type per column, unique ids."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

from kg.errors import GraphError
from kg.model.schema import SEPARATOR

Plain = str | int | float | bool


@cache
def _forbidden() -> dict[int, None]:
    """Code points outside XML 1.0: control characters, surrogates, U+FFFE and U+FFFF."""
    codes = {*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {0x9, 0xA, 0xD}
    return dict.fromkeys(codes)


def clean(text: str) -> str:
    r"""*text* without the characters that no XML file may hold.

    >>> clean("唐\x00县\ud800\ufffe 电商\n中心")
    '唐县 电商\n中心'
    """
    return text if text.isprintable() else text.translate(_forbidden())


def as_type(value: object, kind: str, where: str) -> Plain | None:
    """*value* as a string, int, double or boolean; None when there is nothing to write.

    >>> as_type(["甲", "乙|丙"], "string", "node 1"), as_type(3.0, "int", "node 1")
    ('甲|乙/丙', 3)
    >>> as_type(float("nan"), "double", "node 1") is None
    True
    >>> as_type("三", "int", "node 1")
    Traceback (most recent call last):
    kg.errors.GraphError: node 1: '三' is not of type int (remedy: give every value of an attribute the same type)
    """
    if value is None or value == "":
        return None
    try:
        if kind == "string":
            return _words(value) or None
        number = float(value)  # type: ignore[arg-type]
        if not math.isfinite(number):
            return None
        if kind == "double":
            return number
        if number == int(number):
            return bool(number) if kind == "boolean" else int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        pass
    raise GraphError(where, f"{value!r} is not of type {kind}", "give every value of an attribute the same type")


def _words(value: object) -> str:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (set, frozenset)):
        value = sorted(map(_words, value))
    if isinstance(value, (list, tuple)):
        return SEPARATOR.join(filter(None, (_words(part).replace(SEPARATOR, "/") for part in value)))
    return clean(str(value))


def columns(rows: Iterable[Mapping[str, object]], known: Mapping[str, str],
            renamed: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The attributes that *rows* hold, as (name in the graph, name in the file, type): known ones in their order first.

    Others follow by name, with the narrowest type that holds all their values; names that begin with an underscore stay
    private, and names in *renamed* change, because programs that read the file give them a meaning of their own.

    >>> rows = [{"label": "唐县", "rank": 1, "_x": 2}, {"rank": 0.5, "type": "a"}]
    >>> columns(rows, {"label": "string"}, {"type": "type_"})
    [('label', 'label', 'string'), ('rank', 'rank', 'double'), ('type', 'type_', 'string')]
    """
    kinds: dict[str, set[type]] = {}
    present: set[str] = set()
    for row in rows:
        if present.issuperset(row):  # most rows say nothing new
            continue
        for name, value in row.items():
            if name in known:
                if name not in present and not _nothing(value):
                    present.add(name)
            elif value is not None:
                kinds.setdefault(name, set()).add(type(value))
    found = [(name, name, kind) for name, kind in known.items() if name in present]
    for name in sorted(kinds, key=str):
        if isinstance(name, str) and not name.startswith("_"):
            written = renamed.get(name, clean(name))
            if written and written not in {w for _, w, _ in found}:
                found.append((name, written, _narrowest(kinds[name])))
    return found


def _nothing(value: object) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    return value is None or (isinstance(value, str) and not clean(value))


def _narrowest(kinds: set[type]) -> str:
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "int"
    return "double" if kinds <= {int, float} else "string"


def unique(wanted: str, taken: set[str]) -> str:
    """*wanted*, or *wanted* with a number when it is taken; the answer is taken from now on.

    >>> taken: set[str] = set()
    >>> unique("a", taken), unique("a", taken)
    ('a', 'a-2')
    """
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = f"{wanted}-{count}"
    taken.add(name)
    return name
