"""Text with the way back: every character knows the span of the original that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Repair

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Tape:
    """`starts[i]` and `ends[i]` are the span of `original` behind character i of `text`.

    >>> tape = Tape.of("協(xié)作").edit("pinyin", [(0, 6, "協")])
    >>> tape.text, tape.starts, tape.ends
    ('協作', (0, 6), (6, 7))
    >>> tape.repairs[0].before
    '協(xié)'
    """

    original: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    repairs: tuple[Repair, ...] = ()

    @classmethod
    def of(cls, original: str) -> Tape:
        size = len(original)
        return cls(original, original, range(size), range(1, size + 1))

    def edit(self, step: str, edits: Sequence[Edit]) -> Tape:
        """Replace spans of the text. Edits are sorted, do not overlap and are not empty.

        A replacement of the same length is mapped character by character; any other takes the whole span for each of
        its characters. What is deleted belongs to no character, but lies within every span around it.
        """
        if not edits:
            return self
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        repairs = []
        place = 0
        for first, last, after in edits:
            if not place <= first < last <= len(self.text):
                raise ValueError(f"edit [{first}, {last}) is empty, overlaps or leaves the text")
            pieces += self.text[place:first], after
            starts += self.starts[place:first]
            ends += self.ends[place:first]
            low, high = self.starts[first], self.ends[last - 1]
            if len(after) == last - first:
                starts += self.starts[first:last]
                ends += self.ends[first:last]
            else:
                starts += [low] * len(after)
                ends += [high] * len(after)
            repairs.append(Repair(step, low, high, self.original[low:high], after))
            place = last
        pieces.append(self.text[place:])
        starts += self.starts[place:]
        ends += self.ends[place:]
        return Tape(self.original, "".join(pieces), tuple(starts), tuple(ends), self.repairs + tuple(repairs))
