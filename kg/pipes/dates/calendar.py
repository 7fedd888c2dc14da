"""Dates as Chinese news writes them, resolved to ISO dates as precise as the words allow (words: dates.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Final

from kg.lexicon import table
from kg.lexicon.needs import Several

_DIGITS: Final = {0xFF10 + i: 0x30 + i for i in range(10)}
LENGTH: Final = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the dates of an article are counted from; `inferred` where the text itself had to tell the year."""

    year: int = 0
    month: int = 0
    day: int = 0
    inferred: bool = False

    @staticmethod
    def of(iso: str) -> Anchor:
        """From an ISO date as precise as known.

        >>> Anchor.of("2019-05")
        Anchor(year=2019, month=5, day=0, inferred=False)
        """
        return _anchor(iso)


@lru_cache(maxsize=1024)
def _anchor(iso: str) -> Anchor:
    parts = [int(p) for p in iso.split("-") if p.isdigit()]
    year, month, day = (*parts, 0, 0, 0)[:3]
    return Anchor(year, month, day)


@dataclass(slots=True)  # changed by nobody but who makes it
class Found:
    """A date in a text. `start` and `end` are ISO dates or empty where no year is known; `partial` is --MM-DD then.

    `mode` is point, since (自2016年), until (截至), eve (8月1日前夕), period, plan (“十四五”),
    goal (到2020年), dateline or source.
    """

    first: int
    last: int
    rule: str
    start: str
    end: str = ""
    mode: str = "point"
    partial: str = ""
    inferred: bool = False

    @property
    def precision(self) -> str:
        return LENGTH.get(len(self.start), "day" if len(self.partial) == 7 else "month" if self.partial else "")


@cache
def _rules() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    data = table("dates")
    return tuple((r["name"], r.get("mode", "point"), _compile(r["pattern"])) for r in data["pattern"])


@cache
def _several() -> Several:
    return Several([pattern for *_, pattern in _rules()])


@cache
def _wide() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, _DIGITS)) + "]")


def _compile(pattern: str) -> re.Pattern[str]:
    fragments: Mapping[str, str] = table("dates")["fragments"]
    for _ in range(3):
        for name, words in fragments.items():
            pattern = pattern.replace(f"<{name}>", words)
    return re.compile(pattern)


@cache
def _context() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in table("dates")["context"].items()}


def number(words: str) -> int:
    """The value of digits or of Chinese numerals below one hundred, or of a year spelt digit by digit.

    >>> number("12"), number("二十一"), number("十"), number("三十"), number("二〇一九")
    (12, 21, 10, 30, 2019)
    """
    if words.isdecimal():
        return int(words)
    words = words.translate(_DIGITS)
    data = table("dates")
    values = {c: i for i, c in enumerate(data["digits"], start=1)}
    values |= dict.fromkeys(data["noughts"], 0)
    ten = next(iter(data["ten"]))
    if ten not in words:
        return int("".join(str(values[c]) if c in values else c for c in words))
    tens, _, units = words.partition(ten)
    return (values[tens] if tens else 1) * 10 + (values[units] if units else 0)


def infer_year(text: str) -> int:
    """The year in which an article without a date was written, where its own words or an anniversary tell; else 0.

    >>> infer_year("今年是2021年"), infer_year("庆祝建军96周年")
    (2021, 2023)
    """
    data = table("dates")["infer"]
    for pattern in data["patterns"]:
        found = [int(m["y"]) for m in re.finditer(pattern, text)]
        if found:
            return max(found)
    counted = [year + number(m["n"]) for pattern, year in data["since"]
               for m in re.finditer(pattern.replace("{n}", data["count"]), text) if m["n"]]
    return max(counted, default=0)


def opening_date(text: str) -> str:
    """The ISO date that stands alone at the head of a text, else "".

    >>> opening_date("2023-07-29\\n某县召开会议")
    '2023-07-29'
    """
    found = re.match(table("dates")["infer"]["first"], text)
    return _iso(int(found["y"]), int(found["m"]), int(found["d"])) if found else ""


def find_dates(text: str, anchor: Anchor) -> list[Found]:
    """All dates of *text* in order; of matches that overlap the first and longest stands.

    >>> [(d.start, d.end) for d in find_dates("5月21日至22日,一行到唐县", Anchor.of("2019-05-24"))]
    [('2019-05-21', '2019-05-22')]
    >>> [d.start for d in find_dates("某地7月26日电 今天,会议召开", Anchor.of("2023-07-27"))]
    ['2023-07-26', '2023-07-26']
    """
    plain = text.translate(_DIGITS) if _wide().search(text) else text
    rules = _rules()
    matches = [(m.start(), -m.end(), order, *rules[order][:2], m) for order, m in _several().finditer(plain)]
    found: list[Found] = []
    for *_, name, mode, match in sorted(matches, key=lambda item: item[:3]):
        if found and match.start() < found[-1].last:
            continue
        written = _written(found) if match.groupdict().get("rd") else ""
        one = _resolve(plain, match, Anchor.of(written) if written else anchor, _last_day(found))
        if one is not None:
            one = _again(one, found, match, anchor)
            one.rule, one.mode = name, mode if mode != "point" else _mode(plain, one)
            found.append(one)
    return _lately(found, anchor)


def _lately(found: list[Found], anchor: Anchor) -> list[Found]:
    """The same dates, 近日 of the first days of a month put into the month before where all the days told lie there.

    >>> [d.start for d in find_dates("7月28日,会议召开。近日,大赛落幕", Anchor.of("2023-08-02"))]
    ['2023-07-28', '2023-07']
    """
    if not 0 < anchor.day <= table("dates")["infer"]["early"]:
        return found
    month = _iso(anchor.year, anchor.month)
    before = (date(anchor.year, anchor.month, 1) - timedelta(days=1)).isoformat()[:7]
    told = [one.start[:7] for one in found if one.precision == "day" and one.start
            and one.mode in ("point", "dateline")]
    if month in told or before not in told:
        return found
    return [replace(one, start=before) if one.partial == "--" else one for one in found]


def _again(one: Found, found: list[Found], match: re.Match[str], anchor: Anchor) -> Found:
    """A day named alone (24日) that would lie ahead, behind a month still to come: the same day told before, if any.

    >>> text = "记者24日获悉,大会将于11月2日举行。在24日举行的推介会上,主任介绍了筹备情况"
    >>> [d.start for d in find_dates(text, Anchor.of("2023-07-25"))]
    ['2023-07-24', '2023-11-02', '2023-07-24']
    """
    told = match.groupdict()
    published = _iso(anchor.year, anchor.month, anchor.day) if anchor.day else ""
    if not published or one.start <= published or one.end or not told.get("d") or told.get("m") or told.get("rd"):
        return one
    known = [day.start for day in found if day.precision == "day" and day.start <= published]
    return next((replace(one, start=day) for day in reversed(known) if day[-2:] == one.start[-2:]), one)


def _written(found: list[Found]) -> str:
    """The day on which a text was written, as the latest dateline tells (7月26日电): 今天 is that day."""
    return next((one.start for one in reversed(found) if one.mode == "dateline" and one.precision == "day"), "")


def _last_day(found: list[Found]) -> tuple[int, int]:
    """Year and month of the latest date that names a day (year 0 where unknown)."""
    for one in reversed(found):
        if one.precision == "day":
            if one.start:
                return int(one.start[:4]), int(one.start[5:7])
            return 0, int(one.partial[2:4])
    return 0, 0


def _mode(text: str, one: Found) -> str:
    context = _context()
    before, after = text[max(0, one.first - 8) : one.first], text[one.last : one.last + 40]
    if context["source_before"].search(before):
        return "source"
    if context["dateline_after"].match(after):
        return "dateline"
    if context["since_after"].match(after) or context["since_before"].search(before):
        return "since"
    if context["eve_after"].match(after):
        return "eve"
    if context["until_before"].search(before):
        return "until" if one.precision != "year" else "goal"
    return "point"


def _iso(year: int, month: int = 0, day: int = 0) -> str:
    if not day:
        return f"{year:04d}-{month:02d}" if month else f"{year:04d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _year(month: int, day: int, anchor: Anchor, ahead: bool) -> int:
    """The year of a month (and day) named without one: the latest that is not far after publication."""
    if anchor.year and anchor.month and not ahead:
        months = month - anchor.month
        return anchor.year - int(months > table("dates")["infer"]["ahead"])
    return anchor.year


def _relative(parts: Mapping[str, Any], anchor: Anchor) -> tuple[int, int, int]:
    """Year, month and day of 去年, 上个月, 昨天; noughts where the anchor does not reach."""
    offsets: Mapping[str, int] = table("dates")["relative"]
    if parts.get("rd"):
        if not anchor.day:
            return 0, 0, 0
        there = date(anchor.year, anchor.month, anchor.day) + timedelta(days=offsets[parts["rd"]])
        return there.year, there.month, there.day
    months = anchor.year * 12 + anchor.month - 1 + offsets[parts["mword"]]
    return (months // 12, months % 12 + 1, 0) if anchor.month else (0, 0, 0)


def _resolve(text: str, match: re.Match[str], anchor: Anchor, last: tuple[int, int]) -> Found | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    first, end = match.span()
    ahead = bool(_context()["future"].search(text[max(0, first - 8) : first]))
    if parts.get("recent"):
        recent = _iso(anchor.year, anchor.month) if anchor.month else ""
        return Found(first, end, "", recent, partial="--", inferred=anchor.inferred)
    if parts.get("plan"):
        plan = table("dates")["plans"].get(parts["plan"])
        return Found(first, end, "", plan[0], plan[1]) if plan else None
    year, month, day = (number(parts[k]) if k in parts else 0 for k in ("y", "m", "d"))
    given = bool(year)
    if parts.get("ry"):
        year = anchor.year + table("dates")["relative"][parts["ry"]] if anchor.year else 0
    elif "rd" in parts or "mword" in parts:
        near = _relative(parts, anchor)
        if day:                                                          # 今天(20日)
            near_month = month or near[1]
            year, month = near[0] - (bool(near[0]) and near_month > near[1]), near_month
        else:
            year, month, day = near
    elif day and not month:                                              # 14日: the month of the date before
        year, month = last if last[1] else _month_of(day, anchor)
        year = year or (_year(month, day, anchor, ahead) if month else 0)
    elif month and not year:
        year = _year(month, day, anchor, ahead)
    if not month and not year:
        return Found(first, end, "", "", partial="--", inferred=anchor.inferred) if "rd" in parts else None
    start = _iso(year, month, day) if year else ""
    if year and not start:
        return None                                                      # 2月30日
    partial = "" if start else f"--{month:02d}" + (f"-{day:02d}" if day else "")
    until = _end(parts, year, month, day) if start else ""
    return Found(first, end, "", start, until, partial=partial, inferred=anchor.inferred and not given)


def _month_of(day: int, anchor: Anchor) -> tuple[int, int]:
    """Year and month of a day named alone (30日), counted back from publication."""
    if not anchor.day:
        return 0, 0
    months = anchor.year * 12 + anchor.month - 1 - (day > anchor.day)
    return months // 12, months % 12 + 1


def _end(parts: Mapping[str, str], year: int, month: int, day: int) -> str:
    if "n" in parts:
        try:
            return (date(year, month, day) + timedelta(days=number(parts["n"]) - 1)).isoformat()
        except (ValueError, OverflowError):
            return ""
    if not parts.keys() & {"y2", "m2", "d2"}:
        return ""
    last_year = number(parts["y2"]) if "y2" in parts else year
    last_month = number(parts["m2"]) if "m2" in parts else month
    last_day = number(parts["d2"]) if "d2" in parts else 0
    if "y2" not in parts and (last_month, last_day) < (month, day):
        last_year += 1
    return _iso(last_year, last_month, last_day)


def next_day(iso: str) -> str:
    """The day after an ISO day; a date less precise stays as it is.

    >>> next_day("2019-05-31"), next_day("2019-05")
    ('2019-06-01', '2019-05')
    """
    return (date.fromisoformat(iso) + timedelta(days=1)).isoformat() if len(iso) == 10 else iso


def is_next_day(text: str) -> bool:
    """Whether *text* speaks of the day after (次日)."""
    return re.search(table("dates")["carry"]["next"], text) is not None


def is_standing(text: str) -> bool:
    """Whether *text*, the part of a sentence before what it tells, speaks of a long time (近年来, 今年以来)."""
    return _context()["standing"].search(text) is not None


def is_aside(text: str) -> bool:
    """Whether *text* is background (据悉), whose dates do not govern what follows."""
    return _context()["aside"].search(text) is not None


def examples() -> Iterator[tuple[str, list[str], str]]:
    """For each pattern (name, [text, published, start, end], "") per example, (name, [], text) per counterexample."""
    for rule in table("dates")["pattern"]:
        for example in rule.get("examples", ()):
            yield rule["name"], list(example), ""
        for text in rule.get("counter", ()):
            yield rule["name"], [], text
