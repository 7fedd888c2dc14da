"""No pattern of the lexicon repeats what is itself a repetition and nothing else.

`(?:近日|[^,]{0,14})*` tries every way to cut a clause into pieces before it says no: 2**n of them, hours of work.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from multiprocessing import get_context
from typing import Any

import pytest

from kg.lexicon import DATA
from kg.lexicon.needs import ops, tree
from kg.pipes.slots import spelled

OFTEN = 6  # fewer rounds cannot take long
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT)


def strings(value: Any) -> Iterator[str]:
    """Every string of a TOML file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from files(entry)
        elif entry.name.endswith(".toml"):
            yield entry


def patterns() -> Iterator[str]:
    for file in files(DATA):
        for text in strings(tomllib.loads(file.read_text("utf-8"))):
            if any(mark in text for mark in "*+{"):
                try:
                    re.compile(spelled(text))
                except (re.error, KeyError):
                    continue
                yield spelled(text)


def branches(items: Any) -> Iterator[list[tuple[Any, Any]]]:
    """The ways in which a sequence can read, groups opened."""
    ways: list[list[tuple[Any, Any]]] = [[]]
    for op, value in items:
        if op is ops.SUBPATTERN:
            inner = list(branches(value[3]))
        elif op is ops.BRANCH:
            inner = [way for branch in value[1] for way in branches(branch)]
        else:
            inner = [[(op, value)]]
        ways = [[*way, *more] for way in ways for more in inner][:5000]
    yield from ways


def endless(items: Any) -> bool:
    """Whether a sequence repeats, often, what may be one repetition and nothing else."""
    for op, value in items:
        if op in REPEATS and value[1] >= OFTEN:
            for way in branches(value[2]):
                long = [item for item in way if item[0] in REPEATS and item[1][1] >= OFTEN]
                rest = [item for item in way if item not in long and not (item[0] in REPEATS and item[1][0] == 0)
                        and item[0] not in (ops.ASSERT, ops.ASSERT_NOT, ops.AT)]
                if long and not rest and all(item[1][0] == 0 for item in long[1:]):
                    return True
        if any(endless(inner) for inner in inside(op, value)):
            return True
    return False


def inside(op: Any, value: Any) -> Iterator[Any]:
    if op is ops.SUBPATTERN:
        yield value[3]
    elif op is ops.BRANCH:
        yield from value[1]
    elif op in (*REPEATS, ops.POSSESSIVE_REPEAT):
        yield value[2]
    elif op in (ops.ASSERT, ops.ASSERT_NOT):
        yield value[1]
    elif op is ops.ATOMIC_GROUP:
        yield value


@pytest.mark.parametrize("pattern", [
    "(?:近日|[^,]{0,14})*", "(?:甲+)+", "乙(?:丙?[甲乙]{1,9}丁?)*戊", "(?:(?:甲|乙*))+", "(?=(?:甲*)*乙)",
])
def test_what_never_ends_is_seen(pattern: str) -> None:
    assert endless(tree(pattern))


@pytest.mark.parametrize("pattern", [
    "(?:近日|[^,])*", "(?:甲+乙)+", "(?:[甲乙]{2})*", "(?:甲+){0,3}", "(?:甲*)*+", "甲*乙*",
])
def test_what_ends_is_left_alone(pattern: str) -> None:
    assert not endless(tree(pattern))


def test_every_pattern_of_the_lexicon_ends() -> None:
    read = list(patterns())
    assert len(read) > 1000
    assert [pattern for pattern in read if endless(tree(pattern))] == []


ITEMS = ("副县长\ue000", "县委常委、副县长\ue000", "\ue000", "\ue001", "\ue002", "爱心人士、\ue002", "\ue003的\ue000",
         "\ue004", "\ue001石桥村", "和\ue002", "\ue001\ue003副主任\ue000", "\ue001、\ue001的\ue002")
ENDS = ("参加会议。", "出席签约仪式并致辞。", "一行赴\ue001考察调研,走访慰问群众。",
        "向\ue003捐款100万元,并签订了协议。", "率队带领村民考察了项目。", "等陪同下,看望慰问老人", "\ue005在\ue001举行")
LONG = 24  # items of a list, as in reports of who took part
ENOUGH = 120  # seconds for what takes one or two where nothing is tried 2**24 ways


def search_lists() -> None:
    """Search lists of many shapes for every pattern of the lexicon."""
    texts = [f"\ue005,{joint.join([item] * LONG)}{end}" for item in ITEMS for joint in "、，,和" for end in ENDS]
    for pattern in dict.fromkeys(patterns()):
        compiled = re.compile(pattern)
        for text in texts:
            for _ in compiled.finditer(text):
                pass


def test_long_lists_are_searched_to_their_end() -> None:
    """A list of 24 officials, bodies or regions: `(?:(?:{_8}、{_14}|、{_14}长){P})*` would take hours."""
    process = get_context("spawn").Process(target=search_lists)
    process.start()
    process.join(ENOUGH)
    ended = not process.is_alive()
    process.kill()
    process.join()
    assert ended
    assert process.exitcode == 0
