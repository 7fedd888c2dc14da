"""What the statements of an article say of each of its entities, as far as identity needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.lexicon.divisions import PREFIX
from kg.model import Extraction, LocalEntity, Member
from kg.resolve.places import area

PERSON, EVENT, PROJECT, BODY = "person:", "event:", "project:", "body:"
DAY = len("2019-05-21")


@dataclass(slots=True)
class Sighting:
    """An entity in an article: `posts` are (key of the tail, title), `at` keys of places, `parties` keys of bodies that
    undertake it, `people` keys of those who take part.
    """

    entity: LocalEntity
    posts: list[tuple[str, str]] = field(default_factory=list)
    at: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Article:
    """An article: its day, its home, and what it names."""

    day: str
    home: str
    keys: tuple[str, ...]


@dataclass(slots=True)
class Gathered:
    """All sightings, and the articles that they stand in."""

    seen: dict[Member, Sighting] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    _kinds: dict[str, list[Member]] = field(default_factory=lambda: defaultdict(list))

    def add(self, member: Member, sighting: Sighting) -> None:
        """Take in a sighting."""
        self.seen[member] = sighting
        self._kinds[member[1][: member[1].find(":") + 1]].append(member)

    def of(self, *heads: str) -> list[Member]:
        """The members whose keys begin with one of *heads*, sorted."""
        return sorted(member for head in heads for member in self._kinds.get(head, ()))


def gather(extractions: Iterable[Extraction]) -> Gathered:
    """One pass over the articles."""
    found = Gathered()
    for extraction in extractions:
        document = extraction.document
        keys = tuple(sorted(entity.key for entity in extraction.entities))
        home = area(PREFIX + extraction.home) if extraction.home else ""
        found.articles[document] = Article(extraction.published, home, keys)
        mine = {entity.key: Sighting(entity) for entity in extraction.entities}
        for s in extraction.statements:
            head, tail = mine.get(s.head), mine.get(s.tail)
            if head is None or tail is None:
                continue
            if s.relation == "holds_post":
                head.posts.append((s.tail, str(dict(s.attrs).get("title", ""))))
            elif s.relation == "located_in":
                head.at.append(s.tail)
            elif s.relation in ("undertakes", "invests_in") and s.tail.startswith(PROJECT):
                tail.parties.append(s.head)
            elif s.relation == "attended":
                tail.people.append(s.head)
        for key, sighting in mine.items():
            found.add((document, key), sighting)
    return found


def groups(members: Iterable[Member], signature: dict[Member, object]) -> list[list[Member]]:
    """Members of one signature together; sorted by their first members."""
    found: dict[object, list[Member]] = defaultdict(list)
    for member in sorted(members):
        found[signature[member]].append(member)
    return sorted(found.values())


def pairs(blocks: dict[str, set[int]], most: int) -> set[tuple[int, int]]:
    """The pairs of all blocks; of a block that is too large each with its next ones in order."""
    found: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        ordered = sorted(blocks[key])
        for place, a in enumerate(ordered):
            found.update((a, b) for b in ordered[place + 1 : place + 1 + most])
    return found
