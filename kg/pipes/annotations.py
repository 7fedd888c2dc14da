"""Where the components keep what they find, so that it survives `Doc.to_bytes` and several processes.

Mentions stand in `doc.spans` (label: category, kb_id: key) with all their fields in the group's `attrs`;
claims, sentences and the document's metadata are plain lists and dicts in `doc.user_data["kg"]`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from spacy.tokens import Doc, SpanGroup

from kg.model import Claim, Mention

GROUPS: Final = ("regions", "dates", "bodies", "projects", "people", "references", "events")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the clean text: offsets, its words, and the kind of line it stands in (body or title)."""

    start: int
    end: int
    kind: str
    text: str


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
    text = text_of(doc)
    return [Sentence(start, end, kind, text[start:end]) for start, end, kind in memory(doc).get("sentences", [])]


def set_mentions(doc: Doc, group: str, found: Iterable[Mention]) -> None:
    """Store the mentions of one group, replacing what it held. White space at the end of a mention is left out.

    Spans that cut a token in two are a defect.
    """
    text = text_of(doc)
    kept = (replace(m, end=m.start + len(text[m.start : m.end].rstrip())) for m in found)
    ordered = sorted(kept, key=lambda m: (m.start, m.end, m.key, m.rule))
    spans, rest = [], []
    for m in ordered:
        span = doc.char_span(m.start, m.end, label=m.category, kb_id=m.key)
        if span is None:
            raise ValueError(f"[{m.start}, {m.end}) is no span of the text: {doc.text[m.start : m.end]!r}")
        spans.append(span)
        rest.append([m.start, m.end, m.category, m.key, m.name, m.rule, m.score, m.surface, m.attrs])
    doc.spans[group] = SpanGroup(doc, name=group, spans=spans, attrs={"kg": rest})


def mentions(doc: Doc, *groups: str) -> list[Mention]:
    """The mentions of these groups (all where none is named), sorted by place."""
    found = []
    for group in groups or GROUPS:
        spans = doc.spans.get(group)
        if spans is None:
            continue
        for start, end, category, key, name, rule, score, surface, attrs in spans.attrs["kg"]:
            found.append(Mention(start, end, category, key, name, rule, score, surface, dict(attrs)))
    found.sort(key=lambda m: (m.start, -m.end, m.category, m.key))
    return found


def add_claims(doc: Doc, new: Iterable[Claim]) -> None:
    memory(doc).setdefault("claims", []).extend(asdict(claim) for claim in new)


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
