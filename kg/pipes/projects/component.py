"""Component kg_projects: parks, bases, workshops, facilities, programmes and quoted campaigns."""

from __future__ import annotations

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.model import Mention
from kg.pipes.annotations import mentions, set_mentions
from kg.pipes.bodies.find import Found, names
from kg.pipes.names.context import Context
from kg.pipes.names.places import locate
from kg.pipes.projects.join import join
from kg.pipes.projects.quoted import CHAIN, conferred, programmes, quoted, quoted_whole, slogans
from kg.pipes.projects.visited import visited


@Language.factory("kg_projects")
def make_projects(nlp: Language, name: str) -> Projects:
    return Projects()


class Projects:
    """Finds named undertakings. Bodies are known by now: one that opens a name belongs to it (首钢实训基地)."""

    def __call__(self, doc: Doc) -> Doc:
        context = Context.of(doc)
        bodies = [m for m in mentions(doc, "bodies") if m.surface]
        context.owners = {m.start: m for m in bodies}
        found: list[Mention] = []
        for sentence in context.sentences:
            found += [_mention(context, f) for f in names(context, "projects", sentence.start, sentence.end)
                      if _wanted(context, f)]
            found += quoted(context.text, sentence.start, sentence.end)
            found += quoted_whole(context.text, sentence.start, sentence.end)
            found += slogans(context.text, sentence.start, sentence.end)
            found += programmes(context.text, sentence.start, sentence.end)
            found += visited(context, sentence.start, sentence.end, [*found, *bodies])
        kept = [m for m in outermost(found) if not _is_body(m, bodies)]
        projects = join(context, kept)
        set_mentions(doc, "projects", projects)
        locate(doc, context, [*bodies, *projects])
        return doc


@cache
def _phase() -> re.Pattern[str]:
    return re.compile(table("projects")["phase"]["pattern"])


def _mention(context: Context, found: Found) -> Mention:
    """The name with the phases and the word project that may follow it, under the key of the name without them."""
    name = context.text[found.start : found.end]
    end = found.end
    if found.group.name in table("projects")["phase"]["heads"]:
        tail = _phase().match(context.text, end)
        end = tail.end() if tail else end
    return Mention(found.start, end, "project", f"project:{name}", name, f"projects.{found.group.name}", 0.8,
                   attrs={"kind": found.group.kind})


def _wanted(context: Context, found: Found) -> bool:
    name = context.text[found.start : found.end]
    if table("organisations")["never"]["formula"] in name:
        return False
    if conferred(context.text, found.start, found.end, found.end + CHAIN):
        return False
    return not any(name.endswith(word) for word in table("projects")["never"]["words"])


def _is_body(m: Mention, bodies: list[Mention]) -> bool:
    """Whether a body covers the span: a training centre that is a school is no project besides."""
    return any(b.start <= m.start and m.end <= b.end for b in bodies)


def outermost(found: list[Mention]) -> list[Mention]:
    """Without projects inside or across longer ones."""
    kept: list[Mention] = []
    for m in sorted(found, key=lambda m: (m.start - m.end, m.start, m.rule)):
        if all(m.end <= other.start or other.end <= m.start for other in kept):
            kept.append(m)
    return sorted(kept, key=lambda m: m.start)
