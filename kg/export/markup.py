"""What the XML formats share: texts as XML takes them, and the attributes of nodes and edges as elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from kg.export.values import as_type, clean

Columns = Iterable[tuple[str, str, str]]  # name in the graph, name in the file, type: see `kg.export.values.columns`
# Ends of lines that some readers take for others, where they stand in the file as they are.
LINES: Final = {"\r": "&#13;", "\x85": "&#133;", "\u2028": "&#8232;"}
QUOTES: Final = {"&": "&amp;", ">": "&gt;", "<": "&lt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", **LINES}
NUMBERS: Final = (int, float, bool)
SHORT: Final = 40  # letters of a text that may come again, so that it is worth remembering how it is written
MANY: Final = 2000  # how many values of an attribute are remembered, so that memory stays flat


class _Column(NamedTuple):
    name: str
    before: str
    behind: str
    kind: str
    known: dict[object, str]  # elements by their values


def content(text: str) -> str:
    r"""*text* as it stands between two tags.

    >>> content("云岭县<b>&\x00\r\n")
    '云岭县&lt;b>&amp;&#13;\n'
    """
    plain = text.isprintable()
    if not plain:
        text = clean(text)
    if "&" in text or "<" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;")
    if "]]>" in text:  # alone a > needs no escape, and Gephi loses a blank that stands alone between two of them
        text = text.replace("]]>", "]]&gt;")
    if not plain:
        for letter, written in LINES.items():
            text = text.replace(letter, written)
    return text


def quoted(text: str) -> str:
    r"""*text* as it stands between double quotes.

    >>> quoted("他说:\"好\"\n\x00")
    '他说:&quot;好&quot;&#10;'
    """
    if text.isalnum() or (text.isprintable() and not ("&" in text or "<" in text or ">" in text or '"' in text)):
        return text
    text = clean(text)
    for letter, written in QUOTES.items():
        text = text.replace(letter, written)
    return text


def attribute_writer(found: Columns, frame: Callable[[str], tuple[str, str]],
                     escaped: Callable[[str], str]) -> Callable[[Mapping[str, object], str], str]:
    """A function from the attributes of a node or an edge, and the words that name it in errors, to their elements.

    The elements follow the order of *found*; *frame* says what stands before and behind a value, *escaped* how a text
    is written. Empty values are left out.

    >>> write = attribute_writer([("b", "b", "string"), ("a", "a_", "int")], lambda name: (f"<{name}>", ""), content)
    >>> write({"a": 3, "b": "<县>", "c": 4}, "node 1"), write({"a": 3.0, "b": ""}, "node 2")
    ('<b>&lt;县><a_>3', '<a_>3')
    """
    table = [_Column(name, *frame(written), kind, {}) for name, written, kind in found]
    plans: dict[tuple[str, ...], list[tuple[str, dict[object, str], _Column]]] = {}

    def element(value: object, column: _Column, where: str) -> str:
        wordy = column.kind == "string"
        if wordy and isinstance(value, str):
            text = escaped(value)
            again = len(value) <= SHORT and type(value) is str
        else:
            plain = as_type(value, column.kind, f"{where}, attribute {column.name}")
            if isinstance(plain, str):
                text = escaped(plain)
            elif isinstance(plain, bool):
                text = "true" if plain else "false"
            else:
                text = "" if plain is None else repr(plain)
            # In a column of numbers 1, 1.0 and True are written alike, but 0.0 and -0.0 are not.
            again = not wordy and bool(value) and type(value) in NUMBERS
        text = f"{column.before}{text}{column.behind}" if text else ""
        if again and len(column.known) < MANY:
            column.known[value] = text
        return text

    def write(data: Mapping[str, object], where: str) -> str:
        names = tuple(data)
        plan = plans.get(names)
        if plan is None:
            if len(plans) >= MANY:
                plans.clear()
            plan = plans[names] = [(column.name, column.known, column) for column in table if column.name in data]
        parts = []
        for name, known, column in plan:
            value = data[name]
            try:
                text = known.get(value)
            except TypeError:  # a list or the like
                text = None
            parts.append(element(value, column, where) if text is None else text)
        return "".join(parts)

    return write
