"""What the statements of a relation say together: how many articles, when it was seen, who came after, what disagrees.

Nothing is claimed beyond what was observed: `first_seen` is the first day on which an article shows a post as held, not
the day on which it began, and a successor is who was seen in the post next. A month or a year counts where certain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.decide.words import limit, say
from kg.lexicon import table
from kg.model import Statement
from kg.model.schema import SEPARATOR
from kg.resolve.posts import leads

Triple = tuple[str, str, str]  # source, target, relation
Value = str | int | float | bool
TIMED: Final = ("holds_post", "paired_with")  # relations that last, whose first and last days are told
EARLIEST: Final = ("0000", "01", "01")
LATEST: Final = ("9999", "12", "31")


def low(date: str) -> str:
    """The first day that a date may mean.

    >>> low("2021-03"), high("2021-03"), high("2021-03-05")
    ('2021-03-01', '2021-03-31', '2021-03-05')
    """
    return _filled(date, EARLIEST)


def high(date: str) -> str:
    """The last day that a date may mean, or a day after it."""
    return _filled(date, LATEST)


def _filled(date: str, default: tuple[str, str, str]) -> str:
    parts = [part for part in date.split("-") if part]
    return "-".join([*parts, *default[len(parts):]])


class Span(NamedTuple):
    """The first and the last date of some observations."""

    first: str
    last: str

    @classmethod
    def of(cls, dates: Iterable[str]) -> Span | None:
        """The span of the dates that there are."""
        known = [date for date in dates if date]
        return cls(min(known, key=lambda d: (low(d), d)), max(known, key=lambda d: (high(d), d))) if known else None

    def meets(self, other: Span) -> bool:
        """Whether one day certainly lies in both.

        >>> Span("2020-03-01", "2021-05").meets(Span("2021-04-02", "2022"))
        True
        >>> Span("2020", "2020").meets(Span("2020", "2021"))
        False
        """
        return max(high(self.first), high(other.first)) <= min(low(self.last), low(other.last))

    def told(self) -> str:
        """The span in words."""
        return self.first if self.first == self.last else say("texts", "span", first=self.first, last=self.last)


class Holder(NamedTuple):
    """Who was seen in a single post, and when."""

    triple: Triple
    title: str
    name: str
    span: Span


@dataclass(slots=True)
class Facts:
    """The further attributes of all relations, by their ends and kind."""

    published: Mapping[str, str]
    reposts: Mapping[str, str]
    names: Mapping[str, str]
    levels: Mapping[str, str]
    found: dict[Triple, dict[str, Value]] = field(default_factory=dict)
    _conflicts: dict[Triple, list[str]] = field(default_factory=lambda: defaultdict(list))

    def gather(self, folded: Mapping[Triple, list[Statement]]) -> dict[Triple, dict[str, Value]]:
        """The attributes of each relation."""
        for triple, statements in sorted(folded.items()):
            self.found[triple] = self._single(triple, statements)
        self._posts({triple: said for triple, said in folded.items() if triple[2] == "holds_post"})
        self._pairings({triple: said for triple, said in folded.items() if triple[2] == "paired_with"})
        for triple, told in sorted(self._conflicts.items()):
            self.found[triple]["conflict"] = SEPARATOR.join(sorted(text.replace(SEPARATOR, "/") for text in told))
        return self.found

    def day(self, statement: Statement) -> str:
        """The day that a statement tells, else that of its article."""
        return statement.date or self.published.get(statement.document, "")

    def _source(self, statement: Statement) -> str:
        return self.reposts.get(statement.document, statement.document)

    def _single(self, triple: Triple, statements: list[Statement]) -> dict[str, Value]:
        attrs: dict[str, Value] = {"articles": len({self._source(s) for s in statements})}
        if triple[2] in TIMED:
            span = Span.of(self.day(s) for s in statements if not former(s))
            if span:
                attrs |= {"first_seen": span.first, "last_seen": span.last}
        if triple[2] == "holds_post":
            over = Span.of(self.day(s) for s in statements if former(s))
            if any(map(former, statements)):
                now = Span.of(self.day(s) for s in statements if not former(s))
                if now is None or over is None or high(now.last) <= high(over.last):
                    attrs["former"] = True
        self._amounts(triple, statements)
        return attrs

    def _amounts(self, triple: Triple, statements: list[Statement]) -> None:
        """Articles that tell one sum each of one day, and not the same."""
        if len(statements) == 1:
            return
        told: dict[tuple[str, str, str], dict[str, set[float]]] = defaultdict(lambda: defaultdict(set))
        for s in statements:
            attrs = dict(s.attrs)
            if s.date and "amount" in attrs and not isinstance(attrs["amount"], str):
                matter = (s.date, str(attrs.get("agreement", "")), str(attrs.get("aid_kind", "")))
                told[matter][self._source(s)].add(float(attrs["amount"]))
        for _, by_source in sorted(told.items()):
            if len(by_source) > 1 and all(len(sums) == 1 for sums in by_source.values()):
                first = {min(sums): source for source, sums in sorted(by_source.items(), reverse=True)}
                if len(first) > 1:
                    sums = (say("texts", "amount", amount=f"{amount:,.0f}", document=source)
                            for amount, source in sorted(first.items()))
                    self._conflicts[triple].append(say("texts", "amounts", amounts=say("texts", "between").join(sums)))

    def _posts(self, posts: Mapping[Triple, list[Statement]]) -> None:
        """Who else holds a single post of the same body, at the same time or next."""
        by_post: dict[tuple[str, str], list[Holder]] = defaultdict(list)
        for triple, statements in sorted(posts.items()):
            seen: dict[str, list[str]] = defaultdict(list)
            for s in statements:
                if not former(s):
                    for title in singles(str(dict(s.attrs).get("title", ""))):
                        seen[title].append(self.day(s))
            for title, days in sorted(seen.items()):
                if span := Span.of(days):
                    by_post[triple[1], title].append(Holder(triple, title, self.names[triple[0]], span))
        after: dict[Triple, list[tuple[Holder, Holder | None]]] = defaultdict(list)
        for _, holders in sorted(by_post.items()):
            for mine in holders:
                others = [h for h in holders if h.name != mine.name]
                self._same_time(mine, others)
                after[mine.triple].append((mine, self._next(mine, others)))
        for triple, pairs in sorted(after.items()):
            self._succeeded(triple, pairs)

    def _same_time(self, mine: Holder, others: list[Holder]) -> None:
        rivals = sorted((h for h in others if h.span.meets(mine.span)), key=lambda h: (h.span, h.name))
        if rivals:
            shown = (say("texts", "holder", name=h.name, span=h.span.told()) for h in rivals[: int(limit("heads"))])
            told = say("texts", "holders", title=mine.title, others=say("texts", "between").join(shown))
            self._conflicts[mine.triple].append(told)

    @staticmethod
    def _next(mine: Holder, others: list[Holder]) -> Holder | None:
        later = [h for h in others if low(h.span.first) > high(mine.span.last)]
        return min(later, key=lambda h: (low(h.span.first), h.name), default=None)

    def _succeeded(self, triple: Triple, pairs: list[tuple[Holder, Holder | None]]) -> None:
        """Name who came next; a post is over where all that one person can hold of it has passed to others."""
        attrs = self.found[triple]
        told = [say("texts", "successor", title=mine.title, name=then.name, date=then.span.first)
                for mine, then in pairs if then is not None]
        if told:
            attrs["successor"] = SEPARATOR.join(sorted(text.replace(SEPARATOR, "/") for text in told))
        for mine, then in pairs:
            if then is not None:
                before = say("texts", "predecessor", title=mine.title, name=mine.name, date=mine.span.last)
                known = str(self.found[then.triple].get("predecessor", "")).split(SEPARATOR)
                both = sorted({*filter(None, known), before.replace(SEPARATOR, "/")})
                self.found[then.triple]["predecessor"] = SEPARATOR.join(both)
        last = str(attrs.get("last_seen", ""))
        if last and all(then is not None and high(last) < low(then.span.first) for _, then in pairs):
            attrs["former"] = True

    def _pairings(self, pairings: Mapping[Triple, list[Statement]]) -> None:
        """Two that are paired with one place at the same time, where both are of one kind."""
        by_target: dict[str, list[tuple[Triple, Span]]] = defaultdict(list)
        for triple, statements in sorted(pairings.items()):
            if span := Span.of(map(self.day, statements)):
                by_target[triple[1]].append((triple, span))
        for _, found in sorted(by_target.items()):
            for triple, span in found:
                rivals = [say("texts", "holder", name=self.names[other[0]], span=theirs.told())
                          for other, theirs in found
                          if other != triple and self._alike(other[0], triple[0]) and theirs.meets(span)]
                if rivals:
                    others = say("texts", "between").join(rivals[: int(limit("heads"))])
                    told = say("texts", "pairings", name=self.names[triple[1]], others=others)
                    self._conflicts[triple].append(told)

    def _alike(self, first: str, second: str) -> bool:
        """Whether both are regions of one level: a county and its prefecture may both be paired with one place."""
        return bool(self.levels.get(first)) and self.levels.get(first) == self.levels.get(second)


def former(statement: Statement) -> bool:
    """Whether a statement says that a post was held before."""
    return bool(dict(statement.attrs).get("former"))


def singles(title: str) -> list[str]:
    """The parts of a title that only one person can hold at a time.

    >>> singles("县委副书记、县长"), singles("县委常委、副县长"), singles("前县长")
    (['县长'], [], ['前县长'])
    """
    for mark in table("identity_people")["titles"]["marks"]:
        title = title.replace(mark, SEPARATOR)
    return [part for part in title.split(SEPARATOR) if part and leads(part)]
