"""Who is meant where a clause leaves out one end of a relation (zero anaphora): 随后向赤城县捐款, and who gives?

A rule that matches one end alone names with `carry` (for its head) or `carry_tail` (for its tail) where the other one
is looked for. `ANTECEDENTS` has a function for every such word; each is shown the gap and what the article has told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.lexicon import table
from kg.pipes.annotations import text_of
from kg.pipes.names.pairs import focus
from kg.pipes.relations.discourse import NEAR, Discourse, Mentions
from kg.pipes.relations.doers import doers, visitors
from kg.pipes.relations.meant import meant
from kg.pipes.relations.references import leader_at, pair_of, stricken_at
from kg.pipes.relations.shares import receivers
from kg.pipes.relations.subjects import agent, district, in_charge, narrowed, opened_by, shown, went_to
from kg.pipes.slots import PAUSES, STOPS, Encoded

_BODIES: Final = frozenset({"enterprise", "organization"})
_GIVERS: Final = frozenset({"enterprise", "organization", "official", "person"})
_FAR: Final = 500  # characters back in which a sentence without an actor looks for the actor of before


@dataclass(slots=True)  # nothing changes it, but to freeze it takes longer than to fill it
class Gap:
    """An end that is left out: of which relation, of which categories, and where in its sentence the match begins.

    `other` is the end that the match names, () where it names none; `words` are those that stand for the one left out,
    "" where none do: the 藏 of 援藏干部, the 招聘会 of 此次招聘会.
    """

    relation: str
    categories: frozenset[str]
    sentence: Encoded
    place: int
    other: Mentions = ()
    words: str = ""


def _leader(gap: Gap, told: Discourse) -> Mentions:
    """Who leads the visiting party: 甲率队赴乙县考察。在职教中心,实地察看了项目进展."""
    return told.of(leader_at(told.doc, gap.sentence.start))


def _visitor(gap: Gap, told: Discourse) -> Mentions:
    """The people who open the clause or one before it: 书记甲顶着烈日,到县医院慰问."""
    return visitors(gap.sentence, gap.place)


def _doer(gap: Gap, told: Discourse) -> Mentions:
    """Whoever opens the clause or one before it: 甲公司闻汛而动,组建志愿队,慰问石桥镇群众."""
    return doers(gap.sentence, gap.place, gap.categories) or ()


def _crew(gap: Gap, told: Discourse) -> Mentions:
    """The same for what its people do, and where nobody opens a clause the agent.

    >>> from spacy import blank
    >>> from kg.model import Mention
    >>> from kg.pipes.slots import encode
    >>> text = "绿野公司的志愿者到石桥镇义诊。随后,到赤城县义诊。"
    >>> firm = Mention(0, 4, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> told, houses = Discourse(blank("zh")(text), [firm], []), frozenset({"enterprise"})
    >>> first, then = encode(text, 0, 15, [firm]), encode(text, 15, 25, [])
    >>> [m.name for m in _crew(Gap("supports", houses, first, first.text.index("到")), told)]
    ['绿野公司']
    >>> _doer(Gap("supports", houses, first, first.text.index("到")), told)
    ()
    >>> told.end(encode("绿野公司热心公益。", 0, 9, [firm]))
    >>> [m.name for m in _crew(Gap("supports", houses, then, then.text.index("到")), told)]
    ['绿野公司']
    """
    who = doers(gap.sentence, gap.place, gap.categories, crew=True)
    return _agent(gap, told) if who is None else who


def _agent(gap: Gap, told: Discourse) -> Mentions:
    """Whoever opened the clause, the sentence or one before it, else the body that the article is about.

    >>> from spacy import blank
    >>> from kg.model import Mention
    >>> from kg.pipes.slots import encode
    >>> text = "绿野公司闻讯而动。随后,向赤城县捐款。"
    >>> firm = Mention(0, 4, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> told, then = Discourse(blank("zh")(text), [firm], []), encode(text, 9, 19, [])
    >>> told.end(encode(text, 0, 9, [firm]))
    >>> [m.name for m in _agent(Gap("supports", frozenset({"enterprise"}), then, then.text.index("向")), told)]
    ['绿野公司']
    """
    sentence, place = gap.sentence, gap.place
    actors = (who for one in told.back(sentence, _FAR) if (who := opened_by(one)) is not None)
    who = agent(sentence, place, gap.categories, narrowed(sentence, place, next(actors, ())))
    return who or in_charge(sentence, place, told.chief(), told.read)


def _last(gap: Gap, told: Discourse) -> Mentions:
    """The heads of the statement before: 甲公司与乙公司签约。5月,与丙公司签署协议."""
    return told.heads(gap.relation)


def _subject(gap: Gap, told: Discourse) -> Mentions:
    """The last before the match that begins a clause of the same part of the sentence.

    >>> from spacy import blank
    >>> from kg.model import Mention
    >>> from kg.pipes.slots import encode
    >>> text = "绿野公司立足本地,投资建厂;投资修路"
    >>> sentence = encode(text, 0, 18, [Mention(0, 4, "enterprise", "body:绿野公司", "绿野公司", "test")])
    >>> places = [sentence.text.index(words) for words in ("投资建厂", "投资修路")]
    >>> told = Discourse(blank("zh")(text), [], [])
    >>> [len(_subject(Gap("invests_in", frozenset({"enterprise"}), sentence, at), told)) for at in places]
    [1, 0]
    """
    sentence, place = gap.sentence, gap.place
    slots = [s for s in sentence.slots if s.position < place and s.mentions[0].category in gap.categories
             and (s.position == 0 or sentence.text[s.position - 1] in PAUSES)]
    near = [s for s in slots if not STOPS.intersection(sentence.text[s.position : place])]
    return near[-1].mentions if near else ()


def _focus(gap: Gap, told: Discourse) -> Mentions:
    """The body that the sentences before are about: 甲公司抓实廉洁教育。近日,与安检站开展共建活动."""
    return tuple(m for m in told.subject if m.category in _BODIES)


def _giver(gap: Gap, told: Discourse) -> Mentions:
    """Who helps, of the pair told last: 甲区与乙县结对。今年投入资金…"""
    pair = told.pairs.last()
    return () if pair is None else pair[:1]


def _taker(gap: Gap, told: Discourse) -> Mentions:
    """Who is helped by the heads that are named, else of the pair told last.

    >>> from spacy import blank
    >>> from kg.model import Mention
    >>> from kg.pipes.slots import encode
    >>> one = Mention(0, 3, "region", "region:370214", "山东省青岛市城阳区", "test")
    >>> other = Mention(4, 7, "region", "region:621122", "甘肃省定西市陇西县", "test")
    >>> told = Discourse(blank("zh")("城阳区与陇西县结对。"), [one, other], [])
    >>> told.pairs.add(one, other, named=True)
    >>> gap = Gap("supports", frozenset({"region"}), encode("今年投入资金2亿元。", 0, 10, []), 2)
    >>> [m.name for m in (*_giver(gap, told), *_taker(gap, told))]
    ['山东省青岛市城阳区', '甘肃省定西市陇西县']
    """
    if gap.other:
        return told.pairs.taker(gap.other)
    pair = told.pairs.last()
    return () if pair is None else pair[1]


def _same(gap: Gap, told: Discourse) -> Mentions:
    """Whom the sentence itself names as receiver, else the one of the gift before, else where a disaster struck.

    >>> from spacy import blank
    >>> from kg.model import Mention
    >>> from kg.pipes.slots import encode
    >>> text = "绿野公司向赤城县捐款。石桥公司捐款5万元。"
    >>> county = Mention(5, 8, "region", "region:130732", "河北省张家口市赤城县", "test")
    >>> told, first, then = Discourse(blank("zh")(text), [], []), encode(text, 0, 11, []), encode(text, 11, 21, [])
    >>> told.received("supports", first, (county,))
    >>> [m.name for m in _same(Gap("supports", frozenset({"region"}), then, 4), told)]
    ['河北省张家口市赤城县']
    """
    own = receivers(gap.sentence, gap.place)
    start, tails = told.receivers(gap.relation)
    if own:
        return own
    return tails if gap.sentence.start - start < NEAR else _stricken(gap, told)


def _gave(gap: Gap, told: Discourse) -> Mentions:
    """The givers told last, where no other body or person begins a clause before the match.

    >>> from spacy import blank
    >>> from kg.model import Mention
    >>> from kg.pipes.slots import encode
    >>> text = "绿野公司捐款。另外,向赤城县捐赠图书。石桥公司行动,捐赠图书。"
    >>> firm = Mention(0, 4, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> other = Mention(19, 23, "enterprise", "body:石桥公司", "石桥公司", "test")
    >>> told, houses = Discourse(blank("zh")(text), [firm, other], []), frozenset({"enterprise"})
    >>> told.gave(encode(text, 0, 7, [firm]), (firm,))
    >>> [m.name for m in _gave(Gap("supports", houses, encode(text, 7, 19, []), 3), told)]
    ['绿野公司']
    >>> _gave(Gap("supports", houses, encode(text, 19, 31, [other]), 4), told)
    ()
    """
    start, givers = told.givers()
    others = start != gap.sentence.start and _acts(gap.sentence, gap.place)
    return givers if gap.sentence.start - start < NEAR and not others else ()


def _acts(sentence: Encoded, place: int) -> bool:
    """Whether somebody begins a clause of *sentence* before *place*: what is given there is his."""
    return any(slot.position < place and slot.mentions[0].category in _GIVERS
               and (slot.position == 0 or sentence.text[slot.position - 1] in PAUSES) for slot in sentence.slots)


def _stricken(gap: Gap, told: Discourse) -> Mentions:
    """The region that a disaster has struck: 赤城县遭遇暴雨。…甲公司火速捐款."""
    return told.of(stricken_at(told.doc, gap.sentence.start))


def _topic(gap: Gap, told: Discourse) -> Mentions:
    """The region that somebody went to, in this sentence or one before, else where a disaster struck.

    >>> from spacy import blank
    >>> from kg.model import Mention
    >>> from kg.pipes.slots import encode
    >>> text = "志愿者来到石桥村。绿野公司捐赠图书。"
    >>> village = Mention(5, 8, "region", "region:石桥村", "石桥村", "test")
    >>> told, then = Discourse(blank("zh")(text), [village], []), encode(text, 9, 18, [])
    >>> told.end(encode(text, 0, 9, [village]))
    >>> [m.name for m in _topic(Gap("supports", frozenset({"region"}), then, 4), told)]
    ['石桥村']
    """
    before = (there for one in told.back(gap.sentence, NEAR) if (there := went_to(one, len(one.text))) is not None)
    known = went_to(gap.sentence, gap.place) or next(before, None)
    return known[1] if known else _stricken(gap, told)


def _shown(gap: Gap, told: Discourse) -> Mentions:
    """The house or project that the sentence just before is about: 民族小学里电脑摆满教室。这批设备由…捐赠."""
    return shown(told.read[-1:])


def _district(gap: Gap, told: Discourse) -> Mentions:
    """The region told last, for a mere 辖区: 石桥街道走访辖区企业."""
    return district(gap.sentence, gap.place, reversed(told.read))


def _project(gap: Gap, told: Discourse) -> Mentions:
    """The project that its kind alone stands for: “云谷展”开幕。此次展览由甲公司承办.

    >>> from spacy import blank
    >>> from kg.model import Mention
    >>> from kg.pipes.slots import encode
    >>> text = "“云谷书画展”开幕。此次书画展由绿野公司承办。"
    >>> show = Mention(1, 6, "project", "project:云谷书画展", "云谷书画展", "test")
    >>> told, then = Discourse(blank("zh")(text), [show], []), encode(text, 10, 23, [])
    >>> told.end(encode(text, 0, 10, [show]))
    >>> [m.name for m in _project(Gap("undertakes", frozenset({"project"}), then, 0, words="书画展"), told)]
    ['云谷书画展']
    """
    key = meant(gap.words, gap.sentence.start, told.projects, text_of(told.doc))
    return told.of((key,)) if key else ()


def _short(gap: Gap, told: Discourse) -> Mentions:
    """The region of a province that its one character means, the one that the article speaks of most: 援藏干部."""
    taker = focus(table("relations/paired_with")["shorts"].get(gap.words, ""), told.found)
    return (taker,) if taker else ()


def _other(gap: Gap, told: Discourse) -> Mentions:
    """The regions of the pair that the article speaks of: 自2016年与海淀区建立帮扶关系以来."""
    return told.of(pair_of(told.doc))


def _nobody(gap: Gap, told: Discourse) -> Mentions:
    """Nobody: the rule states nothing, but its other end is remembered: 物资送抵赤城县, and later gifts go there."""
    return ()


ANTECEDENTS: Final[dict[str, Callable[[Gap, Discourse], Mentions]]] = {
    "leader": _leader,
    "visitor": _visitor,
    "doer": _doer,
    "crew": _crew,
    "agent": _agent,
    "last": _last,
    "subject": _subject,
    "focus": _focus,
    "giver": _giver,
    "taker": _taker,
    "same": _same,
    "gave": _gave,
    "stricken": _stricken,
    "topic": _topic,
    "shown": _shown,
    "district": _district,
    "project": _project,
    "short": _short,
    "other": _other,
    "nobody": _nobody,
}
