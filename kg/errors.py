"""The errors that kg raises on purpose: each says where, what, and what would be right."""

from __future__ import annotations


class KgError(Exception):
    """Something that the user can mend.

    >>> str(KgError("samples/a.txt", "the file is empty", "remove it or fill it"))
    'samples/a.txt: the file is empty (remedy: remove it or fill it)'
    """

    def __init__(self, where: str, what: str, remedy: str) -> None:
        self.where = where
        self.what = what
        self.remedy = remedy
        super().__init__(f"{where}: {what} (remedy: {remedy})")

    def __reduce__(self) -> tuple[type[KgError], tuple[str, str, str]]:
        return type(self), (self.where, self.what, self.remedy)


class ReadError(KgError):
    """A source that cannot be read; the run goes on without it."""


class LexiconError(KgError):
    """A data file of the lexicon that breaks its own rules."""


class OutputError(KgError):
    """A place that cannot be written; the run ends with exit code 1."""


class GraphError(KgError):
    """A graph file or a name in it that cannot be found or understood."""


class StoreError(KgError):
    """A store that cannot be opened, read or written; what it held is still there."""


class DecisionError(KgError):
    """A sheet of decisions that cannot be read, or a row in it that cannot be understood."""
