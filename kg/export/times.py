"""Dates as precise as a text gives them, as the first and the last day that they may mean."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

Days = tuple[str, str]
LENGTHS: Final = {1: 4, 2: 7, 3: 10}  # parts of a date, letters in all: 2023, 2023-04, 2023-04-12


def days(value: object) -> Days | None:
    """The first and last day of a date, a month or a year; None for what is no date.

    >>> days("2023"), days("2024-02"), days("2023-04-12"), days("4月12日"), days("2023-02-30")
    (('2023-01-01', '2023-12-31'), ('2024-02-01', '2024-02-29'), ('2023-04-12', '2023-04-12'), None, None)
    """
    return _days(value) if isinstance(value, str) and len(value) in LENGTHS.values() and value.isascii() else None


@lru_cache(maxsize=10_000)
def _days(text: str) -> Days | None:
    parts = text.split("-")
    if not all(part.isdecimal() for part in parts) or LENGTHS.get(len(parts)) != len(text):
        return None
    year, month, day = (*map(int, parts), 0, 0)[:3]
    try:
        first = date(year, month if len(parts) > 1 else 1, day if len(parts) > 2 else 1)
        if len(parts) > 2:
            last = first
        elif len(parts) > 1:
            last = date(year, month, monthrange(year, month)[1])
        else:
            last = date(year, 12, 31)
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()


def hull(found: Iterable[Days | None]) -> Days | None:
    """The days from the first to the last of several.

    >>> hull([days("2023-04-12"), None, days("2023-02")]), hull([None])
    (('2023-02-01', '2023-04-12'), None)
    """
    known = [span for span in found if span is not None]
    return (min(first for first, _ in known), max(last for _, last in known)) if known else None


def days_of(data: Mapping[str, object], names: Iterable[str]) -> Days | None:
    """The days from the first to the last date that some attributes hold.

    >>> days_of({"date": "2023-04-12", "end_date": "2023-05", "start_date": None}, ("date", "start_date", "end_date"))
    ('2023-04-12', '2023-05-31')
    """
    values = tuple(map(data.get, names))
    try:
        return _days_of(values)
    except TypeError:  # a list is no date either, and is nothing to remember
        return hull(map(days, values))


@lru_cache(maxsize=10_000)
def _days_of(values: tuple[object, ...]) -> Days | None:
    return hull(map(days, values))
