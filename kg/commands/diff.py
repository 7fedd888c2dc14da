"""kg diff: what is new, gone or changed, in lines that people read or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.model.schema import SEPARATOR
from kg.reading.diff import MAIN, PROJECT, REST, WORDS, Change, Difference, Section, as_json, compare, snapshots

SHOWN = ("new", "gone", "changed")


def diff(old: str, new: str | None, everything: bool, machine: bool) -> Iterator[str]:
    """The lines of the difference; *everything* lists the relations that are only counted otherwise."""
    found = compare(*snapshots(old, new))
    names = (*MAIN, *REST) if everything else MAIN
    if machine:
        yield json.dumps(as_json(found, (*MAIN, *REST)), ensure_ascii=False, indent=1)
        return
    for word, shot in (("old", found.old), ("new", found.new)):
        articles = f"{len(shot.documents)} articles, " if shot.documents is not None else ""
        yield f"{word}: {shot.name} ({articles}{shot.counts[0]} nodes, {shot.counts[1]} edges)"
    yield from _documents(found)
    told = False
    for section in found.sections:
        if section.changes or section.again:
            told = True
            yield _summary(section)
            if section.name in names:
                yield from (line for change in section.changes for line in _lines(section.name, change))
    if not told:
        yield "no relation and no project differs"


def _summary(section: Section) -> str:
    counts = {kind: sum(change.kind == kind for change in section.changes) for kind in SHOWN}
    told = [f"{count} {kind}" for kind, count in counts.items() if count]
    told += [f"{section.again} said by more or fewer sentences"] if section.again else []
    return f"{WORDS[section.name]} {section.name}: {', '.join(told)}"


def _documents(found: Difference) -> Iterator[str]:
    documents = found.documents or {}
    told = [f"{len(documents[kind])} {kind}" for kind in SHOWN if documents.get(kind)]
    if told:
        yield f"articles: {', '.join(told)}"
    for kind in SHOWN:
        for identity, about in documents.get(kind, ()):
            published = f" ({about['published']})" if about.get("published") else ""
            yield f"  {kind}: {identity} {about.get('title', '')}{published}".rstrip()


def _lines(section: str, change: Change) -> Iterator[str]:
    what = change.head if section == PROJECT else f"{change.head} → {change.tail}"
    thing = change.new or change.old
    if change.kind == "changed":
        told = [f"{name} {_shown(old) or 'nothing'} → {_shown(new) or 'nothing'}"
                for name, (old, new) in change.changes.items()]
    else:
        told = [f"{name} {_shown(value)}" for name, value in (thing.values if thing else {}).items()]
    yield f"  {change.kind}: {what}" + (f"  ({'; '.join(told)})" if told else "")
    if thing and thing.evidence:
        yield f"      “{' '.join(thing.evidence.split())}”"


def _shown(value: str) -> str:
    return value.replace(SEPARATOR, " | ")
