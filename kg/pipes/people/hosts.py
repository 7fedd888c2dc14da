"""Whose bare titles are: 某局召开会议，党组书记、局长甲某主持, 局党组成员乙某, 某街道举行座谈会，党工委书记丙某出席."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from kg.lexicon import table
from kg.lexicon.gazetteer import gazetteer
from kg.lexicon.likely import either
from kg.model import Mention
from kg.pipes.people.grammar import grammar, level_word
from kg.pipes.people.posts import Unit

PREFIX: Final = 10  # characters before a bare rank in which the name of its body ends
INNER: Final = 14  # characters that a bare department takes at most
FAR: Final = 900  # characters behind a host in which its bare titles stand
TOWNS: Final = ("township", "village")


@dataclass(frozen=True, slots=True)
class Host:
    """What holds the things that the text tells: the key and name of a body or town."""

    end: int
    key: str
    name: str


@cache
def _form() -> re.Pattern[str]:
    return re.compile(table("posts")["hosts"]["form"])


@cache
def _inner() -> re.Pattern[str]:
    return re.compile(f"(?:{table('posts')['hosts']['inner']})$")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(table("posts")["hosts"]["opening"])


@cache
def _leads() -> re.Pattern[str]:
    leads = "|".join(form.pattern for form, body in grammar().leads if body in table("posts")["hosts"]["bodies"])
    return re.compile(f"(?P<lead>{leads})(?={table('posts')['hosts']['form']})")


@cache
def _leads_words() -> tuple[str, ...]:
    """Words, one of which every text holds that names an assembly."""
    return tuple(sorted(either(_leads()))) or ("",)


def ends(text: str, body: Mention, endings: Iterable[str]) -> bool:
    """Whether a body is of a kind (enterprise), or its name or words end like one."""
    return body.category in endings or body.name.endswith(tuple(endings)) or text[body.start : body.end].endswith(
        tuple(endings))


def _generic(words: str) -> bool:
    """Whether words end with what stands before a bare rank: with 由 or 集团, but not with 电子集团 or 向青石院的.

    >>> _generic("由"), _generic("邀请集团"), _generic("电子集团"), _generic("向青石院的")
    (True, True, False, False)
    """
    heads = sorted(table("posts")["words"]["heads"], key=lambda w: (-len(w), w))
    found = next((word for word in heads if words.endswith(word)), "")
    rest = words.removesuffix(found)
    belongs = found in table("posts")["words"]["generic"] or found == table("posts")["fits"]["of"]
    return bool(found) and (not belongs or not rest or _generic(rest))


class Hosts:
    """The hosts of one document, in order."""

    def __init__(self, text: str, regions: list[Mention], bodies: list[Mention]) -> None:
        self.text = text
        self.regions, self.bodies = regions, bodies
        self.named: set[int] = set()  # where names of persons end, to which no title belongs that follows
        self._marked = bodies.copy()  # without those that its titles show

    @cached_property
    def found(self) -> list[Host]:
        """The bodies and towns whose words show that they are hosts, in order."""
        form = _form()
        found = [Host(m.end, m.key, m.name) for m in self._marked if form.match(self.text, m.end)]
        found += [Host(m.end, m.key, m.name) for m in self.regions
                  if gazetteer().level(m.key) in TOWNS and form.match(self.text, self._led(m.end))]
        return sorted(found, key=lambda h: h.end)

    @cached_property
    def assemblies(self) -> list[tuple[int, int, str]]:
        """Where the words of leading bodies stand that hold assemblies, and these words."""
        told = _leads().finditer(self.text) if any(map(self.text.__contains__, _leads_words())) else ()
        return [(m.start("lead"), m.end("lead"), m["lead"]) for m in told]

    def _led(self, place: int) -> int:
        """Where the words of a leading body end that begin at *place* (某某街道|党工委)."""
        ends = [m.end() for form, _ in grammar().leads if (m := form.match(self.text, place))]
        return max(ends, default=place)

    def find(self, unit: Unit, fits: Callable[[Host], bool], region: Callable[[str, int], str]) -> tuple[str, int]:
        """The key of the last host before a bare title that may have it, and where the title begins.

        *region* tells what a word of level means.
        """
        start = unit.start - self._short(unit.start)
        if not self.begins(start):
            return "", start
        assembly = self._assembly(unit, region)
        if assembly:
            return assembly, start
        near = [h for h in self.found if start - FAR <= h.end <= start and fits(h)]
        return near[-1].key if near else "", start

    def own(self, unit: Unit, body: str) -> int:
        """Where the word begins that stands for the body of the post before: 某局局长甲某，|局党组成员乙某; or -1."""
        start = self.short(unit)
        return start if start < unit.start and body.endswith(self.text[start : unit.start]) else -1

    def short(self, unit: Unit) -> int:
        """Where the word begins that stands for a body right before a bare title, or the title itself."""
        return unit.start - self._short(unit.start)

    def pointed(self, place: int) -> tuple[str, bool]:
        """The body that 该院, 该局 right before *place* stands for, and whether such a word stands there."""
        these = tuple(table("posts")["words"]["these"])
        for word, endings in table("posts")["pointed"].items():
            if self.text[max(0, place - 4) : place].endswith(tuple(this + word for this in these)):
                found = [m for m in self.bodies if m.end <= place and ends(self.text, m, endings)]
                return (found[-1].key if found else ""), True
        return "", False

    def hospital(self, unit: Unit, start: int) -> str:
        """The hospital of the text, for the bare titles of those who work in one: 心内科|主任医师, 泌尿外科|主任."""
        words = table("posts")["departments"]
        healer = unit.rank.endswith(tuple(words["healers"]))
        if not healer and not self.text.endswith(tuple(words["wards"]), start, unit.start + len(unit.department)):
            return ""
        keys = Counter(m.key for m in self.bodies if ends(self.text, m, words["hospitals"]))
        most = max(sorted(keys), key=lambda key: keys[key], default="")
        return most if 2 * keys[most] > sum(keys.values()) else ""

    def prefixed(self, unit: Unit) -> bool:
        """Whether words that name some body stand right before a bare rank (世纪某通|总裁), which no one marked."""
        head = self.text[max(0, unit.front - PREFIX) : unit.front].rstrip(" ")
        cut = max(head.rfind(c) for c in "、，,。；;：:！？!?\n“”‘’（）()《》【】|　") + 1
        words = head[cut:]
        told = bool(unit.level) and words.endswith(table("posts")["fits"]["of"])  # 被查的|副市长
        return bool(words) and not told and (unit.weak or unit.front not in self.named) and not _generic(words)

    def inner(self, unit: Unit) -> int:
        """Where the words of a department begin that stand bare before a rank (，|检验科|主任), or -1."""
        found = _inner().search(self.text, max(0, unit.start - INNER), unit.start + len(unit.department))
        if found is None:
            return -1
        start = found.start()
        if self.text.startswith(tuple(table("posts")["words"]["these"]), start - 1):
            start += next((len(word) for word in table("posts")["pointed"] if self.text.startswith(word, start)), 0)
        elif not self.begins(start):
            return -1
        start = max(start, self.text.rfind(table("posts")["fits"]["of"], start, unit.start) + 1)  # 该院接诊的|消化内科
        opening = _opening().match(self.text, start, unit.start + len(unit.department))  # 会议听取了|审计处|处长
        start = opening.end() if opening else start
        start += next((len(word) for word in grammar().former if self.text.startswith(word, start)), 0)
        inside = any(m.start < unit.start and start < m.end for m in (*self.regions, *self.bodies))
        return -1 if inside or start >= unit.start + len(unit.department) else start

    def _assembly(self, unit: Unit, region: Callable[[str, int], str]) -> str:
        """The region whose people's congress met, for its bare 常委会|党组书记."""
        word = table("posts")["hosts"]["standing"]
        head = self.text[: unit.start]
        if not (head.endswith(word) or self.text.startswith(word, unit.start)):
            return ""
        for first, last, lead in reversed(self.assemblies):
            if last <= unit.start:
                near = [m for m in self.regions if m.start < first <= m.end <= last]
                return near[-1].key if near else region(level_word(lead), first)
        return ""

    def _short(self, place: int) -> int:
        """How many characters before a bare title stand for its body: 局|党组书记."""
        words = table("posts")["hosts"]["short"]
        return next((len(w) for w in sorted(words, key=lambda w: (-len(w), w)) if self.text.endswith(w, 0, place)
                     and self.begins(place - len(w))), 0)

    def begins(self, place: int) -> bool:
        """Whether nothing that names a body stands before *place*."""
        before = self.text[:place]
        return place in self.named or not before or not "\u4e00" <= before[-1] <= "\u9fff" or before.endswith(
            tuple(table("posts")["hosts"]["openers"]))
