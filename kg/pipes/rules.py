"""Rule tables of relations: patterns in the slot language (kg/lexicon/data/relations), sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg.errors import LexiconError
from kg.lexicon import table
from kg.model import Mention, Value
from kg.model.schema import ENDS
from kg.pipes.slots import Encoded, Match, compile_pattern

_WORD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a table: what it looks for, which relation it states, and what must not stand in the match.

    `carry` names where a missing head comes from (leader: who leads the visiting party; body: the head of the claim
    before), `direction` is `text`, `background` (head and tail ranked by the pairing table) or `known` (and dropped
    where the table is silent), `unless` is searched in
    the matched text and `beyond` right after it. `among` relates the mentions of `head` with each other,
    `also` names a second relation that the words imply.
    """

    id: str
    relation: str
    pattern: str
    score: float = 0.9
    status: str = ""
    carry: str = ""
    carry_tail: str = ""
    direction: str = "text"
    unless: str = ""
    beyond: str = ""
    before: str = ""
    among: bool = False
    also: str = ""
    amount: bool = False
    kinds: bool = False
    attrs: dict[str, Value] = field(default_factory=dict)
    heads: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that matched: the slots of its two ends (either may be empty and carried over) and the match itself."""

    rule: Rule
    match: Match
    heads: tuple[Mention, ...]
    tails: tuple[Mention, ...]


def expand(pattern: str, words: dict[str, str]) -> str:
    """Put the named word groups of a table into a pattern.

    >>> expand("{P}{go}{R}", {"go": "(?:赴|到)"})
    '{P}(?:赴|到){R}'
    """
    for _ in range(5):
        fuller = _WORD.sub(lambda m: words.get(m[1], m[0]), pattern)
        if fuller == pattern:
            break
        pattern = fuller
    return pattern


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of kg/lexicon/data/relations/NAME.toml, in the order of the file."""
    data = table(f"relations/{name}")
    words = {**table("relations/words")["words"], **data.get("words", {})}
    found = []
    for entry in data["rule"]:
        relation = entry.get("relation", data["relation"])
        heads, tails = ENDS[relation]
        values: dict[str, Any] = {k: v for k, v in entry.items() if k not in ("examples", "counter", "note")}
        values["heads"] = frozenset(entry.get("heads", heads)) & heads
        values["tails"] = frozenset(entry.get("tails", tails)) & tails
        for part in ("pattern", "unless", "beyond", "before"):
            values[part] = expand(values.get(part, ""), words)
        values["id"] = f"{relation}/{entry['id']}"
        try:
            rule = Rule(**{"relation": relation, **values})
            for part in (rule.pattern, rule.unless, rule.beyond, rule.before):
                compile_pattern(part)
        except (TypeError, re.error) as error:
            raise LexiconError(f"relations/{name}.toml", f"rule {entry['id']}: {error}", "mend this rule") from error
        found.append(rule)
    return tuple(found)


@cache
def _attribute() -> re.Pattern[str]:
    """What makes the region before it an attribute (北京企业) and so no end of a relation."""
    return re.compile(table("relations/words")["words"]["attribute"])


def findings(sentence: Encoded, chosen: tuple[Rule, ...]) -> Iterator[Finding]:
    """All that these rules find in one sentence, in the order of the rules and of the text."""
    for rule in chosen:
        for raw in compile_pattern(rule.pattern).finditer(sentence.text):
            if rule.unless and compile_pattern(rule.unless).search(raw[0]):
                continue
            if rule.beyond and compile_pattern(rule.beyond).match(sentence.text, raw.end()):
                continue
            if rule.before and compile_pattern(f"(?:{rule.before})$").search(sentence.text[: raw.start()]):
                continue
            match = Match(raw, sentence)
            yield Finding(rule, match, _ends(match, "head", rule.heads), _ends(match, "tail", rule.tails))


def _ends(match: Match, group: str, categories: frozenset[str]) -> tuple[Mention, ...]:
    """The mentions of a group; `head_` and `tail_` are its other place in patterns with alternatives."""
    slots = match.slots(group) or match.slots(group + "_")
    text, attribute = match.sentence.text, _attribute()
    return tuple(m for slot in slots for m in slot.mentions if m.category in categories
                 and not (m.category == "region" and attribute.match(text, slot.position + 1)))
