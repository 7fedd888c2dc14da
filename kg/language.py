"""kg.load(): the spaCy pipeline. Chinese, one token per character, components in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kg.lean import without
from kg.lexicon.classes import remembered

with without("spacy.cli.info.info"):  # spaCy's command line loads httpx, jinja2 and more: a third of all
    import spacy
    from spacy.language import Language

COMPONENTS: Final = (
    "kg_sentences",
    "kg_dates",
    "kg_regions",
    "kg_tagger",
    "kg_bodies",
    "kg_projects",
    "kg_people",
    "kg_references",
    "kg_relations",
    "kg_events",
    "kg_quantities",
)


def load(config: Mapping[str, Mapping[str, Any]] | None = None, exclude: tuple[str, ...] = ()) -> Language:
    """A ready pipeline; *config* gives settings per component, *exclude* leaves components out.

    >>> load().pipe_names[:2]
    ['kg_sentences', 'kg_dates']
    """
    remembered()
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    for name in COMPONENTS:
        if name not in exclude:
            nlp.add_pipe(name, config=dict((config or {}).get(name, {})))
    return nlp
