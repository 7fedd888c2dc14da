"""Bodies that no table holds and that only a title shows: 国家青石管理局|副局长甲某, 青石周刊|创办人乙某."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.names import names
from kg.model import Mention
from kg.pipes.annotations import mentions, text_of
from kg.pipes.names.context import Context
from kg.pipes.names.generic import generic, own, rare
from kg.pipes.people.left import once

SCORE = 0.7
PERSON = 4.0  # log odds of a person's name at the end of what might be a company's
KNOWN = 3  # times a name of common words stands in an article about its company
WEAK = 2  # characters of no common word in the name of a body before a weak rank


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...], re.Pattern[str], tuple[str, ...]]:
    lists = table("posts")["shown"]
    return tuple(lists["ends"]), tuple(lists["not_ends"]), re.compile(lists["not_in"]), tuple(lists["nation"])


class Shown:
    """Finds the body that stands before a title in one document; the borders of names are worked out once, if ever."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._context: Context | None = None

    def before(self, end: int, home: Callable[[str], str], weak: bool = False) -> Mention | None:
        """The body whose name ends at *end*; *home* tells the region that a word of level (市, 区委) stands for."""
        ends, not_ends, not_in, nation = _words()
        text = text_of(self.doc)
        if not text.endswith(ends, 0, end) or text.endswith(not_ends, 0, end):
            return None
        if self._context is None:
            self._context = Context.of(self.doc)
        context = self._context
        lists = table("posts")["shown"]
        start = context.begin(0, end)
        start = max(start, text.rfind(lists["link"], start, end) + 1)
        for place in range(start - 1, max(0, end - lists["longest"]) - 1, -1):
            if context.borders.is_mark(place):
                break
            if text.startswith(nation, place) and context.borders.opens(place):
                start = place
                break
        start = self._placed(context, start, end)
        if start not in context.places:
            start += next((len(w) for w in table("posts")["words"]["former"] if text.startswith(w, start)), 0)
            start += text.startswith(lists["former"], start) and once(text, start + 1) and (
                text[start + 1] not in lists["former_not"])
        chain = [m for m in context.chain(start) if m.end < end]
        place = chain[-1].end if chain else start
        name = text[start:end]
        rest = text[place:end]
        nameless = not_in.search(name) or text.endswith(table("organisations")["never"]["before"], 0, start)
        if not 2 <= len(rest) <= lists["longest"] or len(name) < 3 or nameless:
            return None
        if any(start < p < end and not any(m.start == p for m in chain) for p in context.places):
            return None
        full = name
        if chain:
            short = len(rest) < 3 and not rest.endswith(tuple(lists["short_ends"]))
            if rest in table("organisations")["generic"]["plain"] or short:
                return None
            full = gazetteer().name(chain[-1].key) + rest if rest.endswith(tuple(lists["offices"])) else name
        elif name.startswith(nation):
            pass
        else:
            level = next((w for w in lists["levels"] if name.startswith(w)), "")
            level = "" if name.startswith(tuple(lists["not_levels"])) else level
            key = home(level) if level and len(name) > len(level) + 2 else ""
            if not level and name.endswith(tuple(lists["provincial"])):
                key = home(table("posts")["shown"]["levels"][0])
            house = next((w for w in lists["houses"] if name.startswith(w) and name != w), "")
            if key:
                full = gazetteer().name(key) + name[len(level):]
            elif house:
                full = self._of_house(house, name)
            elif not _named(name, weak):
                return None
            if not full:
                return None
        category = "enterprise" if name.endswith(tuple(lists["firms"])) else "organization"
        return Mention(start, end, category, "body:" + full, full, "people.shown", SCORE)

    def _of_house(self, house: str, name: str) -> str:
        """The name of a ward with the one house in the article that is called so in full, or nothing."""
        owners = {m.name for m in mentions(self.doc, "bodies") if m.name.endswith(house) and m.name != house}
        return owners.pop() + name.removeprefix(house) if len(owners) == 1 else ""

    def _placed(self, context: Context, start: int, end: int) -> int:
        """Where the region begins that opens the name, where only its words stand between (唐县国防动员|办公室)."""
        lists = table("posts")["shown"]
        near = [m for m in context.places.values() if end - lists["longest"] <= m.start and m.end <= start]
        region = max(near, key=lambda m: m.start, default=None)
        if region is None or any(context.borders.is_mark(p) for p in range(region.end, end)):
            return start
        words = self.doc_text(region.end, end)
        return start if _words()[2].search(words) or _verbs().search(words) else region.start

    def doc_text(self, start: int, end: int) -> str:
        """The words between two places of the document."""
        return text_of(self.doc)[start:end]

    def company(self, end: int) -> Mention | None:
        """The company whose name ends at *end*, right before the title of one of its executives: 青石机器人|总裁."""
        if self._context is None:
            self._context = Context.of(self.doc)
        context = self._context
        start = context.begin(0, end)
        lists = table("posts")["shown"]
        start += context.text.startswith(lists["former"], start)
        name = context.text[start:end]
        if not 3 <= len(name) <= lists["longest_company"] or name.endswith(tuple(lists["no_company"])):
            return None
        if _words()[2].search(name) or any(start < place < end for place in context.places):
            return None
        if any(names().score(name[-n:]) >= PERSON and name.endswith(_words()[0], 0, len(name) - n) for n in (2, 3)):
            return None  # 养护院楚文勤|董事长: the name stands before the title
        chain = context.chain(start)
        known = context.text.count(name) >= KNOWN
        rest = context.text[chain[-1].end : end] if chain and not known else name
        if generic(name) or not (known or (own(rest) and rare(rest) >= WEAK)):
            return None
        return Mention(start, end, "enterprise", "body:" + name, name, "people.shown", SCORE)


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(table("posts")["shown"]["verbs"])


def _named(name: str, weak: bool) -> bool:
    """Whether a name without a region holds something of its own before its last words.

    >>> _named("青石周刊", False), _named("幼儿园", False), _named("针灸推拿科", False)
    (True, False, False)
    """
    stem = min((name[: -len(end)] for end in _words()[0] if name.endswith(end)), key=len, default="")
    inner = tuple(table("posts")["shown"]["inner"])
    if name.endswith(inner) and not any(end in name[2:-1] for end in _words()[0] if end not in inner):
        return False
    few = WEAK if weak or len(stem) == 1 else 1
    return bool(stem) and own(name) and rare(name) >= few and (len(stem) == 1 or own(stem))
