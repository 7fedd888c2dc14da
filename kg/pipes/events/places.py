"""Where an event was, as far as the text leaves it to the reader: the seat of a body, of a host, of the report."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc

from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.annotations import claims, text_of
from kg.pipes.events.model import JOURNEY, Happening
from kg.pipes.events.rules import regions, rules
from kg.pipes.names.places import college
from kg.pipes.regions.home import published_by
from kg.pipes.slots import LETTERS, Slot

HOUSES: Final = (LETTERS["enterprise"], LETTERS["organization"], LETTERS["project"])    # lie where their name says
MEETING = "meeting"
VISITOR: Final = "visitor"
AHEAD: Final = 40    # characters behind a verb of looking in which what is looked at begins
LEARNT: Final = 40    # characters from an event on in which a reporter may be said to have learnt something there
GIVING: Final = ("signing", "donation")


def small(place: Mention) -> bool:
    """Whether a region is small enough to tell where something was: no province but the cities that are one."""
    return rules().weigh["small"].search(place.name) is not None


def telling(place: Mention) -> bool:
    """Whether a place says more closely where a journey through a province went: a prefecture or a county."""
    return small(place) and gazetteer().level(place.key) in ("prefecture", "county")


def widest(places: Iterable[Mention]) -> tuple[Mention, ...]:
    """Places without those that lie in another of them (仁居镇、黄畲村 -> 仁居镇)."""
    inside, found = gazetteer().inside, list(places)
    return tuple(p for p in found if not any(inside(p.key, q.key) for q in found))


def apart(places: list[Mention]) -> list[Mention]:
    """Places without those that stand right behind another that does not hold them (北京 in 北京台湾会馆)."""
    inside = gazetteer().inside
    return [p for i, p in enumerate(places) if not i or p.start != places[i - 1].end
            or inside(p.key, places[i - 1].key)]


def chained(found: list[Mention]) -> Mention:
    """The last of the regions that stand one behind another from the first on, each in the one before (唐县仁居镇)."""
    last, *rest = found
    for place in rest:
        if place.start != last.end or not gazetteer().inside(place.key, last.key):
            break
        last = place
    return last


class Whereabouts:
    """What one article tells about where its people and bodies are at home."""

    def __init__(self, doc: Doc, found: list[Mention], home: str) -> None:
        self.doc, self.mentions, self.home = doc, found, home

    @cached_property
    def published(self) -> bool:
        """Whether a publisher of a region has printed the article."""
        return bool(published_by(self.doc))

    @cached_property
    def regions(self) -> dict[str, Mention]:
        """Of each region the first place where it is named."""
        return {m.key: m for m in reversed(self.mentions) if m.category == "region"}

    @cached_property
    def told(self) -> list[Mention]:
        """The regions but those that have built something elsewhere, which are no place of what happens there."""
        text, maker = text_of(self.doc), rules().weigh["maker"]
        return [m for m in self.mentions if m.category == "region" and not maker.match(text, m.end)]

    @cached_property
    def seats(self) -> dict[str, str]:
        """Of bodies and projects the region where the text says they lie."""
        return {c.head: c.tail for c in reversed(claims(self.doc))
                if c.relation == "located_in" and c.tail in self.regions}

    @cached_property
    def posts(self) -> dict[str, list[Mention]]:
        """Of people the regions of their posts; those of a company travel."""
        firms = {m.key for m in self.mentions if m.category == "enterprise"}
        found: dict[str, list[Mention]] = {}
        for claim in claims(self.doc):
            if claim.relation == "holds_post" and not claim.attrs.get("former") and claim.tail not in firms:
                seat = self.regions.get(claim.tail) or self.regions.get(self._seat(claim.tail))
                if seat is not None:
                    found.setdefault(claim.head, []).append(seat)
        return found

    def _seat(self, body: str) -> str:
        """The region of a body: where the text says it lies, or the one that heads its name."""
        if body in self.seats:
            return self.seats[body]
        spans = [(m.start, m.end) for m in self.mentions if m.key == body and not college(m.name)]
        return next((r.key for a, b in spans for r in self.mentions
                     if r.category == "region" and a == r.start and r.end < b), "")

    def lodged(self, slots: list[Slot]) -> list[Mention]:
        """The regions at the head of the names of bodies and projects (唐县 of 唐县第二小学), home left out."""
        inside, found = gazetteer().inside, []
        for slot in slots:
            if slot.letter in HOUSES:
                heads = [m for m in self.mentions
                         if m.category == "region" and slot.start <= m.start < m.end < slot.end]
                found += [m for m in apart(heads)[-1:] if m.key != self.home and not inside(self.home, m.key)]
        return regions(found)

    def guess(self, happening: Happening) -> Mention | None:
        """Where an event was of which no place is told: at home, or where its host holds his post."""
        inside = gazetteer().inside
        first = happening.glimpses[0].sentence
        if rules().weigh["learn"].search(text_of(self.doc)[happening.glimpses[0].start : first[1]][:LEARNT]):
            first = first[0], happening.glimpses[0].end  # what was learnt there tells of other places
            if not self.published and not any(m.category == "region" and first[0] <= m.start < first[1]
                                              for m in self.mentions):
                return next(iter(self._posts(happening, guests=False)), None)
        here = self.regions.get(self.home)
        seat = self._sits(happening)
        if seat is not None:
            return seat
        if self._national(happening):
            return None
        press = self._press(happening) if happening.kind == MEETING else self._built(first)
        if press is not None:
            return press
        if here is not None and happening.kind == JOURNEY and (away := self._away(happening, here)) is not None:
            return away
        hosts = self._posts(happening, guests=False)
        host = hosts[0] if hosts else None
        if here is None or not small(here):
            two = happening.kind == GIVING[0] and happening.people      # who sign come from two places
            told = host or (here if self._own(first) else None) or (None if two else self._named(first, here))
            return told or next(iter(self._posts(happening, guests=happening.kind == JOURNEY)), None)
        if host is not None and inside(host.key, here.key):
            return host
        named = self.named_within(happening)
        if named is not None:
            return named
        if happening.kind in GIVING and not self._near(happening, host):
            return None
        if happening.kind == JOURNEY and host is None:
            seats = [m for m in self._posts(happening, guests=True)[:1] if inside(m.key, here.key)]
            if seats:
                return seats[0]
        near = [m for m in hosts if m.key == here.key or inside(m.key, here.key)
                or (inside(here.key, m.key) and happening.kind != MEETING)]
        if host is not None and not near:
            return host
        received = any(g.rule.received for g in happening.glimpses)
        if host is not None and ((received and host not in near) or len(hosts) > 2 * len(near)):
            return host
        if near or self._known(happening):
            return self._acting(happening) or here
        return self._named(first) or (None if happening.people and happening.kind != JOURNEY else here)

    def _away(self, happening: Happening, here: Mention) -> Mention | None:
        """What somebody of the home region looks at elsewhere: 历城区委书记甲某一行考察了|武隆区仙女山街道甲村."""
        if here not in self._posts(happening, guests=True):
            return None
        inside = gazetteer().inside
        for glimpse in happening.glimpses:
            behind = [m for m in self.told if glimpse.end <= m.start < min(glimpse.end + AHEAD, glimpse.sentence[1])]
            first = behind[:1] + [b for a, b in pairwise(behind) if a.end == b.start]
            if first and not any(m.key == here.key or inside(m.key, here.key) or inside(here.key, m.key)
                                 for m in first):
                return chained(first)
        return None

    def _sits(self, happening: Happening) -> Mention | None:
        """The region whose body meets, as the printed name tells (唐县第九届人大二次会议, 全省推进会)."""
        text, inside = text_of(self.doc), gazetteer().inside
        for glimpse in happening.glimpses:
            first, last = glimpse.name_span
            named = [m for m in self.mentions if m.category == "region" and first <= m.start < m.end <= last]
            if named and named[0].start == first and (
                    rules().weigh["sits"].match(text[named[0].end : last])
                    or not (named[0].surface or any(inside(m.key, named[0].key) for m in named))):
                return named[0]
        return None

    def _press(self, happening: Happening) -> Mention | None:
        """The region of the body right before the words that it meets the press (湖南省公安厅召开发布会)."""
        text = text_of(self.doc)
        for glimpse in happening.glimpses:
            bodies = [m for m in self.mentions if m.category == "organization" and glimpse.sentence[0] <= m.start
                      and m.end <= glimpse.start + 2]
            if not rules().weigh["press"].search(text[glimpse.start : glimpse.end]):
                continue
            if bodies and not rules().weigh["parts"].search(text[bodies[-1].end : glimpse.start]):
                seat = self.regions.get(self._seat(bodies[-1].key))
                if seat is not None:
                    return seat
        return None

    def _national(self, happening: Happening) -> bool:
        """Whether a body of the nation meets in a sentence that names no place (应急管理部召开会议)."""
        glimpse = happening.glimpses[0]
        begin, end = glimpse.sentence
        if happening.kind != MEETING or not rules().weigh["ministry"].search(text_of(self.doc)[begin : glimpse.start]):
            return False
        return not any(m.category == "region" and m.surface and begin <= m.start < end for m in self.mentions)

    def _built(self, sentence: tuple[int, int]) -> Mention | None:
        """The region in which something opens that the sentence says another region has built there."""
        makers = [m for m in self.mentions if m.category == "region" and sentence[0] <= m.start < sentence[1]
                  and m not in self.told]
        return self._named(sentence) if makers else None

    def named_within(self, happening: Happening) -> Mention | None:
        """A region inside the home region that a printed name tells (北店头乡敬老院揭牌仪式): the end of its chain."""
        inside = gazetteer().inside
        for first, last in (g.name_span for g in happening.glimpses if g.name and g.rule.kind != JOURNEY):
            named = [m for m in self.mentions if m.category == "region" and first <= m.start < m.end <= last
                     and inside(m.key, self.home)]
            if named:
                return chained(named)
        return None

    def _acting(self, happening: Happening) -> Mention | None:
        """The one region inside the home region that the sentence of an event names before it, where nobody travels."""
        glimpse, inside = happening.glimpses[0], gazetteer().inside
        if glimpse.rule.received or (happening.kind == JOURNEY and happening.people):
            return None
        named = [m for m in self.told if inside(m.key, self.home)
                 and m.key != self.home and glimpse.sentence[0] <= m.start < glimpse.end]
        if not named:
            return self._house(glimpse.sentence[0], glimpse.end)
        last = chained(named)
        return last if all(m.key == last.key or inside(last.key, m.key) for m in named) else None

    def _house(self, start: int, end: int) -> Mention | None:
        """The region inside the home region in which the first body of a sentence lies (青石街道总工会开展活动)."""
        bodies = [m for m in self.mentions if m.category == "organization" and start <= m.start < end]
        seat = self.regions.get(self._seat(bodies[0].key)) if bodies else None
        return seat if seat is not None and gazetteer().inside(seat.key, self.home) else None

    def _posts(self, happening: Happening, guests: bool) -> list[Mention]:
        """The regions of the posts of those who were there, the home region first; of *guests* too, where asked."""
        keys = [key for key, (_, role, _) in happening.people.items()
                if key in self.posts and (guests or role != VISITOR)]
        return [next((m for m in self.posts[key] if m.key == self.home), self.posts[key][0]) for key in keys]

    def _known(self, happening: Happening) -> bool:
        """Whether the report is of the home region: by its publisher, or the event's sentences speak of the region."""
        if self.published:
            return True
        inside = gazetteer().inside
        named = [m.key for g in happening.glimpses for m in self.mentions
                 if m.category == "region" and g.sentence[0] <= m.start < g.sentence[1]]
        return any(key == self.home or inside(key, self.home) or inside(self.home, key) for key in named)

    def _own(self, sentence: tuple[int, int]) -> bool:
        """Whether a sentence speaks of bodies of the home province by their level alone (省政协召开会议)."""
        return rules().weigh["own"].search(text_of(self.doc)[sentence[0] : sentence[1]]) is not None

    def _named(self, sentence: tuple[int, int], home: Mention | None = None) -> Mention | None:
        """The first small region (or home) that a sentence names, at the end of its chain (石家庄市新华区)."""
        named = [m for m in self.told if sentence[0] <= m.start < sentence[1]]
        first = next((m for m in named if small(m) or (home is not None and m.key == home.key)), None)
        if first is None:
            return None
        chain = [m for m in named if m.start >= first.end and gazetteer().inside(m.key, first.key)]
        return chain[0] if chain and chain[0].start == first.end else first

    def _near(self, happening: Happening, host: Mention | None) -> bool:
        """Whether those who sign or give something are of the home region, or hold a rite there."""
        inside = gazetteer().inside
        if happening.kind == GIVING[0] and (host is not None or happening.people):
            return host is not None and host.key == self.home
        if happening.people:
            return True
        return any(m.category == "region" and (m.key == self.home or inside(m.key, self.home))
                   for g in happening.glimpses for m in self.mentions if g.sentence[0] <= m.start < g.sentence[1])
