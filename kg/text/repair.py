"""Undoing of noise inside lines: shifted byte runs, pinyin in brackets, invisible and look-alike characters, dots."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from kg.lexicon.needs import compiled, first
from kg.text.script import convert, traditional_share
from kg.text.tables import common, is_han, level, mean_level, readings, script, settings
from kg.text.tape import Edit, Tape

_LOST = ("?", "\ufffd")  # what decoders put in place of a broken pair
_JOINED = 8  # levels that a common pair with the character behind is worth


@cache
def _pattern(part: str, name: str) -> re.Pattern[str]:
    letters = f"[{settings('pinyin')['letters']}{''.join(settings('pinyin')['fold'])}]"
    return compiled(settings(part)[name].replace("<letters>", letters))


def _rare(part: str, name: str, text: str) -> Iterator[re.Match[str]]:
    """What a pattern finds that begins with one of a few rare characters: most texts have none of them."""
    pattern = _pattern(part, name)
    return pattern.finditer(text) if any(map(text.__contains__, first(pattern.pattern))) else iter(())


def _having(reading: str) -> frozenset[str]:
    for strange, usual in settings("pinyin")["fold"].items():
        reading = reading.replace(strange, usual)
    return readings().get(reading, frozenset())


def mend_shifted(tape: Tape) -> Tape:
    """Restore runs whose GBK bytes were cut apart by a reading in brackets, and so shifted by one.

    >>> mend_shifted(Tape.of("京津?qū)\\ue78b诜鲐氋Y源")).text
    '京津對口扶貧資源'
    >>> mend_shifted(Tape.of("某新聞?dòng)浾? 李甲")).text
    '某新聞記者 李甲'
    """
    edits: list[Edit] = []
    text, place = tape.text, 0
    for found in _pattern("pinyin", "shifted").finditer(text) if _LOST[0] in text else ():
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
    run, end, torn = _run(text, found.end())
    best: tuple[float, int, str] | None = None
    for char in sorted(_having(found[2]) & script("traditional")):
        code = char.encode("gb18030")
        if len(code) != 2 or code[:1] != trail:
            continue
        data, place = code[1:] + run, end
        try:
            repaired = (data[:-1] if torn else data).decode("gb18030")
        except UnicodeDecodeError:
            continue
        if torn:
            half = _half(data[-1], repaired[-1:] or char, text[end + 1 : end + 2])
            repaired += half
            place += len(half) if text[end : end + 1] in _LOST else 0
        if repaired and (best is None or mean_level(repaired) > best[0]):
            best = mean_level(repaired), place, repaired
    garbled = text[found.end() : end]
    if best is None or (not garbled.isascii() and best[0] <= mean_level(garbled)):
        return None
    return found.start() + 1, best[1], best[2]


def _run(text: str, start: int) -> tuple[bytes, int, bool]:
    """The bytes of a shifted run, its end, and whether its last character is torn.

    A run stops at the first single byte that can end a pair; any other single byte stands where a pair was broken.
    """
    data = bytearray()
    for place in range(start, min(len(text), start + settings("pinyin")["longest"])):
        code = text[place].encode("gb18030", "replace")
        if len(code) == 1 and 0x40 <= code[0] <= 0x7E:
            return bytes(data + code), place + 1, False
        if len(code) != 2:
            return bytes(data), place, True
        data += code
    return bytes(data), start + len(data) // 2, True


def _half(lead: int, before: str, after: str) -> str:
    """The character of which only the first byte is left: the most frequent one that is common behind *before*.

    >>> _half("者".encode("gbk")[0], "記", " ")
    '者'
    >>> _half("者".encode("gbk")[0], "，", " ")
    ''
    """
    codes = (bytes((lead, trail)) for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)))
    chars = [char for code in codes if is_han(char := code.decode("gbk", "ignore") or " ")]
    usual = convert("".join([before, after or " ", *chars]))
    follow = common().get(usual[0], frozenset())
    found = [
        (level(plain) + (_JOINED if usual[1] in common().get(plain, ()) else 0), char)
        for char, plain in zip(chars, usual[2:], strict=True)
        if plain in follow and char not in script("simplified")
    ]
    return max(found)[1] if found else ""


def drop_pinyin(tape: Tape) -> Tape:
    """Take readings in brackets off the characters that they explain; a single one in simplified text stays.

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
    few = len(edits) < settings("pinyin")["least"]
    return tape if few and traditional_share(text) < settings("script")["share"] else tape.edit("pinyin", edits)


def fold_marks(tape: Tape) -> Tape:
    """Line breaks become one kind, invisible characters go, look-alikes and dots in names become the usual ones.

    >>> fold_marks(Tape.of("⼈⺠\\u200b网\\r\\n古丽•艾山")).text
    '人民网\\n古丽·艾山'
    """
    tape = tape.edit("line break", [(m.start(), m.end(), "\n") for m in _rare("marks", "breaks", tape.text)])
    gone = [(m.start(), m.end(), "") for m in _pattern("marks", "invisible").finditer(tape.text)]
    tape = tape.edit("invisible", gone)
    marks = settings("marks")
    dots = [(m.start(), m.end(), marks["dot"]) for m in _rare("marks", "dots", tape.text)]
    tape = tape.edit("dot", dots)
    edits = []
    for m in _pattern("marks", "radicals").finditer(tape.text):
        usual = marks["alike"].get(m[0]) or unicodedata.normalize("NFKC", m[0])
        if len(usual) == 1 and usual != m[0]:
            edits.append((m.start(), m.end(), usual))
    for char in marks["single"]:
        place = tape.text.find(char)
        while place >= 0:
            edits.append((place, place + 1, marks["alike"][char]))
            place = tape.text.find(char, place + 1)
    return tape.edit("look-alike", sorted(edits))
