"""Which happenings are events of the graph, with the date and the place that the article leaves to the reader."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Final

from spacy.tokens import Doc

from kg.lexicon.gazetteer import gazetteer
from kg.model import Mention
from kg.pipes.annotations import sentences, text_of
from kg.pipes.dates.component import anchor
from kg.pipes.events.glimpses import RECENTLY
from kg.pipes.events.model import JOURNEY, TELLING, Glimpse, Happening
from kg.pipes.events.places import MEETING, Whereabouts, small
from kg.pipes.events.rules import rules

DAY: Final = len("2019-05-21")
AHEAD: Final = 12          # characters behind the words of an event in which it is said where it was
Places = dict[str, tuple[Mention, tuple[int, int]]]
HEADLINE: Final = 3        # sentences in which the date of an event that the headline tells is to be found


class Worth:
    """What an article tells about the days around it, and so which of its happenings are events."""

    def __init__(self, doc: Doc, found: list[Mention], where: Whereabouts) -> None:
        self.doc, self.mentions, self.where = doc, found, where

    def real(self, happening: Happening, main: Happening) -> bool:
        """Fill in what the article leaves to the reader, and say whether it can be an event of the graph.

        *main* is the first happening of the article.
        """
        if happening is main and not happening.date[0]:
            happening.date = self._soon(happening)
        if happening is main and not happening.date[0] and happening.people:
            start = anchor(self.doc)
            happening.date = (f"{start.year}-{start.month:02d}" if start.month else f"{start.year or ''}", "")
        named = self.where.named_within(happening) if happening.places else None
        if happening.kind == MEETING and any(g.hosted for g in happening.glimpses):
            named = None
        if named is not None and all(gazetteer().inside(named.key, key) for key in happening.places):
            happening.places = {named.key: (named, happening.glimpses[0].sentence)}
        if happening is not main and main.kind == JOURNEY and all(g.hosted for g in happening.glimpses):
            happening.places = received(happening.places, main.places)
        if happening.kind != JOURNEY and (self._foreign(happening) or self._of_state(happening)):
            happening.places = {}
        elif not happening.places:
            same = main.kind == JOURNEY or (happening.date == main.date and happening.kind != JOURNEY)
            if happening is not main and same and main.places:
                happening.places = dict(main.places)
            else:
                guessed = self.where.guess(happening)
                if guessed is not None and not (happening.glimpses[0].rule.founds and self._abroad(happening, guessed)):
                    happening.places = {guessed.key: (guessed, happening.glimpses[0].sentence)}
        if happening is not main and not happening.dated and not happening.date[0]:
            happening.date = (main.date[0][:7], "")
        if not happening.people and all(g.rule.local for g in happening.glimpses) and not any(
                small(place) for place, _ in happening.places.values()):
            return False
        seen = happening.date[0] or any(g.fresh for g in happening.glimpses)
        if not happening.people and not (happening.places and seen):
            return False
        gives = bool(happening.places) and happening.kind in (JOURNEY, "donation")
        told = any(self._once(g) and bool(g.places) if g.fresh and g.kind == JOURNEY and not g.day else
                   g.day and (g.places or g.near or g.acted or ((g.placed or gives) and g.name)) and not g.rule.weak
                   for g in happening.glimpses)
        if not happening.people and not told and (
                happening.kind == JOURNEY or all(g.rule.peopled for g in happening.glimpses)):
            return False
        early = happening.glimpses[0].sentence[0] in [s.start for s in sentences(self.doc)[:HEADLINE]]
        sure = early or any(g.fresh for g in happening.glimpses) or (
            len(happening.date[0]) == DAY and (len(happening.name) > TELLING or happening is not main))
        whole = any(g.day and g.places and not g.rule.weak for g in happening.glimpses)
        if not happening.people and (not sure or (happening.kind == JOURNEY and not (early or whole))):
            return False
        return self._recent(happening.date[0])

    def _once(self, glimpse: Glimpse) -> bool:
        """Whether nothing before a journey says that several made it, or went on with it for days (连日来,各地纷纷)."""
        return not rules().weigh["lasting"].search(text_of(self.doc), glimpse.sentence[0], glimpse.end)

    def _foreign(self, happening: Happening) -> bool:
        """Whether the words of an event say that it was held abroad: “你好，青石”推介会在韩国首尔举行."""
        text = text_of(self.doc)
        return any(rules().weigh["abroad"].search(text, g.start, min(g.end + AHEAD, g.sentence[1]))
                   for g in happening.glimpses)

    def _of_state(self, happening: Happening) -> bool:
        """Whether a speaker of the state meets the press: the regions that he speaks of tell no place."""
        text = text_of(self.doc)
        return any(rules().weigh["press"].search(g.name or g.words) and not (g.placed or g.near)
                   and rules().weigh["state"].search(text, *g.sentence) for g in happening.glimpses)

    def _abroad(self, happening: Happening, guessed: Mention) -> bool:
        """Whether the sentence in which people took part in something names a place apart from the *guessed* one."""
        first, last = happening.glimpses[0].sentence
        inside = gazetteer().inside
        return any(m.category == "region" and first <= m.start < last and small(m) and m.key != guessed.key
                   and not inside(m.key, guessed.key) and not inside(guessed.key, m.key) for m in self.mentions)

    def _soon(self, happening: Happening) -> tuple[str, str]:
        """The date that the sentences behind a headline tell."""
        first = happening.glimpses[0].sentence
        near = [s for s in sentences(self.doc) if s.start >= first[0]][:HEADLINE]
        told = [m for m in self.mentions if m.category == "date" and near and m.start < near[-1].end
                and first[0] <= m.start and m.attrs["mode"] == "point"
                and (m.attrs["precision"] == "day" or m.rule == RECENTLY)]
        return (str(told[0].attrs["start"]), str(told[0].attrs["end"])) if told else ("", "")

    def _recent(self, iso: str) -> bool:
        start = anchor(self.doc)
        if not iso:
            return True
        if not start.year:
            days = [m for m in self.mentions if m.category == "date" and m.attrs["mode"] == "point"]
            return iso[:4] >= max((str(m.attrs["start"])[:4] for m in days), default="")
        if not start.day:
            return True
        oldest = (date(start.year, start.month, start.day) - timedelta(days=rules().limits["past"])).isoformat()
        return oldest[: len(iso)] <= iso <= self.latest

    @cached_property
    def latest(self) -> str:
        """The day after which no event lies."""
        start = anchor(self.doc)
        if not start.day:
            return "9999"
        limit = (date(start.year, start.month, start.day) + timedelta(days=rules().limits["ahead"])).isoformat()
        return max([limit, *(str(m.attrs["start"]) for m in self.mentions if m.category == "date"
                             and m.attrs["mode"] == "dateline" and m.attrs["precision"] == "day")])


def received(places: Places, reached: Places) -> Places:
    """Of the regions that hold a meeting together those that its travellers have *reached*, all where none is.

    >>> tang, chaoyang = (Mention(0, 2, "region", f"region:{code}", "", "test") for code in ("130627", "110105"))
    >>> both, there = {m.key: (m, (0, 9)) for m in (tang, chaoyang)}, {tang.key: (tang, (0, 9))}
    >>> list(received(both, there)), len(received(both, {}))
    (['region:130627'], 2)
    """
    inside = gazetteer().inside
    there = {key: told for key, told in places.items()
             if any(key == place or inside(key, place) or inside(place, key) for place in reached)}
    return there or places
