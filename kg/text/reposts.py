"""Reposts: the same wire text on several sites, under other headers, cut or retitled, is one source and not many."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain, compress, pairwise
from zlib import crc32

import numpy as np

from kg.lexicon import table
from kg.model import Document

SHIFT = 12  # the first 20 bits of a hash: by these texts are compared before they are compared exactly

_SIGNS = "[\\W_]+"
# NFKC changes nothing here but signs
_USUAL = "[\0-~\u4e00-\u9fff，。、；：？！“”‘’（）《》【】—…·％　\xa0×～▲△▼↑↓→「」｜－＋〔〕●■]*"


def letters(text: str) -> str:
    """The letters and figures of *text* in one width and case: what is left when a site sets the text anew.

    >>> letters("代表团(10人),赴 乙县。") == letters("代表团（１０人）， 赴乙县。") == "代表团10人赴乙县"
    True
    """
    if not _usual().fullmatch(text):
        text = unicodedata.normalize("NFKC", text)
    return _signs().sub("", text.lower())


@cache
def _usual() -> re.Pattern[str]:
    return re.compile(_USUAL)


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(_SIGNS)


def sketch(document: Document) -> bytes:
    """What is kept of a document's body to know its reposts by: see `of_text`."""
    return of_text("".join(document.text[line.start : line.end] for line in document.lines if line.kind == "body"))


def of_text(body: str) -> bytes:
    """A fixed share of the hashes of all strings of the body, sorted and packed; texts that share half of their
    strings share half of these.

    >>> len(of_text("很短")) == 0
    True
    """
    limits: dict[str, int] = table("repair")["reposts"]
    size, share = limits["string"], limits["one_in"]
    plain = letters(body)
    packed = plain.encode()
    codes = np.frombuffer(packed, dtype=np.int8)
    ends = [*np.flatnonzero(codes >= -0x40).tolist(), len(packed)]  # where the characters begin among the bytes
    strings = zip(ends, ends[size:], strict=False)
    kept = {found for first, last in strings if not (found := crc32(packed[first:last])) % share}
    return array("I", sorted(kept)).tobytes()


def group(sketches: Mapping[str, bytes]) -> dict[str, str]:
    """Document -> the document that it reposts, for every document that reposts one; the longest text leads.

    The result does not depend on the order of the documents.

    >>> text = "海州区代表团赴青河县考察，走访了结对的学校和医院，察看了产业园区的建设情况，并签订了两地新的合作协议。"
    >>> group({"b": of_text("青河发布消息：" + text), "a": of_text(text), "c": of_text("完全不同的一件事。" * 9)})
    {'a': 'b'}
    """
    limits = table("repair")["reposts"]
    names = sorted(sketches, key=lambda name: (-len(sketches[name]), name))
    texts = _Texts([found for name in names if len(found := _numbers(sketches[name])) >= limits["fewest"]],
                   limits["looked_up"])
    leaders: dict[int, list[int]] = defaultdict(list)
    reposts: dict[str, str] = {}
    for text, (first, size) in enumerate(texts.met()):
        if len(first) >= limits["rare"] * size:  # else no leader can hold enough of it
            lists = (leaders[number][: limits["common"]] for number in first if number in leaders)
            near = Counter(chain.from_iterable(lists))
            likely = [leader for leader, count in near.items() if count >= limits["rare"] * size]
            best = max(((shared, names[leader]) for leader, shared in texts.shared(text, likely)), default=(0, ""))
            if best[0]:
                reposts[names[text]] = best[1]
                continue
        for number in first:
            leaders[number].append(text)
    return dict(sorted(reposts.items()))


def _numbers(packed: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers


class _Texts:
    """Texts as their sorted hashes, the longest text first; they meet by the first *most* hashes of each."""

    def __init__(self, hashes: Sequence[array[int]], most: int) -> None:
        self._hashes = [np.frombuffer(found, np.uintc) for found in hashes]
        self._sizes = np.array([len(found) for found in hashes], dtype=np.int64)
        self._most = most
        every = np.concatenate(self._hashes) if hashes else np.zeros(0, np.uintc)
        slots, ends = (every >> SHIFT).astype(np.intp), np.cumsum(self._sizes).tolist()
        self._slots = [slots[start:end] for start, end in pairwise([0, *ends])]
        self._mine = np.zeros(1 << 32 - SHIFT, dtype=bool)

    def met(self) -> list[tuple[list[int], int]]:
        """Of each text the hashes among its first *most* that stand so in another one too, and how many these are.

        Hashes have no order of meaning: the smallest are a fair sample.
        """
        sizes = np.minimum(self._sizes, self._most)
        ends = np.cumsum(sizes)
        numbers = np.concatenate([found[:self._most] for found in self._hashes]) if self._hashes else np.zeros(0, int)
        _, place, count = np.unique(numbers, return_inverse=True, return_counts=True)
        several = (count[place] > 1).tolist()
        told, bounds = numbers.tolist(), zip((ends - sizes).tolist(), ends.tolist(), strict=True)
        return [(list(compress(told[start:end], several[start:end])), end - start) for start, end in bounds]

    def shared(self, text: int, others: list[int]) -> list[tuple[int, int]]:
        """Those of *others*, each as long or longer, that a text reposts, and how many hashes they share."""
        limits = table("repair")["reposts"]
        mine, sizes = self._hashes[text], self._sizes[others]
        near = np.flatnonzero(sizes * limits["of_longer"] <= len(mine)).tolist()
        if not near:
            return []
        others, sizes = [others[i] for i in near], sizes[near]
        least = np.maximum(limits["of_shorter"] * len(mine), limits["of_longer"] * sizes)
        self._mine[self._slots[text]] = True
        found = self._mine[np.concatenate([self._slots[other] for other in others])]
        self._mine[self._slots[text]] = False
        held = np.add.reduceat(found, np.cumsum(sizes) - sizes, dtype=np.int64)  # as many or a few more
        exact = ((i, len(np.intersect1d(mine, self._hashes[others[i]], True))) for i in np.flatnonzero(held >= least))
        return [(others[i], count) for i, count in exact if count >= least[i]]
