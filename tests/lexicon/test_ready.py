"""What is kept of the lexicon between builds is what would be made anew; no word of an article is among it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.lexicon import DATA, likely, needs, ready, table
from kg.model import Notes, Page, Record
from kg.pipeline import analyse

PATTERNS = (
    r"(?P<number>[\d.]+)(?:亿|万)?元(?!人)",
    r"(?<![\d.])(?<!第)(?P<a>甲|乙组)?(?(a)丙|丁)+?", "(?i:ceo|cfo)$",
    "[\u4e00-\u9fff]{2,4}县", r"(?=[近约])(?:近|约)?[一二三四五六七八九十百千]+名", "", "(?x) 甲 # 乙",
    "(?>[赴到]+)县*+",
)


@pytest.fixture
def cold() -> Iterator[None]:
    """Without what the process worked out before."""
    re.purge()
    for function in (likely.words, needs._opening, needs.apart, needs.tree):
        function.cache_clear()
    yield
    re.purge()


def noted(pages: Notes) -> Notes:
    """The notes as the next build finds them."""
    return Notes(json.loads(json.dumps({name: page.asked for name, page in pages.pages.items()})))


def found() -> list[object]:
    """All that is told of the patterns."""
    re.purge()
    compiled = [re.compile(pattern, flags) for pattern in PATTERNS for flags in (0, re.IGNORECASE, re.MULTILINE)]
    told: list[object] = [(one, one.groups, dict(one.groupindex), one.flags) for one in compiled]
    for function in (likely.words.__wrapped__, needs._opening.__wrapped__, needs.apart.__wrapped__, needs.pairs):
        told += [function(pattern) for pattern in PATTERNS]
    return told


def test_what_is_kept_is_what_would_be_made(cold: None, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, notes = found(), Notes()
    with ready.ready(notes):
        assert found() == plain
    monkeypatch.setattr(ready, "_assembled", lambda *_: pytest.fail("was compiled again"))
    monkeypatch.setattr(needs.parser, "parse", lambda *_: pytest.fail("was parsed again"))
    with ready.ready(noted(notes)):
        assert found() == plain
        assert [m[0] for m in re.compile(PATTERNS[0]).finditer("投资3.5亿元，每人20元人均")] == ["3.5亿元"]


def test_outside_of_a_build_nothing_is_kept(cold: None) -> None:
    before = ready._compiler.compile
    with ready.ready(Notes()):
        assert ready._compiler.compile is not before
    assert ready._compiler.compile is before
    assert ready.kept("words", "甲", lambda: 3) == 3


@pytest.mark.parametrize("answer", [
    3, [], [0, "", 0, {}], [0, "x", 0, {}], [0, b64encode(b"\xff" * 40).decode(), 0, {}], [0, "AAAA", 0, []],
    [0, None, 0, {}], [0, b64encode(bytes(40)).decode(), 1, {"a": 7}], ["a", "", 0, {}],
])
def test_damaged_answers_are_made_anew(answer: object, cold: None) -> None:
    notes = Notes()
    with ready.ready(notes):
        re.compile("[甲乙]县")
    told = {name: dict.fromkeys(page.asked, answer) for name, page in notes.pages.items()}
    re.purge()
    with ready.ready(Notes(told)):
        assert re.compile("[甲乙]县").fullmatch("乙县")


def test_a_lasting_page_keeps_what_was_not_asked() -> None:
    assert Page({"甲": 1}, lasting=True).asked == {"甲": 1}
    assert not Page({"甲": 1}, lasting=True).changed
    assert Page({"甲": 1}).asked == {}
    page = Page({str(n): n for n in range(25)}, lasting=True)
    changed = []
    for number in range(100, 112, 3):
        page.get(str(number), lambda: 1)
        changed.append(page.changed)
    assert changed == [False, False, True, True]  # written when it has grown by more than a tenth


def test_tables_are_what_json_holds() -> None:
    names = [file.relative_to(Path(str(DATA))).with_suffix("").as_posix() for file in Path(str(DATA)).rglob("*.toml")]
    assert len(names) > 30
    for name in names:
        assert repr(json.loads(json.dumps(table(name)))) == repr(table(name))


def test_no_word_of_an_article_is_kept(cold: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strings that a text repeats, and stems of villages, are sought as texts and not as patterns."""
    real, asked = ready._assembled, []
    monkeypatch.setattr(ready, "_assembled", lambda pattern, flags: asked.append(pattern) or real(pattern, flags))
    said = "唐县副县长沈岳川到阜平县寺口村调研，看望村民。玩具网合作社产业玩具网增收，干部玩具网群众工作玩具网收入。"
    with ready.ready(Notes()):
        for text in (said * 4, said.replace("玩具网", "的")):
            extraction, _ = analyse(Record("a", "a", text, {"published": "2023-08-01"}))
            assert extraction is not None
    assert len(asked) > 100
    for word in ("寺口", "玩具网", "沈岳川"):
        assert not [pattern for pattern in asked if word in pattern]
