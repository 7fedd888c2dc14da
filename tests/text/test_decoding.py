"""Bytes become the right text, or a refusal that says why."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from kg.errors import ReadError
from kg.text.decoding import decode, unmangle

TEXT = "海州区党政代表团赴青河县，对接东西部协作工作，签订了合作协议。\n两地结对已有三年。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("size", [6, 12, len(TEXT)])
def test_encodings_of_simplified_text(encoding: str, size: int) -> None:
    assert decode(TEXT[:size].encode(encoding)).text == TEXT[:size]


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030", "utf-16-be"])
def test_encodings_of_traditional_text(encoding: str) -> None:
    text = OpenCC("s2t").convert(TEXT)
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE])
def test_a_mark_decides(mark: bytes) -> None:
    encoding = "utf-16-be" if mark == codecs.BOM_UTF16_BE else "utf-16-le"
    assert decode(mark + "协".encode(encoding)).text == "协"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_read_as_latin_is_put_right(encoding: str) -> None:
    mangled = TEXT.encode(encoding).decode("latin-1")
    assert decode(mangled.encode("utf-8")).text == TEXT
    assert unmangle(mangled) == (TEXT, encoding)


def test_windows_marks_in_mangled_text() -> None:
    mangled = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in "两地共同关心群众的生活。".encode()
    )
    assert any(char > "\xff" for char in mangled)
    assert unmangle(mangled) == ("两地共同关心群众的生活。", "utf-8")


@pytest.mark.parametrize("text", [TEXT, "Château à Genève — où est l'été?", "", "plain words", "²³¹ÄÖÜäöüß"])
def test_other_text_is_not_put_right(text: str) -> None:
    assert unmangle(text) is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bytes(range(256)) * 8, "cannot be told"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"PK\x03\x04" + bytes(50), "zip"),
        ("Ceci est un été à la montagne, là où l'eau coule.".encode("latin-1"), "cannot be told"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd" * 50, "mark"),
    ],
)
def test_a_doubtful_guess_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        decode(data)


def test_a_few_broken_bytes_are_told() -> None:
    data = (TEXT * 20).encode("utf-8")
    decoded = decode(data[:30] + b"\xff" + data[30:])
    assert decoded.encoding == "utf-8, 1 broken"
    assert decoded.text.count("\ufffd") == 1


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    try:
        found = decode(data)
    except ReadError as error:
        refusal = error
    else:
        assert found.encoding
        return
    assert refusal.what
    assert refusal.remedy
