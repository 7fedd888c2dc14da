"""Sentences with marked mentions, `[P:周立平]赴[R:唐县]`, as documents that the components can read."""

from __future__ import annotations

from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Mention
from kg.pipes.annotations import set_mentions, set_sentences
from kg.text.sentences import split

KINDS = {"P": ("official", "people"), "R": ("region", "regions"), "E": ("enterprise", "bodies"),
         "O": ("organization", "bodies"), "J": ("project", "projects"), "D": ("date", "dates")}


@cache
def blank() -> Language:
    return spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})


def parse(marked: str) -> tuple[str, list[tuple[str, Mention]]]:
    """The plain text and its mentions with their groups; `[R:唐县=河北省保定市唐县]` gives a full name."""
    text, found, rest = "", [], marked
    while "[" in rest:
        before, _, tail = rest.partition("[")
        inner, _, rest = tail.partition("]")
        kind, _, words = inner.partition(":")
        surface, _, name = words.partition("=")
        text += before
        category, group = KINDS[kind]
        key = f"{category}:{name or surface}"
        attrs: dict[str, Any] = {}
        if kind == "D":
            attrs = {"start": name, "end": "", "precision": "day", "mode": "point"}
        place = (len(text), len(text) + len(surface))
        found.append((group, Mention(*place, category, key, name or surface, "test", attrs=attrs)))
        text += surface
    return text + rest, found


def document(marked: str, **meta: Any) -> Doc:
    text, found = parse(marked)
    doc = blank().make_doc(text)
    doc.user_data["kg"] = {"meta": meta}
    set_sentences(doc, [(a, b, "body") for a, b in split(text)])
    for group in dict.fromkeys(group for _, group in KINDS.values()):
        set_mentions(doc, group, [m for g, m in found if g == group])
    return doc
