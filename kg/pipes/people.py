"""Component kg_people (to be written)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("kg_people")
def make_people(nlp: Language, name: str) -> People:
    return People()


class People:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc
