"""PDF files with a text layer; lines that the page broke are joined again."""

from __future__ import annotations

import io
import logging

from kg.errors import ReadError
from kg.model import Record
from kg.sources.source import Found, Source
from kg.text.sentences import CLOSERS, ENDERS

_SHORT = 0.85  # a line shorter than this share of the widest ends its paragraph


def read(source: Source) -> Found:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(source.data)).pages]
    except Exception as error:  # pypdf raises whatever a broken file makes it stumble over
        raise ReadError(
            source.path, f"this PDF cannot be read ({type(error).__name__})", "convert it to text"
        ) from None
    text = join_lines("\n".join(pages))
    if not text.strip():
        raise ReadError(
            source.path, "the PDF has no text layer (a scan?)", "run it through character recognition first"
        )
    yield Record(source.name, source.path, text, {})


def join_lines(text: str) -> str:
    """Paragraphs from lines of a page: a line that is full and ends no sentence goes on in the next.

    >>> join_lines("两地签订东西部协作协\\n议，共建产业园。\\n会后座谈。")
    '两地签订东西部协作协议，共建产业园。\\n会后座谈。'
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    widest = max(map(len, lines), default=0)
    pieces = []
    for line in lines:
        pieces.append(line)
        ends = line[-1] in ENDERS or (line[-1] in CLOSERS and line[-2:-1] in ENDERS)
        pieces.append("\n" if ends or len(line) < _SHORT * widest else "")
    return "".join(pieces).rstrip("\n")
