"""Component kg_dates (to be written)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("kg_dates")
def make_dates(nlp: Language, name: str) -> Dates:
    return Dates()


class Dates:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc
