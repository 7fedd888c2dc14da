"""What the name of a body says: where it is, what it is called there, and what only lengthens it."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

from kg.lexicon import table
from kg.lexicon.divisions import PREFIX
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.gazetteer_names import names as places
from kg.pipes.names.generic import common, generic, rare
from kg.resolve.fold import fold
from kg.resolve.places import area, relation

LONGEST = 15  # characters of the longest name of a division
LEAST = 2  # characters that must be left of a name behind its region
OWN = 2  # characters that no common word covers: so many make a name of its own
SHORT = 2  # characters of a name that is short
LEFT = "--"  # stands for what a name has lost
SCHOOL = 4  # words at the head of a zone that its office may follow

Words = dict[str, str]


class Form(NamedTuple):
    """A name taken apart. `core` is what is left, `places` the codes that its head may mean (朝阳区: three)."""

    full: str
    core: str
    places: frozenset[str]
    form: str  # group, stock, limited, plain or ""
    foreign: str
    own: bool  # says by itself which body is meant
    local: bool  # of a kind that every place has under the same names


@cache
def _words() -> dict[str, Any]:
    return table("identity_names")


@cache
def _same() -> tuple[Words, Words]:
    """Names to the one that they are read as: whole names, and heads of longer names."""
    whole: Words = {}
    heads: Words = {}
    for entry in _words()["same"]:
        for name in entry["names"]:
            whole[fold(name)] = fold(entry["names"][0])
            if entry.get("branches"):
                heads[fold(name)] = fold(entry["names"][0])
    return whole, heads


@cache
def _departments() -> Words:
    """The ways to name a department to one of them; those that are offices of their own keep their field."""
    found: Words = {}
    for entry in table("departments")["department"]:
        for name in entry["names"]:
            first = name if entry.get("apart") else entry["names"][0]
            for end in entry["ends"]:
                found.setdefault(_written(name + end), _written(first + entry["ends"][0]))
    return found


@cache
def _written(name: str) -> str:
    """A name with the words of the lexicon in their one length."""
    for long, short in _words()["words"]["pairs"]:
        name = name.replace(long, short)
    return name


@cache
def _foreign() -> tuple[str, ...]:
    lead = table("organisations")["lead"]
    return tuple(sorted(set(lead["nation"]) - set(lead["domestic"]), key=lambda n: (-len(n), n)))


@cache
def _known() -> frozenset[str]:
    """Names that need no place."""
    words = [*table("departments")["national"]["words"], *table("enterprises")["known"]["words"]]
    return frozenset(map(fold, [*words, *table("brands")["known"]["words"]])) | frozenset(_same()[0].values())


@cache
def _domestic() -> tuple[str, ...]:
    return tuple(table("organisations")["lead"]["domestic"])


@lru_cache(maxsize=1 << 17)
def head_region(name: str) -> tuple[int, frozenset[str]]:
    """How many characters at the head of a name are its regions, and the codes that they may mean.

    >>> head_region("河北省保定市唐县教育局"), head_region("唐县教育局")[0], head_region("平安产险")[0]
    ((8, frozenset({'130627'})), 2, 0)
    """
    end, codes = 0, frozenset[str]()
    while True:
        for size in range(min(LONGEST, len(name) - end - LEAST), 1, -1):
            word = name[end : end + size]
            found = _codes(word)
            if found:
                inside = {c for c in found for above in codes if relation(c, above) in ("nested", "same")}
                if codes and not inside:
                    continue
                end, codes = end + size, frozenset(inside or found)
                break
        else:
            return end, codes


@lru_cache(maxsize=1 << 16)
def _codes(word: str) -> frozenset[str]:
    """The codes of divisions that a name may mean, down to the county; of short names of counties only clear ones."""
    index = places()
    found = set()
    for entry in index.entries.get(word, ()):
        if entry.form in ("zone", "group", "town", "passed"):
            continue
        code = area(entry.key)
        county = gazetteer().level(entry.key) == "county"
        if code and (entry.form != "short" or not county or index.trust.get(word) == "clear"):
            found.add(code)
    return frozenset(found)


@lru_cache(maxsize=1 << 17)
def parse(name: str, category: str = "organization") -> Form:
    """A name taken apart.

    >>> parse("北京绿山谷芽菜有限责任公司", "enterprise").core, parse("绿山谷芽菜公司", "enterprise").core
    ('绿山谷芽菜', '绿山谷芽菜')
    >>> parse("河北省保定市唐县教育局").core, sorted(parse("唐县教育局").places), parse("最高检").core
    ('教育和体育局', ['130627'], '最高检察院')
    """
    full = fold(name)
    whole, heads = _same()
    lead = _words()["lead"]["country"]
    if full not in whole and full.startswith(lead) and full[len(lead) :] in whole:
        return parse(full[len(lead) :], category)._replace(full=full)
    if full in whole:
        return Form(full, _written(whole[full]), frozenset(), "", "", True, False)
    text = full
    for size in range(len(text) - 1, 1, -1):
        if text[:size] in heads and not _known_longer(text, size):
            text = heads[text[:size]] + text[size:]
            break
    foreign = next((n for n in _foreign() if text.startswith(n) and len(text) > len(n) + 1), "")
    end, codes = head_region(text)
    rest = text[end:]
    form = ""
    if not rest.endswith(tuple(_words()["branch"]["words"])):
        rest, form = _bare(rest)
    else:
        rest = _level(rest)
    own = _own(full, rest, end, text, category, form, foreign)
    rest = _zone(_written(rest))
    if not end and _leveled(rest):
        rest, own = rest[1:], False
    if rest in _departments():
        rest, own = _departments()[rest], own and not end and full in _known()
    if len(rest) < LEAST or (end and rest in _endings()):
        rest, codes = _written(text), codes if end else frozenset()
    return Form(full, rest, codes, form, foreign, own, not foreign and _local(full, text, category))


def _local(full: str, text: str, category: str) -> bool:
    """Whether a body is of a kind that every place has, and its name holds none that is known everywhere."""
    words = _words()["local"]
    ends = words["ends"] if category == "enterprise" else words["ends"] + words["offices"]
    if not full.endswith(tuple(ends)) or full in _known() or text.startswith(_domestic()):
        return False
    if any(end in full[:-LEAST] for end in _words()["sole"]["ends"]):
        return False
    return not any(text[:size] in _known() for size in range(SHORT + 1, len(text)))


def known(name: str) -> bool:
    """Whether a folded name needs no place, or begins with one that needs none.

    >>> known("教育部"), known("中国科学院植物研究所"), known("植物研究所")
    (True, True, False)
    """
    return name in _known() or any(name[:size] in _known() for size in range(SHORT + 1, len(name)))


def same_row(first: str, second: str) -> bool:
    """Whether the lexicon has two folded names as names of one body.

    >>> same_row("最高检", "最高人民检察院"), same_row("最高检", "最高法")
    (True, False)
    """
    whole, _ = _same()
    return first in whole and whole[first] == whole.get(second)


def _leveled(name: str) -> bool:
    """Whether a name is an office of any place of a level: 区体育局, 市人社局."""
    return name[:1] in _words()["branch"]["level"] and (name[1:] in _departments() or generic(name[1:]))


def _known_longer(text: str, size: int) -> bool:
    """Whether the head of a name is only the head of a longer body: 中国人寿 of 中国人寿财产保险股份有限公司."""
    whole, _ = _same()
    return any(text[:longer] in whole and whole[text[:longer]] != whole[text[:size]]
               for longer in range(size + 1, len(text)))


def _endings() -> frozenset[str]:
    return frozenset(_words()["forms"]["plain"])


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    """Legal forms with their kind, the longest first."""
    forms = _words()["forms"]
    ends = ((end, kind) for kind in ("group", "stock", "limited", "plain") for end in forms[kind])
    return tuple(sorted(ends, key=lambda e: (-len(e[0]), e[0])))


def _bare(name: str) -> tuple[str, str]:
    """A name without its legal form, and what the form was."""
    found = ""
    while True:
        match = next(
            ((end, kind) for end, kind in _forms() if name.endswith(end) and len(name) >= len(end) + LEAST), None
        )
        if match is None:
            return name, found
        name = name[: -len(match[0])]
        if match[1] == "group" or not found or found in ("limited", "plain"):
            found = match[1]


def _level(name: str) -> str:
    """The name of a branch without the word of level before its last word: 枣庄市分公司 is 枣庄分公司."""
    branch = _words()["branch"]
    word: str = max((w for w in branch["words"] if name.endswith(w)), key=len)
    head = name[: -len(word)]
    for end in (word[:2], *branch["level"]):
        if head.endswith(end) and end in branch["level"] and len(head) > LEAST + 1:
            head = head[: -len(end)]
            break
    return head + word


def _zone(name: str) -> str:
    """A zone without its office."""
    office = _words()["office"]
    for end in office["ends"]:
        if name.endswith(end) and name[: -len(end)].endswith(tuple(office["zones"])) and len(name) > len(end) + LEAST:
            return name[: -len(end)]
    return name


def _own(full: str, core: str, end: int, text: str, category: str, form: str, foreign: str) -> bool:
    """Whether a name says by itself which body is meant: it is known, or holds what common words do not cover."""
    if core in _domestic():
        return False
    if full in _known() or core in _known() or text.startswith(_domestic()) or foreign:
        return True
    if any(text[:size] in _known() for size in range(SHORT + 1, len(text))) or (form == "group" and not end):
        return True
    if full.endswith(tuple(_words()["sole"]["ends"])) and len(full) >= SCHOOL and (end or not generic(core)):
        return True
    if category == "enterprise" and not form and not end and not full.endswith(tuple(_words()["local"]["ends"])):
        return True
    return rare(core) >= OWN or (len(core) >= SCHOOL and rare(core) >= 1 and core not in common())


@lru_cache(maxsize=1 << 16)
def telling(alias: str) -> bool:
    """Whether a short name that an article gives may be looked for in others: 青石研究院, not 研究院.

    >>> telling("青石岭集团"), telling("研究院"), telling("教育局"), telling("市人社局"), telling("伊拉克")
    (True, False, False, False, False)
    """
    text = fold(alias)
    if text in _known():
        return True
    end, _ = head_region(text)
    rest = _written(text[end:])
    if len(text) < SHORT or generic(text[end:]) or generic(text) or _leveled(rest):
        return False
    if text in table("organisations")["lead"]["nation"] or rest in _departments():
        return False
    return rare(text) >= OWN


def sure_alias(alias: str, full: Form, category: str) -> bool:
    """Whether a short name leaves out of the full one only what makes no other body of it.

    特斯拉 is no sure name of 特斯拉德国工程有限公司, nor 农业银行 of its branch, nor 中信证券 of 中信建投证券.

    >>> told = {"时代华语": "北京时代华语国际传媒股份有限公司", "特斯拉": "特斯拉德国工程有限公司",
    ...     "农业银行": "中国农业银行韩城市支行", "中信证券": "中信建投证券"}
    >>> [sure_alias(short, parse(full, "enterprise"), "enterprise") for short, full in told.items()]
    [True, False, False, False]
    """
    text = fold(alias)
    whole, _ = _same()
    if text in whole and parse(alias, category).core != full.core:
        return False
    place = full.full.find(text)
    if place < 0:
        return category != "enterprise" and (bool(parse(alias, category).places) or not full.places)
    before, after = full.full[:place], full.full[place + len(text) :]
    if any(after.startswith(nation) for nation in _domestic()):
        return False
    if after and (after.endswith(tuple(_words()["branch"]["words"] + _words()["local"]["units"]))
                  or any(n in after for n in _foreign())):
        return False
    rest = _bare(LEFT + after)[0][len(LEFT) :]
    opened = not before or head_region(before + LEFT)[0] == len(before) or rare(before) < OWN
    return opened and generic(rest)


@lru_cache(maxsize=1 << 16)
def shortened(name: str) -> frozenset[str]:
    """The short names that custom makes of a full one.

    >>> sorted(shortened("北京汽车集团有限公司")), sorted(shortened("北京师范大学"))
    (['北京汽', '北京汽集团', '北汽集团'], ['北京师大', '北师大'])
    """
    full = fold(name)
    known = _words()["shortened"]
    end, _ = head_region(full)
    heads = {full[:end]} if end else {h for h in known["heads"] if full.startswith(h)}
    found = set()
    for head in heads:
        rest = full[len(head) :]
        plain = head[:-1] if len(head) > SHORT and head[-1] in _words()["branch"]["level"] else head
        for long, short in known["words"]:
            if rest.startswith(long):
                tail, form = _bare(LEFT + rest[len(long) :])
                ends = ["", _words()["forms"]["group"][-2]] if form == "group" else [""]
                for end_word in ends:
                    found |= {start + short + tail[len(LEFT) :] + end_word for start in (plain[:1], plain)}
    whole, _ = _same()
    return frozenset(word for word in found if len(word) > SHORT and whole.get(word, full) == full)


@cache
def region_name(code: str) -> str:
    """The own name of a division by its code."""
    return gazetteer().own_name(PREFIX + code)
