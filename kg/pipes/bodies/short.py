"""Short names of bodies inside one document: 云岭生态 for 云岭生态环保股份有限公司, 北汽集团 for 北京汽车集团有限公司.

A bracket may say so (以下简称“云岭”); otherwise a short name is a beginning of the full one without its region and
legal form, or takes characters of it in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.pipes.names.borders import alternation
from kg.pipes.names.generic import common, generic

SHORTEST, BRAND = 2, 3
REST = 6  # characters of a head that an abbreviation may leave out at the end: 社工, 社会工作服务中心


@cache
def _said() -> re.Pattern[str]:
    return re.compile(table("enterprises")["said"]["pattern"])


@cache
def _gloss() -> re.Pattern[str]:
    return re.compile(table("enterprises")["said"]["gloss"])


@cache
def _legal() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(table('enterprises')['legal']['words']).pattern})$")


def said_names(text: str, end: int) -> list[str]:
    """The short names that a bracket directly after a name gives.

    >>> said_names("青石岭生物科技公司（以下简称“青石岭”）", 9)
    ['青石岭']
    """
    m = _said().match(text, end)
    if m is None:
        return []
    return [part for part in re.split(table("enterprises")["said"]["or"], m["names"])
            if len(part) > 1 and part not in table("enterprises")["said"]["not"]]


def glossed(text: str, start: int, end: int) -> list[str]:
    """The short name in a bracket behind a name that takes its characters and stands elsewhere in the text too.

    >>> text = "香港京沪高校校友联盟（京校联）成立，京校联会长到场"
    >>> glossed(text, 0, 10), glossed(text[:16], 0, 10)
    (['京校联'], [])
    """
    m = _gloss().match(text, end)
    if m is None or text.count(m["name"]) < SHORTEST:
        return []
    rest = iter(text[start:end])
    return [m["name"]] if all(c in rest for c in m["name"]) else []


@lru_cache(maxsize=2048)
def bare(name: str) -> str:
    """A name without its legal form.

    >>> bare("云岭生态环保股份有限公司")
    '云岭生态环保'
    """
    short = name
    while m := _legal().search(short):
        if m.start() == 0:
            break
        short = short[: m.start()]
    return short


def stages(name: str) -> list[str]:
    """A name losing its legal form step by step.

    >>> stages("中河控股有限公司")
    ['中河控股', '中河']
    """
    return list(_stages(name))


@lru_cache(maxsize=2048)
def _stages(name: str) -> tuple[str, ...]:
    found = []
    while (m := _legal().search(name)) and m.start():
        name = name[: m.start()]
        found.append(name)
    return tuple(found)


def beginnings(core: str) -> Iterator[str]:
    """Candidates for a short name from a full one without region and legal form, the longest first."""
    for size in range(len(core), SHORTEST - 1, -1):
        piece = core[:size]
        if size == SHORTEST and (piece in common() or len(core) < BRAND):
            continue
        if size < len(core) and (not generic(core[size:]) or core[size - 1 : size + 1] in common()):
            continue
        if piece in table("organisations")["lead"]["nation"]:
            continue
        if size > SHORTEST and size < len(core) and piece.endswith(tuple(table("enterprises")["legal"]["natural"])):
            continue
        if not generic(piece) and not piece.endswith(tuple(table("enterprises")["legal"]["not_short_end"])):
            yield piece


def abbreviates(short: str, full: str) -> bool:
    """Whether *short* is made of characters of *full* in their order, the first and the last part shared.

    >>> abbreviates("北汽集团", "北京汽车集团有限公司"), abbreviates("南汽集团", "北京汽车集团有限公司")
    (True, False)
    """
    if not short or len(short) >= len(full) or short[0] != full[0]:
        return False
    rest = iter(full)
    return all(c in rest for c in short)


def part(short: str, full: str) -> bool:
    """Whether *full*, of which *short* keeps characters in their order, names a part of that body or one elsewhere.

    >>> part("唐县公安", "唐县公安局青石派出所"), part("唐县防指", "唐县防汛指挥部")
    (True, False)
    >>> part("青石省监委", "青石省云谷市监委")
    True
    """
    lists, place = table("organisations"), 0
    for char in short:
        found = full.find(char, place)
        if found < 0:
            return False
        if place and found - place >= BRAND and full[place - 1] in _levels() and full[found - 1] in _levels():
            return True
        place = found + 1
    rest = full[place:]
    ended = short.endswith(tuple(lists["alike"]["heads"]))
    whole = ended and full.endswith(short[-SHORTEST:], 0, place)  # 青石开发区|分局
    other = rest not in lists["never"]["same_rest"] and (whole or len(rest) > REST)
    return bool(rest) and (other or rest.endswith(tuple(lists["alike"]["parts"])))


@cache
def _levels() -> frozenset[str]:
    return frozenset(table("organisations")["alike"]["levels"])


def _unzoned(words: str) -> str:
    """Words without those that hold the character of a level and are no region: 汽开法院, 汽车开发区人民法院."""
    for zone in table("organisations")["alike"]["zones"]:
        words = words.replace(zone, "")
    return words


def truncates(short: str, full: str) -> bool:
    """Whether *short* keeps a character or two of several words of *full*, from its first to its last one.

    One word left out makes another body (县医院, 县中医院); two or more words cut short make an abbreviation.

    >>> truncates("国家发改委", "国家发展改革委"), truncates("省农科院", "省农业科学院")
    (True, True)
    >>> truncates("郑大二院", "郑州大学第二医院"), truncates("省二院", "省云州第二医院")
    (True, False)
    >>> truncates("县医院", "县中医院"), truncates("青石银行", "青石工商银行")
    (False, False)
    """
    if len(short) < BRAND or len(short) >= len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    gaps, place, kept = 0, 0, 0
    for i, c in enumerate(short[1:], 1):
        found = len(full) - 1 if i == len(short) - 1 else full.find(c, place + 1, len(full) - 1)
        if found < 0:
            return False
        kept += 1
        if found > place + 1:
            if gaps and kept > 1:
                return False  # a whole word between two that are left out: 规划局, 城乡规划建设局
            city = not place and found == SHORTEST and gazetteer().find(full[:found])
            if not city and _levels().intersection(_unzoned(full[place + 1 : found])):
                return False  # a region is left out: 省市场监管局, 省青石市市场监管局
            gaps, kept = gaps + 1, 0
        place = found
    return gaps > 1
