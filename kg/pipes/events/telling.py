"""How an event leaves the component: its mentions, its readable name, and the claims about people and places."""

from __future__ import annotations

from typing import Final

from kg.lexicon.gazetteer import gazetteer
from kg.model import Claim, Mention, Value
from kg.pipes.events.model import JOURNEY, Happening
from kg.pipes.events.places import VISITOR
from kg.pipes.events.rules import rules

HOST: Final = "host"
SPEAKER: Final = "speaker"
ANNOUNCED: Final = 400     # characters before an event without a name in which the article has named it


def emit(key: str, happening: Happening, text: str) -> tuple[list[Mention], list[Claim]]:
    """The mentions of an event in the article *text*, and the claims about who was there and where it was."""
    kind = _kind(happening)
    attrs: dict[str, Value] = {"kind": kind}
    if happening.date[0]:
        attrs["start_date"] = happening.date[0]
        if happening.date[1]:
            attrs["end_date"] = happening.date[1]
    title = _title(happening, kind, text)
    marks: dict[tuple[int, int], Mention] = {}
    for glimpse in happening.glimpses:
        named = glimpse.name_span[1] - glimpse.name_span[0] > 3
        span = glimpse.name_span if named else (glimpse.start, glimpse.end)
        marks.setdefault(span, Mention(*span, "event", key, title, glimpse.rule.id, surface=named, attrs=attrs))
    first = happening.glimpses[0]
    received = any(role == VISITOR for _, role, _ in happening.people.values())
    claims = [
        Claim("attended", person.key, key, *sentence, first.rule.id, date=happening.date[0],
              head_span=_span(person, sentence), attrs={"role": told} if told else {})
        for person, role, sentence in happening.people.values()
        for told in [role if role != HOST else _told(received, text[person.end : sentence[1]])]]
    claims += [
        Claim("located_in", key, place.key, *sentence, first.rule.id, date=happening.date[0],
              tail_span=_span(place, sentence))
        for place, sentence in happening.places.values()]
    return list(marks.values()), claims


def _told(received: bool, after: str) -> str:
    """The role of somebody who is only told to have been there, by what follows his name; "" where nothing tells it.

    县长王强出席 a meeting makes him no host of it; 主持 does, and so do guests that it *received*. 出席并讲话 tells of
    a speaker.
    """
    weigh = rules().weigh
    if received or weigh["hosting"].match(after):
        return HOST
    return SPEAKER if weigh["speaking"].match(after) else ""


def _span(mention: Mention, sentence: tuple[int, int]) -> tuple[int, int]:
    return (mention.start, mention.end) if sentence[0] <= mention.start < sentence[1] else (0, 0)


def _kind(happening: Happening) -> str:
    """A journey is a visit where it meets or exchanges, or those who made it hold their posts elsewhere, an inspection
    where it looks at work, else a visit."""
    if happening.kind != JOURNEY:
        return happening.kind
    if happening.away:
        return "visit"
    weigh = rules().weigh
    for words in (happening.glimpses[0].words, "".join(g.words for g in happening.glimpses)):
        if weigh["visit"].search(words):
            return "visit"
        if weigh["inspection"].search(words):
            return "inspection"
    return "visit"


def _call(happening: Happening) -> str:
    """The shape of the title of a visit that is a call (看望慰问, 走访) and no journey to another place, else ""."""
    words, weigh = "".join(g.words for g in happening.glimpses), rules().weigh
    return "" if weigh["visit"].search(words) else next((s for s in ("call", "round") if weigh[s].search(words)), "")


def _title(happening: Happening, kind: str, text: str) -> str:
    """The printed name where it tells something, else who did what where."""
    name = shown(happening.name)
    if len(name) <= 3:
        people = happening.people.values()
        who = next((m.name for m, role, _ in people if role != VISITOR or happening.kind == JOURNEY),
                   next((m.name for m, _, _ in people), ""))
        guest = next((m.name for m, role, _ in people if role == VISITOR), "")
        where = "、".join(_short(m) for m, _ in list(happening.places.values())[:2])
        received = any(g.rule.id == "received" for g in happening.glimpses)
        met = "met" if guest else "alone"
        shape = met if received and who else "nowhere" if happening.kind == JOURNEY and not where else kind
        shape = _call(happening) or shape if shape == "visit" else shape
        noun = _noun(happening) if shape == "meeting" else ""
        told = _billed(happening, text) if shape == "ceremony" else ""
        office = any(m.category == "official" for m, _, _ in people) or not happening.people
        name = told or (f"{where if office else ''}{noun}" if noun else
                        rules().titles[shape].format(who=who, other=guest, place=where))
    return f"{happening.date[0]} {name}".strip()


def shown(name: str) -> str:
    """A printed name without what happened to it; empty where it only tells who did something.

    >>> shown("青石县首个调解室在石桥镇正式揭牌")
    '青石县首个调解室揭牌'
    >>> shown("唐县丰收节在青石广场隆重开幕"), shown("唐县丰收节开幕式"), shown("唐县妇联、唐县教育局联合启动")
    ('唐县丰收节', '唐县丰收节开幕式', '')
    >>> shown("唐县农民丰收节今天正式开幕")
    '唐县农民丰收节'
    >>> shown("唐县妇联、唐县教育局联合启动“青石相依”活动"), shown("唐县气象站（以下简称“气象站”）揭牌仪式")
    ('“青石相依”活动', '唐县气象站揭牌仪式')
    >>> shown("走访慰问"), shown("研究部署防汛救灾工作"), shown("走访慰问活动")
    ('', '', '走访慰问活动')
    >>> shown("捐款300万元人民币"), shown("送上了一堂安全课"), shown("捐赠仪式")
    ('', '', '捐赠仪式')
    """
    if rules().weigh["deed"].match(name):
        return ""
    name = rules().weigh["aside"].sub("", name)
    joint = rules().weigh["joint"].match(name)
    name = joint["name"] if joint else name
    told = rules().weigh["clause"].match(name)
    founded = None if told else rules().weigh["founded"].match(name)
    return told["name"] if told else founded["name"] + founded["verb"] if founded else name


def _billed(happening: Happening, text: str) -> str:
    """The name under which an article announces what its other sentences call 活动; "" where it names none."""
    first, last = happening.glimpses[0].sentence
    told = [m["name"] for m in rules().weigh["billed"].finditer(text, max(0, first - ANNOUNCED), last)]
    names = [name for name in told if not rules().weigh["ahead"].search(name)]
    return names[-1] if names else ""


def _noun(happening: Happening) -> str:
    """What the article calls a meeting without a name of its own: 新闻发布会, 会商会."""
    found = [m[0] for g in happening.glimpses for m in [rules().weigh["noun"].search(g.words)] if m]
    return found[0] if found else ""


def _short(mention: Mention) -> str:
    """A region's last name: 唐县 of 河北省保定市唐县."""
    return gazetteer().own_name(mention.key) or mention.name
