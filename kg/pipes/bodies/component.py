"""Component kg_bodies: enterprises and organisations, with their short names joined to the full ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.likely import Likely, either
from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.pipes.annotations import mentions, meta, set_mentions, text_of
from kg.pipes.bodies.aiding import aiding, aiding_words
from kg.pipes.bodies.assured import assured
from kg.pipes.bodies.brands import brands, neighbour
from kg.pipes.bodies.brands import finders as brand_finders
from kg.pipes.bodies.cited import acting
from kg.pipes.bodies.departments import Department, departments, full_name, open_offices, open_pattern
from kg.pipes.bodies.find import Found, names
from kg.pipes.bodies.heads import another
from kg.pipes.bodies.join import join
from kg.pipes.bodies.leveled import leveled
from kg.pipes.bodies.listed import finders as list_finders
from kg.pipes.bodies.listed import foreign, listed, stocks
from kg.pipes.bodies.parted import parted
from kg.pipes.bodies.party import committee_words, committees
from kg.pipes.bodies.rows import after_pattern, named_after, rows
from kg.pipes.bodies.titled import in_list, in_row
from kg.pipes.bodies.units import campus, units
from kg.pipes.bodies.voted import voted_bodies
from kg.pipes.bodies.whose import named_before
from kg.pipes.names.context import Context
from kg.pipes.names.evidence import sound
from kg.pipes.names.generic import rare, whole
from kg.pipes.names.known import known, owned
from kg.pipes.names.trimmed import trimmed
from kg.pipes.regions.home import home_region

CATEGORIES = ("enterprise", "organization")
BY_PATTERN = {"listed": listed, "foreign": foreign, "named_after": named_after, "stocks": stocks, "aiding": aiding}


@Language.factory("kg_bodies")
def make_bodies(nlp: Language, name: str) -> Bodies:
    return Bodies()


@dataclass(frozen=True, slots=True)
class Body:
    """A body in the text before its name is settled."""

    start: int
    end: int
    category: str
    kind: str
    key: str
    name: str
    rule: str
    place: str = ""
    score: float = 0.9
    core: str = ""

    def mention(self) -> Mention:
        attrs: dict[str, str | int | float | bool] = {"kind": self.kind} if self.kind else {}
        return Mention(self.start, self.end, self.category, self.key, self.name, self.rule, self.score, True, attrs)


@cache
def _nameless() -> re.Pattern[str]:
    """What the words of a body's name cannot be like, whoever found it."""
    return re.compile(table("organisations")["never"]["pattern"])


@cache
def _known() -> WordScan:
    return WordScan(table("enterprises")["known"]["words"])


@cache
def _bodies_abroad() -> WordScan:
    return WordScan(table("organisations")["known"]["words"])


@cache
def _finders() -> Likely[str]:
    """What looks for bodies in a sentence by patterns, with the words that it needs."""
    return Likely([
        *brand_finders(), *list_finders(), ("office", either(open_pattern())), ("named_after", either(after_pattern())),
        ("committees", committee_words()), ("aiding", aiding_words()),
    ])


class Bodies:
    """Finds departments, named bodies, party committees and well-known companies, and joins what is one body."""

    def __call__(self, doc: Doc) -> Doc:
        context = Context.of(doc)
        found: list[Body] = []
        identity = str(meta(doc).get("id", ""))
        home = partial(home_of, doc)
        for sentence in context.sentences:
            found += self._sentence(context, sentence.start, sentence.end, home, identity)
        inner = {place for r in context.places.values() for place in range(r.start + 1, r.end)}
        kept = outermost([b for b in found if whole(context.text[b.start : b.end])
                          and not (b.category == "enterprise" and b.start in inner)])  # 南|京东|路街道
        stand = voted_bodies(doc, context, units(context, [b.mention() for b in kept]),
                             lambda p: assured(context, p, home, identity))
        stand = [m for m in stand if not _nameless().search(context.text[m.start : m.end])]
        parts = [campus(context, part) for m in stand for part in parted(context, m)]
        known_ones = trimmed(context.text, sound(context.text, parts, context.places, context.borders),
                             context.places.values())
        known_ones = named_before(context, [*known_ones, *rows(context, known_ones)],
                                  lambda level: home_region(doc, level))
        bodies = acting(context, [m for m in join(context, known_ones) if not _branch_of_nobody(context, m)])
        set_mentions(doc, "bodies", bodies)
        return doc

    def _sentence(self, context: Context, start: int, end: int, home: Callable[[str, int], str],
                  identity: str) -> list[Body]:
        found = [_department(context, d, identity) for d in departments(context, start, end, home)]
        likely = _finders().open(context.text, start, end)
        if "office" in likely:
            others = (_department(context, d, identity) for d in open_offices(context, start, end, home))
            found += [replace(body, score=0.85) for body in others]
        found += self._by_name(context, start, end)
        opened = {b.start for b in found}
        settled = {b.end for b in found}
        found += [_named(context, f) for f in names(context, "organisations", start, end)
                  if _wanted(context, f) and (f.place or f.end not in settled)]
        found += [_as_body(m) for m in leveled(context, start, end, home, identity) if m.start not in opened]
        more = [*brands(context, start, end, likely)]
        for name, finder in BY_PATTERN.items() if likely else ():
            if name in likely:
                more += finder(context, start, end)
        if "committees" in likely:
            more += committees(context, start, end, home)
        for kind in owned(*CATEGORIES):
            more += known(context.text, kind, start, end)
        return found + [_as_body(m) for m in more]

    def _by_name(self, context: Context, start: int, end: int) -> Iterator[Body]:
        """The companies and bodies abroad that the lexicon knows by name."""
        for first, last in _known().words(context.text, start, end):
            if another(context.text, last):
                continue
            forms = table("enterprises")["known_with"]["words"]
            word = next((w for w in forms if context.text.startswith(w, last)), "")
            name = context.text[first:last] + word
            yield Body(first, last + len(word), "enterprise", "", f"body:{name}", name, "bodies.known")
        for first, last in _bodies_abroad().words(context.text, start, end):
            if not context.text.startswith(tuple(table("organisations")["known"]["not_before"]), last):
                name = context.text[first:last]
                yield Body(first, last, "organization", "", f"body:{name}", name, "bodies.known")


def home_of(doc: Doc, level: str, place: int) -> str:
    """Whose 县教育局 or 市委组织部 is meant: the home region's, else of the last region of that level named before.

    市 in a municipality is the municipality itself, in a county that is a city and of no other city this one.
    """
    text, known = text_of(doc), table("departments")["levels"]
    word = next((w for w in known[level] if text.startswith(w, place)), "") if level in known else ""
    regions = mentions(doc, "regions")
    if word and (row := in_row(text, regions, level, word, place) or in_list(text, regions, word, place)):
        return row
    home = home_region(doc, level)
    if home and not gazetteer().own_name(home).endswith(word):
        home = ""  # 区法院 is not that of the city of 青石
    if not home and level == "prefecture":
        city = table("departments")["levels"]["municipality"]
        above = (home_region(doc, other) for other in ("county", "province"))
        home = next((key for key in above if key and gazetteer().own_name(key).endswith(city)), "")
    if home:
        return home
    last = ""
    for m in mentions(doc, "regions"):
        if m.start >= place and last:
            break
        if gazetteer().level(m.key) == level and gazetteer().own_name(m.key).endswith(word):
            last = m.key
    return last


def _department(context: Context, d: Department, document: str) -> Body:
    name = full_name(d)
    key = f"body:{d.named}{d.field}"
    if d.bare and not d.place:
        key = f"body:{document}/{d.core}"  # nobody knows whose it is: it must not meet another one
    start = d.start
    before = table("departments")["opening"]["words"]
    opening = next((word for word in before if context.text.endswith(word, 0, start)), "")
    if not d.bare and d.place:
        start -= len(opening)
    return Body(start, d.end, d.category, d.kind, key, name, "bodies.department", d.place, 0.95, d.core)


def _as_body(m: Mention) -> Body:
    return Body(m.start, m.end, m.category, str(m.attrs.get("kind", "")), m.key, m.name, m.rule, score=m.score)


def _named(context: Context, found: Found) -> Body:
    name = context.text[found.start : found.end]
    lists = table("enterprises")["public"]
    public = any(w in name for w in lists["words"]) and not any(w in name for w in lists["not_in"])
    return Body(found.start, found.end, "organization" if public else found.group.category, found.group.kind,
                f"body:{name}", name, f"bodies.{found.group.name}", found.place)


def _branch_of_nobody(context: Context, m: Mention) -> bool:
    """Whether a name is that of a city's branch whose company nobody tells: 北京分公司, 白山分行."""
    words = context.text[m.start : m.end]
    chain = context.chain(m.start) if m.category == "enterprise" and m.name == words else []
    return (len(chain) == 1 and gazetteer().level(chain[0].key) in ("province", "prefecture")
            and context.text[chain[0].end : m.end] in table("enterprises")["branch"]["words"])


def _wanted(context: Context, found: Found) -> bool:
    name = context.text[found.start : found.end]
    never = table("organisations")["never"]
    ends = name.endswith(tuple(never["ends"])) and found.group.name != "station"
    if ends or never["formula"] in name or never["before"] in name:
        return False
    if name.endswith(never["town"]) and any(m.end == found.end for m in context.places.values()):
        return False  # 某某街道办事处 is the town itself
    company = found.group.category == "enterprise"
    if name.endswith(never["town"]) and never["firm"] in name:
        return False  # 青石公司|云谷办事处 is the company and a place in it
    if found.group.name == "works" and not _told(context, found):
        return False
    return not (company and any(word in name for word in table("enterprises")["never"]["words"]))


def _told(context: Context, found: Found) -> bool:
    """Whether a brand before a word of its trade is a company: a bare list of trades (金砖国家科技、教育) is none."""
    brand = context.text[found.start : found.head]
    listed = context.text.startswith(table("organisations")["generic"]["list"], found.end)
    once = context.text.count(context.text[found.start : found.end]) == 1
    return not (listed and once and rare(brand) < len(brand)) or neighbour(context, found.start, found.end)


def outermost(found: list[Body]) -> list[Body]:
    """Without bodies inside or across longer ones; of equal spans the department wins.

    >>> a = Body(0, 4, "organization", "", "body:a", "a", "r")
    >>> b = Body(2, 4, "organization", "", "body:b", "b", "r")
    >>> [x.key for x in outermost([b, a])]
    ['body:a']
    """
    kept: list[Body] = []
    for body in sorted(found, key=lambda b: (b.start - b.end, b.start, -b.score, b.key)):
        if all(body.end <= other.start or other.end <= body.start for other in kept):
            kept.append(body)
    return sorted(kept, key=lambda b: b.start)
