"""Reading a sentence for persons: each way of telling a person in its turn, with what was found before it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.lexicon.likely import Likely, either
from kg.model import Mention
from kg.pipes.annotations import Sentence
from kg.pipes.people import leaders as led
from kg.pipes.people import subjects as doing
from kg.pipes.people.behind import after
from kg.pipes.people.excluded import shown
from kg.pipes.people.inverted import inverted
from kg.pipes.people.names import Name, NameFinder
from kg.pipes.people.passage import Passage
from kg.pipes.people.person import Found
from kg.pipes.people.posts import Chain
from kg.pipes.people.titled import titled
from kg.pipes.people.told import told


@cache
def _likely() -> Likely[str]:
    """The ways of reading that ask for a word of their own, with the words of leaders and of what officials do."""
    return Likely([("leaders", either(led.words().before, led.words().behind)),
                   ("subjects", either(doing.words().alone, doing.words().together))])


class Reader:
    """Finds the persons of one document, sentence by sentence."""

    def __init__(self, text: str, regions: Sequence[Mention], bodies: Sequence[Mention], finder: NameFinder,
                 minority: bool) -> None:
        self.text = text
        self.around = sorted((*regions, *bodies), key=lambda m: (m.start, -m.end))
        self.begins = frozenset(m.start for m in self.around)
        self.ends = frozenset(m.end for m in self.around)
        self.finder = finder
        self.minority = minority
        self.passages: dict[int, Passage] = {}  # by where they begin
        self.official = bool(doing.words().needs.search(text))

    def read(self, sentence: Sentence) -> list[Found]:
        """All persons of one sentence, in order of their places."""
        passage = self._passage(sentence)
        likely = _likely().open(self.text, passage.start, passage.end)
        found: list[Found] = []
        if passage.units:
            found += titled(passage)
            found += told(passage, found)
        if "leaders" in likely:
            found += led.leaders(passage, found)
        found += after(passage, found)
        if passage.units:
            found += inverted(passage, found)
        if self.official and "subjects" in likely:
            found += doing.subjects(passage, found)
        return sorted(found, key=lambda f: (f.name.start, f.rule))

    def chains(self, sentence: Sentence) -> list[Chain]:
        """The titles of a sentence that was read."""
        return self.passages[sentence.start].chains

    def shown(self, sentence: Sentence, name: Name) -> Chain | None:
        """The titles right before a name that only the tagger saw, in a sentence that was read."""
        return shown(self.passages[sentence.start], name)

    def _passage(self, sentence: Sentence) -> Passage:
        here = [m for m in self.around if sentence.start <= m.start and m.end <= sentence.end]
        passage = Passage(self.text, sentence.start, sentence.end, self.finder, self.minority, here, self.begins,
                          self.ends)
        self.passages[sentence.start] = passage
        return passage
