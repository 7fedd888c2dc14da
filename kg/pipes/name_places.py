"""Where a body or project is, when its own name or the words directly before it say so."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.model import Mention
from kg.pipes.names_context import Context


def locate(doc: Doc, context: Context, found: list[Mention]) -> None:
    """To be written."""
