"""Component kg_tagger: the proposals of the network, kept on the Doc for the components that let it vote."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon.gazetteer import gazetteer
from kg.pipes.annotations import memory, mentions, sentences, text_of
from kg.pipes.tagger.decode import proposals
from kg.pipes.tagger.encode import regions
from kg.pipes.tagger.network import network


@Language.factory("kg_tagger", default_config={"weights": ""})
def make_tagger(nlp: Language, name: str, weights: str) -> Tagger:
    return Tagger(weights)


class Tagger:
    """Tags a text with the network of the package, or with the one in the file *weights*."""

    def __init__(self, weights: str = "") -> None:
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        if text:
            level = gazetteer().level
            places = ((m.start, m.end, level(m.key)) for m in mentions(doc, "regions") if m.surface)
            odds = network(self.weights).odds(text, regions(len(text), places))
            found = proposals(odds, [(s.start, s.end) for s in sentences(doc)])
            names = [[p.start, p.end, p.category, p.odds] for p in found]
            memory(doc)["tagger"] = {"odds": odds.tobytes(), "names": names}
        return doc
