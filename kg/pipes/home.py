"""The home region of an article: what 我省, 我市, a bare 区委书记 or 省工信厅 stand for."""

from __future__ import annotations

from spacy.tokens import Doc


def home_region(doc: Doc, level: str) -> str:
    """The key of the home region at *level* (province, prefecture, county), or "" where the article does not tell."""
    return ""
