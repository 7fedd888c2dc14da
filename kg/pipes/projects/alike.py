"""Names of projects that say the same: 沈海高速改扩建工程 and 沈海高速改扩建项目, 南博会 and 中国—南亚博览会."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import table
from kg.pipes.bodies.condensed import condensed
from kg.pipes.bodies.short import abbreviates, truncates
from kg.pipes.projects.quoted import MARKS

QUOTES = str.maketrans("", "", "“”‘’\"")
LEAST = 3  # characters of a name without the word for what it is
SUBTITLE = 8  # characters of a subtitle that stands for the whole name
ENDS = 2  # characters at the end of two names that show one kind of thing


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(table("projects")["same"]["quoted"])


@cache
def _within() -> re.Pattern[str]:
    return re.compile(table("projects")["same"]["within"])


@cache
def _edition() -> re.Pattern[str]:
    return re.compile(table("projects")["same"]["edition"])


@cache
def _fair() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = table("projects")["same"]
    return re.compile(lists["fair"]), re.compile(lists["fair_full"])


def same(short: str, full: str) -> bool:
    """Whether a shorter name is the end of a longer one, or the longer one with 项目 or the like after it.

    Words in marks that open both names, or that are the whole of one, make them one: “云谷”项目, “云谷”. So do words
    in marks inside two names of one kind. Editions that differ make two.
    """
    if _two_editions(short, full):
        return False
    words = _marked(full).translate(MARKS)
    if words and words in (_marked(short).translate(MARKS), short.translate(MARKS)):
        return True
    inside = [{found.translate(MARKS) for found in _within().findall(name)} for name in (short, full)]
    if inside[0] & inside[1] and short[-ENDS:] == full[-ENDS:]:
        return True
    if headed(short.translate(QUOTES), full.translate(QUOTES)):
        return True
    return written_alike(short, full) or _alike(*(_plain(_written(name)) for name in (short, full)))


def headed(short: str, full: str) -> bool:
    """Whether a name is the head of another one before its subtitle, a long subtitle, or a bracket at its end.

    >>> headed("石桥暖心", "石桥暖心·夏日行动"), headed("石云线", "石桥至云岭铁路（石云线）")
    (True, True)
    >>> headed("歌舞走进石桥千家万户行动", "暖阳工程——歌舞走进石桥千家万户行动")
    True
    >>> headed("青石", "青石—云谷论坛"), headed("希望工程", "希望工程·云谷行动")
    (False, False)
    """
    found = _subtitle().fullmatch(full)
    if found is None or short in table("projects")["programme"]["words"]:
        return False
    if len(short) >= SUBTITLE and short == found["tail"]:
        return True
    return short in (found["head"], found["held"], found["before"])


@cache
def _subtitle() -> re.Pattern[str]:
    return re.compile(table("projects")["same"]["subtitle"])


def written_alike(short: str, full: str) -> bool:
    """Whether two names say the same with the word for what they are, of no two editions.

    >>> written_alike("石桥林业项目", "唐县石桥林业项目"), written_alike("石桥林业项目", "石桥林业工程")
    (True, False)
    """
    return not _two_editions(short, full) and _alike(_written(short), _written(full))


def _alike(one: str, other: str) -> bool:
    short, full = sorted((one, other), key=len)
    if short == full or (len(short) > 6 and short[-4:] == full[-4:] and abbreviates(short, full)):
        return True
    if not short.endswith(tuple(table("projects")["same"]["works"])) and (
            truncates(short, full) or condensed(short, full, False)):
        return True
    if fair(short, full):
        return True
    return len(short) > 3 and (full.endswith(short) or (full.startswith(short) and len(full) - len(short) < 3))


def _two_editions(one: str, other: str) -> bool:
    """Whether two names give years, or numbers of editions, that differ."""
    ends = table("projects")["same"]["edition_ends"]
    first, second = ({found.rstrip(ends) for found in _edition().findall(name)} for name in (one, other))
    return any(a != b and a[:1] == b[:1] for a in first for b in second)


def _written(name: str) -> str:
    """A name without its edition and marks, with the words of the lexicon in one form."""
    name = _edition().sub("", name).translate(MARKS)
    for word, other in table("projects")["same"]["words"].items():
        name = name.replace(word, other)
    return name


def fair(short: str, full: str) -> bool:
    """Whether a short name of a fair takes its characters from the full one.

    >>> fair("石博会", "青石国际博览会"), fair("石博会", "云谷国际博览会"), fair("青石会", "青石博览会")
    (True, False, False)
    """
    ends, heads = _fair()
    if not ends.fullmatch(short):
        return False
    if full.endswith(short):
        return True
    if not heads.search(full):
        return False
    rest = iter(full)
    return all(c in rest for c in short)


def _marked(name: str) -> str:
    """The words in marks that open a name, empty where there are none."""
    found = _quoted().match(name)
    return (found[1] or found[2]) if found else ""


def _plain(name: str) -> str:
    """A name without the word for what it is, where enough of it is left.

    >>> _plain("青石公益跑活动"), _plain("公益活动")
    ('青石公益跑', '公益活动')
    """
    word = next((w for w in table("projects")["same"]["tails"] if name.endswith(w)), "")
    return name.removesuffix(word) if len(name) - len(word) > LEAST else name
