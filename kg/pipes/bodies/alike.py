"""Bodies whose names say the same: the same words, words that make no difference, words cut short (国家发改委)."""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.bodies.condensed import condensed
from kg.pipes.bodies.loose import loose
from kg.pipes.bodies.short import stages, truncates
from kg.pipes.bodies.spoken import spoken
from kg.pipes.bodies.told import told
from kg.pipes.names.context import Context

BRAND = 2  # characters behind the region of a name that make it one
WIDTH = str.maketrans("（）", "()", "“”‘’")


def alike_bodies(context: Context, found: list[Mention], names: dict[str, str],
                 merged: dict[str, str]) -> dict[str, str]:
    """Key to the key of the fuller name, for bodies that *merged* still keeps apart."""
    same = _written_alike(context, found, names, merged)
    kinds = {m.key: m.category for m in found}
    keys = sorted({same.get(merged.get(k, k), merged.get(k, k)) for k in names}, key=lambda k: (-len(names[k]), k))
    seated = {m.key for m in found if m.start in context.places}
    for i, key in enumerate(keys):
        for short in (_cut, partial(condensed, seated=key in seated)):
            full = [k for k in keys[:i] if k not in same and kinds[k] == kinds[key]
                    and any(short(names[key], form) for form in _forms(names[k], kinds[k]))]
            full = whole(full, names) if kinds[key] == "organization" else full
            if len(full) == 1:
                same[key] = full[0]
                break
    for key, first in merged.items():
        if first in same:
            same[key] = same[first]
    for key, first in list(same.items()):
        if first in same:
            same[key] = same[first]
    return {key: full for key, full in same.items() if full not in same}


def whole(full: list[str], names: dict[str, str]) -> list[str]:
    """Of several keys the one whose name opens all the others': 云岭农大 is 云岭农业大学 and not its 农学院."""
    first = min(full, key=lambda key: (len(names[key]), key), default="")
    return [first] if first and all(names[key].startswith(names[first]) for key in full) else full


def _cut(short: str, full: str) -> bool:
    """Whether a name is another one cut short, or its end, whatever words of no difference they hold.

    >>> _cut("石桥边检站", "唐县出入境边防检查总站石桥出入境边防检查站"), _cut("郑大一附院", "郑州大学第一附属医院")
    (True, True)
    """
    plain, fuller = _plain(short), _plain(full)
    ends = (plain, fuller) != (short, full) and len(plain) > BRAND and fuller != plain and fuller.endswith(plain)
    return ends or truncates(short, full) or truncates(plain, fuller)


def _forms(name: str, category: str) -> list[str]:
    """A name, and for a company the name without its legal form and without the nation (国家铁路集团)."""
    forms = [name, *(stages(name) if category == "enterprise" else ())]
    nation = table("enterprises")["legal"]["nation"]
    return [*forms, *(form.removeprefix(nation) for form in forms if form.startswith(nation))]


def _written_alike(context: Context, found: list[Mention], names: dict[str, str],
                   merged: dict[str, str]) -> dict[str, str]:
    """Bodies whose words or names are the same, or differ in a word that says nothing (县人民法院, 县法院).

    The words must say whose the body is: 县教育局 of two counties stays two.
    """
    groups: dict[tuple[str, str], set[str]] = {}
    for m in found:
        words = context.text[m.start : m.end]
        key = merged.get(m.key, m.key)
        if m.start in context.places or m.name == words:
            groups.setdefault((m.category, _once(_plain(words))), set()).add(key)
        chain = context.chain(m.start)
        if chain and chain[-1].end + BRAND <= m.end:  # 台前蓝天救援队, 台前县蓝天救援队
            full = gazetteer().name(chain[-1].key) + context.text[chain[-1].end : m.end]
            groups.setdefault((m.category, _once(_plain(full))), set()).add(key)
        if "/" not in m.key:
            groups.setdefault((m.category, _once(_plain(m.name))), set()).add(key)
    said = [*spoken(context, found, merged), *told(context, found, merged), *loose(context, found, merged)]
    return _joined([*groups.values(), *said], names)


def _joined(groups: list[set[str]], names: dict[str, str]) -> dict[str, str]:
    """Key to the key with the longest name, of all that the groups join directly or through others.

    >>> _joined([{"a", "b"}, {"b", "c"}, {"d"}], {"a": "县公安局", "b": "公安局", "c": "唐县公安局", "d": "法院"})
    {'a': 'c', 'b': 'c'}
    """
    apart: list[set[str]] = []
    for keys in groups:
        others = [one for one in apart if one.isdisjoint(keys)]
        apart = [*others, keys.union(*(one for one in apart if not one.isdisjoint(keys)))]
    same: dict[str, str] = {}
    for keys in apart:
        full, *rest = sorted(keys, key=lambda key: (-len(names[key]), key)) or [""]
        same.update(dict.fromkeys(rest, full))
    return same


@lru_cache(maxsize=2048)
def _plain(name: str) -> str:
    """A name without the words that make no difference and without marks, in one case, brackets of one width."""
    alike: dict[str, str] = table("organisations")["alike"]["words"]
    for long, short in alike.items():
        name = name.replace(long, short)
    return name.translate(WIDTH).casefold()


def _once(name: str) -> str:
    """A name with a character that stands twice in it once: 唐山市|市场监管局, 唐山|市场监管局."""
    doubled: dict[str, str] = table("organisations")["alike"]["doubled"]
    for twice, once in doubled.items():
        name = name.replace(twice, once)
    return name


@cache
def _branches() -> re.Pattern[str]:
    return re.compile(table("enterprises")["branch"]["ends"])


def lacks(short: str, full: str) -> bool:
    """Whether one word inside *full* is all that *short* lacks, both of them written out to the end.

    >>> lacks("青石市茶叶协会", "青石市茶叶营销协会"), lacks("青石市茶协", "青石市茶叶协会")
    (True, False)
    """
    gap = len(full) - len(short)
    ends = range(len(short) - BRAND, BRAND - 1, -1)
    return gap >= BRAND and any(full.startswith(short[:i]) and full.endswith(short[i:]) for i in ends)


def branch(short: str, full: str) -> bool:
    """Whether the longer name is that of a branch of the shorter one: 青石七局, 青石七局华东分局."""
    return full.startswith(short) and bool(_branches().fullmatch(full, len(short)))


def other_firm(short: str, full: str) -> bool:
    """Whether a word of trade between brand and 集团 makes another company: 青石集团, 青石新零售集团.

    Words that say nothing make none: 青石集团, 青石投资集团.
    """
    group = table("enterprises")["legal"]["group"]
    place = full.find(group)
    brand = short.removesuffix(group)
    if not short.endswith(group) or not full.endswith(group) or len(brand) < 2:
        return False
    start = full.find(brand)
    between = full[start + len(brand) : place] if 0 <= start < place else ""
    return bool(between) and not _empty(between)


def _empty(words: str) -> bool:
    plain = table("enterprises")["legal"]["plain"]
    while words:
        word = next((w for w in plain if words.startswith(w)), "")
        if not word:
            return False
        words = words[len(word) :]
    return True
