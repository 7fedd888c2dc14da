"""What is the article and what stands around it: titles, metadata and noise, by line and inside lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.model import Line
from kg.model.document import LineKind
from kg.text.headline import title_spans
from kg.text.patterns import compiled, likely, patterns, setting

WINDOW = 420  # characters at the end of a line in which its tail is sought
ROUNDS = 14
Cut = tuple[int, int, LineKind, str]  # from, to, what it is, by which pattern
SHORT = 200  # characters of a line that may be a header or furniture


@dataclass(slots=True)
class Segments:
    """The lines found, and what the metadata among them says, in order."""

    lines: list[Line] = field(default_factory=list)
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    ended: bool = False  # furniture that follows an article was seen
    body: bool = False  # a line of the body was seen
    awaited: str = ""  # a label stood alone, its value is the next line

    @property
    def meta(self) -> list[tuple[str, str]]:
        """What the metadata says, key and value, in the order of the text."""
        return [(key, value) for _, key, value in sorted(self.notes, key=lambda note: note[0])]


def segment(text: str) -> Segments:
    """The lines of *text* with their kinds.

    >>> found = segment("甲区代表团赴乙县\\n日期:2019-05-24 来源:甲区报\\n区长张三赴乙县。返回搜狐，查看更多责任编辑：")
    >>> [line.kind for line in found.lines]
    ['title', 'meta', 'body', 'noise']
    >>> found.meta
    [('date', '2019-05-24'), ('source', '甲区报')]
    """
    found = Segments()
    lines = text.split("\n")
    seen = Counter(line.strip() for line in lines)
    met: set[str] = set()
    place = 0
    for line in lines:
        start = place + len(line) - len(line.lstrip())
        end = place + len(line.rstrip())
        place += len(line) + 1
        if start >= end:
            continue
        content = text[start:end]
        repeated = seen[content] > 1 and content in met
        met.add(content)
        _line(found, text, start, end, repeated)
    return found


def header_items(line: str) -> list[tuple[str, str]]:
    """What a header line says, key and value; nothing where it is no header line.

    >>> header_items("2023-10-27 09:12　来源：静安报　作者：梅若兰　字号：大 中 小")
    [('date', '2023-10-27'), ('time', '09:12'), ('source', '静安报'), ('reporter', '梅若兰')]
    >>> header_items("2023年10月27日举行座谈会")
    []
    """
    found = Segments()
    return found.meta if _header(found, line, 0) else []


def _line(found: Segments, text: str, start: int, end: int, repeated: bool) -> None:
    content = text[start:end]
    if len(content) <= SHORT:
        if found.awaited:
            label, found.awaited = found.awaited, ""
            if len(content) <= 20 and not _closes(content) and _furniture(text, start, end) is None:
                found.notes.append((start, label, content))
                _add(found, text, start, end, "meta", "header")
                return
        if _header(found, content, start):
            _add(found, text, start, end, "meta", "header")
            return
        furniture = _furniture(text, start, end)
        if furniture is not None:
            found.ended = found.ended or found.body
            _add(found, text, start, end, "noise", furniture)
            return
        if _titlelike(content):
            if repeated or found.ended:
                _parts(found, text, start, end, "noise", "other headline")
            else:
                _parts(found, text, start, end, "title")
            return
    if any(kind == "body" for kind in _parts(found, text, start, end, "body")):
        found.body = True
        found.ended = False


def _closes(content: str) -> bool:
    return content[-1] in setting("title_line", "closers")


def _titlelike(content: str) -> bool:
    return len(content) < setting("title_line", "longest") and not _closes(content) and "。" not in content


def _furniture(text: str, start: int, end: int) -> str | None:
    """The name of the furniture that the whole line is."""
    found = likely("line", text, start, end)
    return next((pattern.name for pattern in found if pattern.find.fullmatch(text[start:end])), None)


def _header(found: Segments, content: str, start: int) -> bool:
    """Whether the line holds nothing but items of metadata; they are noted."""
    rest, items = content, list[tuple[int, re.Match[str], str]]()
    for pattern in patterns("item"):
        here = [(m.start(), m, pattern.name) for m in pattern.find.finditer(rest)]
        if here:
            items += here
            rest = pattern.find.sub(lambda m: " " * len(m[0]), rest)
    if not items:
        return False
    if any(char.isalnum() for char in rest):
        publisher = compiled(setting("header", "publisher")).fullmatch(rest)
        if publisher is None:
            return False
        _note(found, publisher, start)
    for _, m, name in sorted(items, key=lambda item: item[0]):
        if name == "source-label":
            found.awaited = "source" if m[0].strip()[0] in setting("header", "source_initials") else "label"
        else:
            _note(found, m, start)
    return True


def _parts(found: Segments, text: str, start: int, end: int, kind: LineKind, name: str = "") -> list[LineKind]:
    """Cut metadata and noise off a line and out of it; the rest is of *kind*."""
    cuts: list[Cut] = []
    first = _head(found, text, start, end, cuts)
    last = _tail(found, text, first, end, cuts)
    for pattern in likely("any", text, start, end):
        for m in pattern.find.finditer(text, first, last):
            if not any(a < m.end() and m.start() < b for a, b, *_ in cuts):
                _note(found, m)
                cuts.append((m.start(), m.end(), pattern.kind, pattern.name))
    kinds: list[LineKind] = []
    place = start
    for a, b, cut, cutter in [*sorted(cuts), (end, end, kind, name)]:
        kinds += _add(found, text, place, a, kind, name)
        kinds += _add(found, text, a, b, cut, cutter)
        place = b
    return kinds


def _head(found: Segments, text: str, start: int, end: int, cuts: list[Cut]) -> int:
    label = compiled(setting("title", "label"))
    for _ in range(6):
        while start < end and text[start].isspace():
            start += 1
        m = label.match(text, start, end)
        if m:
            spans = title_spans(text, m.end(), end) or (
                [(m.end(), end)] if _titlelike(text[m.end() : end] or "。") else []
            )
            cuts.append((m.start(), m.end(), "meta", "title label"))
            cuts.extend((a, b, "title", "") for a, b in spans)
            if spans:
                found.notes.append((m.start(), "original_title", text[spans[0][0] : spans[0][1]]))
            start = spans[-1][1] if spans else m.end()
            continue
        for pattern in likely("head", text, start, end):
            m = pattern.find.match(text, start, end)
            if m and m.end() < end:
                _note(found, m)
                cuts.append((m.start(), m.end(), pattern.kind, pattern.name))
                start = m.end()
                break
        else:
            return start
    return start


def _tail(found: Segments, text: str, start: int, end: int, cuts: list[Cut]) -> int:
    for _ in range(ROUNDS):
        window = max(start, end - WINDOW)
        for pattern in likely("tail", text, window, end):
            m = pattern.find.search(text, window, end)
            if m and m.start() < m.end():
                _note(found, m)
                cuts.append((m.start(), m.end(), pattern.kind, pattern.name))
                end = m.start()
                break
        else:
            return end
    return end


def _note(found: Segments, m: re.Match[str], base: int = 0) -> None:
    """Keep what a match says."""
    groups = {name: value for name, value in m.groupdict().items() if value}
    if {"y", "m", "d"} <= groups.keys():
        found.notes.append((base + m.start(), "date", f"{groups['y']}-{int(groups['m']):02}-{int(groups['d']):02}"))
    for name in ("time", "source", "title", "url", "dateline"):
        if name in groups:
            key = {"title": "original_title"}.get(name, name)
            found.notes.append((base + m.start(), key, groups[name].strip()))
    for name in ("names", "names2", "names3"):
        found.notes.extend((base + m.start(), "reporter", person) for person in _names(groups.get(name, "")))


def _names(text: str) -> list[str]:
    return compiled(NAME).findall(text) if text else []


NAME = "<name>"


def _add(found: Segments, text: str, start: int, end: int, kind: LineKind, name: str = "") -> list[LineKind]:
    """Add the stretch without the white space around it; nothing where that is all of it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return []
    found.lines.append(Line(start, end, kind, name))
    return [kind]
