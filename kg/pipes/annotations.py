"""Where the components keep what they find, so that it survives `Doc.to_bytes` and several processes.

Mentions stand in `doc.spans` (label: category, kb_id: key) with all their fields in the group's `attrs`;
claims, sentences and the document's metadata are plain lists and dicts in `doc.user_data["kg"]`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from operator import is_
from typing import Any, Final

from spacy.tokens import Doc, Span, SpanGroup

from kg.model import Claim, Mention, Value

_CLAIM: Final = tuple(field.name for field in fields(Claim))
GROUPS: Final = ("regions", "dates", "bodies", "projects", "people", "references", "events")


@dataclass(slots=True)  # nothing changes it, but to freeze it takes longer than to fill it
class Sentence:
    """A sentence of the clean text: offsets, its words, and the kind of line it stands in (body or title)."""

    start: int
    end: int
    kind: str
    text: str


# What was read off the plain lists of a document last: components ask for the same again and again. It holds for the
# very lists and groups that it was made from; nothing is ever changed in these or in what is made of them.
_sentences: dict[str, tuple[list[Any], str, list[Sentence]]] = {}
_mentions: dict[tuple[str, ...], tuple[list[SpanGroup | None], list[Mention]]] = {}
_groups: dict[str, tuple[SpanGroup, list[Mention]]] = {}


def memory(doc: Doc) -> dict[str, Any]:
    """The document's own dictionary: metadata under `meta`, sentences, claims. Values must be plain data."""
    found: dict[str, Any] = doc.user_data.setdefault("kg", {})
    return found


def meta(doc: Doc) -> dict[str, Any]:
    """What is known about the article before reading it: id, title, published, publisher, home, reporters."""
    found: dict[str, Any] = memory(doc).setdefault("meta", {})
    return found


def text_of(doc: Doc) -> str:
    """The text of a Doc, joined once: `doc.text` walks over all tokens at every call."""
    found = memory(doc)
    if "text" not in found:
        found["text"] = doc.text
    text: str = found["text"]
    return text


def set_sentences(doc: Doc, spans: Iterable[tuple[int, int, str]]) -> None:
    memory(doc)["sentences"] = [[start, end, kind] for start, end, kind in spans]


def sentences(doc: Doc) -> list[Sentence]:
    """The sentences to read, in order (only lines that belong to the article)."""
    known = memory(doc)
    text, plain = known.get("text") or text_of(doc), known.get("sentences", [])
    made = _sentences.get("last")
    if made is None or made[0] is not plain or made[1] is not text:
        made = plain, text, [Sentence(start, end, kind, text[start:end]) for start, end, kind in plain]
        _sentences["last"] = made
    return made[2]


def set_mentions(doc: Doc, group: str, found: Iterable[Mention]) -> None:
    """Store the mentions of one group, replacing what it held. White space at the end of a mention is left out.

    Spans that cut a token in two are a defect.
    """
    text = text_of(doc)
    ordered = [replace(m, end=m.start + len(text[m.start : m.end].rstrip()))
               if text[m.end - 1 : m.end].isspace() else m for m in found]
    ordered.sort(key=lambda m: (m.start, m.end, m.key, m.rule))
    single = len(doc) == len(text)  # every token is one character
    spans, rest = [], []
    for m in ordered:
        span = (Span(doc, m.start, m.end, label=m.category, kb_id=m.key)
                if single and 0 <= m.start < m.end <= len(text)
                else doc.char_span(m.start, m.end, label=m.category, kb_id=m.key))
        if span is None:
            raise ValueError(f"[{m.start}, {m.end}) is no span of the text: {doc.text[m.start : m.end]!r}")
        spans.append(span)
        rest.append([m.start, m.end, m.category, m.key, m.name, m.rule, m.score, m.surface, m.attrs])
    doc.spans[group] = held = SpanGroup(doc, name=group, spans=spans, attrs={"kg": rest})
    _groups[group] = held, sorted(ordered, key=_order)


def _group(group: str, held: SpanGroup) -> list[Mention]:
    """The mentions of one group in the order of `mentions`."""
    made = _groups.get(group)
    if made is None or made[0] is not held:
        made = held, [_mention(*values) for values in held.attrs["kg"]]
        made[1].sort(key=_order)
        _groups[group] = made
    return made[1]


def _mention(start: int, end: int, category: str, key: str, name: str, rule: str, score: float, surface: bool,
             attrs: dict[str, Value]) -> Mention:
    return Mention(start, end, category, key, name, rule, score, surface, dict(attrs))


def _order(m: Mention) -> tuple[int, int, str, str]:
    return m.start, -m.end, m.category, m.key


def mentions(doc: Doc, *groups: str) -> list[Mention]:
    """The mentions of these groups (all where none is named), sorted by place."""
    sought = groups or GROUPS
    held = list(map(doc.spans.data.get, sought))  # of the dictionary itself: this is asked for often
    made = _mentions.get(groups)
    if made is None or not all(map(is_, made[0], held)):
        several = [_group(name, group) for name, group in zip(sought, held, strict=True) if group is not None]
        found = [m for group in several for m in group]
        if len(several) > 1:
            found.sort(key=_order)
        made = held, found
        _mentions[groups] = made
    return made[1].copy()


def add_claims(doc: Doc, new: Iterable[Claim]) -> None:
    memory(doc).setdefault("claims", []).extend(
        {name: getattr(claim, name) for name in _CLAIM} | {"attrs": dict(claim.attrs)} for claim in new)


def set_claims(doc: Doc, new: Iterable[Claim]) -> None:
    """Put these claims in the place of all that were made so far."""
    memory(doc)["claims"] = []
    add_claims(doc, new)


def claims(doc: Doc) -> list[Claim]:
    """All claims so far, in the order in which components made them."""
    found = []
    for values in memory(doc).get("claims", []):
        plain = dict(values)
        plain["head_span"] = tuple(plain["head_span"])
        plain["tail_span"] = tuple(plain["tail_span"])
        found.append(Claim(**plain))
    return found
