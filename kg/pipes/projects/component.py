"""Component kg_projects: parks, bases, workshops, facilities, programmes and quoted campaigns."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.likely import Likely, either
from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.pipes.annotations import memory, mentions, set_mentions
from kg.pipes.bodies.find import Found, names
from kg.pipes.names.context import Context
from kg.pipes.names.evidence import sound
from kg.pipes.names.generic import mended, own
from kg.pipes.names.known import known
from kg.pipes.names.places import locate
from kg.pipes.names.trimmed import trimmed
from kg.pipes.projects.built import built, cue
from kg.pipes.projects.editions import edition_pattern, editions
from kg.pipes.projects.hosted import hosted, hosted_pattern
from kg.pipes.projects.houses import house_ends, turned, with_houses
from kg.pipes.projects.introduced import introduced, introducing
from kg.pipes.projects.join import join
from kg.pipes.projects.later import hosted_later, later_pattern
from kg.pipes.projects.lying import lying, lying_pattern
from kg.pipes.projects.paired import joint, paired, paired_pattern
from kg.pipes.projects.quoted import CHAIN, conferred, programmes, quoted, quoted_whole, slogans, with_marks
from kg.pipes.projects.quoted import finders as quote_finders
from kg.pipes.projects.sited import SURE, sited, sited_pattern
from kg.pipes.projects.stretches import stretch_pattern, stretches
from kg.pipes.projects.visited import itinerary, stop, stops, visited
from kg.pipes.projects.voted import voted_projects
from kg.pipes.projects.wider import nearer, wider

CUT = 4  # characters of the word that ends a name, at most
LAW = 70  # as far as the book marks around the name of a law reach


@Language.factory("kg_projects")
def make_projects(nlp: Language, name: str) -> Projects:
    return Projects()


@cache
def _finders() -> Likely[str]:
    """What looks for projects in a sentence by patterns, with the words that it needs."""
    return Likely([
        *quote_finders(), ("introduced", either(*introducing())), ("stretches", either(stretch_pattern())),
        ("editions", either(edition_pattern())), ("visited", either(itinerary())),
        ("stops", either(stop())), ("sited", either(sited_pattern())), ("paired", either(paired_pattern())),
        ("lying", either(lying_pattern())), ("built", either(cue())), ("hosted", either(hosted_pattern())),
        ("later", either(later_pattern())),
        ("houses", frozenset(house_ends().held)), ("joint", frozenset(table("projects")["paired"]["dashes"])),
    ])


class Projects:
    """Finds named undertakings. Bodies are known by now: one that opens a name belongs to it (首钢实训基地)."""

    def __call__(self, doc: Doc) -> Doc:
        context = Context.of(doc)
        bodies = [m for m in mentions(doc, "bodies") if m.surface]
        bodies, homes = turned(context, bodies)
        if homes:
            set_mentions(doc, "bodies", bodies)
        context.owners = {m.start: m for m in bodies}
        found: list[Mention] = [*homes]
        ends = frozenset(m.end for m in context.places.values())
        for _, end in _borders().shared(context.text):
            context.borders.close(end)
        for start, end in _kept().shared(context.text):
            context.borders.ignore(start, end)
        for region in context.places.values():
            if (tie := _tied().match(context.text, region.end)) and tie.end() not in context.places:
                context.borders.ignore(region.end, tie.end() + 1)
        for sentence in context.sentences:
            found += [_mention(context, f) for f in names(context, "projects", sentence.start, sentence.end)
                      if _wanted(context, f)]
            likely = _finders().open(context.text, sentence.start, sentence.end)
            if not likely:
                found += known(context.text, "project", sentence.start, sentence.end)
                continue
            if "quoted" in likely:
                found += quoted(context.text, sentence.start, sentence.end, ends)
            if "quoted_whole" in likely:
                found += quoted_whole(context.text, sentence.start, sentence.end, ends)
            if "introduced" in likely:
                found += introduced(context.text, sentence.start, sentence.end)
            if "stretches" in likely:
                found += stretches(context, sentence.start, sentence.end)
            if "editions" in likely:
                found += editions(context, sentence.start, sentence.end)
            if "slogans" in likely:
                found += slogans(context.text, sentence.start, sentence.end)
            if "programmes" in likely:
                found += programmes(context.text, sentence.start, sentence.end)
            if "paired" in likely:
                found += paired(context, sentence.start, sentence.end)
            if "sited" in likely:
                found += sited(context, sentence.start, sentence.end)
            if "lying" in likely:
                found += list(lying(context, sentence.start, sentence.end, found))
            if "houses" in likely:
                found = with_houses(context, sentence.start, sentence.end, found)
            if "joint" in likely:
                found += joint(context, sentence.start, sentence.end)
            if "built" in likely:
                found += built(context, sentence.start, sentence.end, bodies)
            if "hosted" in likely:
                found += list(hosted(context, sentence.start, sentence.end, found))
            if "later" in likely:
                found += hosted_later(context, sentence.start, sentence.end, found)
            found += known(context.text, "project", sentence.start, sentence.end)
            if "visited" in likely:
                found += visited(context, sentence.start, sentence.end, [*found, *bodies])
            if "stops" in likely:
                found += stops(context, sentence.start, sentence.end, [*found, *bodies])
        found = [_mended(context, m) for m in found if mended(context.text, m.start, m.end) is not None]
        kept = [m for m in outermost(found) if not _is_body(m, bodies)]
        named = [m for m in voted_projects(doc, context, kept, bodies)
                 if not _nameless(context, m, bodies) and not _cut(context, m)]
        named = sound(context.text, _marked(context, named), context.places, context.borders)
        projects = join(context, trimmed(context.text, named, context.places.values()))
        set_mentions(doc, "projects", projects)
        memory(doc)["wider"] = sorted({*wider(context, projects), *nearer(context, [*bodies, *projects])})
        locate(doc, context, [*bodies, *projects])
        return doc


@cache
def _more() -> re.Pattern[str]:
    return re.compile(table("projects")["lead"]["after"])


@cache
def _borders() -> WordScan:
    """Words that end what stands before the name of a project, beside those before any name."""
    return WordScan(table("projects")["border"]["words"])


@cache
def _kept() -> WordScan:
    return WordScan(table("projects")["border"]["keep"])


@cache
def _tied() -> re.Pattern[str]:
    return re.compile(table("projects")["border"]["tied"])


@cache
def _honour() -> re.Pattern[str]:
    return re.compile(table("projects")["never"]["pattern"])


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(table("projects")["never"]["titled"])


@cache
def _laws() -> re.Pattern[str]:
    return re.compile(table("projects")["never"]["rules"])


@cache
def _counted() -> re.Pattern[str]:
    """The number after a kind of thing of which there are many: 建成蘑菇种植基地96个."""
    return re.compile(table("projects")["never"]["counted"])


@cache
def _phase() -> re.Pattern[str]:
    return re.compile(table("projects")["phase"]["pattern"])


def _mention(context: Context, found: Found) -> Mention:
    """The name with the phases and the word project that may follow it, under the key of the name without them."""
    start, end = found.start, found.end
    lists = table("projects")["lead"]
    if found.group.name in lists["heads"] and start in context.places:
        start -= max((len(w) for w in lists["words"] if context.text.endswith(w, 0, start)), default=0)
    name = context.text[start:end]
    more = _more().search(name)
    name = name[: more.start("word")] if more else name
    if found.group.name in table("projects")["phase"]["heads"]:
        tail = _phase().match(context.text, end)
        end = tail.end() if tail else end
    score = SURE if _at_home(context, found) else 0.8
    return Mention(start, end, "project", f"project:{name}", name, f"projects.{found.group.name}", score,
                   attrs={"kind": found.group.kind})


def _at_home(context: Context, found: Found) -> bool:
    """Whether a county or something smaller, named in full, opens the name of a park or of works with a name."""
    lists = table("projects")["sited"]
    if found.group.name not in lists["groups"] or not found.place:
        return False
    full = context.text[found.place_end - 1 : found.place_end] in lists["levels"]
    rest = context.text[found.place_end : found.head]
    named = found.group.name not in lists["own_groups"] or (own(rest) and not any(w in rest for w in lists["not_in"]))
    return full and named and gazetteer().level(found.place) in ("county", "township", "village")


def _wanted(context: Context, found: Found) -> bool:
    name = context.text[found.start : found.end]
    if table("organisations")["never"]["formula"] in name:
        return False
    around = _laws().finditer(context.text, max(0, found.start - LAW), found.end + LAW)
    chain = context.chain(found.start, True)
    if chain and gazetteer().level(chain[-1].key) == "province" and _titled().search(name):
        return False
    owner = context.owners.get(found.start)
    if owner and found.group.name == "programme" and owner.end == found.head:
        return False  # 青石服务中心|项目: no more than the body
    if _honour().search(name) or any(r.start() < found.start and found.end < r.end() for r in around):
        return False
    if _counted().match(context.text, found.end):
        return False
    if conferred(context.text, found.start, found.end, found.end + CHAIN):
        return False
    return not any(name.endswith(word) for word in table("projects")["never"]["words"])


def _nameless(context: Context, m: Mention, bodies: list[Mention]) -> bool:
    """Whether the words of a project name none, whoever found it: an honour, a rank, or a body that plans something.

    绿野公司计划 is the company and what it does, not a programme.
    """
    if any(m.rule.endswith(end) for end in table("projects")["never"]["sure"]):
        return False
    if _honour().search(context.text[m.start : m.end]):
        return True
    verb = _plans().match(context.text, m.start, m.end)
    return verb is not None and any(b.start == m.start and b.end == verb.end("who") for b in bodies)


def _cut(context: Context, m: Mention) -> bool:
    """Whether the end of a name makes another word with what follows: 青石公益基金|会."""
    return any(found.end() == m.end for found in _cuts().finditer(context.text, max(m.start, m.end - CUT)))


@cache
def _cuts() -> re.Pattern[str]:
    return re.compile(table("projects")["cut"]["pattern"])


@cache
def _plans() -> re.Pattern[str]:
    return re.compile(table("projects")["never"]["plans"])


def _mended(context: Context, m: Mention) -> Mention:
    """A name with the mark that completes a pair: “青石行动”|服务项目."""
    start, end = mended(context.text, m.start, m.end) or (m.start, m.end)
    if (start, end) == (m.start, m.end):
        return m
    name = context.text[start:end]
    return replace(m, start=start, end=end, key=f"project:{name}", name=name)


def _marked(context: Context, found: list[Mention]) -> list[Mention]:
    """The names with the words in marks right before them that belong to them, and no longer those words alone."""
    grown = []
    for m in found:
        first = next((s.start for s in context.sentences if s.start <= m.start < s.end), m.start)
        grown.append(with_marks(m, context.text, first))
    longer = [new for old, new in zip(found, grown, strict=True) if new.start < old.start]
    return [m for m in grown if not any(o is not m and o.start <= m.start and m.end <= o.end for o in longer)]


def _is_body(m: Mention, bodies: list[Mention]) -> bool:
    """Whether a body covers the span: a training centre that is a school is no project besides."""
    return any(b.start <= m.start and m.end <= b.end for b in bodies)


def outermost(found: list[Mention]) -> list[Mention]:
    """Without projects inside or across longer ones."""
    kept: list[Mention] = []
    for m in sorted(found, key=lambda m: (m.start - m.end, m.start, -m.score, m.rule)):
        if all(m.end <= other.start or other.end <= m.start for other in kept):
            kept.append(m)
    return sorted(kept, key=lambda m: m.start)
