"""Component kg_quantities: finds what the sentences count and hangs it on the relation or the node it belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from operator import attrgetter
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.lexicon import table
from kg.lexicon.scan import WordScan
from kg.model import Mention
from kg.model.quantity import parse, written
from kg.model.schema import SEPARATOR, YUAN
from kg.pipes.annotations import Sentence, memory, mentions, sentences, text_of
from kg.pipes.quantities.edges import Claimed, edges, joint, takes
from kg.pipes.quantities.find import Found, find
from kg.pipes.quantities.line import REACH, Item, Line, dress, read
from kg.pipes.quantities.nodes import nodes
from kg.pipes.quantities.parts import compare
from kg.pipes.relations.references import inside
from kg.pipes.slots import encode

READ: Final = ("regions", "bodies", "projects", "people", "references")
NAME: Final = "quantities"
MONEY: Final = "money"


@Language.factory("kg_quantities")
def make_quantities(nlp: Language, name: str) -> Quantities:
    return Quantities()


@cache
def _summed() -> frozenset[str]:
    return frozenset(table("quantities")["amounts"]["relations"])


@cache
def _hints() -> WordScan:
    return WordScan(table("quantities")["measure_words"]["hints"])


def _worthy(text: str, sentence: Sentence, hints: list[int], claimed: bool) -> list[Found]:
    """The quantities of a sentence, none where they could neither belong to something nor be a total with parts."""
    if not claimed and bisect_left(hints, sentence.start) == bisect_left(hints, sentence.end):
        return []
    items = list(find(text, sentence.start, sentence.end))
    before = ((max(sentence.start, i.start - REACH), i.start) for i in items)
    near = claimed or any(bisect_left(hints, first) < bisect_left(hints, last) for first, last in before)
    return items if near else []


class Quantities:
    """Keeps in the document's memory: `quantities` ([key, line, start, end] for nodes) and `conflicts`.

    Those of relations stand in the attributes of their claims.
    """

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        told: dict[int, list[Claimed]] = defaultdict(list)
        for claim in memory(doc).get("claims", []):
            if takes().get(claim["relation"], (0, frozenset()))[1]:
                told[claim["start"]].append(claim)
        hints = [place for place, _ in _hints().shared(text)]
        found = [(s, _worthy(text, s, hints, s.start in told)) for s in sentences(doc)]
        if not any(items for _, items in found):
            return doc
        named, dates = mentions(doc, *READ), mentions(doc, "dates")
        test = inside(named)
        hung: list[list[Any]] = memory(doc).setdefault("quantities", [])
        conflicts: list[list[Any]] = memory(doc).setdefault("conflicts", [])
        for number, (sentence, items) in enumerate(found):
            if not items:
                continue
            line = _line(text, sentence, named, dates, test)
            read(line, items)
            for total, sums in compare(line):
                quantity = replace(line.items[total].quantity, conflict="")
                conflicts.append([written(quantity), sums, sentence.start, sentence.end])
            near = found[max(0, number - 1)][0]
            same = number > 0 and "\n" not in text[near.end : sentence.start]
            before = partial(_line, text, near, named, dates, test) if same else _none
            _attach(line, before, told.get(sentence.start, []), hung)
        return doc


def _none() -> None:
    return None


def _line(text: str, sentence: Sentence, named: list[Mention], dates: list[Mention],
          test: Callable[[str, str], bool]) -> Line:
    here = _inside(named, sentence)
    return Line(text, encode(text, sentence.start, sentence.end, here, test), _inside(dates, sentence))


def _inside(found: list[Mention], sentence: Sentence) -> list[Mention]:
    first = bisect_left(found, sentence.start, key=attrgetter("start"))
    last = bisect_left(found, sentence.end, key=attrgetter("start"))
    return [m for m in found[first:last] if m.end <= sentence.end]


def _attach(line: Line, before: Callable[[], Line | None], claims: list[Claimed], hung: list[list[Any]]) -> None:
    of_nodes = nodes(line, before)
    for number, key in sorted(of_nodes.items()):
        item = line.items[number]
        dress(line, item)
        hung.append([key, written(item.quantity), item.start, item.end])
    for number, chosen in sorted(edges(line, claims, frozenset(of_nodes)).items()):
        item = line.items[number]
        dress(line, item)
        shared = joint(line, item, chosen)
        for claim in chosen:
            _put(claim, item, shared)
            if claim["relation"] in _summed() and _is_sum(item) and not (item.quantity.planned or shared):
                claim["attrs"].setdefault("amount", float(item.quantity.value))
    for claim in claims:
        if "amount" in claim["attrs"]:
            _agree(line, claim)


def _is_sum(item: Item) -> bool:
    quantity = item.quantity
    return quantity.kind == MONEY and quantity.unit == YUAN


def _put(claim: Claimed, item: Item, shared: bool = False) -> None:
    line = written(replace(item.quantity, joint=shared))
    known = str(claim["attrs"].get(NAME, ""))
    if line not in known.split(SEPARATOR):
        claim["attrs"][NAME] = f"{known}{SEPARATOR}{line}" if known else line


def _agree(line: Line, claim: Claimed) -> None:
    """See that the sum that the rule of the claim read is among its quantities."""
    amount = claim["attrs"]["amount"]
    sums = [i for i in line.items if _is_sum(i) and float(i.quantity.upto or i.quantity.value) == amount]
    known = [parse(told) for told in str(claim["attrs"].get(NAME, "")).split(SEPARATOR) if told]
    if sums and not any(q.kind == MONEY and float(q.upto or q.value) == amount for q in known):
        item = min(sums, key=lambda i: (i.start < claim["trigger"], abs(i.start - claim["trigger"])))
        dress(line, item)
        _put(claim, item)
