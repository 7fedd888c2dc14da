"""One body, several names in one document: joins short names to full ones and finds the short names again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.bodies.alike import alike_bodies, branch, lacks, other_firm, whole
from kg.pipes.bodies.short import abbreviates, bare, beginnings, glossed, part, said_names, stages
from kg.pipes.names.context import Context
from kg.pipes.names.generic import generic
from kg.pipes.tagger.vote import RULE

BRAND = 2  # characters of a brand that stand together in every name of the company
BRACKETS = ("（", "(")
SMALL = ("township", "village")
BRACKETS_END = ("）", ")")


def join(context: Context, found: list[Mention]) -> list[Mention]:
    """The mentions with one key for each body, and with the short names that stand elsewhere in the text."""
    names: dict[str, str] = {}
    for m in sorted(found, key=lambda m: (-len(m.name), m.start)):
        names.setdefault(m.key, m.name)
    cores = {key: _core(name, context) for key, name in names.items()}
    seats = {key: _seat(name, context) for key, name in names.items()}
    kinds, rules, beside = {m.key: m.category for m in found}, {m.key: m.rule for m in found}, _together(context, found)
    merged: dict[str, str] = {}
    _merge(names, cores, kinds, rules, seats, beside, merged)
    merged.update(_translations(context, found, names, merged))
    merged.update(alike_bodies(context, found, names, merged))
    _merge(names, cores, kinds, rules, seats, beside, merged)  # what was doubtful between two names of one body
    joined = [_renamed(m, merged.get(m.key, m.key), names) for m in found]
    return sorted([*joined, *_again(context, joined)], key=lambda m: (m.start, m.end))


def _renamed(m: Mention, key: str, names: dict[str, str]) -> Mention:
    return m if (m.key, m.name) == (key, names[key]) else replace(m, key=key, name=names[key])


def _core(name: str, context: Context) -> str:
    """A name without the region that opens it and without its legal form."""
    short = bare(name)
    start = context.text.find(name)
    if start >= 0:
        chain = context.chain(start)
        if chain and chain[-1].end - start < len(short) - 1:
            short = short[chain[-1].end - start :]
    return short


def _seat(name: str, context: Context) -> str:
    """The region that opens a name in the text, or empty."""
    start = context.text.find(name)
    chain = context.chain(start) if start >= 0 else []
    return chain[-1].key if chain and chain[-1].end < start + len(name) else ""


def _elsewhere(one: str, other: str) -> bool:
    """Whether two regions lie in different counties or above."""
    places = gazetteer()
    one, other = (next((k for k in places.ancestors(key) if places.level(k) not in SMALL), "") for key in (one, other))
    return bool(one and other) and one != other and not places.inside(one, other) and not places.inside(other, one)


def _merge(names: dict[str, str], cores: dict[str, str], categories: dict[str, str],
           rules: dict[str, str], seats: dict[str, str], beside: set[tuple[str, str]], merged: dict[str, str]) -> None:
    """Add to *merged* the key of a short name with that of the full one: its end, its beginning, or its abbreviation.

    *beside*: names that stand in one sentence, where one that only lacks a word of the other is another body. A name
    that fits two full ones is left alone, unless they are one body.
    """
    ordered = sorted(names, key=lambda k: (-len(names[k]), k))
    for i, key in enumerate(ordered):
        if key in merged:
            continue
        short = names[key]
        longer = [other for other in ordered[:i] if categories[other] == categories[key]
                  and len(names[other]) > len(short) and "bodies.department" not in (rules[other], rules[key])]
        for alike in (_firm, _end, _beginning, _abbreviation):
            full = [other for other in longer if alike(short, cores[key], names[other], cores[other], categories[key])
                    and not _apart(short, names[other], categories[key], rules[key])
                    and (names[other].endswith(short) or not _elsewhere(seats[key], seats[other]))]
            company = categories[key] == "enterprise"
            full = [other for other in full if other not in merged] if company else whole(full, names)
            bodies = {merged.get(other, other) for other in full} - {key}
            if len(bodies) == 1 and not any(_another(key, other, names, categories[key], beside,
                                                     rules[other].startswith(RULE),
                                                     bool(seats[key]) and not seats[other]) for other in full):
                merged[key] = bodies.pop()
                merged.update({k: merged[key] for k, first in merged.items() if first == key})
                break


def _together(context: Context, found: list[Mention]) -> set[tuple[str, str]]:
    """The pairs of keys of organisations that one sentence names, the shorter name first."""
    pairs: set[tuple[str, str]] = set()
    for sentence in context.sentences:
        keys = {m.key: m.name for m in found if sentence.start <= m.start < sentence.end
                and m.category == "organization" and m.rule != "bodies.department"}
        pairs |= {(a, b) for a in keys for b in keys if len(keys[a]) < len(keys[b])}
    return pairs


def _translations(context: Context, found: list[Mention], names: dict[str, str],
                  merged: dict[str, str]) -> dict[str, str]:
    """A Latin name and the Chinese one that a bracket gives with it: Northern Stone Oy（北石公司）."""
    same: dict[str, str] = {}
    ordered = sorted(found, key=lambda m: m.start)
    for a, b in pairwise(ordered):
        if context.text[a.end : b.start] in BRACKETS and "bodies.foreign" in (a.rule, b.rule) and a.key != b.key:
            first = merged.get(a.key, a.key)
            same[merged.get(b.key, b.key)] = first
            same[b.key] = first
    return {key: full for key, full in same.items() if key != full and full not in same}


def _firm(short: str, core: str, full: str, full_core: str, category: str) -> bool:
    """A company's name without its legal form: 青石 in 青石集团."""
    return category == "enterprise" and short in stages(full)


def _end(short: str, core: str, full: str, full_core: str, category: str) -> bool:
    return full.endswith(short)


def _beginning(short: str, core: str, full: str, full_core: str, category: str) -> bool:
    if category != "enterprise" or len(core) < BRAND or generic(core):
        return False
    rest = next(iter(stages(short)), "")[len(bare(short)) :]  # 控股 of 青石控股有限公司, which is not 青石置业有限公司
    return full_core.startswith(core + rest) or full.startswith(bare(short) + rest)


def _abbreviation(short: str, core: str, full: str, full_core: str, category: str) -> bool:
    if abbreviates(short, full) or abbreviates(short, full_core):
        return True
    place = full.find(short[:BRAND]) if category == "enterprise" else -1
    return place > 0 and abbreviates(short, full[place:])


def _another(key: str, other: str, names: dict[str, str], category: str, beside: set[tuple[str, str]], seen: bool,
             seated: bool) -> bool:
    """Whether the one name that another may be short for is still of another body.

    *seen*: nobody but the tagger has found the longer one; *seated*: a region opens the shorter one alone.
    """
    short, full = names[key], names[other]
    if category == "organization":
        return ((key, other) in beside and lacks(short, full)) or (not full.endswith(short) and part(short, full))
    legal, rest = table("enterprises")["legal"], full[len(short) :] if full.startswith(short) else ""
    if legal["group"] in short and legal["group"] not in full:
        return True
    if seated and bare(short) != short and short[:BRAND] not in full:
        return True
    same = generic(rest) or rest.isascii() or rest in legal["trades"]
    return bool(rest) and seen and bare(full) == full and not same  # 青石地图 is a thing of 青石


def _apart(short: str, full: str, category: str, rule: str) -> bool:
    """Whether two names that look alike are two bodies: a university and another one, a group and its subsidiary."""
    if category == "organization":
        rest = full[len(short) :] if full.startswith(short) else ""
        if rest and (rest in table("organisations")["never"]["same_rest"] or rest.startswith(BRACKETS)):
            return False
        return not full.endswith(short) and (full.startswith(short) or _head(short) in _finished())
    if branch(short, full) or other_firm(short, full) or (rule == "bodies.group" and full.startswith(short)):
        return True
    group = table("enterprises")["legal"]["group"]
    if short.endswith(group) and group not in full:
        return True
    rest = full[len(short) :] if full.startswith(short) else ""
    forms = table("enterprises")["known_with"]
    rest = rest.removeprefix(next((b for b in forms["brackets"] if rest.startswith(b)), ""))
    if rule == "bodies.known" and rest in forms["words"]:
        return rest not in forms["same"]
    return rule == "bodies.known" and bool(rest) and not generic(bare(rest)) and rest not in _legal_forms()


def _legal_forms() -> list[str]:
    forms: list[str] = table("enterprises")["legal"]["words"]
    return forms


@cache
def _finished() -> frozenset[str]:
    """Heads that an abbreviation gives up: 北京大学 is no short name of 北京化工大学."""
    return frozenset(table("organisations")["never"]["not_short"])


def _head(name: str) -> str:
    """The longest head that ends a name, of those that an abbreviation gives up."""
    return max((word for word in _finished() if name.endswith(word)), key=len, default="")


def _again(context: Context, found: list[Mention]) -> list[Mention]:
    """Mentions of short names: those that a bracket gives, and beginnings of companies' names that stand alone."""
    taken = bytearray(len(context.text) + 1)
    for m in found:
        taken[m.start : m.end] = b"\x01" * (m.end - m.start)
    more: list[Mention] = []
    shorts: dict[str, Mention] = {}
    said: set[str] = set()
    for m in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        inner = context.places.get(m.end + 1)
        a_name = inner is None or context.text[inner.end : inner.end + 1] not in BRACKETS_END
        for short in [*said_names(context.text, m.end), *(glossed(context.text, m.start, m.end) if a_name else ())]:
            if m.category != "enterprise" or not generic(short):
                shorts.setdefault(short, m)
                said.add(short)
    for m in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if m.category == "enterprise":
            words = context.text[m.start : m.end]
            core = _core(words, context)
            for short in [*stages(words)[:-1], *beginnings(core)]:
                if len(short) > 2:
                    shorts.setdefault(short, m)
        elif m.rule != "bodies.department":
            chain = context.chain(m.start)
            if chain and chain[-1].end < m.end - 3 and not generic(context.text[chain[-1].end : m.end]):
                shorts.setdefault(context.text[chain[-1].end : m.end], m)
    for short in sorted(shorts, key=lambda s: (-len(s), s)):
        full = shorts[short]
        place = context.text.find(short)
        while place >= 0:
            end = place + len(short)
            inside = any(s.start <= place and end <= s.end for s in context.sentences)
            regions = [r for start, r in context.places.items() if place <= start < end]
            free = not regions or (short in said and all(r.start == place and r.end < end for r in regions))
            if inside and not any(taken[place:end]) and free:
                taken[place:end] = b"\x01" * len(short)
                more.append(replace(full, start=place, end=end, rule="bodies.short", score=0.8))
            place = context.text.find(short, end)
    return more
