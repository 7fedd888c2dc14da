"""Rule tables of relations: patterns in the slot language (kg/lexicon/data/relations), sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any

from kg.errors import LexiconError
from kg.lexicon import table
from kg.lexicon.likely import Likely, Words
from kg.lexicon.likely import words as words_of
from kg.model import Mention, Value
from kg.model.schema import ENDS
from kg.pipes.slots import LETTERS, Encoded, Match, Slot, compile_pattern, signs_of, spelled

_MUTUAL = frozenset({"cooperates_with"})
_ACTS = frozenset({"paired_with", "supports", "undertakes", "cooperates_with"})
_DOES = frozenset({"undertakes"})
_GOES = frozenset({"visited"})
_HOLDS = frozenset({"paired_with", "supports", "cooperates_with"})
_HOUSES = frozenset({LETTERS["enterprise"], LETTERS["organization"]})
_GIVES = frozenset({"supports"})
_PARTY = "reference/party"  # a word that stands for who leads a party: 代表团, 考察团
_LISTED = "、" + LETTERS["region"]  # what may stand between 国网 and a later region of its list
_WORD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a table: what it looks for, which relation it states, and what must not stand in the match.

    `carry` and `carry_tail` name where a head or tail comes from that the match leaves out (the words are those of
    `ANTECEDENTS` in kg/pipes/relations/antecedents.py). `direction` is `text`, `background` (head and tail ranked by
    the pairing table), `known` (and dropped where the table is silent), `listed` (and only pairs that stand in the
    table) or `unknown` (dropped where the table ranks them: they are paired then),
    `unless` is searched in the matched text and `beyond` right after it. `among` relates the mentions of
    `head` with each other, `party` asks for a head that leads a visiting party somewhere in the text, `also` names
    a second relation that the words imply. `named` is searched in the name of a head, `tail_named` in that of a
    tail, `outsider` asks for a head whose name does not hold that of the tail (涿州市消防救援大队 is at home in 涿州)
    nor, unless `local`, that of a region around it. `most` is how many tails a rule may have: a longer list is one of
    hosts and states nothing. `day` is `never` where what it states lasts and has no day (驻村第一书记), `here` where
    only its own sentence can tell one, `far` where that of sentences far before it may be its own.
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
    party: bool = False
    named: str = ""
    tail_named: str = ""
    outsider: bool = False
    local: bool = False
    most: int = 0
    day: str = ""
    also: str = ""
    amount: bool = False
    kinds: bool = False
    attrs: dict[str, Value] = field(default_factory=dict)
    heads: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()
    needs: Words = frozenset()
    signs: frozenset[Words] = frozenset()


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
        for part in ("pattern", "unless", "beyond", "before", "named", "tail_named"):
            values[part] = expand(values.get(part, ""), words)
        values["id"] = f"{relation}/{entry['id']}"
        try:
            rule = Rule(**{"relation": relation, **values})
            rule = replace(rule, needs=words_of(spelled(rule.pattern)), signs=signs_of(rule.pattern))
        except (TypeError, re.error) as error:
            raise LexiconError(f"relations/{name}.toml", f"rule {entry['id']}: {error}", "mend this rule") from error
        found.append(rule)
    return tuple(found)


@cache
def _after(name: str) -> re.Pattern[str]:
    """What stands after a region or a body: `attribute`, `actor`, `holder` or such of the shared words."""
    return re.compile(table("relations/words")["words"][name])


@cache
def _firms() -> tuple[str, ...]:
    """What stands before a region whose branch of a firm is meant (国网天津、河南电力)."""
    return tuple(table("relations/words")["lists"]["firms"])


@cache
def _zones() -> tuple[str, ...]:
    """How the names of bodies end that are places too."""
    return tuple(table("relations/words")["lists"]["zones"])


def may_act(text: str, place: int) -> bool:
    """Whether the words from *place* on let the region before them be the actor of its clause."""
    return bool(_after("actor").match(text, place)) and not (
        _after("attribute").match(text, place) or _after("holder").match(text, place))


def is_party(slot: Slot) -> bool:
    """Whether a slot is a word like 代表团 that stands for whoever leads the party."""
    return slot.mentions[0].rule == _PARTY


def of_party(sentence: Encoded, slot: Slot) -> bool:
    """Whether a party stands right behind its region (城阳区代表团): what it does the region does."""
    return any(is_party(other) for other in sentence.within(slot.position + 1, slot.position + 2))


def findings(sentence: Encoded, chosen: Likely[Rule]) -> Iterator[Finding]:
    """All that these rules find in one sentence, in the order of the rules and of the text."""
    for rule in chosen.of(sentence.text):
        pattern, start = compile_pattern(rule.pattern), 0
        while (raw := pattern.search(sentence.text, start)) is not None:
            start = max(raw.end(), raw.start() + 1)
            if rule.unless and compile_pattern(rule.unless).search(raw[0]):
                continue
            if rule.beyond and compile_pattern(rule.beyond).match(sentence.text, raw.end()):
                continue
            if rule.before and compile_pattern(f"(?:{rule.before})$").search(sentence.text[: raw.start()]):
                continue
            if rule.relation in _MUTUAL and _after("ended").search(raw[0]):
                continue
            match = Match(raw, sentence)
            acts, holds = rule.relation in _ACTS, rule.relation in _HOLDS
            heads = _ends(match, "head", rule.heads, acts, rule.relation in _MUTUAL, rule.relation in _GIVES)
            tails = _ends(match, "tail", rule.tails, rule.relation in _MUTUAL, holds)
            if rule.relation in _DOES:
                venues = _venues(match)
                tails = tuple(m for m in tails if m.key not in venues)
            if rule.relation in _GOES:
                away = _not_reached(match)
                tails = tuple(m for m in tails if m.key not in away)
            if (match.text("head") and not heads) or (match.text("tail") and not tails):
                start = raw.start() + 1  # another mention further on may be the end that this one cannot be
                continue
            yield Finding(rule, match, heads, tails)


def _not_reached(match: Match) -> set[str]:
    """The keys of tails where nobody goes: the two regions of 闽宁, or who built what is seen (某市援建的医院)."""
    text, slots = match.sentence.text, match.slots("tail")
    letters = [slot for slot in match.sentence.slots if slot.end - slot.start == 1]
    beside = {slot.position for pair in pairwise(letters) if pair[0].end == pair[1].start for slot in pair}
    return {key for slot in slots if slot.compound or slot.position in beside
            or _after("builder").match(text, slot.position + 1) for key in slot.keys}


def _venues(match: Match) -> set[str]:
    """The keys of tails where something is done (走进“云谷文化街区”), which is not what is done."""
    lists, text = table("relations/words")["lists"], match.sentence.text
    into, marks = tuple(lists["into"]), lists["opening"]
    inside = (slot for slot in match.slots("tail") if text[: slot.position].rstrip(marks).endswith(into))
    return {key for slot in inside for key in slot.keys}


def _ends(match: Match, group: str, categories: frozenset[str], acts: bool, holds: bool,
          gives: bool = False) -> tuple[Mention, ...]:
    """The mentions of a group; `head_` and `tail_` are its other place in patterns with alternatives.

    A region is left out where the words after it make it the attribute of something else; *acts* asks for words that
    may follow an acting region, *holds* looks for the name of a body that nobody marked, and leaves out a body whose
    own project stands right behind it (某部“某平台”); who leads a party *gives* nothing of his own.
    """
    found: list[Mention] = []
    for slot in match.slots(group) or match.slots(group + "_"):
        place = slot.position + 1
        if slot.letter in _HOUSES and ((acts or holds) and slot.mentions[0].name.endswith(_zones()) and _after(
                "holder").match(match.sentence.text, place)):
            continue
        if gives and is_party(slot):
            continue
        if slot.letter in _HOUSES and ((holds and _after("owner").match(match.sentence.text, place)) or (
                acts and holds and _after("daughter").match(match.sentence.text, place))):
            continue
        if slot.mentions[0].category == "region" and (
                ((acts or holds) and match.sentence.text[: slot.position].rstrip(_LISTED).endswith(_firms()))
                or _after("attribute").match(match.sentence.text, place)
                or (acts and not (_after("actor").match(match.sentence.text, place) or of_party(match.sentence, slot)))
                or (holds and _after("holder").match(match.sentence.text, place))):
            continue
        found.extend(m for m in slot.mentions if m.category in categories)
    return tuple(found)
