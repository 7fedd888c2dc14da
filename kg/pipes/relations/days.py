"""The day of a relation: told in its sentence, or carried over from before where the text goes on about one deed."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from spacy.tokens import Doc

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.annotations import mentions, sentences, text_of
from kg.pipes.dates.calendar import is_next_day, next_day
from kg.pipes.dates.component import YEAR, anchor, governing, shared
from kg.pipes.relations.rules import Rule

_LOOSE: Final = frozenset({"visited"})  # what a visitor does fills the day that a report tells, far behind its date
_NEVER, _HERE, _FAR = "never", "here", "far"  # what a rule may say of its day


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(table("days")["words"][name])


def day_of(doc: Doc, rule: Rule, place: int) -> tuple[str, str]:
    """The ISO date of a deed at *place* of the text and, where it took several days, their last; "" where none is told.

    A day of its own sentence holds unless the deed came before it or only says what thing is meant. A day of a sentence
    before holds where the sentence says that it goes on (会上, 随后), or stands near and tells nothing that lasts.
    """
    if rule.day == _NEVER:
        return "", ""
    mention, here = governing(doc, place, place + 1)
    if mention is None:
        return "", ""
    if here:
        return _own(doc, mention, place)
    if rule.day == _HERE or not _goes_on(doc, mention, rule, place):
        return "", ""
    iso, last = str(mention.attrs["start"]), str(mention.attrs["end"])
    if any(s.start <= place < s.end and is_next_day(s.text) for s in sentences(doc)):
        return next_day(iso), ""
    return shared(iso, last), ""


def _own(doc: Doc, mention: Mention, place: int) -> tuple[str, str]:
    """What the date of the deed's own sentence says of its day."""
    text, iso, last = text_of(doc), str(mention.attrs["start"]), str(mention.attrs["end"])
    end = next(s.end for s in sentences(doc) if s.start <= place < s.end)
    between, behind = text[mention.end : place], text[place:end]
    if _words("announced").search(text, place, mention.start):
        return "", ""
    if _words("earlier").search(between) or _words("made").match(behind) or _words("after").match(behind):
        return "", ""
    if _words("pause").search(between) and _words("signed").match(behind):
        return "", ""
    if _words("learned").search(between) or _words("expires").match(text, mention.end):
        return "", ""
    if _words("other").search(text, max(0, mention.start - 4), mention.start):
        return "", ""
    if mention.rule == "relative-day" and _words("own").search(text, max(0, mention.start - 4), mention.start):
        return "", ""
    if mention.attrs["precision"] == "day" and iso > _latest(doc):
        return "", ""
    if mention.rule == "recently" and _words("loose").match(text, mention.start, mention.end):
        return iso[:YEAR], ""
    return iso, last


def _latest(doc: Doc) -> str:
    """The day of publication, after every day where it is not known."""
    today = anchor(doc)
    return f"{today.year:04d}-{today.month:02d}-{today.day:02d}" if today.day else "9"


def _goes_on(doc: Doc, mention: Mention, rule: Rule, place: int) -> bool:
    """Whether a deed without a day of its own goes on with what was told under the date *mention*."""
    text, known = text_of(doc), sentences(doc)
    number = next(i for i, s in enumerate(known) if s.start <= place < s.end)
    here = known[number]
    before = text[max(here.start, place - table("days")["reach"]["opening"]) : place]
    told = next((i for i, s in enumerate(known) if s.start <= mention.start < s.end), number)
    if mention.attrs["mode"] == "dateline" or _words("telling").match(text[mention.end : known[told].end]):
        return False
    others = [m for m in mentions(doc, "dates") if here.start <= m.start < here.end and m.attrs["precision"] == "day"]
    if others or _words("timeless").search(before) or _words("done").search(before):
        return False
    if any(_words(name).match(text[place : here.end]) for name in ("after", "made")):
        return False
    if _words("background").search(before) and not _words("this").search(before):
        return False
    if rule.relation in _LOOSE or _words("linked").search(before):
        return True
    lately = mention.rule == "recently"
    struck = not lately and _words("disaster").match(text[mention.end : known[told].end])
    if struck or "\n" in text[known[told].end : here.start]:
        return False
    reach = _FAR if rule.day == _FAR else "recently" if lately else "day"
    return number - told <= int(table("days")["reach"][reach])
