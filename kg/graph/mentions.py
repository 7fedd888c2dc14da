"""Where the nodes of a graph are mentioned, gathered when somebody asks: no file that kg writes holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kg.model import Extraction, Resolution

Places = list[tuple[str, int, int]]  # document, start, end


class Mentions(Mapping[str, Places]):
    """Node to the places of its mentions, sorted."""

    def __init__(self, extractions: Iterable[Extraction], resolution: Resolution) -> None:
        self._extractions, self._of = extractions, resolution.of

    @cached_property
    def _found(self) -> dict[str, Places]:
        found: dict[str, Places] = defaultdict(list)
        for extraction in self._extractions:
            for entity in extraction.entities:
                node = self._of.get((entity.document, entity.key))
                if node is not None:
                    found[node].extend((m.document, m.start, m.end) for m in entity.mentions)
        return {key: sorted(value) for key, value in sorted(found.items())}

    def __getitem__(self, node: str) -> Places:
        return self._found[node]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return repr(self._found)

    def __reduce__(self) -> tuple[type[dict[str, Places]], tuple[dict[str, Places]]]:
        """A copy, or what pickle takes along, is a plain dict: without all that the articles say."""
        return dict, (self._found,)
