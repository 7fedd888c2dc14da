"""Component kg_dates: the dates of an article, and which date governs a place in it."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Mention, Value
from kg.pipes.annotations import Sentence, memory, mentions, meta, sentences, set_mentions, text_of
from kg.pipes.dates.calendar import (
    Anchor,
    Found,
    find_dates,
    infer_year,
    is_aside,
    is_next_day,
    is_standing,
    next_day,
    opening_date,
)
from kg.pipes.speech.spoken import spoken

LATEST = "9999"
_CLAUSE = frozenset("，,；;")
YEAR, MONTH = len("2019"), len("2019-05")


@Language.factory("kg_dates")
def make_dates(nlp: Language, name: str) -> Dates:
    return Dates()


class Dates:
    """Marks dates (group `dates`): date:2019-05-21, date:2019-05-21/2019-05-22, date:--05-21 without a year."""

    def __call__(self, doc: Doc) -> Doc:
        set_mentions(doc, "dates", map(_mention, find_dates(text_of(doc), anchor(doc))))
        return doc


def anchor(doc: Doc) -> Anchor:
    """The day of publication, from the metadata, else from the head of the text, else the year that the text tells."""
    published = str(meta(doc).get("published", "")) or opening_date(text_of(doc))
    if published:
        return Anchor.of(published)
    year = infer_year(text_of(doc))
    return Anchor(year, inferred=True) if year else Anchor()


def _mention(found: Found) -> Mention:
    attrs: dict[str, Value] = {"start": found.start, "end": found.end, "precision": found.precision, "mode": found.mode}
    if found.partial:
        attrs["partial"] = found.partial
    if found.inferred:
        attrs["inferred"] = True
    name = found.start or found.partial
    if found.end:
        name += f"/{found.end}"
    return Mention(found.first, found.last, "date", f"date:{name}", name, found.rule, attrs=attrs)


def _near(sentence: Sentence, dates: list[Mention], end: int, days: bool) -> Mention | None:
    """The date of a sentence that stands nearest: the last one that begins before *end*, else the first one after.

    Without *days* a date in a later clause is that of another deed (捐款10万元,而去年...).
    """
    before = [d for d in dates if d.start < end]
    if before or not dates:
        return before[-1] if before else None
    between = sentence.text[end - sentence.start : dates[0].start - sentence.start]
    return None if not days and _CLAUSE.intersection(between) else dates[0]


# What was asked of the document read last: for the very lists that it was answered from.
_governed: dict[str, tuple[Any, Any, dict[tuple[int, int, bool], tuple[Mention | None, bool]]]] = {}


def governing(doc: Doc, start: int, end: int, days: bool = False) -> tuple[Mention | None, bool]:
    """The date mention that governs characters *start* to *end*, and whether it stands in the same sentence.

    In the sentence a point in time counts (5月21日, 近日, 2018年), a beginning or an end (自2016年, 截至) does not.
    Else the latest day of the narration before it is carried over; speeches and background (据悉) carry nothing.
    A day still to come is not carried, and 近日 does not take the place of a day told before. Nothing is carried to
    what is told behind words of a long time (近年来, 今年以来).
    With *days* a bare year (2023年度推介会) does not count.
    """
    dates, told = doc.spans["dates"].attrs["kg"] if "dates" in doc.spans else None, memory(doc).get("sentences")
    known = _governed.get("last")
    if known is None or known[0] is not dates or known[1] is not told:
        known = _governed["last"] = dates, told, {}
    answers = known[2]
    if (start, end, days) not in answers:
        answers[start, end, days] = _governing(doc, start, end, days)
    return answers[start, end, days]


def _governing(doc: Doc, start: int, end: int, days: bool) -> tuple[Mention | None, bool]:
    found = [m for m in mentions(doc, "dates") if m.attrs["mode"] in ("point", "dateline")]
    if days:
        found = [m for m in found if m.attrs["precision"] != "year"]
    starts = [m.start for m in found]
    here: Mention | None = None
    carried: Mention | None = None
    today = anchor(doc)
    latest = f"{today.year:04d}-{today.month:02d}-{today.day:02d}" if today.day else LATEST
    for sentence in sentences(doc):
        if sentence.start > start:
            break
        dates = found[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if dates:
            quoted = spoken(sentence.text)
            told = start - sentence.start       # who tells something in his own words tells its day in them too
            dates = [d for d in dates if not any(a <= d.start - sentence.start < b and not a <= told < b
                                                 for a, b in quoted)]
        if sentence.start <= start < sentence.end:
            points = [d for d in dates if d.attrs["mode"] == "point"] or dates
            here = _near(sentence, points, end, days)
            if here is None and is_standing(sentence.text[: start - sentence.start]):
                carried = None
            break
        if dates and not is_aside(sentence.text):
            days_told = [d for d in dates if (d.attrs["precision"] == "day" and str(d.attrs["start"]) <= latest)
                         or (d.attrs.get("partial") and d.rule != "recently")]
            lately = [d for d in dates if d.rule == "recently"]
            if days_told:
                carried = days_told[-1]
            elif lately and (carried is None or carried.rule == "recently"):
                carried = lately[-1]
    return (here, True) if here is not None else (carried, False)


def date_of(doc: Doc, start: int, end: int, days: bool = False) -> str:
    """The ISO date (its first day, as precise as known) that governs characters *start* to *end*, or "".

    The nearest date of the sentence, else the one carried over from the narration before it: 当天, 会后 and sentences
    without any date go on with it, 次日 is the day after it. Of days that are carried over (7月18日至25日) only what
    they share is known of what happened in their course.
    """
    mention, same = governing(doc, start, end, days)
    if mention is None:
        return ""
    iso = str(mention.attrs["start"])
    if not same and any(s.start <= start < s.end and is_next_day(s.text) for s in sentences(doc)):
        return next_day(iso)
    return iso if same else shared(iso, str(mention.attrs["end"]))


def shared(start: str, end: str) -> str:
    """What is known of a day between two: their month, their year, or nothing.

    >>> shared("2023-07-18", "2023-07-25"), shared("2023-07-30", "2023-08-02"), shared("2023-07-18", "")
    ('2023-07', '2023', '2023-07-18')
    """
    if not end or start == end:
        return start
    return next((start[:size] for size in (MONTH, YEAR) if start[:size] == end[:size]), "")
