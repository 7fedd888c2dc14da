"""Names as they are compared: one width, one script, no marks; never by how they sound."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from kg.lexicon import table
from kg.text.script import convert
from kg.text.tables import script


@cache
def _settings() -> tuple[dict[int, None], frozenset[str], frozenset[str]]:
    fold = table("identity_names")["fold"]
    return dict.fromkeys(map(ord, fold["marks"])), frozenset(fold["keep"]), script("traditional")


@lru_cache(maxsize=1 << 18)
def fold(name: str) -> str:
    """The form of a name that two articles share: marks and spaces out, full width to half, variants to one script.

    >>> fold("“云雀爱心”超市"), fold("中国（上海）自贸区"), fold("王灝") == fold("王灏"), fold("王浩") == fold("王灏")
    ('云雀爱心超市', '中国上海自贸区', True, False)
    >>> fold("郑东昇") == fold("郑东升")
    False
    """
    marks, keep, traditional = _settings()
    plain = unicodedata.normalize("NFKC", name).translate(marks)
    if traditional.isdisjoint(plain):
        return plain
    turned = convert(plain)
    return "".join(old if old in keep else new for old, new in zip(plain, turned, strict=True))
