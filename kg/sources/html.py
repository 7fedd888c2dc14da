"""Web pages: main text by trafilatura, unless the page's own prose says that it missed the article."""

from __future__ import annotations

import logging
import re
from functools import cache

from kg.errors import ReadError
from kg.lexicon import table
from kg.model import Record
from kg.sources.page import PageLine, article, lines, parse
from kg.sources.source import Found, Source
from kg.text.segments import header_items

_LINKED = 0.2  # share of the result that may stand inside links
_ENOUGH = 0.7  # share of the page's prose that the result must hold
_FIELDS = {"title": "title", "sitename": "source", "date": "published", "url": "url", "author": "author"}
_HEAD = 4096
_LINE = 160  # characters of a line that may be a header
_KEYS = {"date": "published", "reporter": "author"}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("sources")["page"][name])


def read(source: Source) -> Found:
    declared = _pattern("charset").search(source.data[:_HEAD].decode("latin-1"))
    decoded = source.decoded(declared[1] if declared else "")
    try:
        tree = parse(decoded.text)
    except Exception as error:  # lxml raises several unrelated classes for pages without a root
        raise ReadError(source.path, f"this is no HTML ({type(error).__name__})", "check the file") from None
    found = lines(tree)
    text, meta = _extracted(decoded.text)
    meta |= _header(found)
    links = frozenset("".join(link.text_content().split()) for link in tree.iter("a"))
    text = _better(text, found, links)
    if not text.strip():
        raise ReadError(
            source.path, "no article found on the page (only links and furniture)", "give one article's page"
        )
    heading = tree.find(".//h1")
    named = meta.get("title") or (heading.text_content().strip() if heading is not None else "")
    title = _pattern("suffix").sub("", " ".join((named or tree.findtext(".//title") or "").split()))
    if title:
        meta["title"] = title
        if title not in text[: len(title) + 200]:
            text = f"{title}\n{text}"
    yield Record(source.name, source.path, text, meta | {"encoding": decoded.encoding})


def _extracted(page: str) -> tuple[str, dict[str, str]]:
    """What trafilatura makes of the page."""
    import trafilatura

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    dates = {"extensive_search": False, "original_date": True}
    try:
        found = trafilatura.bare_extraction(
            page, include_comments=False, with_metadata=True, date_extraction_params=dates
        )
        said = found if isinstance(found, dict) else found.as_dict() if found else {}
    except Exception:  # a page that trafilatura stumbles over is still read line by line
        said = {}
    return str(said.get("text") or ""), {
        ours: str(said[theirs]) for theirs, ours in _FIELDS.items() if said.get(theirs)
    }


def _better(text: str, found: list[PageLine], links: frozenset[str]) -> str:
    """*text*, or the article by the weight of prose where *text* is links or holds too little of it line by line."""
    own = article(found)
    kept = {"".join(line.split()): len(line) for line in text.split("\n")}
    linked = sum(size for line, size in kept.items() if line in links)
    prose = ["".join(line.text.split()) for line in found if line.prose and line.text in own]
    held = sum(len(line) for line in prose if line in kept)
    if not text.strip() or linked > _LINKED * sum(kept.values()) or held < _ENOUGH * sum(map(len, prose)):
        return "\n".join(own)
    return text


def _header(found: list[PageLine]) -> dict[str, str]:
    """What the header lines of the page say: source, date, author; the first word counts."""
    meta: dict[str, str] = {}
    for line in found:
        if len(line.text) <= _LINE:
            for key, value in header_items(line.text):
                meta.setdefault(_KEYS.get(key, key), value)
    return {key: meta[key] for key in ("source", "published", "author") if key in meta}
