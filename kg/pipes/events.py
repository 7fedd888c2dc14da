"""Component kg_events (to be written)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("kg_events")
def make_events(nlp: Language, name: str) -> Events:
    return Events()


class Events:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc
