"""Component kg_sentences: splits the text into sentences where the document did not bring its own."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.pipes.annotations import memory, set_sentences, text_of
from kg.text.sentences import split


@Language.factory("kg_sentences")
def make_sentences(nlp: Language, name: str) -> Sentences:
    return Sentences()


class Sentences:
    """Sets the sentences of a text that was not cleaned by `kg.text` (a plain string given to `nlp`)."""

    def __call__(self, doc: Doc) -> Doc:
        if "sentences" not in memory(doc):
            set_sentences(doc, [(start, end, "body") for start, end in split(text_of(doc))])
        return doc
