"""Word files (.docx): paragraphs and table cells as lines; text that was struck out under revision stays out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from kg.errors import ReadError
from kg.model import Record
from kg.sources.source import BROKEN_ARCHIVE, Found, Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_BIGGEST = 64 << 20


def read(source: Source) -> Found:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            body = ElementTree.fromstring(_part(archive, "word/document.xml", source.path))
            names = archive.namelist()
            core = (
                ElementTree.fromstring(_part(archive, "docProps/core.xml", source.path))
                if "docProps/core.xml" in names
                else None
            )
    except (*BROKEN_ARCHIVE, ElementTree.ParseError) as error:
        raise ReadError(
            source.path, f"this is no sound .docx file ({type(error).__name__})", "open and save it again"
        ) from None
    meta = {}
    title = core.findtext(_TITLE) if core is not None else None
    if title and title.strip():
        meta["title"] = title.strip()
    yield Record(source.name, source.path, "\n".join(_paragraphs(body)), meta)


def _part(archive: zipfile.ZipFile, name: str, path: str) -> bytes:
    with archive.open(name) as part:
        data = part.read(_BIGGEST + 1)
    if len(data) > _BIGGEST:
        raise ReadError(path, f"{name} unpacks to more than {_BIGGEST:,} bytes", "split the document")
    return data


def _paragraphs(body: ElementTree.Element) -> Iterator[str]:
    for paragraph in body.iter(f"{_W}p"):
        pieces = []
        for node in paragraph.iter():
            if node.tag == f"{_W}t":
                pieces.append(node.text or "")
            elif node.tag == f"{_W}tab":
                pieces.append("\t")
            elif node.tag in {f"{_W}br", f"{_W}cr"}:
                pieces.append("\n")
        text = "".join(pieces)
        if text.strip():
            yield text
