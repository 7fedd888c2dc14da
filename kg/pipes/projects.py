"""Component kg_projects (to be written)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("kg_projects")
def make_projects(nlp: Language, name: str) -> Projects:
    return Projects()


class Projects:
    """To be written."""

    def __call__(self, doc: Doc) -> Doc:
        return doc
