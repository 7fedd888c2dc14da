"""Words sought for many at once are those that each would find by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon.scan import Board, WordScan

WORDS = st.lists(st.text("甲乙丙a", min_size=1, max_size=4), max_size=8)
TEXTS = st.lists(st.text("甲乙丙丁a", max_size=12), min_size=1, max_size=8)


@given(st.lists(st.tuples(WORDS, st.booleans()), max_size=4), TEXTS)
def test_a_board_finds_what_each_scan_finds(several: list[tuple[list[str], bool]], texts: list[str]) -> None:
    board, scans = Board(), [WordScan(words, nested) for words, nested in several]
    for text in [*texts, *("丁" * size for size in range(13, 17)), *texts]:
        for scan in scans:
            found = board.find(scan, text)
            assert found is None or found == scan.find(text)
    assert all(board.find(scan, "丁" * 40) == [] for scan in scans)  # all are known by now


@given(WORDS, st.booleans(), TEXTS)
def test_words_of_a_part_are_those_of_the_part_alone(words: list[str], nested: bool, texts: list[str]) -> None:
    scan = WordScan(words, nested)
    for text in texts:
        for start in range(len(text) + 1):
            alone = [(first + start, last + start) for first, last in scan.find(text[start:-1])]
            assert scan.words(text, start, max(start, len(text) - 1)) == alone
