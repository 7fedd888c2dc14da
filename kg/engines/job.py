"""What a machine must know to read as all others do: the function, the user's words, and the version of it all."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar

from kg.engines.guard import Work
from kg.errors import KgError
from kg.store.keys import LIBRARIES, program

Start = Callable[[Path | None], Work]
Made = TypeVar("Made")  # what a job makes: the function over one record, or over a batch of something else


@dataclass(frozen=True, slots=True)
class Job(Generic[Made]):
    """Called, it makes a function, over one record say, on any machine that has the same kg.

    *start* makes it, given the user's own lexicon, of which *lexicon* is the content; *sign* tells which kg is meant.
    """

    start: Callable[[Path | None], Made]
    lexicon: bytes | None
    sign: str

    def __call__(self) -> Made:
        """Raises KgError where this machine would read otherwise than the one that asks."""
        mine = signature()
        if mine != self.sign:
            what = f"what reads here is not what the run was started with: {mine}; there: {self.sign}"
            raise KgError(f"the machine {platform.node()}", what, "install the same Python and the same kg on both")
        if self.lexicon is None:
            return self.start(None)
        with TemporaryDirectory() as folder:
            file = Path(folder) / "lexicon.toml"
            file.write_bytes(self.lexicon)
            return self.start(file)


def job_of(start: Callable[[Path | None], Made], lexicon: Path | None) -> Job[Made]:
    return Job(start, None if lexicon is None else lexicon.read_bytes(), signature())


def signature() -> str:
    """All that must be equal for equal bytes, as people can compare it: versions, and a hash of the program.

    >>> signature().startswith("Python 3."), "spacy 3." in signature()
    (True, True)
    """
    known = [f"Python {platform.python_version()} ({platform.machine()})", *map(_version, LIBRARIES)]
    return ", ".join([*known, f"kg {program().hex()[:12]}"])


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return f"no {library}"
