"""What an article has told up to a sentence: the part of it that the next sentences may leave unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final

from spacy.tokens import Doc

from kg.model import Mention
from kg.pipes.relations.partners import Partners
from kg.pipes.relations.subjects import chief
from kg.pipes.slots import Encoded

NEAR: Final = 300  # characters back in which a gift without a giver or receiver looks for those of the gift before
_SUBJECTS: Final = frozenset({"enterprise", "organization", "region"})
_OPENING: Final = 16  # a body or region that begins within so many characters of its sentence is its subject

Mentions = tuple[Mention, ...]


class Discourse:
    """The sentences of one document that have been read, and who gave, received and acted in them.

    >>> from spacy import blank
    >>> from kg.pipes.slots import encode
    >>> text = "绿野公司热心公益。随后捐款。"
    >>> firm = Mention(0, 4, "enterprise", "body:绿野公司", "绿野公司", "test")
    >>> lines = [encode(text, 0, 9, [firm]), encode(text, 9, 14, [])]
    >>> told = Discourse(blank("zh")(text), [firm], lines)
    >>> told.end(lines[0])
    >>> [m.name for m in told.subject], [one.start for one in told.back(lines[1], 300)]
    (['绿野公司'], [0])
    """

    def __init__(self, doc: Doc, found: list[Mention], lines: Sequence[Encoded]) -> None:
        self.doc = doc
        self.found = found
        self.read: list[Encoded] = []  # the sentences so far
        self.subject: Mentions = ()  # the body or region that the last sentence with one begins with
        self.projects: list[Mention] = []
        self.pairs = Partners()
        self._lines = lines
        self._chief: Mentions | None = None
        self._by_key: dict[str, Mention] = {}
        self._heads: dict[str, Mentions] = {}
        self._receivers: dict[str, tuple[int, Mentions]] = {}
        self._givers: tuple[int, Mentions] = (-NEAR, ())
        for m in found:
            self._by_key.setdefault(m.key, m)

    def end(self, sentence: Encoded) -> None:
        """Take in a sentence that has been read to its end."""
        self.projects.extend(m for slot in sentence.slots for m in slot.mentions if m.category == "project")
        first = next((slot for slot in sentence.slots if slot.mentions[0].category in _SUBJECTS), None)
        if first is not None and first.position <= _OPENING:
            self.subject = first.mentions
        self.read.append(sentence)

    def acted(self, relation: str, heads: Mentions) -> None:
        """Take in the named heads of a relation that was stated."""
        self._heads[relation] = heads

    def gave(self, sentence: Encoded, givers: Mentions) -> None:
        """Take in the named givers of a gift; several gifts of one sentence have all of theirs together."""
        start, before = self._givers
        self._givers = sentence.start, (*(before if start == sentence.start else ()), *givers)

    def received(self, relation: str, sentence: Encoded, tails: Mentions) -> None:
        """Take in whom a sentence names as the tails of a relation."""
        self._receivers[relation] = sentence.start, tails

    def heads(self, relation: str) -> Mentions:
        """The heads of the last statement of a relation that named them."""
        return self._heads.get(relation, ())

    def givers(self) -> tuple[int, Mentions]:
        """Where the last sentence begins that names givers, and these."""
        return self._givers

    def receivers(self, relation: str) -> tuple[int, Mentions]:
        """Where the last sentence begins that names tails of a relation, and these."""
        return self._receivers.get(relation, (-NEAR, ()))

    def chief(self) -> Mentions:
        """The body that the whole article is about, sought when first asked for."""
        if self._chief is None:
            self._chief = chief(self._lines)
        return self._chief

    def of(self, keys: Iterable[str]) -> Mentions:
        """The first mention of each of these keys that has one."""
        return tuple(self._by_key[key] for key in keys if key in self._by_key)

    def back(self, sentence: Encoded, far: int) -> Iterator[Encoded]:
        """The sentences before *sentence* that begin less than *far* characters before it, the last first."""
        return takewhile(lambda one: sentence.start - one.start < far, reversed(self.read))
