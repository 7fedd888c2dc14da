"""Values of any type that the dataclasses and tuples of kg use, for property tests: annotations cover new fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

ME = "本文"  # the id that most parts share with their document
LETTERS = st.characters(exclude_categories=())  # lone surrogates too
TEXTS = st.text(LETTERS, max_size=8) | st.sampled_from(["", "沈岳川", "|", "\x00", "\ud800"])
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(-5, 2**70),
    bool: st.booleans(),
    float: st.floats(allow_nan=False),
    bytes: st.binary(max_size=8),
    NoneType: st.none(),
}


def of(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type as an annotation names it."""
    if kind in PLAIN:
        return PLAIN[kind]
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        hints = get_type_hints(kind)
        names = kind._fields if hasattr(kind, "_fields") else [f.name for f in fields(kind)]
        parts = {name: of(hints[name]) for name in names}
        if "document" in parts:
            parts["document"] = st.just(ME) | TEXTS
        return st.builds(kind, **parts)
    if get_origin(kind) in (Union, UnionType):
        return st.one_of([of(part) for part in get_args(kind)])
    assert get_origin(kind) in (tuple, Sequence), kind
    inner = get_args(kind)
    if inner[-1] is Ellipsis or get_origin(kind) is Sequence:
        return st.lists(of(inner[0]), max_size=2).map(tuple)
    return st.tuples(*map(of, inner))
