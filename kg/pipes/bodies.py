"""Component kg_bodies (to be written)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("kg_bodies")
def make_bodies(nlp: Language, name: str) -> Bodies:
    return Bodies()


class Bodies:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc
