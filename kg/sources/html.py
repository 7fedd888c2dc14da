"""Web pages: main text and metadata by trafilatura, the result checked against the share of linked text."""

from __future__ import annotations

import logging
import re
from functools import cache

from lxml import html as lxml_html

from kg.errors import ReadError
from kg.model import Record
from kg.sources.source import Found, Source
from kg.text.segments import header_items

_LINKED = 0.5  # share of the result that may stand inside links
_FIELDS = {"title": "title", "sitename": "source", "date": "published", "url": "url", "author": "author"}
_HEAD = 4096
_LINE = 160  # characters of a line that may be a header
_CHILDREN = 24
_KEYS = {"date": "published", "reporter": "author"}


@cache
def _charset() -> re.Pattern[bytes]:
    return re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)")


def read(source: Source) -> Found:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    declared = _charset().search(source.data[:_HEAD])
    decoded = source.decoded(declared[1].decode("ascii") if declared else "")
    page = decoded.text
    try:
        found = trafilatura.bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        said = found if isinstance(found, dict) else found.as_dict() if found else {}
        text = str(said.get("text") or "")
        meta = {ours: str(said[theirs]) for theirs, ours in _FIELDS.items() if said.get(theirs)}
    except Exception:  # a page that trafilatura stumbles over is still read paragraph by paragraph
        text, meta = "", {}
    tree = _tree(page, source.path)
    meta |= _header(tree)
    paragraphs, linked = _paragraphs(tree)
    if not text.strip() or sum(len(line) for line in text.split("\n") if line.strip() in linked) > _LINKED * len(text):
        text = "\n".join(paragraphs)
    if not text.strip():
        raise ReadError(
            source.path, "no article found on the page (only links and furniture)", "give the page of one article"
        )
    title = meta.get("title", "")
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n{text}"
    yield Record(source.name, source.path, text, meta | {"encoding": decoded.encoding})


def _tree(page: str, path: str) -> lxml_html.HtmlElement:
    try:
        tree = lxml_html.document_fromstring(page.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except Exception as error:  # lxml raises several unrelated classes for pages without a root
        raise ReadError(path, f"this is no HTML ({type(error).__name__})", "check the file") from None
    for node in tree.xpath("//script|//style|//noscript|//nav|//footer|//form"):
        node.drop_tree()
    return tree


def _header(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """What the first header line of the page says: source, date, author."""
    meta: dict[str, str] = {}
    for node in tree.iter("div", "p", "span", "li", "td", "h2", "h3", "time"):
        text = " ".join(node.text_content().split()) if len(node) < _CHILDREN else ""
        if not text or len(text) > _LINE:
            continue
        for key, value in header_items(text):
            meta.setdefault(_KEYS.get(key, key), value)
    return {key: meta[key] for key in ("source", "published", "author") if key in meta}


def _paragraphs(tree: lxml_html.HtmlElement) -> tuple[list[str], frozenset[str]]:
    """The page's paragraphs that are mostly no links, and all texts of links."""
    kept = []
    for node in tree.xpath("//p|//h1"):
        text = " ".join(node.text_content().split())
        inside = sum(len(link.text_content()) for link in node.xpath(".//a"))
        if text and inside <= _LINKED * len(text):
            kept.append(text)
    return kept, frozenset(link.text_content().strip() for link in tree.xpath("//a"))
