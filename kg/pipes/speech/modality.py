"""What a clause claims to be so: fact, or plan, wish and demand. The cues stand in kg/lexicon/data/modality.toml."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import table
from kg.lexicon.likely import Likely, words
from kg.pipes.slots import STOPS

_COMMAS = frozenset("，,：:")
_ENDS = {"whole": STOPS - frozenset("；;"), "sentence": STOPS, "clause": STOPS | _COMMAS}


@cache
def _cues() -> Likely[tuple[re.Pattern[str], frozenset[str], str]]:
    """Each cue with the signs that end its scope and the status that it tells."""
    return Likely(((re.compile(cue["pattern"]), _ENDS[cue["scope"]], cue["status"]), words(cue["pattern"]))
                  for cue in table("modality")["cue"])


def scopes(text: str) -> list[tuple[int, int, str]]:
    """The stretches of a sentence that are no fact: (start, end, status), in order.

    >>> scopes("双方签约,下一步将扩大合作。")
    [(5, 13, 'planned')]
    """
    found = []
    for pattern, stops, status in _cues().of(text):
        for match in pattern.finditer(text):
            end = match.end()
            while end < len(text) and text[end] not in stops:
                end += 1
            found.append((match.start(), end, status))
    return sorted(found)


def status_at(found: list[tuple[int, int, str]], place: int) -> str:
    """The status at one place of a sentence whose `scopes` are known."""
    for start, end, status in found:
        if start <= place < end:
            return status
    return "fact"


def status(text: str, place: int) -> str:
    """The status of the word at *place* in a sentence.

    >>> sentence = "海淀区向赤城县捐赠资金,希望两地签订协议"
    >>> status(sentence, sentence.index("捐赠")), status(sentence, sentence.index("签订"))
    ('fact', 'planned')
    """
    return status_at(scopes(text), place)
