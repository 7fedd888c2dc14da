"""Reposts: the same wire text on several sites, under other headers, cut or retitled, is one source and not many."""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping
from zlib import crc32

from kg.lexicon import table
from kg.model import Document


def letters(text: str) -> str:
    """The letters and figures of *text* in one width and case: what is left when a site sets the text anew.

    >>> letters("代表团(10人),赴 乙县。") == letters("代表团（１０人）， 赴乙县。") == "代表团10人赴乙县"
    True
    """
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if char.isalnum())


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
    hashes = {crc32(plain[i : i + size].encode()) for i in range(len(plain) - size + 1)}
    return array("I", sorted(found for found in hashes if found % share == 0)).tobytes()


def group(sketches: Mapping[str, bytes]) -> dict[str, str]:
    """Document -> the document that it reposts, for every document that reposts one; the longest text leads.

    The result does not depend on the order of the documents.

    >>> text = "海州区代表团赴青河县考察，走访了结对的学校和医院，察看了产业园区的建设情况，并签订了两地新的合作协议。"
    >>> group({"b": of_text("青河发布消息：" + text), "a": of_text(text), "c": of_text("完全不同的一件事。" * 9)})
    {'a': 'b'}
    """
    limits = table("repair")["reposts"]
    leaders: dict[int, list[str]] = defaultdict(list)
    reposts: dict[str, str] = {}
    for name in sorted(sketches, key=lambda name: (-len(sketches[name]), name)):
        mine = _numbers(sketches[name])
        if len(mine) < limits["fewest"]:
            continue
        first = mine[: limits["looked_up"]]  # hashes have no order of meaning: the smallest are a fair sample
        near = Counter(leader for number in first for leader in leaders.get(number, ())[: limits["common"]])
        likely = (leader for leader, count in near.items() if count >= limits["rare"] * len(first))
        held = frozenset(mine)
        best = max(((_shared(held, _numbers(sketches[leader])), leader) for leader in likely), default=(0, ""))
        if best[0]:
            reposts[name] = best[1]
            continue
        for number in first:
            leaders[number].append(name)
    return dict(sorted(reposts.items()))


def _numbers(packed: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers


def _shared(less: frozenset[int], more: array[int]) -> int:
    """How many strings a text shares with one as long or longer, and 0 where that makes it no repost of the other."""
    limits = table("repair")["reposts"]
    least = max(limits["of_shorter"] * len(less), limits["of_longer"] * len(more))
    shared = len(less.intersection(more)) if len(less) >= least else 0
    return shared if shared >= least else 0
