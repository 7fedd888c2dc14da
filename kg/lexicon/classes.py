"""Classes of characters, worked out once instead of in every pattern that holds them."""

from __future__ import annotations

from functools import cache, wraps
from typing import Any

try:
    from re import _compiler  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _compiler = None

COMPACT = "_optimize_charset"  # of `re._compiler`, there since Python 3.11: a class as the engine wants it


@cache
def remembered() -> bool:
    """From now on the standard library compiles equal classes of characters once; False where it cannot be told to.

    To compile `[一-鿿]` it walks through 21,000 characters, 1 or 2 ms each time, and the patterns of a run hold some
    6,000 classes of which 1,100 differ. What it compiles stays the same. Classes that ignore case are left to it.

    >>> import re
    >>> remembered() and re.compile("[一-鿿]{2}").findall("甲乙a丙丁")
    ['甲乙', '丙丁']
    """
    compact = getattr(_compiler, COMPACT, None)
    if compact is None:
        return False
    known: dict[tuple[Any, ...], Any] = {}

    @wraps(compact)
    def once(charset: Any, iscased: Any = None, fixup: Any = None, fixes: Any = None) -> Any:
        if fixup is not None:
            return compact(charset, iscased, fixup, fixes)
        key = tuple(charset)
        if key not in known:
            known[key] = compact(charset, iscased, fixup, fixes)
        return known[key]

    setattr(_compiler, COMPACT, once)
    return True
