"""A record becomes a document: dirty twins read like the clean text, spans lead back, metadata is kept."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Record
from kg.text import clean
from kg.text.tables import readings

ROOT = Path(__file__).parent.parent.parent
ARTICLES = [
    file
    for file in sorted((ROOT / "samples").glob("*.txt"))
    if not file.stem.startswith(("dirty", "gb18030", "traditional"))
]


def twins() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dirty_twins", ROOT / "scripts" / "dirty_twins.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def document(text: str, **meta: str) -> Document:
    return clean(Record("a", "a.txt", text, meta))


def content(doc: Document) -> list[str]:
    return [doc.text[line.start : line.end] for line in doc.lines if line.kind in {"title", "body"}]


def check(doc: Document, text: str) -> None:
    """What holds for every document."""
    assert doc.original == text
    assert len(doc.text) == len(doc.starts) == len(doc.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(doc.starts, doc.ends, strict=True))
    assert list(doc.starts) == sorted(doc.starts)
    assert not any(char < " " and char not in "\n\t" for char in doc.text)
    place = 0
    for line in doc.lines:
        assert place <= line.start < line.end <= len(doc.text)
        assert "\n" not in doc.text[line.start : line.end]
        place = line.end


@pytest.mark.parametrize("kind", ["traditional", "pinyin", "furniture"])
@pytest.mark.parametrize("file", ARTICLES, ids=lambda file: file.stem)
def test_a_dirty_twin_reads_like_the_clean_text(file: Path, kind: str) -> None:
    text = file.read_text("utf-8")
    dirty = twins().DIRT[kind](text, random.Random(7))
    assert dirty != text
    before, after = document(text), document(dirty)
    check(after, dirty)
    assert content(after) == content(before)
    assert (after.title, after.published, after.publisher) == (before.title, before.published, before.publisher)


def test_metadata_of_the_source_comes_first() -> None:
    doc = document(
        "甲区赴乙县\n2020-01-02 来源：乙县报\n内容在这里，完整的一句话。",
        published="2019年3月4日",
        source="甲區日報社",
        url="u",
    )
    assert (doc.published, doc.publisher, doc.title) == ("2019-03-04", "甲区日报社", "甲区赴乙县")
    assert ("url", "u") in doc.meta
    assert ("date", "2020-01-02") in doc.meta


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("日期:2019-05-24 来源:海州报", "2019-05-24"),
        ("2020-12-19 09:53:50 來源: 海州日報", "2020-12-19"),
        ("2020年08月26日08:09    来源:海州日报", "2020-08-26"),
        ("2023/7/9", "2023-07-09"),
        ("发布时间：2021年3月", ""),
        ("2021-02-30", ""),
        ("电话：2021-05-0612345", ""),
    ],
)
def test_dates_of_publication(line: str, day: str) -> None:
    assert document(f"{line}\n林远山赴青河县考察，并召开了座谈会。").published == day


def test_a_date_in_the_article_is_no_date_of_publication() -> None:
    assert document("2019年5月21日，林远山赴青河县。").published == ""


def test_reporters_are_known_and_kept_out() -> None:
    doc = document("海州报讯(记者四小磊)8月24日，林远山赴青河县。\n(責編:吳楠、呂騰龍)", author="梅若兰")
    assert doc.reporters == ("梅若兰", "四小磊", "吴楠", "吕腾龙")
    assert content(doc) == ["8月24日，林远山赴青河县。"]


@pytest.mark.parametrize("space", ["", " ", "\u3000"])
def test_the_reporter_in_a_dateline(space: str) -> None:
    doc = document(f"中新网海州8月3日电{space}(李小文)近日，海州区代表团到青河县调研。")
    assert doc.reporters == ("李小文",)
    assert content(doc) == ["近日，海州区代表团到青河县调研。"]


TEXT = ARTICLES[0].read_text("utf-8")


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_spans_lead_back_through_any_dirt(data: st.DataObject) -> None:
    pairs = [(char, reading) for reading in ("xié", "guó", "dōng") for char in sorted(readings()[reading])[:3]]
    pieces = st.sampled_from(
        [*(f"{c}({r})" for c, r in pairs), "\x00", "\u200b", "\r\n", "協作區", "津?qū)\ue78b诜鲐氋Y", "•"]
    )
    dirty, last = "", 0
    for place in sorted(data.draw(st.lists(st.integers(0, len(TEXT)), max_size=10))):
        dirty += TEXT[last:place] + data.draw(pieces)
        last = place
    dirty += TEXT[last:]
    doc = document(dirty)
    check(doc, dirty)
    same = sum(doc.printed(i, i + 1) == char for i, char in enumerate(doc.text))
    assert same >= 0.8 * len(doc.text)


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_cleaned(text: str) -> None:
    check(document(text), text)


@given(st.text("来源：记者 编辑张三（）()\n2020-01-02日期原标题。>", max_size=120))
@settings(max_examples=100, deadline=None)
def test_any_furniture_is_sorted(text: str) -> None:
    check(document(text), text)
