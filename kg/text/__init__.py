"""Cleaning: from a record as it was read to a document whose every character knows where it came from."""

from kg.text.clean import clean

__all__ = ["clean"]
