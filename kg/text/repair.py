"""Undoing of noise inside lines: shifted byte runs, pinyin in brackets, invisible and look-alike characters, dots."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.text.tables import mean_level, readings, script, settings
from kg.text.tape import Edit, Tape


@cache
def _pattern(part: str, name: str) -> re.Pattern[str]:
    letters = f"[{settings('pinyin')['letters']}{''.join(settings('pinyin')['fold'])}]"
    return re.compile(settings(part)[name].replace("<letters>", letters))


def _having(reading: str) -> frozenset[str]:
    for strange, usual in settings("pinyin")["fold"].items():
        reading = reading.replace(strange, usual)
    return readings().get(reading, frozenset())


def mend_shifted(tape: Tape) -> Tape:
    """Restore runs whose GBK bytes were cut apart by a reading in brackets, and so shifted by one.

    >>> mend_shifted(Tape.of("京津?qū)\\ue78b诜鲐氋Y源")).text
    '京津對口扶貧資源'
    """
    edits: list[Edit] = []
    text, place = tape.text, 0
    for found in _pattern("pinyin", "shifted").finditer(text):
        if found.start() < place:
            continue
        repaired = _unshift(text, found)
        if repaired is not None:
            edits.append(repaired)
            place = repaired[1]
    return tape.edit("shifted bytes", edits)


def _unshift(text: str, found: re.Match[str]) -> Edit | None:
    """The repaired run behind one insertion: the likeliest of those that its reading allows."""
    trail = found[1].encode("gb18030")[1:2]
    lost = set()
    for char in _having(found[2]) & script("traditional"):
        code = char.encode("gb18030")
        if len(code) == 2 and code[:1] == trail:
            lost.add(code[1:])
    if not lost:
        return None
    data, end = _run(text, found.end())
    best: tuple[float, str] | None = None
    for byte in sorted(lost):
        try:
            run = (byte + data).decode("gb18030")
        except UnicodeDecodeError:
            continue
        score = mean_level(run)
        if run and (best is None or score > best[0]):
            best = score, run
    if best is None or best[0] <= mean_level(text[found.end() : end]):
        return None
    return found.start() + 1, end, best[1]


def _run(text: str, start: int) -> tuple[bytes, int]:
    """The bytes of a shifted run and its end: it stops at the first single byte that can end a pair."""
    data = bytearray()
    place = start
    while place < len(text) and place - start < settings("pinyin")["longest"]:
        code = text[place].encode("gb18030", "replace")
        if len(code) == 1:
            if 0x40 <= code[0] <= 0x7E:
                data += code
                place += 1
            else:
                data = data[:-1]
                place -= 1
            break
        data += code
        place += 1
    return bytes(data), place


def drop_pinyin(tape: Tape) -> Tape:
    """Take readings in brackets off the characters that they explain; a single one in a text is left to its author.

    >>> drop_pinyin(Tape.of("扶貧協(xié)作任務(wù)(三年)")).text
    '扶貧協作任務(三年)'
    >>> drop_pinyin(Tape.of("镇长周祎(yī)")).text
    '镇长周祎(yī)'
    """
    text = tape.text
    edits = [
        (found.start() - 1, found.end(), text[found.start() - 1])
        for found in _pattern("pinyin", "inserted").finditer(text)
        if text[found.start() - 1] in _having(found[1])
    ]
    return tape.edit("pinyin", edits) if len(edits) >= settings("pinyin")["least"] else tape


def fold_marks(tape: Tape) -> Tape:
    """Line breaks become one kind, invisible characters go, look-alikes and dots in names become the usual ones.

    >>> fold_marks(Tape.of("⼈⺠\\u200b网\\r\\n麦尔丹•木盖提")).text
    '人民网\\n麦尔丹·木盖提'
    """
    tape = tape.edit(
        "line break", [(m.start(), m.end(), "\n") for m in _pattern("marks", "breaks").finditer(tape.text)]
    )
    gone = [(m.start(), m.end(), "") for m in _pattern("marks", "invisible").finditer(tape.text)]
    tape = tape.edit("invisible", gone)
    marks = settings("marks")
    dots = [(m.start(), m.end(), marks["dot"]) for m in _pattern("marks", "dots").finditer(tape.text)]
    tape = tape.edit("dot", dots)
    edits = []
    for m in _pattern("marks", "radicals").finditer(tape.text):
        usual = marks["alike"].get(m[0]) or unicodedata.normalize("NFKC", m[0])
        if len(usual) == 1 and usual != m[0]:
            edits.append((m.start(), m.end(), usual))
    edits += [(i, i + 1, marks["alike"]["囗"]) for i, char in enumerate(tape.text) if char == "囗"]
    return tape.edit("look-alike", sorted(edits))
