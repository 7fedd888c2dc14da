"""The actor of a clause that leaves it out: whoever opened this clause, an earlier one, or the sentence before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.relations.rules import is_party, may_act, of_party
from kg.pipes.slots import STOPS, Encoded, Slot, compile_pattern

_COMMAS: Final = frozenset("，,：:")
_PARTS: Final = frozenset("；;")
_ACTORS: Final = frozenset({"region", "enterprise", "organization"})
_HOUSES: Final = frozenset({"enterprise", "organization"})
_SHOWN: Final = frozenset({"organization", "project"})
_OFTEN: Final = 2  # sentences that a body must open to be the one that an article is about
_MOSTLY: Final = 0.6  # and its share of the sentences that bodies open
_TOLD: Final = 2  # clauses at the beginning of a sentence that are asked for its actor
_SENTENCES: Final = 2  # sentences back in which a mere 辖区 looks for its region
_REACH: Final = 16  # characters before the deed in a clause that may still lack an actor of its own


@cache
def _part(name: str) -> re.Pattern[str]:
    return compile_pattern(table("subjects")[name]["pattern"])


@cache
def _opened() -> re.Pattern[str]:
    """A clause that an actor opens: what may come first, a list of bodies or regions, then no attribute of another."""
    data = table("subjects")
    return compile_pattern(f"{data['opening']['pattern']}(?P<agent>{{X}}(?:{data['together']['pattern']}{{X}})*)"
                           f"{data['branch']['pattern']}"
                           f"{data['actor']['pattern']}")


@cache
def _foreign_opens() -> re.Pattern[str]:
    """A clause that begins with an actor whom nobody marked: 许多村民, not 为许多村民."""
    data = table("subjects")
    return compile_pattern(f"{data['opening']['pattern']}{data['aside']['pattern']}{data['foreign']['pattern']}")


def agent(sentence: Encoded, place: int, categories: frozenset[str],
          house: tuple[Mention, ...] = ()) -> tuple[Mention, ...]:
    """Who acts at *place* of a sentence; () where nobody of these categories does or the text leaves it open.

    *house* acted in the sentences before: it acts on where a sentence begins without an actor, or with a mere 工作队.

    >>> from kg.pipes.slots import encode
    >>> text = "近日,绿野公司闻讯而动,连夜驰援赤城县"
    >>> body = Mention(3, 7, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> agent_of = agent(encode(text, 0, len(text), [body]), 9, frozenset({"enterprise"}))
    >>> [m.name for m in agent_of]
    ['绿野公司']
    >>> text = "绿野公司募集善款;向赤城县调拨棉被"
    >>> body = Mention(0, 4, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> [m.name for m in agent(encode(text, 0, len(text), [body]), 14, frozenset({"enterprise"}))]
    ['绿野公司']
    """
    for number, (start, end) in enumerate(reversed(clauses(sentence.text, place))):
        here = sentence.text[start:end]
        marked = list(_part("by").finditer(here)) if number == 0 else []
        if marked:
            first, last = (start + at for at in marked[-1].span("agent"))
            return _allowed(sentence, first, last, categories)
        match = _opened().match(sentence.text, start)
        if match is not None and match.start("agent") < place:
            last = min(match.end("agent"), place)
            if _part("between").search(sentence.text, last, place) or _others(sentence.text[last:end]):
                return ()
            return _allowed(sentence, match.start("agent"), last, categories)
        if house and _party(sentence, start, end):
            return tuple(m for m in house if m.category in categories)
        if _part("foreign").search(here) or (number == 0 and (_others(here) or len(here) > _REACH)):
            return ()
    start = clauses(sentence.text, place)[0][0]
    if not _part("onward").match(sentence.text, start):
        return ()
    return _before(sentence, start, categories) or tuple(m for m in house if m.category in categories)


def _before(sentence: Encoded, start: int, categories: frozenset[str]) -> tuple[Mention, ...]:
    """Who opened the part of a sentence that a semicolon parts from the one that begins at *start*."""
    while start > 0 and sentence.text[start - 1] in _PARTS:
        parts = clauses(sentence.text, start - 1)
        start = parts[0][0]
        for first, _ in parts[:2]:
            match = _opened().match(sentence.text, first)
            if match is not None:
                return _allowed(sentence, *match.span("agent"), categories)
        if not _part("onward").match(sentence.text, start):
            break
    return ()


def narrowed(sentence: Encoded, place: int, house: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Of a region that acted before, the part that the words around *place* are about: 在漳平,推出…, after 龙岩 acted.

    >>> from kg.pipes.slots import encode
    >>> city = Mention(90, 92, "region", "region:350800", "福建省龙岩市", "test")
    >>> county = Mention(1, 3, "region", "region:350881", "福建省龙岩市漳平市", "test")
    >>> [m.name for m in narrowed(encode("在漳平,推出服务。", 0, 9, [county]), 3, (city,))]
    ['福建省龙岩市漳平市']
    """
    match = _part("there").match(sentence.text, clauses(sentence.text, place)[0][0])
    if match is None or any(m.category != "region" for m in house):
        return house
    here = tuple(m for slot in sentence.within(*match.span("place")) for m in slot.mentions)
    return here if any(m.name.startswith(h.name) and m.key != h.key for m in here for h in house) else house


def opened_by(sentence: Encoded) -> tuple[Mention, ...] | None:
    """Who opens a sentence as its actor; None where nobody does and the actor of before may act on.

    >>> from kg.pipes.slots import encode
    >>> body = Mention(3, 7, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> [m.name for m in opened_by(encode("近日,绿野公司闻讯而动。", 0, 12, [body])) or ()]
    ['绿野公司']
    >>> opened_by(encode("着眼长远,做好教育帮扶。", 0, 12, ())) is None, opened_by(encode("村民说,好。", 0, 6, ()))
    (True, ())
    """
    for start, end in _opening(sentence.text):
        match = _opened().match(sentence.text, start) if sentence.slots else None
        if match is not None:
            return _allowed(sentence, *match.span("agent"), _ACTORS)
        if _party(sentence, start, end):
            return None
        if _foreign_opens().match(sentence.text[start:end]):
            return ()
    return None


def chief(sentences: Iterable[Encoded]) -> tuple[Mention, ...]:
    """The body that an article is about: it opens most of the sentences that bodies open; () where none does.

    >>> from kg.pipes.slots import encode
    >>> body = Mention(0, 4, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> text = "绿野公司热心公益。"
    >>> [m.name for m in chief([encode(text, 0, 9, [body])] * 2)], chief([encode(text, 0, 9, [body])])
    (['绿野公司'], ())
    """
    opened = [m for one in sentences for m in opened_by(one) or () if m.category in _HOUSES]
    counted = Counter(m.key for m in opened)
    most = max(counted.values(), default=0)
    best = [m for m in opened if counted[m.key] == most]
    return tuple(best[:1]) if most >= _OFTEN and most >= _MOSTLY * len(opened) else ()


def in_charge(sentence: Encoded, place: int, house: tuple[Mention, ...],
              told: Iterable[Encoded]) -> tuple[Mention, ...]:
    """*house*, whom the article is about, where nobody at all is named or hinted at before *place* of a sentence.

    One of the sentences *told* before must name it. Not in a sentence that names the house's own region: what
    it does there is its office.

    >>> from kg.pipes.slots import encode
    >>> body = Mention(0, 4, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> told = [encode("绿野公司热心公益。", 0, 9, [body])]
    >>> text = "活动持续三天,共向赤城县捐款"
    >>> [m.name for m in in_charge(encode(text, 0, 14, []), 8, (body,), told)]
    ['绿野公司']
    >>> in_charge(encode("一些村民热心公益,共向赤城县捐款", 0, 16, []), 10, (body,), told)
    ()
    >>> in_charge(encode(text, 0, 14, []), 8, (body,), [])
    ()
    >>> clinic = Mention(0, 5, "organization", "body:赤城县医院", "赤城县医院", "test")
    >>> here = encode(text, 0, 14, [Mention(9, 12, "region", "region:130732", "河北省张家口市赤城县", "test")])
    >>> in_charge(here, 8, (clinic,), [encode("赤城县医院成立十年。", 0, 10, [clinic])])
    ()
    """
    start = clauses(sentence.text, place)[0][0]
    before = sentence.text[start:place]
    if not house or _part("foreign").search(before) or _part("anybody").search(_part("placed").sub("", before)):
        return ()
    known = gazetteer()
    regions = {m.key for slot in sentence.slots for m in slot.mentions if m.category == "region"}
    named = {key for one in told for slot in one.slots for key in slot.keys}
    return tuple(m for m in house if m.key in named
                 and not any(known.level(key) != "province" and known.short(key) in m.name for key in regions))


def went_to(sentence: Encoded, place: int) -> tuple[int, tuple[Mention, ...]] | None:
    """The last region before *place* in which a sentence says that somebody is or goes, and where the sentence stands.

    >>> from kg.pipes.slots import encode
    >>> village = Mention(2, 5, "region", "region:石桥村", "石桥村", "test")
    >>> [m.name for m in (went_to(encode("来到石桥村,捐赠图书。", 0, 11, [village]), 6) or (0, ()))[1]]
    ['石桥村']
    """
    found = list(_part("gone").finditer(sentence.text, 0, place)) if sentence.slots else []
    slots = sentence.within(*found[-1].span("place")) if found else []
    return (sentence.start, slots[0].mentions) if slots else None


def district(sentence: Encoded, place: int, told: Iterable[Encoded]) -> tuple[Mention, ...]:
    """The region whose district (辖区) a sentence speaks of: the last one before *place*, else of the last sentences.

    >>> from kg.pipes.slots import encode
    >>> town = Mention(0, 4, "region", "region:石桥街道", "石桥街道", "test")
    >>> [m.name for m in district(encode("石桥街道走访辖区企业", 0, 10, [town]), 6, ())]
    ['石桥街道']
    >>> [m.name for m in district(encode("走访辖区企业", 0, 6, []), 2, [encode("石桥街道行动", 0, 6, [town])])]
    ['石桥街道']
    """
    known = gazetteer()
    for one, limit in ((sentence, place), *((before, len(before.text)) for before in islice(told, _SENTENCES))):
        regions = [s for s in one.slots if s.position < limit and s.mentions[0].category == "region" and not s.compound]
        if regions:
            here = regions[-1].mentions[:1]
            return tuple(m for m in here if known.level(m.key) != "province")
    return ()


def _others(text: str) -> bool:
    """Whether a stretch of a clause names somebody who might be the actor himself."""
    return bool(_part("body").search(_part("placed").sub("", text)))


def _allowed(sentence: Encoded, start: int, end: int, categories: frozenset[str]) -> tuple[Mention, ...]:
    return tuple(m for slot in sentence.within(start, end) for m in slot.mentions
                 if m.category in categories and (
                     m.category != "region" or may_act(sentence.text, slot.position + 1)
                     or of_party(sentence, slot) or leads_away(sentence, slot)))


def leads_away(sentence: Encoded, slot: Slot) -> bool:
    """Whether an officer of a region takes a party to another region or to a body: what they do there the region does.

    >>> from kg.pipes.slots import encode
    >>> home = Mention(0, 3, "region", "region:330603", "浙江省绍兴市柯桥区", "test")
    >>> officer = Mention(5, 8, "official", "person:周立平", "周立平", "test")
    >>> there = Mention(11, 14, "region", "region:511133", "四川省乐山市马边县", "test")
    >>> party = encode("柯桥区区长周立平率队到马边县,捐赠资金", 0, 19, [home, officer, there])
    >>> leads_away(party, party.slots[0]), leads_away(party, party.slots[2])
    (True, False)
    """
    match = _part("led").match(sentence.text, slot.position + 1)
    there = sentence.within(*match.span("there")) if match else []
    return bool(there) and not any(a.category == "region" and (a.name.startswith(b.name) or b.name.startswith(a.name))
                                   for a in there[0].mentions for b in slot.mentions)


def _party(sentence: Encoded, start: int, end: int) -> bool:
    """Whether a clause begins with a mere team or party, whose house was named before."""
    slots = sentence.within(start, end)
    told = bool(slots) and is_party(slots[0])
    return bool((_part("party_told") if told else _part("party")).match(sentence.text[start:end]))


def clauses(text: str, place: int) -> list[tuple[int, int]]:
    """The clauses of the part of a sentence that ends at *place*, each as an interval; after a full stop a new part."""
    start = max(text.rfind(stop, 0, place) for stop in STOPS) + 1
    found = []
    for comma in _commas().finditer(text, start, place):
        found.append((start, comma.start()))
        start = comma.end()
    return [*found, (start, place)]


def opens(sentence: Encoded, start: int, end: int) -> bool:
    """Whether a body, a region or somebody whom nobody marked opens a clause as its actor.

    >>> from kg.pipes.slots import encode
    >>> body = Mention(0, 4, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> opens(encode("绿野公司闻讯而动", 0, 8, [body]), 0, 5), opens(encode("着眼长远", 0, 4, ()), 0, 4)
    (True, False)
    """
    return bool(_opened().match(sentence.text, start) or _foreign_opens().match(sentence.text, start, end))


def _opening(text: str) -> Iterator[tuple[int, int]]:
    """The first two clauses of a sentence that may tell who acts, none behind a full stop.

    >>> text = "据介绍,灾情发生后,绿野公司闻讯而动,捐款"
    >>> [text[a:b] for a, b in _opening(text)]
    ['绿野公司闻讯而动', '捐款']
    """
    start = told = 0
    for mark in _marks().finditer(text):
        if mark[0] in STOPS or not _part("aired").fullmatch(text, start, mark.start()):
            yield start, mark.start()
            told += 1
        if told == _TOLD or mark[0] in STOPS:
            return
        start = mark.end()
    yield start, len(text)


@cache
def _commas() -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted(_COMMAS)) + "]")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted(_COMMAS | STOPS)) + "]")


def shown(told: Sequence[Encoded]) -> tuple[Mention, ...]:
    """The house or project that the sentence just before is about: its only one; 这批设备由…捐赠 stands in it.

    >>> from kg.pipes.slots import encode
    >>> school = Mention(1, 5, "organization", "body:民族小学", "民族小学", "test")
    >>> [m.name for m in shown([encode("在民族小学,电脑摆满教室。", 0, 12, [school])])], shown([])
    (['民族小学'], ())
    """
    slots = [slot for slot in told[-1].slots if slot.mentions[0].category in _SHOWN] if told else []
    return slots[0].mentions if len({slot.keys for slot in slots}) == 1 else ()
