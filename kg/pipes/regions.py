"""Component kg_regions (to be written)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("kg_regions")
def make_regions(nlp: Language, name: str) -> Regions:
    return Regions()


class Regions:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc
