"""Component kg_relations (to be written)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("kg_relations")
def make_relations(nlp: Language, name: str) -> Relations:
    return Relations()


class Relations:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc
