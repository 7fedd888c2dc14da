"""From a record to a document: repairs in order, line classes, metadata; every step keeps the way back."""

from __future__ import annotations

from datetime import date

from kg.model import Document, Record
from kg.text import spam
from kg.text.patterns import compiled, setting
from kg.text.repair import drop_pinyin, fold_marks, mend_shifted
from kg.text.script import convert, simplify, traditional_share
from kg.text.segments import NAME, Segments, segment
from kg.text.tape import Tape

STEPS = (mend_shifted, drop_pinyin, fold_marks, simplify, spam.restore)


def repair(text: str) -> Tape:
    """*text* with noise undone, each character with the way back.

    >>> repair("扶貧協(xié)作任務(wù)").text
    '扶贫协作任务'
    """
    tape = Tape.of(text)
    for step in STEPS:
        tape = step(tape)
    return tape


def clean(record: Record) -> Document:
    """The document that *record* holds.

    >>> doc = clean(Record("a", "a.txt", "2019-05-24\\n甲區(qū)代表團赴乙縣。(責(zé)編:張三)"))
    >>> doc.text, doc.published, doc.reporters
    ('2019-05-24\\n甲区代表团赴乙县。(责编:张三)', '2019-05-24', ('张三',))
    >>> [doc.text[line.start : line.end] for line in doc.lines if line.kind == "body"]
    ['甲区代表团赴乙县。']
    """
    tape = repair(record.text)
    found = segment(tape.text)
    told = [(key, _plain(value)) for key, value in sorted(record.meta.items()) if value]
    meta = dict(reversed(told + found.meta))  # the first of each key; the source knows best
    return Document(
        id=record.id,
        path=record.path,
        original=tape.original,
        text=tape.text,
        starts=tape.starts,
        ends=tape.ends,
        lines=tuple(found.lines),
        title=_title(record, found, tape.text),
        published=_date(meta.get("published", "")) or _first_date(found),
        publisher=meta.get("source", ""),
        reporters=_reporters(record, found),
        repairs=tape.repairs,
        meta=tuple(dict.fromkeys(told + found.meta)),
    )


def _plain(value: str) -> str:
    return convert(value) if traditional_share(value) else value


def _title(record: Record, found: Segments, text: str) -> str:
    if record.meta.get("title"):
        return _plain(record.meta["title"])
    for line in found.lines:
        if line.kind == "title":
            return text[line.start : line.end]
        if line.kind == "body":
            break
    return next((value for key, value in found.meta if key == "original_title"), "")


def _reporters(record: Record, found: Segments) -> tuple[str, ...]:
    """Everybody who wrote, edited or photographed, by the source's word or the text's."""
    names = compiled(NAME).findall(_plain(record.meta.get("author", "")))
    return tuple(dict.fromkeys([*names, *(value for key, value in found.meta if key == "reporter")]))


def _first_date(found: Segments) -> str:
    return next((day for key, value in found.meta if key == "date" and (day := _date(value))), "")


def _date(value: str) -> str:
    """An ISO date, or what there is of one.

    >>> _date("2020年8月26日 08:09"), _date("20200826"), _date("2020-08"), _date("2020/13/45"), _date("昨天")
    ('2020-08-26', '2020-08-26', '2020-08', '', '')
    """
    m = compiled(setting("fragments", "day")).search(value) or compiled(setting("title", "compact")).fullmatch(value)
    if m:
        try:
            return date(int(m["y"]), int(m["m"]), int(m["d"])).isoformat()
        except ValueError:
            return ""
    m = compiled(setting("title", "month")).fullmatch(value.strip())
    return f"{m['y']}-{int(m['m']):02}" if m and m["m"] else (m["y"] if m else "")
