"""Identifiers that depend on content alone, so that the same input gives the same bytes."""

from __future__ import annotations

from hashlib import blake2b


def content_id(*parts: str, length: int = 12) -> str:
    """A short hexadecimal hash of *parts*; *length* counts characters (12 hold 48 bits).

    >>> content_id("region", "130627")
    'bdef44901d31'
    >>> content_id("region", "130627") == content_id("region130627")
    False
    """
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()[:length]
